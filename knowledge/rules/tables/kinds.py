"""What a table is about, by its title and columns, and how its totals are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.layout.blocks import TableBlock
from knowledge.models import Measure, ReportKind, Scope
from knowledge.rules.tables.columns import Column
from knowledge.vocabulary import metrics

_FLOWS = re.compile(r"收入|支出|结转|结余")
_FUNDS = re.compile(r"(?:一般公共|政府性基金|国有资本经营|财政专户)预算")


class Kind(StrEnum):
    """The families of tables."""

    BALANCE = "收支总表"
    INCOME = "收入表"
    EXPENDITURE = "支出表"
    BASIC = "基本支出表"
    PROJECTS = "项目支出表"
    THREE_PUBLIC = "三公经费表"
    PROCUREMENT = "政府采购表"
    OTHER = "其他表"


@dataclass(frozen=True, slots=True)
class Subject:
    """Kind, title, scope and measure of a table. ``carries``: its columns part 本年收入 from 上年结转; ``project``: it
    stands in the report of a project."""

    kind: Kind
    title: str
    scope: Scope | None
    measure: Measure
    carries: bool = False
    project: bool = False


def find_kind(title: str, columns: Sequence[Column]) -> Kind:
    """The family of a table by its title, else by its columns.

    >>> find_kind("一般公共预算财政拨款基本支出决算表", ())
    <Kind.BASIC: '基本支出表'>
    """
    bare = title.replace("“", "").replace("”", "")
    if "三公" in bare:
        return Kind.THREE_PUBLIC
    if "采购" in bare or "政府购买" in bare:
        return Kind.PROCUREMENT
    if re.search(r"资产|人员|机构|绩效|车辆", bare):
        return Kind.OTHER
    if "基本支出" in bare:
        return Kind.BASIC
    if "项目支出" in bare or _project_money(bare) or re.search(r"项目.{0,6}表$", bare):
        return Kind.PROJECTS
    if re.search(r"收入(?:、|和|与|及)?支出|收、?支", bare):
        return Kind.BALANCE
    if "收入" in bare:
        return Kind.INCOME
    if "支出" in bare:
        return Kind.EXPENDITURE
    known = _by_columns(columns)
    return known if not bare or known is Kind.THREE_PUBLIC else Kind.OTHER


def _by_columns(columns: Sequence[Column]) -> Kind:
    names = {name for column in columns for name in column.names}
    if {"收入", "支出"} <= names:
        return Kind.BALANCE
    if "本年收入合计" in names or "财政拨款收入" in names:
        return Kind.INCOME
    if any("出国" in name for name in names) and any("接待" in name for name in names):
        return Kind.THREE_PUBLIC
    if {"基本支出", "项目支出"} <= names:
        return Kind.EXPENDITURE
    return Kind.OTHER


def find_subject(block: TableBlock, columns: Sequence[Column], report: ReportKind) -> Subject:
    """What a table is about. Tables of all money (收入决算表) have scope 全部."""
    kind = find_kind(block.title, columns)
    scope = block.scope
    if scope is None and kind in (Kind.BALANCE, Kind.INCOME, Kind.EXPENDITURE):
        scope = "全部"
    outer = {column.names[0] for column in columns if column.names}
    carries = any("结转" in name or "结余" in name for name in outer)
    project = block.section.subject is not None
    scope = None if project else scope
    return Subject(kind, block.title, scope, _measure(block.title, kind, report), carries, project)


def _measure(title: str, kind: Kind, report: ReportKind) -> Measure:
    """The measure that a title says. Without 决算 the national tables' names (收支总表) are those of a budget."""
    bare = _FUNDS.sub("", title)
    if "决算" in bare:
        return "决算数"
    if "执行" in bare:
        return "执行数"
    if "资产" in bare:
        return "期末数"
    if "预算" in bare or report is ReportKind.BUDGET:
        return "预算数"
    if report is ReportKind.PERFORMANCE_SELF_EVALUATION:
        return "执行数"
    named = kind not in (Kind.OTHER, Kind.PROCUREMENT) and bool(title)
    return "预算数" if named and report is not ReportKind.FINAL_ACCOUNT else "决算数"


def total_name(subject: Subject, label: str, side: str | None) -> str | None:
    """How a total row of a table is called: 总计 of 收入支出决算总表 → 收入总计; None where columns must name it."""
    prefix = "财政拨款" if subject.scope == "财政拨款" else ""
    kind = subject.kind
    if kind is Kind.BALANCE and side in ("收入", "支出"):
        if "总" in label or label == "":
            return f"{prefix}{side}总计"
        return f"本年{side}合计"
    if kind is Kind.INCOME:
        return "收入总计" if subject.carries else "本年收入合计"
    if kind is Kind.EXPENDITURE:
        return "项目支出" if subject.project else expenditure_total(subject)
    projects = _project_money(subject.title) or "项目支出"
    return {Kind.BASIC: "基本支出", Kind.PROJECTS: projects, Kind.PROCUREMENT: "政府采购支出总额"}.get(kind)


def _project_money(title: str) -> str | None:
    """The standard term for a kind of 项目支出 that a title names: 专项业务经费."""
    return next((name for name, metric in metrics().items() if metric.parent == "项目支出" and name in title), None)


def expenditure_total(subject: Subject) -> str:
    """The total of a table of expenditure, by its scope."""
    if subject.scope in (None, "全部"):
        return "本年支出合计"
    return f"{subject.scope}支出"


def has_flows(columns: Sequence[Column]) -> bool:
    """Whether the columns are themselves 年初结转和结余, 本年收入, 本年支出 …, as in 政府性基金预算财政拨款收入支出决算表."""
    names = {column.names[0] for column in columns if column.names}
    return (
        any("收入" in name for name in names)
        and any("支出" in name for name in names)
        and bool(names and all(_FLOWS.search(name) for name in names))
    )
