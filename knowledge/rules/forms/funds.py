"""总体资金情况 of a 整体支出绩效目标申报表: one row of amounts under 总额, 基本支出 (合计 财政拨款 …), 项目支出 (合计 …)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from knowledge.layout.form_words import Word
from knowledge.models import Scope
from knowledge.rules.forms.values import Item, Kind, Value, read_items

_PARTS = (
    "合计",
    "小计",
    "财政拨款",
    "一般公共预算",
    "政府性基金",
    "专户资金",
    "财政专户管理资金",
    "单位资金",
    "其他资金",
    "国有资本经营预算",
)
_GROUPS = ("基本支出", "项目支出", "人员经费", "公用经费", "人员类项目", "运转类项目", "特定目标类项目")
_FUNDED: dict[str, Scope] = {
    "合计": "全部", "小计": "全部", "财政拨款": "财政拨款", "一般公共预算": "一般公共预算财政拨款", "政府性基金": "政府性基金预算财政拨款",
    "国有资本经营预算": "国有资本经营预算财政拨款",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fund:
    """One amount: of the whole (``group`` None) or of 基本支出, 项目支出; ``part`` is the column under it."""

    value: Value
    group: str | None
    part: str
    scope: Scope | None
    inferred: bool


def read_funds(words: Sequence[Word]) -> list[Fund]:
    """Amounts of the row; none where the columns that lost their empty cells cannot be told by their sums.

    ``5371.35 436.65 436.65 4934.70 4934.70``: total = 基本支出 + 项目支出, and each is the sum of its parts.
    """
    items = read_items(words)
    numbers = [item for item in items if item.kind is Kind.VALUE and item.value is not None and item.value.bare]
    columns = _columns([item for item in items if item.kind is Kind.TEXT])
    if not columns or not numbers or numbers != items[items.index(numbers[0]) : items.index(numbers[0]) + len(numbers)]:
        return []
    fits = [fit for fit in _fits(len(numbers), len(columns)) if _adds_up(numbers, columns, fit)]
    if not fits:
        return []
    best = fits[0]
    return [
        Fund(item.value, columns[index][0], columns[index][1], _FUNDED.get(columns[index][1]), len(fits) > 1)
        for item, index in zip(numbers, best, strict=True)
        if item.value is not None
    ]


def _fits(count: int, columns: int) -> list[tuple[int, ...]]:
    return list(combinations(range(columns), count)) if count <= columns <= 14 else []


def _columns(items: Sequence[Item]) -> list[tuple[str | None, str]]:
    """(group, part) of each column: the parts come in as many equal runs as there are groups."""
    texts = [re.sub(r"（.*?）", "", item.text) for item in items]
    parts = [text for text in texts if text in _PARTS]
    groups = [text for text in dict.fromkeys(texts) if text in _GROUPS]
    if not groups or len(parts) % len(groups) or len(parts) < len(groups):
        return []
    run = len(parts) // len(groups)
    whole = [(None, "合计")] if "总额" in "".join(texts) else []
    return [
        *whole,
        *((group, parts[position * run + index]) for position, group in enumerate(groups) for index in range(run)),
    ]


def _adds_up(numbers: Sequence[Item], columns: Sequence[tuple[str | None, str]], fit: Sequence[int]) -> bool:
    held = {
        columns[index]: item.value.number for item, index in zip(numbers, fit, strict=True) if item.value is not None
    }
    groups = list(dict.fromkeys(group for group, _ in columns if group is not None))
    totals: list[Decimal] = []
    for group in groups:
        parts = [value for (owner, part), value in held.items() if owner == group and part not in ("合计", "小计")]
        total = held.get((group, "合计"), held.get((group, "小计")))
        if (total is None) != (not parts) or (total is not None and total != sum(parts)):
            return False
        totals.append(total or Decimal(0))
    whole = held.get((None, "合计"))
    return whole is None or whole == sum(totals)
