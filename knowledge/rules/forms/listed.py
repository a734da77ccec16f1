"""Lists of projects with their goals: 项目名称, 预算金额, 绩效指标, 指标值 as columns, each project over one or more rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.layout.form_heads import clean_value, field_kind
from knowledge.rules.base import Claim
from knowledge.rules.forms.claims import Setting, build_claims
from knowledge.rules.forms.grid import Box, Grid, span_of
from knowledge.rules.forms.rows import BudgetRow, FormRows
from knowledge.rules.forms.ruled import header_columns
from knowledge.vocabulary.forms import form_words

Columns = list[tuple[str, str, tuple[int, int]]]


def find_listed(grid: Grid) -> list[tuple[int, str]]:
    """Where the rows of each project begin and the projects' names, in printed order; none where it is no such list."""
    return [(box.cell.start, name) for _, box, name, _ in _rows(grid)]


def listed_claims(grid: Grid, setting: Setting) -> Iterator[Claim]:
    """The money of each project."""
    for index, box, name, columns in _rows(grid):
        for measure, label, span in columns:
            amount = grid.at(index, *span)
            value = amount.value() if amount is not None and amount.cell.row == index else None
            if amount is not None and value is not None:
                row = BudgetRow(label, True, None, span_of([box, amount]), {measure: value})
                yield from build_claims(FormRows(budget=[row]), replace(setting, subject=name))


def _rows(grid: Grid) -> Iterator[tuple[int, Box, str, Columns]]:
    """The first row of each project: its name's cell, its name, the columns of money."""
    found: tuple[Box, Columns] | None = None
    for index in range(len(grid.rows)):
        found = _header(grid, index) or found
        if found is None or found[0] in grid.rows[index]:
            continue
        head, columns = found
        box = grid.at(index, head.cell.column, head.cell.column)
        name = clean_value(box.text) if box is not None and box.cell.row == index else ""
        if box is not None and name and name not in form_words().totals["rows"]:
            yield index, box, name, columns


def _header(grid: Grid, index: int) -> tuple[Box, Columns] | None:
    """The cell above the names and the columns of money of a row that heads names, money and targets."""
    row = tuple(grid.own(index))
    project = next((box for box in row if field_kind(box.text) == "project"), None)
    targets = {name for name, _, _ in header_columns(row, "indicators")}
    money = [column for column in header_columns(row, "budget") if column[0].endswith("数")]
    return (project, money) if project is not None and money and {"级次", "目标值"} <= targets else None
