"""Numbers of a table that are no figures, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.models import Cell
from knowledge.rules.base import Ignored
from knowledge.rules.tables.columns import Column
from knowledge.rules.tables.grid import Grid
from knowledge.rules.tables.header import Part

_REASONS = {
    "code": "科目编码",
    "ordinal": "序号",
    "name": "名称中的数字",
    "body": "名称中的数字",
    "project": "名称中的数字",
    "unit": "计量单位",
}
_DIGIT = re.compile(r"\d")


def find_ignored(grid: Grid, part: Part, columns: Sequence[Column]) -> list[Ignored]:
    """Digits in captions, headers, column numbers, codes, ordinals and names."""
    first = part.body[0]
    ignored = [
        *_cells(grid, range(first), "表头"),
        *_cells(grid, part.numbering, "栏次"),
    ]
    for column in columns:
        reason = _REASONS.get(column.role or "")
        if reason is not None:
            ignored += _column(grid, part.body, column.index, reason)
    return ignored


def _cells(grid: Grid, rows: Sequence[int], reason: str) -> Iterator[Ignored]:
    for row in rows:
        for column, _ in grid.printed(row):
            yield from _ignore(grid, grid.cell(row, column), reason)


def _column(grid: Grid, rows: Sequence[int], column: int, reason: str) -> Iterator[Ignored]:
    for row in rows:
        if grid.own_text(row, column):
            yield from _ignore(grid, grid.cell(row, column), reason)


def _ignore(grid: Grid, cell: Cell | None, reason: str) -> Iterator[Ignored]:
    if cell is not None and _DIGIT.search(grid.source, cell.start, cell.end):
        yield Ignored(cell.start, cell.end, reason)
