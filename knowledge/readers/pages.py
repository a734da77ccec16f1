"""Pages of lines and grids in reading order, written into a ``Composer``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.models import Box
from knowledge.readers.columns import find_column_grids
from knowledge.readers.compose import CellText, Composer
from knowledge.readers.grids import Grid, GridCell, Ruling, find_grids, place_runs
from knowledge.readers.runs import Doubtful, Run, TextLine, find_lines, needs_space
from knowledge.readers.unruled_rows import split_rows


@dataclass(slots=True)
class Page:
    """What is printed on a page in reading order. ``to_page`` turns boxes as read into boxes of the page as shown."""

    number: int
    width: float
    height: float
    blocks: list[TextLine | Grid]
    to_page: Callable[[Box], Box] = field(default=lambda box: box)


def find_blocks(
    runs: Sequence[Run], horizontals: Sequence[Ruling], verticals: Sequence[Ruling]
) -> list[TextLine | Grid]:
    """Lines and tables of a page from top to bottom."""
    grids = find_grids(horizontals, verticals)
    outside = place_runs(grids, runs)
    tables = []
    for grid in grids:
        if _is_table(grid):
            tables.append(split_rows(grid))
        else:
            outside += [run for cell in grid.cells for run in cell.runs]
    lines, aligned = find_column_grids(find_lines(outside))
    blocks: list[TextLine | Grid] = [*lines, *tables, *aligned]
    return sorted(blocks, key=lambda block: (block.box[1], block.box[0]))


def _is_table(grid: Grid) -> bool:
    """A frame around running text is none: at least two cells carry words."""
    return sum(1 for cell in grid.cells if cell.runs) > 1


def write_page(composer: Composer, page: Page) -> None:
    """Write all blocks of a page."""
    for block in page.blocks:
        if isinstance(block, Grid):
            cells = [_cell_text(page, cell) for cell in block.cells]
            composer.add_table(cells, len(block.ys) - 1, len(block.xs) - 1, block.origin, page=page.number)
        else:
            text, doubts = _read_line(block.runs)
            composer.add_line(text, page=page.number, box=page.to_page(block.box), doubts=doubts)


def _read_line(runs: Sequence[Run]) -> tuple[str, list[Doubtful]]:
    """Text of a line and the stretches of it that OCR read with doubt."""
    text, doubts = "", list[Doubtful]()
    for left, right in pairwise([None, *runs]):
        assert right is not None
        if left is not None and needs_space(left, right):
            text += " "
        doubts += [(len(text) + start, len(text) + end, confidence) for start, end, confidence in right.doubts]
        text += right.text
    return text, doubts


def _cell_text(page: Page, cell: GridCell) -> CellText:
    text, doubts = "", list[Doubtful]()
    for line in find_lines(cell.runs) if cell.runs else []:
        text += "\n" if text else ""
        part, part_doubts = _read_line(line.runs)
        doubts += [(len(text) + start, len(text) + end, confidence) for start, end, confidence in part_doubts]
        text += part
    return CellText(cell.row, cell.column, text, cell.row_span, cell.column_span, page.to_page(cell.box), doubts=doubts)
