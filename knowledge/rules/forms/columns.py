"""Values of an indicator row → 目标值, 完成值, 权重, 得分: by the order of the header and by what each can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.layout.form_words import Word
from knowledge.numbers import find_amounts
from knowledge.rules.forms.alignment import POINTS, find_fits
from knowledge.rules.forms.headers import Header
from knowledge.rules.forms.values import Item, Kind, Value

_VALUE_COLUMNS = ("目标值", "完成值", "权重", "得分")


def value_columns(header: Header) -> tuple[str, ...]:
    """The columns of a header that hold numbers, in printed order; a target is always among them."""
    columns = [
        column
        for index, column in enumerate(header.columns)
        if column in _VALUE_COLUMNS and not is_level_points(header, index)
    ]
    columns = list(dict.fromkeys(columns))
    if "目标值" not in columns:
        columns.insert(0, "目标值")
    return tuple(columns)


def is_level_points(header: Header, index: int) -> bool:
    """权重 between 一级指标 and 二级指标 is the level's."""
    return header.columns[index] == "权重" and "级次" in header.columns[index + 1 :] and index > 0


def count_points(columns: Sequence[str]) -> int:
    """How many columns of points end the row."""
    count = 0
    for column in reversed(columns):
        if column not in POINTS:
            break
        count += 1
    return max(count, 1)


def is_marked(item: Item) -> bool:
    """Whether an item can only be a target: it has a comparator or says 定性."""
    return item.kind is Kind.QUALITY or (item.value is not None and item.value.comparator is not None)


def count_bare(items: Sequence[Item]) -> int:
    count = 0
    for item in reversed(items):
        if item.value is None or not item.value.bare:
            break
        count += 1
    return count


def assign_columns(items: Sequence[Item], columns: Sequence[str], cells: int, qualitative: bool) -> dict[str, Value]:
    """Values of a row by column; one whose column cannot be told is left out.

    Points are the last bare numbers of a row; a value with a comparator or first of all others is the target.
    """

    def accepts(item: Item, column: str) -> bool:
        value = item.value
        if value is None:
            return False
        if column in POINTS:
            return value.comparator is None and value.unit in (None, "分") and value.number <= 100
        return not (column == "目标值" and qualitative and value.comparator is None)

    fits = find_fits(items, columns, accepts)
    if len(fits) > 1 and cells:
        filled = [fit for fit in fits if "目标值" not in [columns[index] for index in fit]]
        fits = filled or fits
    if len(fits) > 1:
        fits = _preferred(items, columns, fits)
    values: dict[str, Value] = {}
    for position, item in enumerate(items):
        agreed = {columns[fit[position]] for fit in fits}
        if len(agreed) == 1 and item.value is not None:
            values[agreed.pop()] = item.value
    return values


def _preferred(items: Sequence[Item], columns: Sequence[str], fits: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Of several ways those that fill all points when there are numbers enough, and give the first value to the target."""
    tail = [index for index, column in enumerate(columns) if column in POINTS]
    bare = sum(item.value is not None and item.value.bare for item in items)
    kept = list(fits)
    if bare >= len(tail):
        kept = [fit for fit in kept if set(tail) <= set(fit)] or kept
    elif bare == 0:
        kept = [fit for fit in kept if not set(tail) & set(fit)] or kept
    if len(kept) > 1 and is_marked(items[0]) and items[0].value is not None:
        target = columns.index("目标值")
        kept = [fit for fit in kept if fit[0] == target or columns[fit[0]] in POINTS] or kept
    if len(kept) > 1 and items and items[0].value is not None and not items[0].value.bare and len(items) - bare == 1:
        target = columns.index("目标值")
        kept = [fit for fit in kept if target in fit] or kept
    return kept


def read_completion(words: Sequence[Word], target: Value | None) -> Value | None:
    """The one figure in a completion told in words: 全年均正常运行，100%达到年初绩效目标 → 100 %."""
    text = "".join(word.text for word in words)
    offsets = [word.start + index for word in words for index in range(len(word.text))]
    if re.search(r"\d+字(?:以内|左右)", text):
        return None
    found = [
        amount
        for amount in find_amounts(text)
        if amount.unit == "%" or (target is not None and amount.unit == target.unit and amount.unit)
    ]
    if len(found) != 1:
        return None
    amount = found[0]
    return Value(
        offsets[amount.start],
        offsets[amount.end - 1] + 1,
        offsets[amount.unit_end - 1] + 1,
        amount.value,
        amount.unit,
        amount.comparator,
        offsets[amount.start],
    )
