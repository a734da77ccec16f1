"""Measures (决算数, 年初预算数, 完成率, 增减额 …) and changes on the year before (比上年减少多少)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from bot.questions.spans import KEPT, Found, keep_longest
from bot.questions.words import compile_words
from knowledge.models import Measure

_RISE = r"(?:增长|增加|增(?!减)|上升|提高|多|涨|上涨|升)"
_FALL = r"(?:减少|下降|降低|压缩|节减|降|减|少|缩减|压减|下滑|跌)"
_MOVE = rf"(?:增减|变化|变动|{_RISE}|{_FALL})"
_RATE = r"(?:百分之(?:几|多少)|多少(?:个)?(?:百分点|百分比|%|％)|几个(?:百分点|点)|几成|多少个点|几个点|%|比例|幅度|率)"
_BEFORE = (
    r"(?:(?:比|较|与|同|跟|和)(?:上一?年度?|去年|往年|前一年|上年同期|上期)(?:同期)?(?:相比|比较|比|对比)?|同比|环比)"
)
_ASKED = r"(?:多少|几)(?:钱|万元?|亿元?|元|人|个|家|次|辆)?"
_CHANGE_RATE = re.compile(
    rf"{_BEFORE}?(?:的)?{_MOVE}了?(?:的)?{_RATE}|{_BEFORE}?的?{_MOVE}了?多少[（(](?:百分比|百分点|比例|幅度|[%％])[）)]|{_BEFORE}(?:的)?(?:增长|下降|变动|增减)?(?:率|幅度|增幅|降幅)"
)
_CHANGE_AMOUNT = re.compile(
    rf"{_BEFORE}(?:是|的)?{_MOVE}?了?(?:{_ASKED}|还是{_MOVE}|没有|吗|额|情况|的?变化)?(?:了?{_FALL}?了?(?:{_ASKED}))?"
    rf"|[比较跟与和同] *(?:相比|比)?(?:是|的)?(?:多|少)(?:花|用|支出|支|交|付|收|拨)了?{_ASKED}"
    rf"|(?<!新)(?:{_RISE}|{_FALL}|变化|变动|增减)了{_ASKED}|(?<!新)(?:增减|增加|减少|增长|下降|上升|上涨|降低|下滑|变化|变动|压减)(?:{_ASKED}|额)"
    r"|[比较跟与和同] *(?:增加|减少|增长|下降|上升|增减)(?=[？?。！! ]*$)"
)


_CLAIMED = re.compile(
    rf"{_BEFORE}?(?:增长|增加|上升|提高|减少|下降|降低|压减)了?(?=\s?\d[\d,.]*\s?(?P<rate>%|％|个?百分)?)"
)


@lru_cache(maxsize=KEPT)
def find_measures(text: str) -> tuple[Found[Measure], ...]:
    """Every measure that a normalized question names, in order.

    ``比上年减少多少`` → 增减额; ``下降了百分之几`` → 增减率; a bare 预算 → 预算数.
    """
    found = [
        Found(match.start(), match.end(), cast(Measure, measure))
        for measure, pattern in compile_words("measures").items()
        for match in pattern.finditer(text)
    ]
    found += [Found(m.start(), m.end(), "增减率") for m in _CHANGE_RATE.finditer(text)]
    found += [Found(m.start(), m.end(), "增减额") for m in _CHANGE_AMOUNT.finditer(text)]
    found += [Found(m.start(), m.end(), "增减率" if m["rate"] else "增减额") for m in _CLAIMED.finditer(text)]
    return tuple(keep_longest(found))
