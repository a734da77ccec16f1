"""Tables whose tabs became spaces: every gap is a multiple of one width, so that empty cells can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.layout.delimited import Span, build_table, trim
from knowledge.models import Line, Table

_GAP = re.compile(" {3,}")
_INSIDE = re.compile(r"(?<=\S) {3,}(?=\S)")
_SHORT = 80
_NARROWEST = 3
_FEWEST_ROWS, _FEWEST_GAPS = 3, 6


def find_even_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of lines whose gaps are all so many tabs wide; columns set by eye have gaps of any width."""
    run: list[Line] = []
    for line in lines:
        inside = _INSIDE.search(text, line.start, line.end) is not None
        short = bool(run) and line.end - line.start < _SHORT and "。" not in text[line.start : line.end]
        if inside or (short and _GAP.search(text, line.start, line.end)):
            run.append(line)
            continue
        if run and (table := _build(text, run)) is not None:
            yield table
        run = []
    if run and (table := _build(text, run)) is not None:
        yield table


def _build(text: str, run: Sequence[Line]) -> Table | None:
    gaps = [len(gap) for line in run for gap in _GAP.findall(text, line.start, line.end)]
    width = min(gaps)
    if len(run) < _FEWEST_ROWS or len(gaps) < _FEWEST_GAPS or width < _NARROWEST or any(gap % width for gap in gaps):
        return None
    return build_table([_cells(text, line, width) for line in run], "tabs")


def _cells(text: str, line: Line, width: int) -> list[Span]:
    """Cells of a line, an empty one wherever a gap holds more than one separator."""
    cells: list[Span] = []
    at = line.start
    for gap in _GAP.finditer(text, line.start, line.end):
        cells.append(trim(text, at, gap.start()))
        cells += [(gap.end(), gap.end())] * (len(gap[0]) // width - 1)
        at = gap.end()
    return [*cells, trim(text, at, line.end)]
