"""Which measures answer which question: 花了多少 is 决算数 or 执行数, a bare 预算 any budget."""

from __future__ import annotations

import re

from knowledge.models import Measure

ACTUAL: tuple[Measure, ...] = ("决算数", "执行数", "期末数", "数量", "均值", "完成值", "上年数")
BUDGET: tuple[Measure, ...] = ("年初预算数", "预算数", "调整预算数")
CHANGES: tuple[Measure, ...] = ("增减额", "增减率")
_FALLBACKS: dict[Measure, tuple[tuple[Measure, ...], ...]] = {
    "预算数": (BUDGET,),
    "年初预算数": (("年初预算数",), ("预算数",)),
    "调整预算数": (("调整预算数",), ("预算数",)),
    "决算数": (("决算数", "执行数", "期末数"), ("数量", "均值", "完成值")),
    "执行数": (("决算数", "执行数", "期末数"), ("数量", "均值", "完成值")),
    "完成值": (("完成值",), ("数量",)),
    "期末数": (("期末数",), ("决算数",)),
    "完成率": (("完成率",),),
    "数量": (("数量",), ("完成值",)),
    "上年数": (("上年数",),),
}
_RATE = re.compile(r"率|比例|进度|程度|比重|占比")
_SPAN = re.compile(r"幅度?$")
_SCORE = re.compile(r"得分|评分|总分|自评|分数|合计")


def acceptable(asked: Measure | None, metric: str) -> tuple[tuple[Measure, ...], ...]:
    """Tiers of measures that answer, the best tier first; the figures of the first tier that has any are shown.

    Without a measure asked: what was spent, received or counted; of a rate or a score the rate or the score.
    """
    if asked is not None:
        return _FALLBACKS.get(asked, ((asked,),))
    tiers: list[tuple[Measure, ...]] = [BUDGET, ACTUAL] if metric.endswith("预算") else [ACTUAL]
    if _RATE.search(metric):
        tiers.append(("完成率", "占比"))
    if _SPAN.search(metric):
        tiers.append(("增减率",))
    if _SCORE.search(metric):
        tiers.append(("得分",))
    return (*tiers, BUDGET, ("目标值",), ("完成率",), ("得分",))


def fits_question(asked: Measure | None, measure: Measure) -> bool:
    """Whether a figure of this measure is what was asked for, and not merely what there is instead."""
    if asked is None:
        return measure in ACTUAL or measure in ("完成率", "得分", "占比")
    return any(measure in tier for tier in _FALLBACKS.get(asked, ((asked,),))[:1])
