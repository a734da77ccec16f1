"""Tables without vertical lines, from the alignment of their columns.

Rows are lines with a number standing apart; columns are what white gutters separate on all of these lines. Running
text gives no gutters, a table of contents is told by its page numbers, and neither becomes a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.readers.grids import Grid, GridCell
from knowledge.readers.runs import NUMERIC, Run, TextLine, join_runs

BLANK_MARK = re.compile(r"[-—–/／]+")
LEADER = re.compile(r"[.．·…]{3,}|……")
CAPTION = re.compile(r"单位[：:]|部门[：:]|公开\s*\d+\s*表|编制单位|金额单位")
ITEM = re.compile(r"其中|合计|总计|小计|[一二三四五六七八九十]+、|[（(]|\d|[①-⑳]")
SENTENCE = re.compile(r"[。；]|，.*，|，$")


@dataclass(slots=True)
class Segment:
    """Runs of a line that stand close together."""

    runs: list[Run]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.runs[-1].x1

    @property
    def text(self) -> str:
        """What is printed."""
        return join_runs(self.runs)

    @property
    def numeric(self) -> bool:
        """A number, or the mark of an empty cell."""
        return bool(NUMERIC.match(self.text) or BLANK_MARK.fullmatch(self.text))


@dataclass(slots=True)
class Row:
    """A printed line cut into segments."""

    line: TextLine
    segments: list[Segment]

    @property
    def is_body(self) -> bool:
        """A line of a table's body: several segments and a number among them."""
        return (
            len(self.segments) > 1
            and any(segment.numeric for segment in self.segments)
            and not LEADER.search(self.line.text)
            and not SENTENCE.search(self.line.text)
        )


def find_column_grids(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[Grid]]:
    """Grids found in lines from top to bottom, and the lines that belong to none of them."""
    rows = [Row(line, _segments(line)) for line in lines]
    rest: list[TextLine] = []
    grids: list[Grid] = []
    done = 0
    for first, last in _stretches(rows):
        edges = _column_edges([row for row in rows[first:last] if row.is_body])
        if edges is None:
            continue
        top = _header_start(rows, done, first)
        grids.append(_build(rows[top:last], first - top, edges))
        rest += lines[done:top]
        done = last
    return rest + list(lines[done:]), grids


def _segments(line: TextLine) -> list[Segment]:
    segments: list[Segment] = []
    for run in line.runs:
        if segments:
            em, gap = min(run.height, segments[-1].runs[-1].height), run.x0 - segments[-1].x1
            numbers = NUMERIC.match(run.text) or segments[-1].numeric
            if gap <= (0.5 if numbers else 1.5) * em:
                segments[-1].runs.append(run)
                continue
        segments.append(Segment([run]))
    return segments


def _stretches(rows: Sequence[Row]) -> Iterable[tuple[int, int]]:
    """Index ranges that begin and end with a body row and hold three or more; up to two other lines between."""
    first = last = None
    count = 0
    for index, row in enumerate(rows):
        if last is not None and first is not None and (index - last > 3 or _is_apart(rows[index - 1], row)):
            if count >= 3:
                yield first, last + 1
            first = last = None
            count = 0
        if row.is_body:
            first = index if first is None else first
            last = index
            count += 1
    if first is not None and last is not None and count >= 3:
        yield first, last + 1


def _is_apart(above: Row, below: Row) -> bool:
    height = below.line.runs[0].height
    return below.line.runs[0].baseline - above.line.runs[0].baseline > 4 * height


def _column_edges(body: Sequence[Row]) -> list[float] | None:
    """x of the column borders: outer edges and the middle of each gutter. None where the lines are no table."""
    em = median(row.line.runs[0].height for row in body)
    columns: list[list[Segment]] = []
    right = float("-inf")
    for segment in sorted((segment for row in body for segment in row.segments), key=lambda segment: segment.x0):
        if segment.x0 > right + 0.4 * em:
            columns.append([])
        columns[-1].append(segment)
        right = max(right, segment.x1)
    if len(columns) < 2 or not any(_is_aligned(column, em) for column in columns) or _is_contents(columns):
        return None
    if any(len(column) > 1.5 * len(body) for column in columns):
        return None
    gutters = [
        (max(segment.x1 for segment in left) + min(segment.x0 for segment in right_column)) / 2
        for left, right_column in pairwise(columns)
    ]
    return [columns[0][0].x0, *gutters, right]


def _is_aligned(column: Sequence[Segment], em: float) -> bool:
    """A column of numbers whose right edges, left edges or middles agree."""
    numbers = [segment for segment in column if segment.numeric]
    if len(numbers) < 3 or len(numbers) < 0.6 * len(column):
        return False
    places = (
        [segment.x1 for segment in numbers],
        [segment.x0 for segment in numbers],
        [(segment.x0 + segment.x1) / 2 for segment in numbers],
    )
    return any(sum(abs(x - median(xs)) < 0.6 * em for x in xs) >= 0.8 * len(xs) for xs in places)


