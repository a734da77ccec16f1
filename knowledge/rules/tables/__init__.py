"""The national 决算 and 预算 tables and any other table with named rows and columns → claims."""

from __future__ import annotations

import re

from knowledge.layout.blocks import Report, TableBlock
from knowledge.rules.base import Reading
from knowledge.rules.tables.columns import read_columns
from knowledge.rules.tables.grid import build_grid
from knowledge.rules.tables.groups import find_groups
from knowledge.rules.tables.header import find_parts
from knowledge.rules.tables.kinds import find_subject
from knowledge.rules.tables.ledger import find_ignored
from knowledge.rules.tables.numbered import read_numbered
from knowledge.rules.tables.rows import RowReader

__all__ = ["read_table"]

_FORM = re.compile(r"绩效.{0,6}(?:目标|自评|评价).*表|自评表|申报表")
"""Titles of performance forms: what is not recognized as one there is better left unread here."""


def read_table(block: TableBlock, report: Report) -> Reading:
    """What a table claims, cell by cell: 208 社会保障和就业支出 | 54.92 | | 54.92 → two figures, an empty cell is none."""
    if _FORM.search(block.title):
        return Reading()
    grid = build_grid(report.source.text, block.table)
    numbered = read_numbered(grid, block)
    if numbered is not None:
        return numbered
    reading = Reading()
    for part in find_parts(grid):
        columns = read_columns(grid, part)
        groups = find_groups(grid, part, columns)
        subject = find_subject(block, columns, report.identity.kind)
        for position in range(len(groups)):
            reading.claims += RowReader(grid, part, groups, position, subject, block, report).read()
        reading.ignored += find_ignored(grid, part, columns)
    return reading
