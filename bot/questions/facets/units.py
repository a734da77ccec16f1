"""The unit that an answer is wanted in: 折合多少元, 是多少亿, 用万元表示, 多少人."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.questions.spans import KEPT, Found
from knowledge.vocabulary import units

_WRITTEN = {
    "块": "元",
    "块钱": "元",
    "圆": "元",
    "万": "万元",
    "万块": "万元",
    "亿": "亿元",
    "百分之": "%",
    "百分比": "%",
}
_ASK = r"(?:折合(?:成)?|换算(?:成|为)?|换成|折算(?:成|为)?|转换(?:成|为)|改成|等于|合计?|相当于|约?合|是|有)?"
_COUNTERS = (
    "人次|批次|家次|件次|户次|剂次|场次|班次|台次|车次|例次|平方米|公里|公顷|亩|吨|人|名|位|个|家|批|次|辆|台|套|件|项|户|份|起|例|所|场|张|条|个?工作日|分钟|分|小时|天"
    "|册|版|篇|本|卷|栋|间|座|艘|株|头|笔|宗|类|种|轮|立方米|千米"
)


@cache
def _money() -> str:
    words = {name for name, unit in units().items() if unit.kind == "money" and unit.base == "元"} | set(_WRITTEN)
    return "|".join(map(re.escape, sorted(words - {"百分之", "百分比"}, key=len, reverse=True)))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{_ASK}(?:多少|(?<![哪这那])几)(?:个)?(?P<unit>{_money()})(?:人民币|(?!{_COUNTERS}))"),
        re.compile(rf"(?:折合(?:成)?|换算(?:成|为)?|换成|折算(?:成|为)?|改成|转(?:换)?(?:成|为)|(?:单位)?(?:用|按|以|为))(?P<unit>{_money()})"
                   r"(?:为?单位|表示|显示|来?算|计算?|说|看|列)?(?!以上|以下)"),
        re.compile(rf"是(?P<unit>{_money()})(?:的话|呢)"),
        re.compile(rf"(?:多少|(?<![哪这那])几)(?:个|号|[百千万亿]+)?(?P<unit>{_COUNTERS})(?!月|率|钱|(?<=类)[别型项]|(?<=种)[类植养]|(?<=项)目|(?<=家)[庭具]|(?<=人)员|(?<=份)额|(?<=本)[科级地市县区]|(?<=场)[所馆]|(?<=名)[单额]|(?<=分)[之比]|(?<=天)然|(?<=间)接|(?<=条)[件例]|单位|部门|机构|局|地方|地区|百分点|点)"),
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def find_units(text: str) -> tuple[Found[str], ...]:
    """The units asked for: ``折合多少元`` → 元, ``多少亿`` → 亿元, ``多少人`` → 人."""
    found: list[Found[str]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if not any(other.overlaps(match.start(), match.end()) for other in found):
                unit = _WRITTEN.get(match["unit"], match["unit"])
                found.append(Found(match.start(), match.end(), unit))
    return tuple(sorted(found, key=lambda item: item.start))


def is_money(unit: str | None) -> bool:
    """Whether a unit counts yuan, also for each of something: 元/人."""
    known = units().get((unit or "").partition("/")[0])
    return known is not None and known.kind == "money"
