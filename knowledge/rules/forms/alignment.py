"""Values of a row → columns of its header when empty cells were lost: every order-preserving way, then what decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations

from knowledge.rules.forms.values import Item, Kind

Fit = tuple[int, ...]
MONEY = ("年初预算数", "调整预算数", "预算数", "到位数", "执行数")
POINTS = ("权重", "得分")


def find_fits(items: Sequence[Item], columns: Sequence[str], accepts: Callable[[Item, str], bool]) -> list[Fit]:
    """All ways to put the items into the columns from left to right, leftmost first."""
    if len(items) > len(columns):
        return []
    return [
        fit
        for fit in combinations(range(len(columns)), len(items))
        if all(accepts(item, columns[index]) for item, index in zip(items, fit, strict=True))
    ]


def align_budget(items: Sequence[Item], columns: Sequence[str], *, part: bool) -> Fit | None:
    """Which column each value of a budget row belongs to; None where it cannot be told.

    ``93.89 93.81 93.81 100.00% 10`` under 年初预算 调整后预算数 预算执行数 预算执行率 权重 得分: the lone 10 is the 权重.
    A part's row (其中：财政资金) has neither 权重 nor 得分.
    """
    amounts = sum(column in MONEY for column in columns)
    rated = len(items) <= amounts or any(item.value is not None and item.value.unit == "%" for item in items)

    def accepts(item: Item, column: str) -> bool:
        if item.kind is Kind.PLACEHOLDER:
            return True
        value = item.value
        if value is None or value.comparator is not None:
            return False
        if value.unit == "%" or column == "完成率":
            return column == "完成率" and (value.unit == "%" or not rated)
        if column in POINTS:
            return value.unit in (None, "分") and value.number <= 100 and not part
        return value.unit != "分"

    fits = find_fits(items, columns, accepts)
    if len(fits) > 1:
        fits = [fit for fit in fits if _rate_agrees(items, columns, fit)] or fits
    if len(fits) > 1 and all(item.value is None or item.value.number == 0 for item in items):
        return fits[0]
    money = {
        tuple(index for item, index in zip(items, fit, strict=True) if item.value and columns[index] not in POINTS)
        for fit in fits
    }
    return fits[0] if len(money) == 1 else None


def _rate_agrees(items: Sequence[Item], columns: Sequence[str], fit: Fit) -> bool:
    """Whether 执行数 ÷ 预算数 gives the printed 执行率, to half a percent."""
    held = {columns[index]: item.value.number for item, index in zip(items, fit, strict=True) if item.value is not None}
    budget = held.get("调整预算数", held.get("预算数", held.get("年初预算数")))
    if "执行数" not in held or "完成率" not in held or not budget:
        return False
    return abs(held["执行数"] * 100 / budget - held["完成率"]) <= Decimal("0.5")
