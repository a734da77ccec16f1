"""The columns of a row of totals that lost its empty cells, where the report says elsewhere what its numbers are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.layout.delimited import Span
from knowledge.text import squeeze

_BETWEEN = re.compile(r"(?:决算|支出)?(?:数|为|是)?(?:\d{1,2})?")
_GOES_ON = re.compile(r"[\d.]")
_REACH = 16


def said_columns(text: str, header: Sequence[Span], numbers: Sequence[Span]) -> tuple[int, ...] | None:
    """The column of each number, the first in the first: ``基本支出1,462.38万元`` says where 1,462.38 stands. None where
    one is not said, or of several columns."""
    columns = [0]
    for start, end in numbers[1:]:
        printed = text[start:end]
        said = [i for i, word in enumerate(header) if i and _is_said(text, squeeze(text[slice(*word)]), printed)]
        if len(said) != 1 or said[0] <= columns[-1]:
            return None
        columns += said
    return tuple(columns)


def _is_said(text: str, name: str, printed: str) -> bool:
    """Whether a number, with its commas or without, follows a name somewhere."""
    return any(_follows(text, name, number) for number in {printed, printed.replace(",", "")})


def _follows(text: str, name: str, printed: str) -> bool:
    """Whether a number follows a name somewhere, one broken over lines too, with no more than a line number or 为 between."""
    place = text.find(printed)
    while place >= 0:
        end = place + len(printed)
        before = squeeze(text[max(place - len(name) - _REACH, 0) : place])
        found = before.rfind(name)
        whole = not (_GOES_ON.match(text, end) or text[place - 1 : place].isdigit())
        if found >= 0 and whole and _BETWEEN.fullmatch(before, found + len(name)):
            return True
        place = text.find(printed, end)
    return False
