"""Tables between pipes whose merged header cells were pushed to the left: 合计 | 公务用车费 | 接待费 above 小计 | 购置费 | 运行费."""

from __future__ import annotations

import re

from knowledge.layout.stacked import group_header
from knowledge.models import Cell, Table

_NUMBER = re.compile(r"-?[\d,，]+(?:\.\d+)?%?")


def straighten(text: str, table: Table) -> Table | None:
    """The table with its header where it belongs; as it is where nothing was pushed, None where it is not certain."""
    rows = [[cell for cell in table.cells if cell.row == row and cell.end > cell.start] for row in range(table.rows)]
    body = next((i for i, cells in enumerate(rows) if any(_is_number(text, cell) for cell in cells)), 0)
    width = max((len(cells) for cells in rows[body:] if any(_is_number(text, cell) for cell in cells)), default=0)
    first = next((i for i in range(body - 1, 0, -1) if _pushed(rows[i - 1], width) and _pushed(rows[i], width)), None)
    if first is None or first != body - 1:
        return table
    header = group_header(text, [(cell.start, cell.end) for cells in rows[first - 1 : body] for cell in cells])
    if sum(cell.column_span == 1 for cell in header) != width:
        return None
    moved = [cell.model_copy(update={"row": cell.row + first - 1}) for cell in header]
    kept = [cell for cell in table.cells if not first - 1 <= cell.row < body]
    return table.model_copy(update={"cells": tuple(sorted([*kept, *moved], key=_place))})


def _is_number(text: str, cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(text[cell.start : cell.end].strip()))


def _pushed(cells: list[Cell], width: int) -> bool:
    """Whether the cells of a row stand side by side from the first column on and are fewer than the columns."""
    return 1 < len(cells) < width and [cell.column for cell in cells] == list(range(len(cells)))


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
