"""Tables that tell in sentences what was done: 重点工作 | 目标 | 完成情况, 建成乡镇服务站17个、村级服务点243个."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from knowledge.layout.blocks import Paragraph, Report, TableBlock
from knowledge.layout.segments import split_sentences
from knowledge.models import Cell
from knowledge.rules.base import Claim, Ignored, Reading
from knowledge.rules.statements import read_paragraph
from knowledge.rules.tables.grid import Grid
from knowledge.text import is_chinese, join_lines
from knowledge.vocabulary.forms import form_words

_NUMBER = re.compile(r"[-\d,.]+(?:%|万元|元)?")
_ORDINAL = re.compile(r"\d{1,3}")
_FEWEST = 6
"""Chinese characters that a cell which tells something has at least."""


def read_narrated(grid: Grid, block: TableBlock, report: Report) -> Reading | None:
    """What the cells of such a table claim, those in a column of aims as targets; None for a table with other numbers."""
    words, header = form_words(), grid.printed(0)
    aims = [column for column, text in header if text in words.aim_cells]
    deeds = [column for column, text in header if text in words.deed_cells]
    if not deeds:
        return None
    ordinals = list(_cells(grid, [column for column, _ in header[:1]], _ORDINAL.fullmatch))
    numbers = list(_cells(grid, range(grid.columns), _NUMBER.fullmatch))
    told = list(_cells(grid, deeds, _tells))
    if not told or len(numbers) > len(ordinals):
        return None
    reading = Reading()
    for cell in told:
        reading.extend(_read(cell, block, report))
    for cell in _cells(grid, aims, _tells):
        aimed = _read(cell, block, report)
        aimed.claims = [_as_target(claim) for claim in aimed.claims]
        reading.extend(aimed)
    reading.ignored += [Ignored(cell.start, cell.end, "序号") for cell in ordinals]
    return reading


def _cells(grid: Grid, columns: Sequence[int], is_meant: Callable[[str], object]) -> Iterator[Cell]:
    """The cells below the header, each once, whose text is meant."""
    for row in range(1, grid.rows):
        for column in columns:
            cell = grid.cell(row, column)
            if cell is not None and (cell.row, cell.column) == (row, column) and is_meant(grid.text(row, column)):
                yield cell


def _tells(text: str) -> bool:
    return sum(map(is_chinese, text)) >= _FEWEST


def _read(cell: Cell, block: TableBlock, report: Report) -> Reading:
    flow = join_lines(report.source.text, [(cell.start, cell.end)])
    return read_paragraph(Paragraph(flow, split_sentences(flow), block.section), report)


def _as_target(claim: Claim) -> Claim:
    return claim if claim.measure in ("增减额", "增减率") else claim._replace(measure="目标值")
