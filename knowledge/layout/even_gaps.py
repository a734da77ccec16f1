"""Tables whose tabs became spaces: every gap is a multiple of one width, so that empty cells can be counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.layout.delimited import Span, build_table
from knowledge.models import Line, Table

_GAP = re.compile(" {3,}")
_NARROWEST = 3
_FEWEST_ROWS = 3


def find_even_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of lines that all have the same number of cells once each gap is counted as so many tabs."""
    run: list[Line] = []
    for line in lines:
        if _GAP.search(text, line.start, line.end) and not text.startswith("。", line.end - 1):
            run.append(line)
            continue
        if run and (table := _build(text, run)) is not None:
            yield table
        run = []
    if run and (table := _build(text, run)) is not None:
        yield table


def _build(text: str, run: Sequence[Line]) -> Table | None:
    gaps = Counter(len(gap) for line in run for gap in _GAP.findall(text, line.start, line.end))
    width = min(gaps)
    if len(run) < _FEWEST_ROWS or width < _NARROWEST or len(gaps) < 2 or any(gap % width for gap in gaps):
        return None
    rows = [_cells(text, line, width) for line in run]
    (columns, count), *_ = Counter(map(len, rows)).most_common(1)
    return build_table(rows, "tabs") if columns > 1 and count == len(rows) else None


def _cells(text: str, line: Line, width: int) -> list[Span]:
    """Cells of a line, an empty one wherever a gap holds more than one separator."""
    cells: list[Span] = []
    at = line.start
    for gap in _GAP.finditer(text, line.start, line.end):
        cells.append((at, gap.start()))
        cells += [(gap.end(), gap.end())] * (len(gap[0]) // width - 1)
        at = gap.end()
    return [*cells, (at, line.end)]
