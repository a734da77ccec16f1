"""Lines and tables in reading order → ``Source``: tables whose cells are stretches of the text.

A table is written cell by cell: a tab between cells, a line break after each row; wrapped lines of a cell stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.models import Box, Cell, Doubt, Line, Source, Table
from knowledge.readers.runs import Doubtful

Format = Literal["text", "markdown", "pdf", "scan", "word", "excel", "html", "csv"]
Origin = Literal["ruled", "columns", "tabs", "markdown", "html", "docx", "sheet", "ocr"]


@dataclass(slots=True)
class CellText:
    """A cell that is to be written: its place in the grid and its text (wrapped lines apart by a line break)."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None
    reference: str | None = None
    doubts: Sequence[Doubtful] = ()


class Composer:
    """Writes lines and tables one after the other and keeps count of offsets and line numbers."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._number = 1
        self._lines: list[Line] = []
        self._tables: list[Table] = []
        self._doubts: list[Doubt] = []

    def add_line(
        self, text: str, *, page: int | None = None, box: Box | None = None, doubts: Sequence[Doubtful] = ()
    ) -> None:
        """Write one printed line."""
        start = self._length
        self._write(text, doubts)
        self._end_line(start, page, box)

    def add_table(
        self, cells: Iterable[CellText], rows: int, columns: int, origin: Origin, *, page: int | None = None
    ) -> None:
        """Write a table; a merged cell is written in its first row. Rows without a cell of their own stay empty."""
        start = self._length
        by_row: list[list[CellText]] = [[] for _ in range(rows)]
        for cell in cells:
            by_row[cell.row].append(cell)
        written: list[Cell] = []
        for members in by_row:
            row_start = self._length
            members.sort(key=lambda cell: cell.column)
            for index, cell in enumerate(members):
                if index:
                    self._write("\t")
                written.append(self._add_cell(cell))
            self._end_line(row_start, page, _enclosing(members))
        end = self._length - 1
        table = Table(rows=rows, columns=columns, cells=tuple(written), start=start, end=end, page=page, origin=origin)
        self._tables.append(table)

    def source(
        self, document: str, sha256: str, kind: Format, *, paged: bool = False, notes: Sequence[str] = ()
    ) -> Source:
        """The finished source."""
        return Source(
            document=document,
            format=kind,
            sha256=sha256,
            text="".join(self._parts),
            lines=tuple(self._lines),
            tables=tuple(self._tables),
            paged=paged,
            doubts=tuple(self._doubts),
            notes=tuple(notes),
        )

    def _write(self, text: str, doubts: Sequence[Doubtful] = ()) -> None:
        for start, end, confidence in doubts:
            self._doubts.append(Doubt(start=self._length + start, end=self._length + end, confidence=confidence))
        self._parts.append(text)
        self._length += len(text)

    def _end_line(self, start: int, page: int | None, box: Box | None) -> None:
        self._lines.append(Line(start=start, end=self._length, number=self._number, page=page, box=box))
        self._write("\n")
        self._number += 1

    def _add_cell(self, cell: CellText) -> Cell:
        start = self._length
        self._write(cell.text, cell.doubts)
        self._number += cell.text.count("\n")
        return Cell(
            row=cell.row,
            column=cell.column,
            start=start,
            end=self._length,
            row_span=cell.row_span,
            column_span=cell.column_span,
            box=cell.box,
            reference=cell.reference,
        )


def _enclosing(cells: Sequence[CellText]) -> Box | None:
    boxes = [cell.box for cell in cells if cell.box is not None]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))
