"""What a number measures: 决算数, 预算数, 占比, 完成率, 增减额, 得分 … from the cue before it, its unit and its name."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.models import Comparator, Measure, ReportKind, Role
from knowledge.numbers import Amount
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Setting
from knowledge.rules.statements.names import Name, is_money, is_rate
from knowledge.rules.statements.state import Mention, State

BUDGETS: frozenset[Measure] = frozenset(("预算数", "年初预算数", "调整预算数"))
_BUDGET_END = re.compile(r"(?:预算|年度计划|任务)(?:数|总额|安排)?的?$")
_YEARS_BACK = (("前年", 2), ("上", 1), ("去年", 1), ("同期", 1), ("往年", 1))
_INTENDED = re.compile("(?:全年|年内|本年|今年)?(?:计划|预计|拟)(?!生)")
_AVERAGE = re.compile("[人车次户亩生床]均|均价|平均每|(?:补助|补贴|资助|缴费|收费|保障|救助|供养|筹资)标准$")
_BOUNDS: dict[str, Comparator] = {"以上": "≥", "及以上": "≥", "以下": "≤", "以内": "≤"}


class Measured(NamedTuple):
    """A measure, the rule that found it, and the sign to give the value (0: as printed)."""

    measure: Measure
    rule: str
    sign: int = 0


def measure_of(mention: Mention, name: Name, state: State, setting: Setting) -> Measured:
    """Measure, rule and sign of an amount: first by its cue, then by its unit and its name."""
    cued = None if _adjusts(mention, name) else _by_cue(mention, state.last_measure, setting)
    if cued is not None and _either_way(mention) and state.last_measure == "增减额" and state.sign < 0:
        return cued._replace(sign=-1)
    return cued or _by_unit(mention, name, state, setting)


def _either_way(mention: Mention) -> bool:
    """Whether a cue of a template was left as it was, so that the amount before it says the direction: 增长（下降）."""
    return mention.cue is not None and mention.cue.kind == "up" and mention.cue.text.endswith("）")


def _adjusts(mention: Mention, name: Name) -> bool:
    """Whether an amount was added to the budget, which is no change of it against another year: 年中追加12万元."""
    budget = mention.phrase.measure in BUDGETS or name.measure in BUDGETS
    return mention.cue is not None and mention.cue.text in cues().adjusting and budget


def _by_cue(mention: Mention, last: Measure | None, setting: Setting) -> Measured | None:
    cue, amount = mention.cue, mention.amount
    if cue is None:
        return None
    if mention.cued("up", "down", "signed"):
        if cue.text in ("提高", "扩大", "降低") and not is_money(amount.unit) and mention.after:
            return None
        return Measured(_change(amount), "statement.change", -1 if cue.kind == "down" else 0)
    if cue.kind == "completion":
        if is_rate(amount.unit) and last == "目标值" and cue.text in ("完成", "完成了"):
            return Measured("完成值", "statement.rate")
        if is_rate(amount.unit) and setting.kind is ReportKind.BUDGET and cue.text.startswith("占"):
            return Measured("占比", "statement.share")
        if is_rate(amount.unit):
            return Measured("完成率", "statement.completion")
        if is_money(amount.unit) and mention.shared_of and mention.shared_of[-1] in ("资金", "支出"):
            return Measured("执行数", "statement.value")
        return Measured(_planned(cue.text) if is_money(amount.unit) else "目标值", "statement.plan")
    if cue.kind == "share" and (is_rate(amount.unit) or amount.unit is None):
        carried_out = setting.kind is not ReportKind.BUDGET and "预算" not in mention.subject
        budget = carried_out and any(_BUDGET_END.search(text) for text in mention.shared_of)
        return Measured("完成率", "statement.completion") if budget else Measured("占比", "statement.share")
    return None


def base_of(mention: Mention, own: Measure, setting: Setting) -> tuple[Measure, int | None]:
    """Measure and year of what something is compared with: 比上年决算数``10.15万元``减少, 比年初预算``12万元``节约."""
    compare = mention.base
    assert compare is not None
    back = next((years for word, years in _YEARS_BACK if word in compare.text), None)
    year = compare.year or (setting.year - back if back else None)
    if not is_money(mention.amount.unit):
        return own, year
    if "预算" in compare.text or compare.text.endswith("年初"):
        return _planned(compare.text), year
    planned = setting.kind is ReportKind.BUDGET and "决算" not in compare.text and "执行" not in compare.text
    return "预算数" if planned else "决算数", year


_MISSED = ("未达到", "未完成", "未能达到", "未能完成", "低于目标值", "高于目标值", "超过目标值", "未达目标值")


def _by_unit(mention: Mention, name: Name, state: State, setting: Setting) -> Measured:
    amount, subject = mention.amount, mention.subject
    if amount.unit == "分":
        weight = mention.full or any(word in subject for word in cues().weights)
        return Measured("权重", "statement.weight") if weight else Measured("得分", "statement.score")
    planned = setting.target and is_rate(amount.unit) and mention.cue is None and subject.endswith(("达到", "达"))
    if planned or mention.target or _is_target(mention, state) or subject.endswith(_MISSED):
        return Measured("目标值", "statement.target")
    intended = setting.kind is ReportKind.BUDGET or mention.aimed
    if intended and not is_money(amount.unit) and _INTENDED.match(subject):
        return Measured("目标值", "statement.target")
    if is_rate(amount.unit) or (amount.unit is None and name.metric.endswith(("率", "比例"))):
        return _rate(mention, name, state)
    if amount.unit is None or is_money(amount.unit) or (amount.unit or "").startswith(("元/", "万元/")):
        measure = _money(mention, name, state, setting)
        rules = {"均值": "statement.average", "期末数": "statement.stock"}
        return Measured(measure, rules.get(measure, "statement.plan" if measure in BUDGETS else "statement.value"))
    return Measured(_count(name, state, setting), "statement.count")


def _change(amount: Amount) -> Measure:
    """增减率 for shares and rates, 增减额 for everything else."""
    return "增减率" if is_rate(amount.unit) or amount.unit is None else "增减额"


def _planned(words: str) -> Measure:
    """The budget that 完成年初预算 … or 较全年预算 names."""
    if "年初" in words:
        return "年初预算数"
    return "调整预算数" if any(word in words for word in ("调整", "全年预算", "年中")) else "预算数"


_FALLS = ("降幅", "减幅")


def _rate(mention: Mention, name: Name, state: State) -> Measured:
    """A rate that names itself (参保率), or one that goes on with the change or the value before it."""
    if name.measure == "目标值":
        return Measured("目标值", "statement.target")
    if not mention.subject and not name.metric.endswith(cues().rates):
        going_on = state.last_measure == "增减额"
        return (
            Measured("增减率", "statement.change", min(state.sign, 0))
            if going_on
            else Measured("占比", "statement.share")
        )
    if mention.phrase.core.endswith((*_FALLS, "增幅", "涨幅")):
        falls = mention.phrase.core.endswith(_FALLS) and not name.metric.endswith(_FALLS)
        return Measured("增减率", "statement.change", -1 if falls else 0)
    if name.measure == "完成率" or name.metric.endswith(cues().completion_rates):
        return Measured("完成率", "statement.rate")
    share = name.metric.endswith(("比重", "占比")) or name.metric.startswith("占")
    return Measured("占比" if share else "完成值", "statement.rate")


def _money(mention: Mention, name: Name, state: State, setting: Setting) -> Measure:
    """The measure of an amount of money without a cue of its own."""
    if name.per_head or _AVERAGE.search(name.metric):
        return "均值"
    if name.measure is not None or mention.planned is not None:
        return name.measure or mention.planned or "预算数"
    if name.nature == "stock" and ("资产" in f"{name.metric}{name.parent}" or "负债" in name.metric):
        return "期末数"
    inherited = state.part_measure if state.whole is not None else None
    if inherited is not None and (inherited in BUDGETS or (inherited == "均值" and mention.amount.unit == "元")):
        return inherited
    if setting.kind is ReportKind.BUDGET:
        settled = inherited == "决算数" or (inherited is None and "决算" in setting.heading.replace("预决算", ""))
        return "决算数" if settled else "预算数"
    if name.nature == "stock" and not name.metric.startswith(("年初", "上年")):
        return "期末数"
    planned = mention.subject.endswith("安排") or _INTENDED.match(mention.subject)
    if state.agreed or planned or "不超过" in mention.subject:
        return "预算数"
    appended = setting.role is Role.PERFORMANCE or setting.kind is ReportKind.PERFORMANCE_SELF_EVALUATION
    return "执行数" if appended and not name.standard else "决算数"


def _count(name: Name, state: State, setting: Setting) -> Measure:
    """The measure of a count: 目标值 where its name says so (目标任务数), else 数量."""
    if name.measure in ("目标值", "完成值", *BUDGETS):
        return name.measure or "数量"
    if setting.kind is ReportKind.BUDGET and state.whole is not None and state.part_measure in BUDGETS:
        return "预算数"
    if "人均" in name.metric:
        return "均值"
    return "期末数" if name.nature == "stock" else "数量"


def _is_target(mention: Mention, state: State) -> bool:
    """Whether an amount is a goal: ``参保率≥95%``; ``确保参保率稳定在95%以上``; 最高不超过10万元 is a limit, no goal."""
    amount, subject = mention.amount, mention.subject
    if amount.comparator is not None and subject.endswith(("≥", "≤", "=", "<", ">", "≧")):
        return True
    bounded = mention.after.startswith(("以上", "以下", "及以上")) or amount.comparator is not None
    meant = state.target or mention.aimed or any(word in subject for word in (*cues().target, "不低于", "不少于"))
    return bounded and meant and not (is_money(amount.unit) and "不超过" in subject)


def bound_of(mention: Mention) -> Comparator | None:
    """The bound of a goal: ≥95%, 不低于95%, 95%以上."""
    own = mention.amount.comparator
    return own or next((sign for word, sign in _BOUNDS.items() if mention.after.startswith(word)), None)
