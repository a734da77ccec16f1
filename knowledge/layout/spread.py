"""Tables between tabs whose merged cells were pushed to the left: 人员经费 | 公用经费 above 科目编码 | 科目名称 | 金额 three times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from knowledge.models import Cell, Table
from knowledge.text import squeeze
from knowledge.vocabulary.columns import column_words

_NUMBER = re.compile(r"-?[\d,，]+(?:\.\d+)?")
_SIDES = 2


def spread_groups(text: str, table: Table) -> Table:
    """The table with the words above repeated columns over all that they head, and totals below (人员经费合计 | 86.40 |
    公用经费合计 | 11.30) in the columns of what they total; as it is where it does not have them."""
    rows = [[cell for cell in table.cells if cell.row == row] for row in range(table.rows)]
    for index, (above, below) in enumerate(pairwise(rows)):
        period = _period([squeeze(text[cell.start : cell.end]) for cell in below])
        if period and _heads_sides(text, above):
            return _moved(table, index, period, _totals(text, rows[index + 2 :], period))
    return table


def _period(words: Sequence[str]) -> int | None:
    """After how many words a header begins anew, if it does: 科目编码 科目名称 金额 科目编码 …"""
    known = column_words().get(words[0]) if words else None
    if known is None or known.role not in ("code", "name") or words.count(words[0]) < _SIDES:
        return None
    period = words.index(words[0], 1)
    return period if period > 1 and list(words) == list(words[:period]) * (len(words) // period) else None


def _heads_sides(text: str, cells: Sequence[Cell]) -> bool:
    return len(cells) == _SIDES and all(cell.end > cell.start and _known(text, cell) for cell in cells)


def _known(text: str, cell: Cell) -> bool:
    word = column_words().get(squeeze(text[cell.start : cell.end]))
    return word is not None and word.split is not None


def _totals(text: str, rows: Sequence[Sequence[Cell]], period: int) -> dict[tuple[int, int], int]:
    """The columns of the cells of rows that print a name and a number for each side."""
    columns: dict[tuple[int, int], int] = {}
    for cells in rows:
        numbers = [bool(_NUMBER.fullmatch(text[cell.start : cell.end].strip())) for cell in cells]
        if numbers == [False, True] * _SIDES and all(cell.end > cell.start for cell in cells):
            for position, cell in enumerate(cells):
                side, value = divmod(position, 2)
                columns[cell.row, cell.column] = side * period + (period - 1) * value
    return columns


def _moved(table: Table, header: int, period: int, totals: Mapping[tuple[int, int], int]) -> Table:
    spans = (period, table.columns - period)
    cells = [
        cell.model_copy(update={"column": cell.column * period, "column_span": spans[cell.column]})
        if cell.row == header
        else cell.model_copy(update={"column": totals.get((cell.row, cell.column), cell.column)})
        for cell in table.cells
    ]
    return table.model_copy(update={"cells": tuple(cells)})
