"""Tables from ruling lines: any grid with merged cells comes back as it was drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.readers.grids import Ruling, find_grids, merge_rulings, place_runs
from knowledge.readers.runs import Run

Area = tuple[int, int, int, int]
"""Row, column, row span, column span."""


@st.composite
def divided(draw: st.DrawFn) -> tuple[list[float], list[float], list[Area]]:
    """Column edges, row edges, and areas that tile the grid."""
    xs = [50.0]
    for width in draw(st.lists(st.floats(9, 90), min_size=2, max_size=6)):
        xs.append(xs[-1] + width)
    ys = [80.0]
    for height in draw(st.lists(st.floats(9, 40), min_size=2, max_size=7)):
        ys.append(ys[-1] + height)
    free = {(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    areas = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        across = draw(st.integers(1, 3))
        down = draw(st.integers(1, 2))
        squares = {(row + i, column + j) for i in range(down) for j in range(across)}
        if not squares <= free:
            down = across = 1
            squares = {(row, column)}
        free -= squares
        areas.append((row, column, down, across))
    return xs, ys, areas


def walls(xs: list[float], ys: list[float], areas: list[Area], shake: float) -> tuple[list[Ruling], list[Ruling]]:
    """Each area's four sides as separate pieces, each a little off."""
    horizontals, verticals = [], []
    for index, (row, column, down, across) in enumerate(areas):
        off = shake * (index % 3 - 1)
        left, right, top, bottom = xs[column], xs[column + across], ys[row], ys[row + down]
        horizontals += [Ruling(top + off, left, right), Ruling(bottom + off, left, right)]
        verticals += [Ruling(left + off, top, bottom), Ruling(right + off, top, bottom)]
    return merge_rulings(horizontals), merge_rulings(verticals)


@given(divided(), st.floats(0, 0.6))
def test_drawn_cells_come_back(grid: tuple[list[float], list[float], list[Area]], shake: float) -> None:
    xs, ys, areas = grid
    found = find_grids(*walls(xs, ys, areas, shake))
    used_xs = sorted({edge for _, column, _, across in areas for edge in (column, column + across)})
    used_ys = sorted({edge for row, _, down, _ in areas for edge in (row, row + down)})
    expected = [
        (used_ys.index(row), used_xs.index(column),
         used_ys.index(row + down) - used_ys.index(row), used_xs.index(column + across) - used_xs.index(column))
        for row, column, down, across in areas
    ]  # fmt: skip
    if len(areas) == 1:
        assert found == []
        return
    (only,) = found
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in only.cells] == sorted(expected)


@given(divided())
def test_every_run_goes_into_its_cell(grid: tuple[list[float], list[float], list[Area]]) -> None:
    xs, ys, areas = grid
    grids = find_grids(*walls(xs, ys, areas, 0))
    runs = [
        Run(str(index), xs[column] + 3, ys[row] + 2, xs[column] + 6, ys[row] + 7, ys[row] + 6)
        for index, (row, column, _, _) in enumerate(areas)
    ]
    outside = place_runs(grids, runs)
    if len(areas) == 1:
        assert outside == runs
        return
    assert outside == []
    assert all(len(cell.runs) == 1 for cell in grids[0].cells)
    assert [cell.runs[0].text for cell in grids[0].cells] == [str(index) for index in range(len(areas))]


def test_sides_that_are_not_ruled_are_closed() -> None:
    horizontals = [Ruling(float(y), 60, 360) for y in (100, 120, 140)]
    verticals = [Ruling(float(x), 100, 140) for x in (160, 260)]
    (grid,) = find_grids(horizontals, verticals)
    assert (grid.xs, len(grid.cells)) == ([60, 160, 260, 360], 6)


def test_tables_apart_are_two() -> None:
    def table(top: float) -> tuple[list[Ruling], list[Ruling]]:
        return (
            [Ruling(top + offset, 60, 260) for offset in (0, 20, 40)],
            [Ruling(x, top, top + 40) for x in (60, 160, 260)],
        )

    first, second = table(100), table(300)
    assert len(find_grids(first[0] + second[0], first[1] + second[1])) == 2
