"""Rows that lost their empty cells: which columns their numbers stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.layout.delimited import Span
from knowledge.layout.lost_columns import PartialRow, settle_columns
from knowledge.layout.said_columns import said_columns
from knowledge.layout.spaced_words import blanks, read_amounts


@dataclass(frozen=True, slots=True)
class LostRow:
    """A row whose empty cells were lost: its code and name, and the numbers that it prints. ``lead`` and ``counted`` are those
    of its shape."""

    name: Sequence[Span]
    numbers: Sequence[Span]
    lead: int
    counted: bool


def place_lost(
    text: str, header: Sequence[Span], rows: Sequence[list[Span]], lost: Mapping[int, LostRow], count: int
) -> list[list[Span]]:
    """All rows with their cells, ``count`` of them numbers; of a lost row the total, and the other numbers where sums settle
    their columns."""
    settled = {
        index: PartialRow(
            _code(text, row.name[0]), tuple(read_amounts(text, row.numbers)), _said(text, header[-count:], row)
        )
        for index, row in lost.items()
    }
    for index, cells in enumerate(rows):
        numbers = list(read_amounts(text, cells[-count:])) if cells else []
        if len(numbers) == count and numbers != list(range(1, count + 1)):
            settled[index] = PartialRow(_code(text, cells[0]), tuple(numbers))
    settle_columns([settled[index] for index in sorted(settled)], count)
    return [
        _lost_cells(lost[index], settled[index].columns or (0,), count) if index in lost else cells
        for index, cells in enumerate(rows)
    ]


def _said(text: str, header: Sequence[Span], row: LostRow) -> tuple[int, ...] | None:
    """The columns of the row of totals that the report says elsewhere."""
    return said_columns(text, header, row.numbers) if _code(text, row.name[0]) is None else None


def _lost_cells(row: LostRow, columns: Sequence[int], count: int) -> list[Span]:
    held = dict(zip(columns, row.numbers, strict=False))
    before = row.name[-1]
    apart = row.counted and len(row.name) > 1
    opening = [row.name[0]] if apart else [(row.name[0][0], row.name[0][0])] if row.counted else []
    letters = row.name[1:] if apart else row.name
    cells = [*opening, (letters[0][0], before[1]), *blanks(before, row.lead - 1 - row.counted)]
    for column in range(count):
        before = held.get(column, (before[1], before[1]))
        cells.append(before)
    return cells


def _code(text: str, cell: Span) -> str | None:
    match = re.match(r"\d+", text[slice(*cell)])
    return match[0] if match else None
