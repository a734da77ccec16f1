"""Names as they are compared: without brackets, spaces and common endings; what they count, and what they exclude."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.spelling import short_form as shorten_words
from knowledge.text import fold_text

_NOISE = re.compile(r"[\s（）()“”\"'‘’《》〈〉<>·•:：,，。、;；_\-—\[\]【】{}/]|\(类\)|（[类款项]）")
_CLASS = re.compile(r"（[类款项]）|\([类款项]\)")
_ENDINGS = re.compile(r"(?:支出|费用|经费|资金|金额|总额|合计|数量|人数|数|费|率|项目|情况|补助|总数|人员)$")
_KINDS = {
    "count": re.compile(r"(?:人数|人次|次数|数量|批次|家数|户数|个数|人员|辆数|团组|保有量|面积)$"),
    "mean": re.compile(r"(?:人均|平均)$"),
    "rate": re.compile(r"(?:率|比例|比重|占比)$"),
    "money": re.compile(
        r"(?:支出|收入|费用|经费|资金|金额|总额|费|款|结余|结存|余额|补助|补贴|津贴|奖金|救助金|补助金)$"
    ),
}
_TRAILING = re.compile(r"(?:支出|费用|经费|资金|金额|总额|费|项目|情况|数|总数|合计)")
_OPENINGS = re.compile(
    r"^(?:筹集|筹措|共|全年|本年度?|各项|各级|当年|累计|实际|支付|完成|用于|主要|全县|全市|全区|我局|我单位|总共|合计|支出)+"
)
_OPPOSITES = tuple(
    (re.compile(left), re.compile(right))
    for left, right in (
        ("收入", "支出"), ("支出", "收入"), ("基本", "项目支出"), ("项目支出", "基本支出"), ("年初", "年末"), ("年末", "年初"),
        ("购置", "运行(?!.*购置)"), ("运行(?!.*购置)", "购置(?!.*运行)"), ("行政单位", "事业单位"), ("事业单位", "行政单位"),
        ("城乡居民", "职工"), ("职工", "城乡居民"), ("国内", "国外|境外"), ("中央", "省级|地方|县级|市级"), ("省级", "中央|地方|县级|市级"),
        ("地方", "中央|省级"), ("县级", "中央|省级|市级"), ("货物", "工程|服务"), ("工程", "货物|服务"), ("服务", "货物|工程"),
        ("(?<!非)流动资产", "非流动资产"), ("非流动资产", "(?<!非)流动资产"), ("住院", "门诊"), ("门诊", "住院"), ("增加", "减少"), ("减少", "增加"),
        ("中小", "小微"), ("小微", "中小"), ("人均", "(?!)"), ("支出", "结余|结存|节约|节省"), ("收入", "结余|结存|节约|节省"), ("结余", "收入|支出"),
        ("^(?!.*(?:政府性|预算)).*基金", "政府性基金"),
    )
)  # fmt: skip


_INSURED = re.compile("(?P<before>.*)参加(?P<what>.*)人数")
_INSURANCE = re.compile("保险|医保|居民|职工")


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name for comparison: no brackets, quotes or spaces, half-width, （类） dropped, long forms shortened."""
    return shorten_words(_insured(_NOISE.sub("", fold_text(_CLASS.sub("", name)))))


def _insured(name: str) -> str:
    """Who takes part in an insurance is insured: 参加城乡居民医保人数 and 城乡居民参加人数 are numbers of 参保人数."""
    match = _INSURED.fullmatch(name) if "参加" in name else None
    if match is None or not _INSURANCE.search(name):
        return name
    return f"{match['before']}{match['what']}参保人数"


@lru_cache(maxsize=16384)
def plain_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of an item for comparison, in their order."""
    return tuple(map(plain, names))


@lru_cache(maxsize=65536)
def stem(name: str) -> str:
    """A plain name without its common ending (支出, 费, 数 …), where enough is left."""
    short = _ENDINGS.sub("", name)
    return short if len(short) >= 2 else name


@lru_cache(maxsize=65536)
def kind(name: str) -> str | None:
    """What a name's ending says that it counts: 培训费 is money, 培训人数 persons."""
    return next((kind for kind, ending in _KINDS.items() if ending.search(name)), None)


def ends_with(asked: str, name: str) -> bool:
    """Whether a name ends the words, or but for a common ending: 培训 does not end 培训人数."""
    rest = asked[asked.rfind(name) + len(name) :]
    return not rest or bool(_TRAILING.fullmatch(rest)) or (kind(asked) is None and bool(_ENDINGS.fullmatch(rest)))


@lru_cache(maxsize=65536)
def bare(name: str) -> str:
    """A name without what a sentence puts before it: 筹集各项财政补助资金 → 财政补助资金."""
    short = _OPENINGS.sub("", name)
    return short if len(short) >= 4 else name


def opposite(asked: str, name: str) -> bool:
    """Whether one says what the other excludes: 收入 and 支出, 年初 and 年末."""
    says, _ = _sides(asked)
    also, excludes = _sides(name)
    return bool(says & excludes & ~also)


@lru_cache(maxsize=65536)
def _sides(name: str) -> tuple[int, int]:
    """Which pairs of opposites a name says the left of, and which the right of, a bit a pair."""
    left = sum(1 << place for place, (says, _) in enumerate(_OPPOSITES) if says.search(name))
    right = sum(1 << place for place, (_, excludes) in enumerate(_OPPOSITES) if excludes.search(name))
    return left, right


@lru_cache(maxsize=65536)
def pairs(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a plain name; names that fit words share one with them."""
    return frozenset(name[place : place + 2] for place in range(len(name) - 1))
