"""Tables flattened to three lines: the columns, the parts of one of them (小计 购置费 运行维护费), one row of numbers.

The row is read only where it prints a number for every column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.layout.repeated import read_row
from knowledge.layout.spaced_words import join_letters, read_words
from knowledge.layout.stacked import group_header
from knowledge.models import Cell, Line, Table

_SUBTOTAL = "小计"


def find_grouped_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of one row of numbers below two lines of words, the second of which divides one column."""
    for index, line in enumerate(lines):
        if not text.startswith(_SUBTOTAL, line.start) or not index:
            continue
        parts = join_letters(text, read_words(text, line))
        columns = join_letters(text, read_words(text, lines[index - 1]))
        header = group_header(text, [*columns, *parts])
        count = sum(cell.column_span == 1 for cell in header)
        numbers = read_row(text, lines[index + 1 : index + 3], count) if header else []
        if numbers and _is_ordered(header):
            cells = [*header, *(Cell(row=2, column=i, start=a, end=b) for i, (a, b) in enumerate(numbers))]
            yield Table(
                rows=3, columns=count, cells=tuple(cells), start=columns[0][0], end=numbers[-1][1], origin="tabs"
            )


def _is_ordered(header: Sequence[Cell]) -> bool:
    """Whether the words of each line stand in printed order."""
    lines = ([cell.start for cell in header if cell.row == row] for row in (0, 1))
    return all(before < after for line in lines for before, after in pairwise(line))
