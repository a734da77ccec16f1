"""Tables whose columns are ruled and whose rows are not: a tall row with several numbers to a cell is cut into rows.

A number wrapped in a narrow cell fills its cell, and a name wrapped beside one number has one number only: neither
makes a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.readers.grids import Grid, GridCell
from knowledge.readers.runs import NUMERIC, TextLine, find_lines

FULL = 0.72


def split_rows(grid: Grid) -> Grid:
    """The grid with a row for every line of numbers; the same grid where nothing is to be split."""
    cuts = {row: _cuts([cell for cell in grid.cells if cell.row == row]) for row in range(len(grid.ys) - 1)}
    if not any(cuts.values()):
        return grid
    ys: list[float] = []
    first: list[int] = []
    for row, top in enumerate(grid.ys[:-1]):
        first.append(len(ys))
        ys += [top, *cuts[row]]
    first.append(len(ys))
    ys.append(grid.ys[-1])
    cells = [part for cell in grid.cells for part in _parts(cell, ys, first, bool(cuts[cell.row]))]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(grid.xs, ys, cells, grid.origin)


def _parts(cell: GridCell, ys: list[float], first: list[int], is_split: bool) -> list[GridCell]:
    top, bottom = first[cell.row], first[cell.row + cell.row_span]
    left, _, right, _ = cell.box
    if not is_split or cell.row_span > 1:
        return [GridCell(top, cell.column, bottom - top, cell.column_span, cell.box, cell.runs)]
    parts = []
    for row in range(top, bottom):
        runs = [run for run in cell.runs if _in_band(run.baseline, ys, row, top, bottom)]
        parts.append(GridCell(row, cell.column, 1, cell.column_span, (left, ys[row], right, ys[row + 1]), runs))
    return parts


def _in_band(baseline: float, ys: list[float], row: int, top: int, bottom: int) -> bool:
    return (row == top or baseline > ys[row]) and (row == bottom - 1 or baseline <= ys[row + 1])


def _cuts(cells: Sequence[GridCell]) -> list[float]:
    """The y between each two lines of numbers of a row; empty for an ordinary row."""
    single = [(cell, find_lines(cell.runs)) for cell in cells if cell.row_span == 1 and len(cell.runs) > 1]
    numbers = [lines for cell, lines in single if _is_numbers(cell, lines)]
    names = [lines for cell, lines in single if not _is_numbers(cell, lines)]
    anchors: list[float] = []
    for baseline in sorted(line.runs[0].baseline for lines in numbers for line in lines):
        if not anchors or baseline - anchors[-1] > 5:
            anchors.append(baseline)
    if not numbers or not any(len(lines) >= len(anchors) for lines in names):
        return []
    if len(numbers) == 1 and not any(_matches(lines, anchors) for lines in names):
        return []
    return [(upper + lower) / 2 for upper, lower in pairwise(anchors)]


def _is_numbers(cell: GridCell, lines: Sequence[TextLine]) -> bool:
    """Several lines of one number each, with the same decimals, none of which fills the cell."""
    width = FULL * (cell.box[2] - cell.box[0])
    decimals = {len(line.text.rpartition(".")[2]) if "." in line.text else 0 for line in lines}
    return (
        len(lines) > 1
        and len(decimals) == 1
        and all(
            len(line.runs) == 1 and NUMERIC.match(line.text) and line.box[2] - line.box[0] < width for line in lines
        )
    )


def _matches(lines: Sequence[TextLine], anchors: Sequence[float]) -> bool:
    """Whether each line of names stands beside a number."""
    return len(lines) == len(anchors) and all(
        abs(line.runs[0].baseline - anchor) < 4 for line, anchor in zip(lines, anchors, strict=True)
    )
