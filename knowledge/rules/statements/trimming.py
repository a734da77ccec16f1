"""Words before an amount without what is no part of the name: the body, the time, adverbs, the copula."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.terms import EDGE, find_standard

_PREFIX = re.compile(
    r"^(?:[^，。；]*?原因(?:主要)?(?:是|为)|(?:按照?|根据|依据|依照)[^，、]{1,14}?(?:文件|规定|要求|政策|通知|办法|协议|口径|方案)(?:的|，)?"
    r"|的?标准(?=(?:上缴|缴纳|拨付|支付|发放|补助|资助|给予|安排|筹集|划拨|投保))"
    r"|纳入[^，、的]{0,16}(?:预算|决算|汇编|核算)[^，、的]{0,8}的(?!单位))"
)
_LEVEL = re.compile(r"^(?:（本级）|本级|机关(?!运行)|部门（单位）|部门|系统|单位)")
_LEFT = ("结余", "结存", "滚存")
_RATE_OF = ("确保", "保证", "保障", "通过", "涉及到", "合计", "累计")


@lru_cache(maxsize=20_000)
def trim(text: str, agencies: tuple[str, ...] = ()) -> tuple[str, bool]:
    """Words without what is no part of a name, and whether they say that something is owned (共有)."""
    owned = False
    for _ in range(14):
        text = _trim_back(text)
        if find_standard(text) is not None or text in _measures():
            return text, owned
        before = text
        text = _PREFIX.sub("", _drop_agency(text, agencies))
        if find_standard(text) is not None:
            return text, owned
        own = next((word for word in cues().own if text.startswith(word) and not text.startswith("保有量")), "")
        owned, text = owned or bool(own), text[len(own) :]
        text = text[len(_front(text)) :]
        if text == before:
            break
    return text, owned


@cache
def _measures() -> frozenset[str]:
    return frozenset(word for word, _ in cues().tails)


@cache
def _fronts() -> dict[str, tuple[str, ...]]:
    """Front words by their first character, the longest first."""
    return {c: tuple(w for w in cues().front if w[0] == c) for c in {w[0] for w in cues().front}}


@cache
def _backs() -> dict[str, tuple[str, ...]]:
    return {c: tuple(w for w in cues().back if w[-1] == c) for c in {w[-1] for w in cues().back}}


def _front(text: str) -> str:
    words = _fronts().get(text[:1], ())
    return next((word for word in words if text.startswith(word) and _may_drop(text, word)), "")


def _may_drop(text: str, word: str) -> bool:
    rest = text[len(word) :]
    if word == "累计" and rest.startswith(_LEFT):
        return False
    if word in _RATE_OF and rest.startswith(("金", "率", "数", "经费", "费", "支")):
        return False
    return not (rest and rest[0] in cues().keep_front.get(word, ""))


def _trim_back(text: str) -> str:
    while True:
        before = text
        text = text.rstrip(EDGE) if text.startswith(("“", "《")) else text.strip(EDGE)
        if find_standard(text) is not None or text in _measures() or _ends_with_verb(text):
            return text
        words = _backs().get(text[-1:], ())
        back = next((word for word in words if text.endswith(word) and _may_end(text, word)), "")
        text = text[: len(text) - len(back)] if back else text
        if text == before:
            return text


def _may_end(text: str, word: str) -> bool:
    rest = text[: -len(word)]
    return not (rest and rest[-1] in cues().keep_back.get(word, ""))


@cache
def _verbs() -> dict[str, tuple[str, ...]]:
    """Verbs by their last character."""
    words = (*cues().action, *cues().light)
    return {c: tuple(w for w in words if w[-1] == c) for c in {w[-1] for w in words}}


def _ends_with_verb(text: str) -> bool:
    return text.endswith(_verbs().get(text[-1:], ())) and not text.endswith(("安排", "实现"))


def needs_name(core: str) -> bool:
    """Whether words say a measure or a score and not of what: 决算数, 得."""
    return core in _measures() or core in cues().gained


def _drop_agency(text: str, agencies: tuple[str, ...]) -> str:
    for name in agencies:
        if text.startswith(name):
            rest = text[len(name) :]
            return rest if find_standard(rest) else _LEVEL.sub("", rest)
    return text
