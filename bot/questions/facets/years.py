"""Years (年度) in every form: 2022, 22年, 二〇二二年, 去年, 近三年, 2019-2021."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.questions.spans import Found, keep_longest

_DIGITS = {character: str(value) for value, characters in enumerate(
    ("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for character in characters}  # fmt: skip
_CHINESE = "[" + "".join(_DIGITS) + "]"
_AMOUNT_AFTER = r"(?!\d|[.,，]\d|\s?(?:万|亿|元|千|百|人(?!员|均|大|才|力|民|口|社)|家(?!庭)|个(?!人)|次|名|辆|户|份|项(?!目)|件|%|分(?!公)|批))"
_EDGE = r"(?=年?(?:年初|年末|年底|年终|年中(?!央|小|医|心|级|国|共|职|等|高|药|学|标|介|转)))"
_TAIL = (
    rf"(?:年(?!初|末|底|终|中(?!央|小|医|心|级|国|共|职|等|高|药|学|标|介|转))(?:度|份)?|{_EDGE}年?(?=年)|(?!\s?年))"
)
_FULL = rf"(?<![\d.])(?:19|20)\d\d{_AMOUNT_AFTER}\s?{_TAIL}"
_SHORT = r"(?<![\d.近满第超过])\d\d(?:年(?!初|末|底|终|中(?!央|小|医|心|级|国|共|职|等|高|药|学|标|介|转)|内|来|以|代|前|后|间)(?:度|份)?|(?=年(?:初|末|底|终|中(?!央|小|医|心|级|国|共|职|等|高|药|学|标|介|转))))"
_BARE_SHORT = rf"(?<![\d.,年近前后第共超过满])(?:1[5-9]|2\d){_AMOUNT_AFTER}(?=\s*[一-鿿A-Za-z])(?!年|月|日|号|岁|位|台|所|天|后|强|类|级)"
_SPELLED = rf"(?:(?:一九|二[〇零○Ｏ]){_CHINESE}{{2}}|{_CHINESE}{{2}}(?=年))(?:年(?!初|末|底|终|中(?!央|小|医|心|级|国|共|职|等|高|药|学|标|介|转))(?:度|份)?|(?=年(?:初|末|底|终|中(?!央|小|医|心|级|国|共|职|等|高|药|学|标|介|转))))?"
_ANY = r"(?:(?:19|20)\d\d|\d\d)\s?(?:年度|年)?"
_JOIN = r"\s?(?:[-~～—–－至到]{1,2}|一直到)\s?"
_RANGE = re.compile(
    rf"(?:从|自)?(?<![\d.])(?P<from>(?:19|20)\d\d|\d\d(?=年|[-~～至到—]\d\d年))(?:年度|年)?{_JOIN}(?P<to>(?:19|20)\d\d|\d\d(?=\s?年)){_AMOUNT_AFTER}(?:年度|年)?"
    r"(?!-\d)(?:之间|期间|间|以来)?"
)
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:-\d{1,2}-\d{1,2}|年\d{1,2}月(?:\d{1,2}[日号])?)(?:底|末)?")
_SINGLE = re.compile(rf"(?P<full>{_FULL})|(?P<spelled>{_SPELLED})|(?P<short>{_SHORT})")
_RELATIVE_WORDS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上一年": -1,
    "前一年": -1,
    "上年": -1,
    "今年": 0,
    "当年": 0,
    "明年": 1,
}
_RELATIVE = re.compile(
    r"(?<![比较与同跟和])(?P<word>大前年|前年|去年度?|上一年度?|前一年度?|上年度?(?!数|决算|末|结转|同期|执行)|今年度?|明年)(?!.{0,2}相比)"
)
_COUNTS = {word: value for value, words in ((2, "两二2"), (3, "三3"), (4, "四4"), (5, "五5"), (6, "六6"), (7, "七7"),
                                            (8, "八8"), (9, "九9"), (10, "十")) for word in words}  # fmt: skip
_RECENT = re.compile(rf"(?:最近|近|过去|这|前)(?P<count>10|[{''.join(_COUNTS)}])(?:个)?年(?:来|间|内)?")
_ALL = re.compile(
    r"历年来?|逐年|(?:最近|近|这|前)(?:几|些)年来?|各年度?|每年(?:度)?的?(?!安排|预算|计划|补助|拨|发放|要|需|下达|投入|支付)|每一年|所有年[份度]?|全部年[份度]"
)


@dataclass(frozen=True, slots=True)
class Years:
    """What one expression says: years, or an offset from the year that is talked about, or the newest ``recent``.

    ``recent`` 0 means every year there is.
    """

    years: tuple[int, ...] = ()
    offset: int | None = None
    recent: int | None = None

    def resolve(self, base: int) -> tuple[int, ...]:
        """The years that are meant when ``base`` is this year (今年)."""
        return self.years if self.offset is None else (base + self.offset,)


def find_years(text: str) -> list[Found[Years]]:
    """Every year expression of a normalized question, in order.

    ``渠县2019到2021年`` gives (2019, 2020, 2021); ``比上年`` is no year, ``100万`` and ``2022元`` neither.
    """
    found = keep_longest(_find_all(text))
    if not found:
        found = [Found(m.start(), m.end(), Years((2000 + int(m.group()),))) for m in re.finditer(_BARE_SHORT, text)]
    return found


def _find_all(text: str) -> Iterator[Found[Years]]:
    for match in _RANGE.finditer(text):
        first, last = _parse(match["from"]), _parse(match["to"])
        if first is not None and last is not None and 0 < last - first <= 30:
            yield Found(match.start(), match.end(), Years(tuple(range(first, last + 1))))
    for match in _DATE.finditer(text):
        yield Found(match.start(), match.end(), Years((int(match["year"]),)))
    for match in _SINGLE.finditer(text):
        year = _parse(match.group())
        if year is not None:
            yield Found(match.start(), match.end(), Years((year,)))
    for match in _RELATIVE.finditer(text):
        yield Found(match.start(), match.end(), Years(offset=_RELATIVE_WORDS[match["word"].rstrip("度")]))
    for match in _RECENT.finditer(text):
        yield Found(match.start(), match.end(), Years(recent=_COUNTS.get(match["count"], 10)))
    for match in _ALL.finditer(text):
        yield Found(match.start(), match.end(), Years(recent=0))


def _parse(printed: str) -> int | None:
    digits = "".join(_DIGITS.get(character, character) for character in printed if character not in "年度份 ")
    if not digits.isdecimal():
        return None
    year = int(digits)
    if len(digits) == 2:
        year += 2000 if year < 50 else 1900
    return year if 1949 <= year <= date.max.year and year < 2100 else None
