"""Tables from ruling lines: cells, also merged ones, wherever lines enclose an area.

Works on geometry alone (PDF paths or lines found in a picture). Open tables, whose left and right sides are not
ruled, are closed at the ends of their horizontal lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.models import Box
from knowledge.readers.runs import NUMERIC, Run

SNAP = 2.0
JOIN = 3.0
OPEN_SIDE = 8.0
MOST_CELLS = 40_000
MOST_CROSSINGS = 1_000_000


@dataclass(slots=True)
class Ruling:
    """A ruling line: its position across, and where it starts and ends along."""

    position: float
    start: float
    end: float


@dataclass(slots=True)
class GridCell:
    """A cell with the runs printed in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table: column edges ``xs``, row edges ``ys`` and its cells in row-major order."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    origin: Literal["ruled", "columns", "ocr"] = "ruled"
    owners: dict[tuple[int, int], GridCell] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        """(x0, top, x1, bottom) of the whole grid."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell that encloses a point, None outside."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.owners.get((row, column))


def merge_rulings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Join pieces of one line: positions within ``SNAP`` become one, gaps up to ``JOIN`` close."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda ruling: ruling.position):
        if groups and ruling.position - groups[-1][0].position <= SNAP:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return [line for group in groups for line in _merge_group(group)]


def _merge_group(group: list[Ruling]) -> Iterator[Ruling]:
    """Lines of one position from its pieces."""
    position = sum(piece.position for piece in group) / len(group)
    group.sort(key=lambda piece: piece.start)
    start, end = group[0].start, group[0].end
    for piece in group[1:]:
        if piece.start > end + JOIN:
            yield Ruling(position, start, end)
            start, end = piece.start, piece.end
        else:
            end = max(end, piece.end)
    yield Ruling(position, start, end)


def find_grids(horizontals: Sequence[Ruling], verticals: Sequence[Ruling]) -> list[Grid]:
    """All grids of merged rulings, the smallest first. A drawing with very many lines has none."""
    grids: list[Grid] = []
    if len(horizontals) * len(verticals) > MOST_CROSSINGS:
        return grids
    for across, down in connected_rulings(horizontals, verticals):
        grid = _build_grid(across, down)
        if grid is not None and len(grid.cells) > 1:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


def connected_rulings(
    horizontals: Sequence[Ruling], verticals: Sequence[Ruling]
) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Sets of rulings (horizontal, vertical) that touch each other."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for below, vertical in enumerate(verticals, len(horizontals)):
        for index, horizontal in enumerate(horizontals):
            if (
                vertical.start - JOIN <= horizontal.position <= vertical.end + JOIN
                and horizontal.start - JOIN <= vertical.position <= horizontal.end + JOIN
            ):
                parent[root(index)] = root(below)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for index, ruling in enumerate([*horizontals, *verticals]):
        groups[root(index)][index >= len(horizontals)].append(ruling)
    return (group for group in groups.values() if len(group[0]) > 1 and group[1])


def _edges(rulings: list[Ruling], crossing: list[Ruling]) -> list[float]:
    """Positions of rulings, closed by the outermost ends of the lines that cross them."""
    edges: list[float] = []
    for position in sorted(line.position for line in rulings):
        if not edges or position - edges[-1] > JOIN:
            edges.append(position)
    first, last = min(line.start for line in crossing), max(line.end for line in crossing)
    if edges[0] - first > OPEN_SIDE:
        edges.insert(0, first)
    if last - edges[-1] > OPEN_SIDE:
        edges.append(last)
    return edges


def _walls(rulings: list[Ruling], edges: list[float], steps: list[float]) -> set[tuple[int, int]]:
    """(edge, step) pairs where a ruling separates the elementary cells on both sides."""
    walls = set()
    for ruling in rulings:
        edge = min(range(len(edges)), key=lambda index: abs(edges[index] - ruling.position))
        for step in range(len(steps) - 1):
            covered = min(ruling.end, steps[step + 1]) - max(ruling.start, steps[step])
            if covered > 0.6 * (steps[step + 1] - steps[step]):
                walls.add((edge, step))
    return walls


def _build_grid(horizontals: list[Ruling], verticals: list[Ruling]) -> Grid | None:
    xs, ys = _edges(verticals, horizontals), _edges(horizontals, verticals)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_CELLS:
        return None
    right_of, below = _walls(verticals, xs, ys), _walls(horizontals, ys, xs)
    regions: dict[tuple[int, int], list[tuple[int, int]]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            home = (row, column)
            if column and (column, row) not in right_of:
                home = owner[row, column - 1]
            if row and (row, column) not in below and owner[row - 1, column] != home:
                home = _unite(regions, owner, owner[row - 1, column], home if home != (row, column) else None)
            owner[row, column] = home
            regions.setdefault(home, []).append((row, column))
    return _grid_of(xs, ys, regions.values())


def _unite(
    regions: dict[tuple[int, int], list[tuple[int, int]]],
    owner: dict[tuple[int, int], tuple[int, int]],
    first: tuple[int, int],
    second: tuple[int, int] | None,
) -> tuple[int, int]:
    """Make two regions one; the upper one keeps its name."""
    if second is not None and second != first:
        for square in regions.pop(second):
            owner[square] = first
            regions[first].append(square)
    return first


def _grid_of(xs: list[float], ys: list[float], regions: Iterable[list[tuple[int, int]]]) -> Grid:
    """A grid whose cells are the regions; one that is no rectangle is cut into its rows."""
    grid = Grid(xs, ys, [])
    for region in regions:
        for squares in _rectangles(region):
            rows, columns = [row for row, _ in squares], [column for _, column in squares]
            row, column = min(rows), min(columns)
            bottom, right = max(rows) + 1, max(columns) + 1
            cell = GridCell(row, column, bottom - row, right - column, (xs[column], ys[row], xs[right], ys[bottom]))
            grid.cells.append(cell)
            grid.owners.update(dict.fromkeys(squares, cell))
    grid.cells.sort(key=lambda cell: (cell.row, cell.column))
    return grid


def _rectangles(region: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    rows, columns = {row for row, _ in region}, {column for _, column in region}
    if (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) == len(region):
        yield region
        return
    for row in sorted(rows):
        stretch: list[tuple[int, int]] = []
        for square in sorted(square for square in region if square[0] == row):
            if stretch and square[1] > stretch[-1][1] + 1:
                yield stretch
                stretch = []
            stretch.append(square)
        yield stretch


def place_runs(grids: Sequence[Grid], runs: Iterable[Run]) -> list[Run]:
    """Put every run into the cell in which it stands, in the smallest grid; return the runs outside all grids."""
    outside = []
    for run in runs:
        y = (run.top + run.bottom) / 2
        cells = (_cell_of(grid, run, y) for grid in grids if _inside(grid, run, y))
        cell = next((cell for cell in cells if cell is not None), None)
        if cell is None:
            outside.append(run)
        else:
            cell.runs.append(run)
    return outside


def _inside(grid: Grid, run: Run, y: float) -> bool:
    return grid.ys[0] <= y <= grid.ys[-1] and grid.xs[0] <= (run.x0 + run.x1) / 2 <= grid.xs[-1]


def _cell_of(grid: Grid, run: Run, y: float) -> GridCell | None:
    """The run's cell. Where it runs over a line, numbers belong where they end and words where they begin."""
    first, last = grid.cell_at(run.x0 + 1, y), grid.cell_at(run.x1 - 1, y)
    if first is last:
        return first
    return last or first if NUMERIC.match(run.text) else first or last
