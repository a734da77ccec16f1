"""Standard terms as they may be printed, and the scope and measure words around them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from knowledge.models import Measure, Scope
from knowledge.rules.statements.cues import cues
from knowledge.text import plain_name
from knowledge.vocabulary import Metric, metric_by_alias

EDGE = "“”‘’，。；：、 —-·,.:;*#"
_ASIDE = re.compile(r"（(?!境|类|款|项|省|部|含|不含)[^（）]*）")
_SCOPES: tuple[tuple[str, Scope], ...] = (
    ("一般公共预算当年财政拨款", "一般公共预算财政拨款"),
    ("一般公共预算财政拨款", "一般公共预算财政拨款"),
    ("一般公共预算拨款", "一般公共预算财政拨款"),
    ("一般公共预算", "一般公共预算财政拨款"),
    ("政府性基金预算财政拨款", "政府性基金预算财政拨款"),
    ("政府性基金预算拨款", "政府性基金预算财政拨款"),
    ("政府性基金预算", "政府性基金预算财政拨款"),
    ("政府性基金拨款", "政府性基金预算财政拨款"),
    ("政府性基金", "政府性基金预算财政拨款"),
    ("国有资本经营预算财政拨款", "国有资本经营预算财政拨款"),
    ("国有资本经营预算拨款", "国有资本经营预算财政拨款"),
    ("国有资本经营预算", "国有资本经营预算财政拨款"),
    ("财政预算拨款", "财政拨款"),
    ("财政拨款", "财政拨款"),
)
_IN_SCOPES = ("财政", "预算", "基金")
_JOINT = re.compile("^(?:安排的|安排|的|资金|支持的)")


@cache
def _standard() -> dict[str, Metric]:
    return {plain_name(word): metric for word, metric in metric_by_alias().items()}


@lru_cache(maxsize=20_000)
def find_standard(text: str) -> Metric | None:
    """The standard term that a name is, spelled any way; None where it is none."""
    known, name = _standard(), plain_name(text)
    name = name[:-1] if name.endswith("数量") and name not in known else name
    return known.get(name) or (known.get(_ASIDE.sub("", name)) if "（" in name else None)


@cache
def _endings() -> frozenset[str]:
    return frozenset(name[-2:] for name in _standard())


def ends_like_standard(text: str) -> bool:
    """Whether a standard term may stand at the end of words, judged by the last two characters."""
    name = plain_name(text)
    return name[-2:] in _endings() or name.endswith(("数量", "）"))


def scope_in(text: str) -> Scope | None:
    """The scope that words name anywhere; several funds together are 财政拨款."""
    text = text.replace("非财政拨款", "").replace("非同级财政拨款", "")
    named = {scope for word, scope in _SCOPES if word in text and scope != "财政拨款"}
    if len(named) == 1:
        return named.pop()
    return "财政拨款" if named or "财政拨款" in text else None


def split_scope(core: str) -> tuple[str, Scope | None]:
    """A name and the scope printed before, behind or inside it: ``一般公共预算财政拨款基本支出`` → 基本支出."""
    if not any(word in core for word in _IN_SCOPES):
        return core, None
    for word, scope in _SCOPES:
        if core.startswith(word):
            return _JOINT.sub("", core[len(word) :]), scope
    for word, scope in _SCOPES:
        if word in core and find_standard(core.replace(word, "", 1)):
            return core.replace(word, "", 1), scope
    return core, None


@cache
def _tails() -> dict[str, list[tuple[str, Measure]]]:
    """Measure words by their last character, the longest first."""
    tails: dict[str, list[tuple[str, Measure]]] = {}
    for word, measure in cues().tails:
        tails.setdefault(word[-1], []).append((word, measure))
    return tails


def split_measure(core: str) -> tuple[str, Measure | None]:
    """A name and the measure printed behind it: ``公用经费预算数`` → 公用经费, 预算数."""
    for word, measure in _tails().get(core[-1:], ()):
        if core.endswith(word) and not core[: -len(word)].endswith(("公共", "一般公", "基金", "经营")):
            return core[: -len(word)].rstrip(EDGE + "的"), measure
    return core, None


def measure_inside(core: str) -> Measure | None:
    """The measure that a standard term's own spelling says: 收入预算总额 is 预算数."""
    return "预算数" if core.endswith(("预算", "预算金额", "预算总额", "预算总计")) and "预算财政" not in core else None
