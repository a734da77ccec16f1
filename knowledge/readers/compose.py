"""Pages of lines and grids → ``Source``: the text, its lines, and tables whose cells are stretches of the text.

A table is written cell by cell: a tab between cells, a line break after each row; wrapped lines of a cell stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.models import Box, Cell, Doubt, Line, Source, Table
from knowledge.readers.grids import Grid, GridCell
from knowledge.readers.runs import Run, TextLine, enclosing, find_lines

CERTAIN = 0.99


@dataclass(slots=True)
class Page:
    """What is printed on a page in reading order. ``to_page`` turns boxes as read into boxes of the page as shown."""

    number: int
    width: float
    height: float
    blocks: list[TextLine | Grid]
    to_page: Callable[[Box], Box] = field(default=lambda box: box)


class Composer:
    """Writes blocks one after the other and keeps count of offsets."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._tables: list[Table] = []
        self._doubts: list[Doubt] = []

    def add_page(self, page: Page) -> None:
        """Write all blocks of a page."""
        for block in page.blocks:
            if isinstance(block, Grid):
                self._add_grid(page, block)
            else:
                start = self._length
                self._add_runs(block)
                self._end_line(start, page, block.box)

    def source(self, document: str, sha256: str, kind: Literal["pdf", "scan"], notes: Sequence[str] = ()) -> Source:
        """The finished source."""
        return Source(
            document=document,
            format=kind,
            sha256=sha256,
            text="".join(self._parts),
            lines=tuple(self._lines),
            tables=tuple(self._tables),
            paged=True,
            doubts=tuple(self._doubts),
            notes=tuple(notes),
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _end_line(self, start: int, page: Page, box: Box) -> None:
        line = Line(start=start, end=self._length, number=len(self._lines) + 1, page=page.number, box=page.to_page(box))
        self._lines.append(line)
        self._write("\n")

    def _add_runs(self, line: TextLine) -> None:
        start = self._length
        self._write(line.text)
        confidence = min(run.confidence for run in line.runs)
        if confidence < CERTAIN:
            self._doubt(line.runs, start)

    def _doubt(self, runs: Sequence[Run], start: int) -> None:
        """Mark each run that OCR read with doubt, where it was written."""
        text, position = "".join(self._parts[-1:]), 0
        for run in runs:
            position = text.index(run.text, position)
            if run.confidence < CERTAIN and run.text:
                end = position + len(run.text)
                self._doubts.append(Doubt(start=start + position, end=start + end, confidence=run.confidence))
            position += len(run.text)

    def _add_grid(self, page: Page, grid: Grid) -> None:
        start = self._length
        cells: list[Cell] = []
        rows = len(grid.ys) - 1
        by_row: list[list[GridCell]] = [[] for _ in range(rows)]
        for cell in grid.cells:
            by_row[cell.row].append(cell)
        for row, members in enumerate(by_row):
            row_start = self._length
            for index, cell in enumerate(members):
                if index:
                    self._write("\t")
                cells.append(self._add_cell(page, cell))
            box = enclosing(cell.box for cell in members) if members else _row_box(grid, row)
            self._end_line(row_start, page, box)
        self._tables.append(
            Table(
                rows=rows,
                columns=len(grid.xs) - 1,
                cells=tuple(cells),
                start=start,
                end=self._length - 1,
                page=page.number,
                origin=grid.origin,
            )
        )

    def _add_cell(self, page: Page, cell: GridCell) -> Cell:
        start = self._length
        for index, line in enumerate(find_lines(cell.runs)):
            if index:
                self._write("\n")
            self._add_runs(line)
        return Cell(
            row=cell.row,
            column=cell.column,
            start=start,
            end=self._length,
            row_span=cell.row_span,
            column_span=cell.column_span,
            box=page.to_page(cell.box),
        )


def _row_box(grid: Grid, row: int) -> Box:
    return (grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1])


def arrange(lines: Sequence[TextLine], grids: Sequence[Grid]) -> list[TextLine | Grid]:
    """Lines and grids from top to bottom."""
    blocks: list[TextLine | Grid] = [*lines, *grids]
    return sorted(blocks, key=lambda block: (block.box[1], block.box[0]))
