"""The words of one line of a flattened table: names, numbers, and what they are the names and numbers of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from knowledge.layout.delimited import Span
from knowledge.models import Line
from knowledge.numbers import parse_number
from knowledge.text import is_chinese, squeeze
from knowledge.vocabulary.classification import is_listed

_WORD = re.compile(r"[^\s\u3000]+")
VALUE = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?%?|[-—–－]+")
_RECEIVED = re.compile("收入$|拨款$|^年初|^上年")
_LISTED = re.compile(
    r"^(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．](?!\d)|（(?:[一二三四五六七八九十]{1,3}|\d{1,2})）)"
)


def read_words(text: str, line: Line) -> list[Span]:
    """The words of a line, parted by white space."""
    return [match.span() for match in _WORD.finditer(text, line.start, line.end)]


def join_letters(text: str, words: Sequence[Span]) -> list[Span]:
    """Words whose letters were spaced out, joined: ``项 目`` is one word, ``合 计`` too."""
    joined: list[Span] = []
    for start, end in words:
        single = end - start == 1 and is_chinese(text[start])
        if joined and single and joined[-1][1] - joined[-1][0] == 1 and is_chinese(text[joined[-1][0]]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


Piece = tuple[list[Span], list[Span]]
"""The words of a name and the numbers behind it."""


def split_names(text: str, words: Sequence[Span]) -> list[Piece]:
    """Names with the values behind them; where no value parts it from the one before, an ordinal (二、) opens a name, and
    so does what is spent behind what is received."""
    pieces: list[Piece] = []
    for word in words:
        printed = text[slice(*word)]
        if VALUE.fullmatch(printed):
            if not pieces:
                return []
            pieces[-1][1].append(word)
        elif not pieces or pieces[-1][1] or _LISTED.match(printed) or _is_other_side(text, pieces[-1][0], printed):
            pieces.append(([word], []))
        else:
            pieces[-1][0].append(word)
    return pieces


def _is_other_side(text: str, name: Sequence[Span], printed: str) -> bool:
    return printed.endswith("支出") and text[slice(*name[-1])].endswith("收入")


def fill_side(text: str, piece: Piece, count: int) -> list[Span] | None:
    """The cells of one side: a name and as many values as it has columns. Of fewer values only a first one that is the
    total of the others has its place; dashes alone have none."""
    name, values = piece
    opening = (name[0][0], name[-1][1])
    if len(values) not in (0, count):
        amounts = list(read_amounts(text, values))
        totals = 1 < len(amounts) == len(values) < count and amounts[0] == sum(amounts[1:])
        if len(values) > count or (amounts and not totals):
            return None
        values = values[:totals]
    return [opening, *values, *blanks((values or name)[-1], count - len(values))]


def bare_name(text: str, name: Sequence[Span]) -> str:
    """The words of a name as one, without the ordinal before it."""
    return _LISTED.sub("", squeeze(text[name[0][0] : name[-1][1]]))


def side_of(text: str, name: Sequence[Span]) -> int | None:
    """0 for what is received, 1 for what is spent, None where a name says neither."""
    return flow_of(bare_name(text, name))


def flow_of(name: str) -> int | None:
    """0 for the name of what is received, 1 for that of what is spent, None for one that says neither."""
    received, spent = bool(_RECEIVED.search(name)), name.endswith("支出") or is_listed(name)
    return int(spent) if received != spent else None


def read_amount(text: str, word: Span) -> Decimal | None:
    """The number that a word is, None where it is none."""
    return parse_number(text[slice(*word)])


def read_amounts(text: str, words: Sequence[Span]) -> Iterator[Decimal]:
    """The numbers that words are."""
    return (amount for word in words if (amount := read_amount(text, word)) is not None)


def is_tidy(text: str, letters: Sequence[Span]) -> bool:
    """Whether words can be a name: behind an ordinal they begin with a Chinese character or a bracket."""
    name = bare_name(text, letters)
    return bool(name) and (is_chinese(name[0]) or name[0] in "（[【“")


def blanks(after: Span, count: int) -> list[Span]:
    """Empty cells behind a word."""
    return [(after[1], after[1])] * count
