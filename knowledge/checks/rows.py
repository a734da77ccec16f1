"""Rows of a table against their total: 合计 = 基本支出 + 项目支出; 本年收入合计 = 财政拨款收入 + 事业收入 + …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from knowledge.checks.facts import Facts, Group, base, group_by, half_unit, is_total, show
from knowledge.models import Figure, Finding

PARTITIONS: tuple[frozenset[str], ...] = (
    frozenset({"基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"}),
    frozenset(
        {
            "财政拨款收入",
            "上级补助收入",
            "事业收入",
            "经营收入",
            "附属单位上缴收入",
            "其他收入",
        }
    ),
    frozenset({"一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"}),
    frozenset({"人员经费", "公用经费"}),
)
"""Columns that together make the total of a row."""


def check_rows(facts: Facts) -> Iterator[Finding]:
    """Every row of every table whose columns are a partition of its total."""
    for table in facts.tables:
        columns = {figure.split for figure in table.figures if figure.split}
        for partition in PARTITIONS:
            if len(columns & partition) >= 2:
                yield from _check_table(facts, table, partition)


def _check_table(facts: Facts, table: Group, partition: frozenset[str]) -> Iterator[Finding]:
    rows = group_by(
        table.figures,
        lambda figure: (figure.quote_start, _row_name(figure), figure.code, figure.measure, figure.year, figure.scope),
    )
    named = {figure.quote_start for figure in table.figures if figure.metric in partition}
    divided = {_column(figure) for figure in table.figures if figure.split in partition}
    printed = Counter((figure.quote_start, *_column(figure)) for figure in table.figures)
    for row in rows.values():
        totals = [figure for figure in row if is_total(figure)]
        parts = [figure for figure in row if figure.split in partition]
        alone = printed[row[0].quote_start, *_column(row[0])] == 1
        if not parts and (row[0].quote_start in named or not (alone and _column(row[0]) in divided)):
            continue
        known = {figure.split for figure in row} <= partition | {figure.split for figure in totals}
        if len(totals) == 1 and known and len({figure.split for figure in parts}) == len(parts):
            yield from _check_row(facts, totals[0], parts, partition)


def _column(figure: Figure) -> tuple[object, ...]:
    """What a total and the columns that divide it have in common: last year's total is not divided by this year's columns."""
    return figure.measure, figure.year, figure.scope


def _row_name(figure: Figure) -> str | None:
    """The name of the row: of the column 基本支出 in the row 本年支出合计 it is what the column is part of."""
    return figure.parent if figure.metric == figure.split and not is_total(figure) else figure.metric


def _check_row(facts: Facts, total: Figure, parts: list[Figure], partition: frozenset[str]) -> Iterator[Finding]:
    if not parts:
        if total.value:
            message = f"“{total.metric}”合计 {show(total)}，但各栏均未填列。"
            yield facts.finding("row", [total], message, f"各栏之和 {show(total)}", severity="warning")
        return
    expected = sum(map(base, parts), Decimal(0))
    allowed = sum(map(half_unit, (total, *parts)), Decimal(0))
    if abs(expected - base(total)) > allowed:
        pieces = " + ".join(f"{figure.split} {figure.printed}" for figure in parts)
        shown = sum((figure.value for figure in parts), Decimal(0))
        message = f"“{total.metric}”合计 {show(total)}，各栏之和为 {shown}（{pieces}）。"
        yield facts.finding("row", [total, *parts], message, f"{shown} = {pieces}")
