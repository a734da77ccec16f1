"""A ruled form's cells by row and column, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.layout.form_words import Word, join_words, split_words
from knowledge.models import Cell, Line, Table
from knowledge.rules.forms.values import Item, Kind, Value, read_items


@dataclass(frozen=True, slots=True)
class Box:
    """A cell with its words; ``text`` is folded and without white space."""

    cell: Cell
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """What is printed in the cell."""
        return "".join(word.text for word in self.words)

    @property
    def name(self) -> str:
        """The text as a name: with the space that two Latin words need."""
        return join_words(self.words)

    def items(self) -> list[Item]:
        """The cell's words as values and text."""
        return read_items(self.words)

    def value(self) -> Value | None:
        """The number that is all the cell says, None where it says more, less, or nothing."""
        items = [item for item in self.items() if item.kind is not Kind.QUALITY]
        return items[0].value if len(items) == 1 and items[0].kind is Kind.VALUE else None


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of distinct cells, left to right; a merged cell stands in every row that it covers."""

    rows: tuple[tuple[Box, ...], ...]
    columns: int

    def at(self, row: int, first: int, last: int) -> Box | None:
        """The first cell with text that covers one of some columns in a row."""
        for box in self.rows[row]:
            cell = box.cell
            if cell.column <= last and first < cell.column + cell.column_span and box.words:
                return box
        return None

    def own(self, row: int) -> Iterator[Box]:
        """The cells that begin in a row."""
        return (box for box in self.rows[row] if box.cell.row == row and box.words)


def build_grid(source: str, table: Table) -> Grid:
    """The grid of a table."""
    boxes = [_box(source, cell) for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))]
    rows: list[list[Box]] = [[] for _ in range(max(table.rows, 1))]
    for box in boxes:
        for row in range(box.cell.row, min(box.cell.row + box.cell.row_span, len(rows))):
            rows[row].append(box)
    grid = [tuple(sorted(row, key=lambda box: box.cell.column)) for row in rows]
    return Grid(tuple(_unwrapped(grid) if table.origin == "columns" else grid), table.columns)


def _unwrapped(rows: Sequence[tuple[Box, ...]]) -> list[tuple[Box, ...]]:
    """Rows with the lines of a wrapped cell joined: a line of text alone goes on with the cells above it."""
    joined: list[tuple[Box, ...]] = []
    for row in rows:
        held = {box.cell.column: box.words for box in row if box.words}
        above = {box.cell.column for box in joined[-1] if box.words} if joined else set()
        words = [word for box in row for word in box.words]
        plain = bool(words) and all(item.kind is Kind.TEXT for item in read_items(words))
        if not (plain and len(held) < len(above) and set(held) <= above and _has_values(joined[-1])):
            joined.append(row)
            continue
        joined[-1] = tuple(
            replace(box, words=(*box.words, *held.get(box.cell.column, ()))) if box.words else box for box in joined[-1]
        )
        joined.append(())
    return joined


def _has_values(row: Sequence[Box]) -> bool:
    return any(box.value() is not None for box in row)


def _box(source: str, cell: Cell) -> Box:
    lines = []
    start = cell.start
    for piece in source[cell.start : cell.end].split("\n"):
        lines.append(Line(start=start, end=start + len(piece), number=1))
        start += len(piece) + 1
    return Box(cell, tuple(split_words(source, lines)))


def span_of(boxes: Sequence[Box]) -> tuple[int, int]:
    """The stretch of the source that some cells enclose."""
    held = [box.cell for box in boxes if box.words]
    return min(cell.start for cell in held), max(cell.end for cell in held)


def with_unit(value: Value, sign: Box | None, unit: Box | None) -> Value:
    """A number whose comparator and unit stand in cells of their own: ＝ | 463.94 | 万元."""
    if unit is not None and value.unit is None and len(unit.text) <= 8 and not any(c.isdigit() for c in unit.text):
        value = value._replace(unit=unit.text)
    if sign is not None and value.comparator is None:
        found = read_items([*sign.words, Word("1", 0, 1, 0, False)])
        comparator = found[-1].value.comparator if found and found[-1].value is not None else None
        value = value._replace(comparator=comparator)
    return value
