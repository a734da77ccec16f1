"""A table as rules see it: the text of each square, spans filled in."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.models import Cell, Table
from knowledge.text import fold_text, squeeze


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares of a table. ``owner[row][column]`` is the index of the cell that covers a square, -1 where none does.

    ``texts`` are the cells' texts folded and without spaces; ``source`` is the whole source text.
    """

    source: str
    table: Table
    owner: tuple[tuple[int, ...], ...]
    texts: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.table.rows

    @property
    def columns(self) -> int:
        """Number of columns."""
        return self.table.columns

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell that covers a square."""
        index = self.owner[row][column]
        return self.table.cells[index] if index >= 0 else None

    def text(self, row: int, column: int) -> str:
        """Text of the cell that covers a square, folded, without spaces."""
        index = self.owner[row][column]
        return self.texts[index] if index >= 0 else ""

    def own_text(self, row: int, column: int) -> str:
        """Text of a square whose cell begins there in its row; empty in the squares that a span fills to the right."""
        cell = self.cell(row, column)
        return self.text(row, column) if cell is not None and cell.column == column else ""

    def row_texts(self, row: int) -> list[str]:
        """Texts of a row, each cell once, empty ones included."""
        return [self.own_text(row, column) for column in range(self.columns)]

    def printed(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the cells of a row that are not empty, each once."""
        return [(column, text) for column, text in enumerate(self.row_texts(row)) if text]

    def row_span(self, row: int) -> tuple[int, int] | None:
        """Source offsets from the first to the last printed cell that begins in a row; None for an empty row."""
        cells = [self.cell(row, column) for column, _ in self.printed(row)]
        own = [cell for cell in cells if cell is not None and cell.row == row] or [cell for cell in cells if cell]
        if not own:
            return None
        return min(cell.start for cell in own), max(cell.end for cell in own)


def build_grid(source: str, table: Table) -> Grid:
    """A grid of a table; cells that reach beyond it are cut."""
    owner = [[-1] * table.columns for _ in range(table.rows)]
    for index, cell in enumerate(table.cells):
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                if owner[row][column] < 0:
                    owner[row][column] = index
    texts = tuple(squeeze(fold_text(source[cell.start : cell.end])) for cell in table.cells)
    return Grid(source, table, tuple(map(tuple, owner)), texts)
