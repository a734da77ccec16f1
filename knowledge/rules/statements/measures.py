"""What a number measures: 决算数, 预算数, 占比, 完成率, 增减额, 得分 … from the cue before it, its unit and its name."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.models import Measure, ReportKind, Role
from knowledge.numbers import Amount
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.names import Name, is_money, is_rate
from knowledge.rules.statements.tokens import Token

BUDGETS: frozenset[Measure] = frozenset(("预算数", "年初预算数", "调整预算数"))


@dataclass(frozen=True, slots=True)
class Situation:
    """What stands around an amount: the cue before it, the words before and after it, what its list measures."""

    cue: Token | None
    printed: str
    after: str
    base: str
    inherited: Measure | None
    target: bool
    kind: ReportKind
    role: Role


def measure_change(amount: Amount) -> Measure:
    """增减率 for shares and rates, 增减额 for everything else."""
    return "增减率" if is_rate(amount.unit) or amount.unit is None else "增减额"


def planned_measure(words: str) -> Measure:
    """The budget that 完成年初预算 … or 较全年预算 names."""
    if "年初" in words:
        return "年初预算数"
    return "调整预算数" if any(word in words for word in ("调整", "全年预算", "年中")) else "预算数"


def money_measure(name: Name, around: Situation) -> Measure:
    """The measure of an amount of money without a cue of its own."""
    if name.per_head or "人均" in name.metric or "均价" in name.metric:
        return "均值"
    if name.measure is not None:
        return name.measure
    if around.inherited in BUDGETS:
        return around.inherited
    if around.kind is ReportKind.BUDGET:
        return "预算数"
    if name.nature == "stock" and not name.metric.startswith(("年初", "上年")):
        return "期末数"
    if around.printed.endswith(("安排", "拟安排", "计划安排")) or "不超过" in around.printed:
        return "预算数"
    appended = around.role is Role.PERFORMANCE or around.kind is ReportKind.PERFORMANCE_SELF_EVALUATION
    return "执行数" if appended and not name.standard else "决算数"


def rate_measure(name: Name) -> Measure:
    """The measure of a rate that names itself: 预算执行率 → 完成率, 参保率 → 完成值."""
    if name.measure == "完成率" or name.metric.endswith(cues().completion_rates):
        return "完成率"
    return "占比" if name.metric.endswith(("比重", "占比")) or name.metric.startswith("占") else "完成值"


def is_target(amount: Amount, around: Situation) -> bool:
    """Whether an amount is a goal: ``参保率≥95%``; ``确保参保率稳定在95%以上``; 目标任务数."""
    if amount.comparator is not None and around.printed.endswith(("≥", "≤", "=", "<", ">", "≧")):
        return True
    bounded = around.after.startswith(("以上", "以下", "及以上")) or amount.comparator is not None
    meant = around.target or any(word in around.printed for word in (*cues().target, "不低于", "不少于"))
    return bounded and meant and not is_money_cap(amount, around)


def is_money_cap(amount: Amount, around: Situation) -> bool:
    """``最高奖励金额不超过10万元`` is a limit on spending, not a goal."""
    return is_money(amount.unit) and "不超过" in around.printed


def count_measure(name: Name, around: Situation) -> Measure:
    """The measure of a count: 目标值 where its name says so (目标任务数), else 数量."""
    if name.measure in ("目标值", "完成值"):
        return name.measure
    if name.measure in BUDGETS or (around.kind is ReportKind.BUDGET and around.inherited in BUDGETS):
        return name.measure or "预算数"
    if "人均" in name.metric:
        return "均值"
    return "期末数" if name.nature == "stock" else "数量"
