"""What a form says row by row, whether it was flattened or ruled: budget rows, indicator rows, group weights, totals."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.layout.form_words import Word
from knowledge.rules.forms.values import Value

Span = tuple[int, int]


@dataclass(slots=True)
class Indicator:
    """An indicator row: its full name, the levels above it (outermost first), its values, where it stands."""

    name: str
    levels: tuple[str, ...]
    span: Span
    values: dict[str, Value] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    named: Span | None = None


@dataclass(slots=True)
class Group:
    """Points that belong to a level, not to one indicator: 数量指标（6）; a score printed once for 产出指标（40分）."""

    name: str
    parent: str | None
    measure: str
    value: Value
    span: Span


@dataclass(slots=True)
class Total:
    """合计 or 总分 with the points printed beside it."""

    span: Span
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class BudgetRow:
    """A row of the budget part: 年度资金总额, or a piece of it (其中：财政资金)."""

    label: str
    total: bool
    group: str | None
    span: Span
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class FormRows:
    """All rows of a form, in printed order; ``reasons`` are the texts of 偏差原因分析 beside them, ``coefficients`` where
    a share of the points (得分系数) is printed."""

    budget: list[BudgetRow] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    reasons: list[tuple[Word, ...]] = field(default_factory=list)
    coefficients: list[Span] = field(default_factory=list)
