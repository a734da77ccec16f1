"""Words of a flattened header that broke in their narrow columns: 上级补助 ⏎ 收入 事业收入 is 上级补助收入 and 事业收入."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from knowledge.layout.delimited import Span
from knowledge.layout.spaced_words import VALUE, join_letters, read_words
from knowledge.models import Line
from knowledge.text import squeeze
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.columns import column_words

_MOST_LINES = 12
_MOST_WAYS = 64
_LEAST = 3
_NUMBERING = "栏次"
_ORDINAL = "行次"


def read_wrapped(text: str, lines: Sequence[Line], index: int, least: int = _LEAST) -> Iterator[list[Span]]:
    """Every way to read the lines from ``index`` on as words that are all known, broken ones joined; the line below them
    holds numbers. None where no word is broken, or the first line has fewer words than ``least``."""
    printed = list(_word_lines(text, lines, index))
    if len(printed) < 2 or len(printed[0]) < least:
        return
    words = [word for line in printed for word in line]
    breaks = {line[0] for line in printed[1:]}
    for count, (way, joined) in enumerate(_ways(text, words, breaks)):
        if count == _MOST_WAYS:
            return
        if joined:
            yield way


def _word_lines(text: str, lines: Sequence[Line], index: int) -> Iterator[list[Span]]:
    """The words of the lines from one on, up to the first that prints a number; nothing where too many come before it."""
    held: list[list[Span]] = []
    for line in lines[index : index + 2 * _MOST_LINES]:
        words = join_letters(text, read_words(text, line))
        if any(VALUE.fullmatch(text[slice(*word)]) for word in words) or _opens_numbering(text, words):
            yield from held
            return
        if words:
            held.append(words)
        if len(held) > _MOST_LINES:
            return


def _opens_numbering(text: str, words: Sequence[Span]) -> bool:
    return bool(words) and squeeze(text[slice(*words[0])]) == _NUMBERING


def _ways(text: str, words: Sequence[Span], breaks: set[Span]) -> Iterator[tuple[list[Span], bool]]:
    """The words as they may be meant, and whether any was broken; one is joined with what follows a line's end alone."""
    if not words:
        yield [], False
        return
    end = 1
    while end == 1 or (end <= len(words) and words[end - 1] in breaks):
        span = (words[0][0], words[end - 1][1])
        if _is_known(squeeze(text[slice(*span)])):
            for rest, joined in _ways(text, words[end:], breaks):
                yield [span, *rest], joined or end > 1
        end += 1


@cache
def _is_known(word: str) -> bool:
    return word == _ORDINAL or word in column_words() or word in metric_by_alias()
