"""Rows of a form → claims: what each number is called, which measure it is, in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from knowledge.models import Box, Measure
from knowledge.rules.base import Claim
from knowledge.rules.forms.basics import Datum
from knowledge.rules.forms.funds import Fund
from knowledge.rules.forms.rows import BudgetRow, FormRows, Group, Indicator, Span, Total
from knowledge.rules.forms.values import Value
from knowledge.vocabulary import metric_by_alias

PRIORITY = 40
PROJECT_BUDGET, WHOLE_BUDGET, SUM, SCORE = "项目预算", "整体支出预算", "绩效自评合计", "绩效自评得分"
_MEASURES: Mapping[str, Measure] = {measure: measure for measure in get_args(Measure)}


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole form: project, body (None: the report's), year, units of money and points."""

    subject: str | None = None
    agency: str | None = None
    year: int | None = None
    money: str | None = None
    points: str | None = None
    cells: Mapping[int, tuple[str | None, Box | None]] | None = None


def build_claims(rows: FormRows, setting: Setting) -> Iterator[Claim]:
    """Claims of all rows of a form."""
    for budget in rows.budget:
        yield from _budget(budget, setting)
    for group in rows.groups:
        yield claim(
            setting,
            group.value,
            group.name,
            group.measure,
            "form-group",
            group.span,
            setting.points,
            parent=group.parent,
        )
    for indicator in rows.indicators:
        yield from _indicator(indicator, setting)
    for total in rows.totals:
        yield from _total(total, rows, setting)


def claim(
    setting: Setting,
    value: Value,
    metric: str,
    measure: str,
    rule: str,
    quote: Span,
    unit: str | None,
    *,
    parent: str | None = None,
    aliases: Iterable[str] = (),
    note: str | None = None,
    comparator: bool = False,
    pieces: tuple[tuple[str, str], ...] = (),
) -> Claim:
    """One number of a form as a claim; ``unit`` is taken where none is printed with it."""
    cell, box = (setting.cells or {}).get(value.start, (None, None))
    return Claim(
        start=value.start,
        end=value.end,
        metric=metric,
        measure=_MEASURES[measure],
        value=value.number,
        unit=unit if value.unit == "万" and unit == "万元" else value.unit or unit,
        rule=rule,
        quote=(min(quote[0], value.start), max(quote[1], value.end)),
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias and alias != metric)),
        parent=parent,
        subject=setting.subject,
        comparator=value.comparator if comparator else None,
        year=setting.year,
        agency=setting.agency,
        note=note,
        priority=PRIORITY,
        cell=cell,
        box=box,
        pieces=pieces,
    )


def _budget(row: BudgetRow, setting: Setting) -> Iterator[Claim]:
    whole = PROJECT_BUDGET if setting.subject else WHOLE_BUDGET
    metric = whole if row.total else row.label
    parent = None if row.total else row.group or whole
    aliases = (setting.subject or "", row.label, "项目资金" if setting.subject else "") if row.total else ()
    for column, value in row.values.items():
        unit = "%" if column == "完成率" else setting.points if column in ("权重", "得分") else setting.money
        pieces = (("row", row.label), ("column", column))
        if column == "到位数":
            yield claim(
                setting,
                value,
                f"{row.label}到位数",
                "数量",
                "form-budget",
                row.span,
                unit,
                parent=metric,
                pieces=pieces,
            )
            continue
        yield claim(
            setting, value, metric, column, "form-budget", row.span, unit, parent=parent, aliases=aliases, pieces=pieces
        )