def _is_contents(columns: Sequence[Sequence[Segment]]) -> bool:
    """Names with page numbers that never fall: a table of contents."""
    if len(columns) > 2:
        return False
    texts = [segment.text for segment in sorted(columns[-1], key=lambda segment: segment.runs[0].baseline)]
    if not all(text.isdecimal() and len(text) <= 3 for text in texts):
        return False
    return all(int(left) <= int(right) for left, right in pairwise(texts))


def _header_start(rows: Sequence[Row], done: int, first: int) -> int:
    """Index of the first header line above the body: lines with several segments, near each other, no caption."""
    top = index = first
    while index > done and first - index < 6:
        row = rows[index - 1]
        if _is_apart(row, rows[index]) or CAPTION.search(row.line.text) or SENTENCE.search(row.line.text):
            break
        index -= 1
        if len(row.segments) > 1:
            top = index
    return top


def _build(rows: Sequence[Row], headers: int, edges: list[float]) -> Grid:
    """A grid of the rows: header lines joined where none spans columns, wrapped names joined to their number."""
    groups = [*_header_groups(rows[:headers], edges), *_body_groups(rows[headers:], edges)]
    tops = [min(run.top for row in group for run in row.line.runs) for group in groups]
    bottom = max(run.bottom for row in groups[-1] for run in row.line.runs)
    ys = [*tops, max(bottom, tops[-1] + 1)]
    xs = [min(edges[0], *(row.line.runs[0].x0 for row in rows)), *edges[1:-1]]
    xs.append(max(edges[-1], *(run.x1 for row in rows for run in row.line.runs)))
    grid = Grid(xs, ys, [], origin="columns")
    for index, group in enumerate(groups):
        grid.cells += _cells(grid, index, [segment for row in group for segment in row.segments])
    return grid


def _span(segment: Segment, edges: Sequence[float]) -> tuple[int, int]:
    """First and last column that a segment stands in: with a good part of itself, or across most of the column."""
    width = segment.x1 - segment.x0
    shared = [
        min(segment.x1, right) - max(segment.x0, left) - 0.35 * min(width, right - left)
        for left, right in pairwise(edges)
    ]
    inside = [column for column, part in enumerate(shared) if part > 0]
    if not inside:
        nearest = max(range(len(shared)), key=shared.__getitem__)
        return nearest, nearest
    return inside[0], inside[-1]


def _header_groups(rows: Sequence[Row], edges: list[float]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    spanned = True
    for row in rows:
        spans = any(first != last for first, last in (_span(segment, edges) for segment in row.segments))
        if spans or spanned:
            groups.append([row])
        else:
            groups[-1].append(row)
        spanned = spans
    return groups


def _body_groups(rows: Sequence[Row], edges: list[float]) -> list[list[Row]]:
    """Lines of one table row: a name that fills its column goes on in the next line."""
    rights = [0.0] * len(edges)
    for row in rows:
        for segment in row.segments:
            column = _span(segment, edges)[1]
            rights[column] = max(rights[column], segment.x1)
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _goes_on(groups[-1][-1], row, edges, rights):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(above: Row, row: Row, edges: list[float], rights: list[float]) -> bool:
    """Whether a line continues the name above: that one fills its column, and only one of the two has figures."""
    name = next((segment for segment in above.segments if not segment.numeric), None)
    if name is None or row.segments[0].numeric or ITEM.match(row.line.text):
        return False
    column = _span(name, edges)[1]
    fills = name.x1 + 1.2 * name.runs[0].height > rights[column]
    same = _span(row.segments[0], edges)[0] == column
    return fills and same and (above.segments[-1] is name or len(row.segments) == 1)


def _cells(grid: Grid, row: int, segments: Sequence[Segment]) -> list[GridCell]:
    """One cell per column, empty ones too; a segment over several columns makes a merged cell."""
    by_column: dict[int, tuple[int, list[Run]]] = {}
    for segment in segments:
        first, last = _span(segment, grid.xs)
        end, runs = by_column.get(first, (last, []))
        by_column[first] = (max(end, last), [*runs, *segment.runs])
    cells = []
    column = 0
    while column < len(grid.xs) - 1:
        last, runs = by_column.get(column, (column, []))
        while last > column and any(other in by_column for other in range(column + 1, last + 1)):
            last -= 1
        box = (grid.xs[column], grid.ys[row], grid.xs[last + 1], grid.ys[row + 1])
        cells.append(GridCell(row, column, 1, last - column + 1, box, runs))
        column = last + 1
    return cells
