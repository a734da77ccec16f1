"""Printed words of a form in reading order, and labels that wrapped over several of them (项目支 / 出名称)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from knowledge.models import Line
from knowledge.text import fold_text

_PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,3}[-—–\s]*|第\s*\d{1,3}\s*页")
_PRINTED = re.compile(r"[^\s\u200b\ufeff|]+")


class Word(NamedTuple):
    """A stretch without white space. ``text`` is folded and has the length of the stretch; ``line`` counts from 0.

    ``first`` says that it opens a line or a cell.
    """

    text: str
    start: int
    end: int
    line: int
    first: bool

    def part(self, start: int, end: int) -> Word:
        """A stretch of the word."""
        return Word(self.text[start:end], self.start + start, self.start + end, self.line, self.first and start == 0)


class Label(NamedTuple):
    """A known label: which words it covers (``first`` to ``last``, both included) and what follows it in the last one.

    ``name`` is the label, ``printed`` what stands there with its ordinal (2.项目实施内容及过程概述).
    """

    name: str
    printed: str
    first: int
    last: int
    rest: int


def drop_page_numbers(source: str, lines: Sequence[Line]) -> list[Line]:
    """Lines without page numbers: a number alone on its line, last or first of its page, or set off by more blank
    lines than the others are."""
    gaps = sorted(after.number - before.number for before, after in pairwise(lines))
    usual = gaps[len(gaps) // 2] if gaps else 1
    kept = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        apart = before is not None and line.number - before.number >= usual + 2
        ends = after is None and before is not None and line.number - before.number > usual
        edge = any(other is not None and other.page != line.page for other in (before, after))
        if not ((apart or ends or edge) and _PAGE_NUMBER.fullmatch(source[line.start : line.end].strip())):
            kept.append(line)
    return kept


def split_words(source: str, lines: Sequence[Line]) -> list[Word]:
    """The words of some lines, folded."""
    words: list[Word] = []
    for index, line in enumerate(lines):
        text = fold_text(source[line.start : line.end])
        for position, match in enumerate(_PRINTED.finditer(text)):
            start = line.start + match.start()
            opens = position == 0 or "|" in source[words[-1].end : start]
            words.append(Word(match[0], start, start + len(match[0]), index, opens))
    return words


def join_words(words: Sequence[Word]) -> str:
    """Words as one name: a space only between two that would run together (``LED 屏`` has none)."""
    text = ""
    for word in words:
        joint = text[-1:].isascii() and text[-1:].isalpha() and word.text[:1].isascii() and word.text[:1].isalpha()
        text += (" " if joint else "") + word.text
    return text


def _matches(pattern: re.Pattern[str], text: str, starts: frozenset[int]) -> Iterator[re.Match[str]]:
    """Matches of labels; one that begins inside a word leaves what it covers to others: 委托业务项目 ``主管部门``."""
    at = 0
    while (match := pattern.search(text, at)) is not None:
        inner = pattern.search(text, match.start() + 1, match.end()) if match.start() not in starts else None
        if inner is not None and inner.start() in starts:
            at = match.start() + 1
            continue
        at = match.end()
        yield match


def find_labels(words: Sequence[Word], pattern: re.Pattern[str]) -> Iterator[Label]:
    """Labels that begin where a word or the label before them ends, and end where a word, colon or bracket stops them."""
    starts = [0, *accumulate(len(word.text) for word in words)][:-1]
    text = "".join([word.text for word in words])
    matches = list(_matches(pattern, text, frozenset(starts)))
    ended = -1
    for position, match in enumerate(matches):
        index = bisect_right(starts, match.start()) - 1
        if starts[index] != match.start() and match.start() != ended:
            continue
        last = bisect_left(starts, match.end()) - 1
        rest = match.end() - starts[last]
        follows = words[last].text[rest : rest + 1]
        goes_on = position + 1 < len(matches) and matches[position + 1].start() == match.end()
        if follows in ("", "：", "（") or match[0].endswith("：") or goes_on:
            ended = match.end()
            yield Label(match[pattern.groups], match[0], index, last, rest)
