"""Rows of cells (spreadsheets, CSV) → lines and tables.

An empty row ends a table. Rows above a table's header that hold one text alone, or a caption (单位：万元), are lines,
and so are notes below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.readers.compose import CellText, Composer

CAPTION = re.compile(r"单位[：:]|部门[：:]|公开\s*\d+\s*表|^表[一二三四五六七八九十\d]+$|编制")
NOTE = re.compile(r"(?:备?注|说明|填表说明)[：:\d]")


def write_sheet(composer: Composer, rows: Sequence[Sequence[CellText]], columns: int) -> None:
    """Write the rows of one sheet; a cell that a merge covers is absent from its row."""
    start = reach = 0
    for index, row in enumerate(rows):
        if any(cell.text for cell in row):
            reach = max([reach, *(index + cell.row_span for cell in row if cell.text)])
        elif index >= reach:
            _write_block(composer, rows, start, index, columns)
            composer.add_line("")
            start = index + 1
    _write_block(composer, rows, start, len(rows), columns)


def _write_block(composer: Composer, rows: Sequence[Sequence[CellText]], start: int, end: int, columns: int) -> None:
    first, last = start, end
    while first < last and _is_line(rows[first]):
        first += 1
    while last > first and _is_note(rows[last - 1]):
        last -= 1
    if last - first == 1:
        first = last = end
    for row in rows[start:first]:
        _write_line(composer, row)
    if last > first:
        _write_table(composer, rows[first:last], first, columns)
    for row in rows[last:end]:
        _write_line(composer, row)


def _filled(row: Sequence[CellText]) -> list[CellText]:
    return [cell for cell in row if cell.text.strip()]


def _is_line(row: Sequence[CellText]) -> bool:
    """A title, a caption or a covered row above a table."""
    filled = _filled(row)
    if len(filled) <= 1:
        return not filled or filled[0].row_span == 1
    return all(CAPTION.search(cell.text) for cell in filled) or (
        bool(CAPTION.search(filled[-1].text)) and len(filled) <= 3
    )


def _is_note(row: Sequence[CellText]) -> bool:
    filled = _filled(row)
    return len(filled) == 1 and bool(NOTE.match(filled[0].text.strip()))


def _write_line(composer: Composer, row: Sequence[CellText]) -> None:
    composer.add_line(" ".join(" ".join(cell.text.split()) for cell in _filled(row)))


def _write_table(composer: Composer, rows: Sequence[Sequence[CellText]], top: int, columns: int) -> None:
    left, right = _used_columns(rows, columns)
    cells = []
    for row in rows:
        for cell in row:
            if cell.column + cell.column_span <= left or cell.column >= right:
                continue
            start, end = max(cell.column, left), min(cell.column + cell.column_span, right)
            span = min(cell.row_span, top + len(rows) - cell.row)
            cells.append(CellText(cell.row - top, start - left, cell.text, span, end - start, reference=cell.reference))
    composer.add_table(cells, len(rows), right - left, "sheet")


def _used_columns(rows: Sequence[Sequence[CellText]], columns: int) -> tuple[int, int]:
    """The range of columns in which anything is written."""
    filled = [cell for row in rows for cell in row if cell.text.strip()]
    left = min(cell.column for cell in filled)
    return left, min(columns, max(cell.column + cell.column_span for cell in filled))
