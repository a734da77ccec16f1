"""Printed words of a form in reading order, and labels that wrapped over several of them (项目支 / 出名称)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.models import Line
from knowledge.text import fold_text

_PRINTED = re.compile(r"[^\s\u200b\ufeff|]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch without white space. ``text`` is folded and has the length of the stretch; ``line`` counts from 0."""

    text: str
    start: int
    end: int
    line: int
    first: bool

    def part(self, start: int, end: int) -> Word:
        """A stretch of the word."""
        return Word(self.text[start:end], self.start + start, self.start + end, self.line, self.first and start == 0)


@dataclass(frozen=True, slots=True)
class Label:
    """A known label: which words it covers (``first`` to ``last``, both included) and what follows it in the last one."""

    name: str
    first: int
    last: int
    rest: int


def split_words(source: str, lines: Sequence[Line]) -> list[Word]:
    """The words of some lines, folded."""
    words = []
    for index, line in enumerate(lines):
        text = fold_text(source[line.start : line.end])
        for position, match in enumerate(_PRINTED.finditer(text)):
            start = line.start + match.start()
            words.append(Word(match[0], start, start + len(match[0]), index, position == 0))
    return words


def join_words(words: Sequence[Word]) -> str:
    """Words as one name: a space only between two that would run together (``LED 屏`` has none)."""
    text = ""
    for word in words:
        joint = text[-1:].isascii() and text[-1:].isalpha() and word.text[:1].isascii() and word.text[:1].isalpha()
        text += (" " if joint else "") + word.text
    return text


def find_labels(words: Sequence[Word], pattern: re.Pattern[str]) -> Iterator[Label]:
    """Labels that begin where a word begins and end where one ends, or before a colon or bracket inside one."""
    starts: list[int] = []
    text = ""
    for word in words:
        starts.append(len(text))
        text += word.text
    for match in pattern.finditer(text):
        first = bisect_left(starts, match.start())
        if first >= len(starts) or starts[first] != match.start():
            continue
        last = bisect_left(starts, match.end()) - 1
        rest = match.end() - starts[last]
        follows = words[last].text[rest : rest + 1]
        if follows in ("", "：", "（"):
            yield Label(match[0], first, last, rest)
