"""What cannot be part of a whole, whatever the words say: another thing's unit, a greater number, its own sibling."""

from __future__ import annotations

from decimal import Decimal

from knowledge.models import Measure
from knowledge.numbers import Amount
from knowledge.rules.statements.names import Name, is_money, suffix_of
from knowledge.rules.statements.state import Mention
from knowledge.vocabulary import metrics, units

_RATES: frozenset[Measure] = frozenset(("增减额", "增减率", "占比", "完成率"))


def are_siblings(name: Name, whole: Name) -> bool:
    """Whether two standard terms are parts of one third: 公用经费 is no part of 人员经费; 项目支出 may be paid from one fund."""
    alike = (name.scope is None) == (whole.scope is None)
    return alike and name.standard and whole.standard and name.parent is not None and name.parent == whole.parent


def are_opposites(name: Name, whole: Name) -> bool:
    """Whether one standard term is of income and the other of expenditure, or is of its nature none of the other's parts."""
    if name.standard and whole.metric in metrics()[name.metric].apart:
        return True
    sides = [("收入" in one.metric, "支出" in one.metric) for one in (name, whole)]
    return (
        name.standard and whole.standard and sides in ([(True, False), (False, True)], [(False, True), (True, False)])
    )


def may_be_part(mention: Mention, measure: Measure, name: Name, whole: Amount) -> bool:
    """Whether an amount may be part of a printed one.

    Behind 其中 of 286 教职工 come 248 专任教师 and, past the semicolon, 3412 在校学生 and 72 教学班, which are none.
    """
    amount = mention.amount
    if measure in _RATES:
        return True
    if is_money(whole.unit) != is_money(amount.unit):
        return is_money(whole.unit) or bool(name.action or name.deed or "购置" in name.metric)
    if not is_money(whole.unit) and not _count_alike(whole.unit, amount.unit):
        return False
    return _base(amount) <= _base(whole)


def _count_alike(left: str | None, right: str | None) -> bool:
    """Whether two units count the same kind of thing: 人 and 名, 个 and 家, but not 辆 and 台（套）."""
    if suffix_of(left) == suffix_of(right) != "数量":
        return True
    return left == right or {left, right} <= _ANY_THING


_ANY_THING = frozenset(("个", "家", "所", "处", "项", "户", "件"))


def _base(amount: Amount) -> Decimal:
    unit = units().get(amount.unit or "")
    return amount.value * Decimal(unit.factor) if unit is not None else amount.value
