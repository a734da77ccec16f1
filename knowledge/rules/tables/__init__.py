"""The national 决算 and 预算 tables and any other table with named rows and columns → claims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.layout.blocks import Report, TableBlock
from knowledge.rules.base import Reading
from knowledge.rules.tables.answered import read_answered
from knowledge.rules.tables.columns import Column, read_columns
from knowledge.rules.tables.grid import build_grid
from knowledge.rules.tables.groups import find_groups
from knowledge.rules.tables.header import find_parts
from knowledge.rules.tables.kinds import find_subject
from knowledge.rules.tables.ledger import find_ignored
from knowledge.rules.tables.narrated import read_narrated
from knowledge.rules.tables.numbered import read_numbered
from knowledge.rules.tables.rows import RowReader

__all__ = ["read_table"]

_FORM = re.compile(r"绩效.{0,6}(?:目标|自评|评价).*表|自评表|申报表")
"""Titles of performance forms: what is not recognized as one there is better left unread here, a list of projects aside."""


def read_table(block: TableBlock, report: Report) -> Reading:
    """What a table claims, cell by cell: 208 社会保障和就业支出 | 54.92 | | 54.92 → two figures, an empty cell is none."""
    grid = build_grid(report.source.text, block.table)
    numbered = read_numbered(grid, block)
    if numbered is not None:
        return numbered
    answered = read_answered(grid)
    if answered is not None:
        return answered
    narrated = read_narrated(grid, block, report)
    if narrated is not None:
        return narrated
    reading = Reading()
    for part in find_parts(grid):
        columns = read_columns(grid, part)
        if _FORM.search(block.title) and not _lists_projects(columns):
            continue
        groups = find_groups(grid, part, columns)
        subject = find_subject(block, columns, report.identity.kind)
        for position in range(len(groups)):
            reading.claims += RowReader(grid, part, groups, position, subject, block, report).read()
        reading.ignored += find_ignored(grid, part, columns)
    return reading


def _lists_projects(columns: Sequence[Column]) -> bool:
    """Whether rows are projects (项目名称) with what was planned, spent and scored: 全年预算数 全年执行数 执行率 自评得分."""
    measures = {column.measure for column in columns if column.is_value and column.measure}
    return len(measures) >= 2 and any(column.role == "project" for column in columns)