def _indicator(row: Indicator, setting: Setting) -> Iterator[Claim]:
    target = row.values.get("目标值") or row.values.get("调整目标值")
    parent = row.levels[-1] if row.levels else None
    name = _respelled(row.name)
    bare = re.sub(r"[（\[].*[）\]]", "", row.name) if len(row.name) > 12 else ""
    aliases = (*row.aliases, bare, row.name)
    pieces = (("levels", " > ".join(row.levels)), ("indicator", row.name))
    for column, value in row.values.items():
        measure = "目标值" if column == "调整目标值" else column
        unit = setting.points if column in ("权重", "得分") else None
        if column == "完成值" and target is not None:
            unit = target.unit
        note = f"完成值栏印有“{value.comparator}”" if column == "完成值" and value.comparator else None
        yield claim(
            setting, value, name, measure, "form-indicator", row.span, unit,
            parent=parent, aliases=aliases, note=note, comparator=measure == "目标值", pieces=pieces,
        )  # fmt: skip


def _respelled(name: str) -> str:
    """A standard term without the quotation marks inside it: “三公”经费控制率."""
    known, bare = metric_by_alias().get(name), re.sub('[“”"]', "", name)
    return bare if known is not None and known.name == bare else name


def _total(row: Total, rows: FormRows, setting: Setting) -> Iterator[Claim]:
    for column, value in row.values.items():
        measure = column or _tell_points(value, rows)
        if measure is not None:
            aliases = (SCORE, "绩效自评总分", "总分") if measure == "得分" else ("总分",)
            yield claim(setting, value, SUM, measure, "form-total", row.span, setting.points, aliases=aliases)


_FULL = 100


def _tell_points(value: Value, rows: FormRows) -> str | None:
    """Whether a lone number of the total row is 权重 or 得分: what the rows add up to decides, 权重 first; else the one that
    the indicators have alone."""
    held = [*(row.values for row in rows.indicators), *(row.values for row in rows.budget)]
    for measure in ("权重", "得分"):
        points = [values[measure].number for values in held if measure in values]
        if points and value.number in (sum(points), sum(points) + 10):
            return measure
    had = {measure for row in rows.indicators for measure in ("权重", "得分") if measure in row.values}
    return had.pop() if len(had) == 1 and value.number <= _FULL else None


def fund_claims(funds: Iterable[Fund], setting: Setting, quote: Span) -> Iterator[Claim]:
    """Claims of 总体资金情况."""
    for fund in funds:
        metric = fund.group or "预算支出总额"
        note = "空列未印，按列序判断" if fund.inferred and fund.part not in ("合计", "小计") else None
        whole = fund.part in ("合计", "小计")
        made = claim(
            setting, fund.value, metric, "预算数", "form-funds", quote, setting.money,
            parent="预算支出总额" if fund.group else None, note=note, pieces=(("column", f"{fund.group or ''}{fund.part}"),),
            aliases=() if fund.group else ("总额", "部门整体支出预算"),
        )  # fmt: skip
        split = fund.group or "合计" if whole or fund.scope else fund.part
        yield _with(made, scope=fund.scope, split=split)


def _with(made: Claim, **changes: object) -> Claim:
    return made._replace(**changes)  # type: ignore[arg-type]


def data_claims(data: Iterable[Datum], setting: Setting) -> Iterator[Claim]:
    """Claims of a 基础数据表; a row that is a standard term answers to it."""
    for datum in data:
        known, above = metric_by_alias().get(datum.metric), metric_by_alias().get(datum.parent or "")
        unit = None if datum.measure in ("数量", "完成值") else setting.money
        made = claim(
            setting, datum.value, known.name if known else datum.metric, datum.measure, "form-data", datum.span, unit,
            parent=above.name if above else datum.parent, aliases=(datum.metric,),
        )  # fmt: skip
        yield _with(made, year=datum.year or setting.year)


def score_claim(setting: Setting, value: Value, quote: Span) -> Claim:
    """绩效自评得分 told in a sentence: 项目自评得分 100 分."""
    return claim(setting, value, SCORE, "得分", "form-score", quote, "分", aliases=("绩效自评总分", "自评得分"))


def group_claim(setting: Setting, group: Group) -> Claim:
    """Points of the whole budget part, printed beside its label."""
    return claim(setting, group.value, group.name, group.measure, "form-group", group.span, setting.points)
