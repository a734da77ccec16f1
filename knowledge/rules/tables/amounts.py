"""A cell's text → the number printed in it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from knowledge.numbers import parse_number
from knowledge.text import fold_text
from knowledge.vocabulary import units

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?")
_MARKS = "￥¥*"
NONE = re.compile(r"[-—–－/／\\.…*无]*")
"""What stands in a cell without a figure: nothing, a dash, 无."""


class CellAmount(NamedTuple):
    """A number in a cell: ``start``/``end`` are source offsets of its digits (and sign), ``unit`` what follows it."""

    start: int
    end: int
    value: Decimal
    unit: str | None = None
    pieces: int = 1


def parse_cell(source: str, start: int, end: int) -> CellAmount | None:
    """The one number of a cell, None where it prints none or anything besides it.

    ``（12.30）`` is negative, ``95.45%`` and ``3辆`` have their unit, ``55.4`` / ``7`` broken over lines is one number;
    ``05`` is a code.
    """
    if start == end:
        return None
    folded = fold_text(source[start:end])
    kept = [(start + i, c) for i, c in enumerate(folded) if not c.isspace() and c not in _MARKS]
    text = "".join(c for _, c in kept)
    negative = text.startswith("（") and text.endswith("）")
    if negative:
        kept, text = kept[1:-1], text[1:-1]
    if text[:1] in "▲△" and len(text) > 1:
        negative, kept, text = True, kept[1:], text[1:]
    match = _NUMBER.match(text)
    if match is None or (negative and text[0] in "+-") or re.match(r"[-+]?0\d", text):
        return None
    unit = text[match.end() :]
    if unit and unit not in units():
        return None
    first, last = kept[match.start()][0], kept[match.end() - 1][0] + 1
    value = parse_number(match[0])
    broken = source[first:last].split()
    if value is None or (len(broken) > 1 and not _may_break(broken)):
        return None
    return CellAmount(first, last, -value if negative else value, unit or None, len(broken))


def _may_break(pieces: list[str]) -> bool:
    """Whether pieces are one number that wrapped: the break lies beside or after its decimal point, or at a comma."""
    whole = "".join(pieces)
    decimals = len(whole.partition(".")[2])
    if pieces[0] in "-+－":
        return len(pieces) == 2
    before = "".join(pieces[:-1])
    if "." in whole:
        return 1 <= decimals <= 2 and ("." in before or pieces[-1][0] == "." or "," in before)
    return before.endswith((",", "，")) or pieces[-1][0] in ",，"
