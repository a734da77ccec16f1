"""Which columns of the right side of 财政拨款收入支出决算总表 have money: those of the funds that the left side received from.

A row that lost its empty cells (… 40 198.46 198.46) is then read where its numbers are as many as those columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from knowledge.layout.delimited import Span
from knowledge.layout.spaced_words import VALUE, bare_name, join_letters, read_amount, read_words
from knowledge.models import Line
from knowledge.text import squeeze
from knowledge.vocabulary.columns import column_words

_ORDINAL = re.compile(r"\d{1,2}")
_SENTENCE = re.compile("[。；！？]")


def funded_columns(text: str, lines: Sequence[Line], columns: Sequence[Span]) -> tuple[int, ...]:
    """The columns of funds that print money on the left side of the lines below; none where a fund of the header has no
    row there."""
    funds = [_fund(squeeze(text[slice(*word)])) for word in columns]
    received: dict[str, bool] = {}
    for line in takewhile(lambda line: not _SENTENCE.search(text, line.start, line.end), lines):
        words = join_letters(text, read_words(text, line))
        fund = _fund(bare_name(text, words[:1])) if words else None
        if fund is None:
            continue
        received[fund] = received.get(fund, False) or _has_amount(text, words[1:])
    if not all(fund in received for fund in funds if fund is not None):
        return ()
    return tuple(i for i, fund in enumerate(funds) if fund is not None and received[fund])


def _has_amount(text: str, words: Sequence[Span]) -> bool:
    """Whether an amount that is not zero follows a line number; a small whole number at the line's end is the line number
    of the right side."""
    printed = [text[slice(*word)] for word in takewhile(lambda word: VALUE.fullmatch(text[slice(*word)]), words)]
    numbered = len(printed) == len(words) == 2 and _ORDINAL.fullmatch(printed[1])
    return len(printed) > 1 and not numbered and bool(read_amount(text, words[1]))


def _fund(name: str) -> str | None:
    word = column_words().get(name) or column_words().get(name.removesuffix("收入"))
    return word.scope if word is not None else None
