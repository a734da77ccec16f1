"""Amounts in a question: a threshold (超过100万的有哪些) or a claim (是1.83万元吗)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.questions.spans import KEPT, Found
from knowledge.models import Comparator
from knowledge.numbers import parse_chinese_number, parse_number
from knowledge.vocabulary import units

_BEFORE: dict[str, Comparator] = {
    "不低于": "≥", "不少于": "≥", "不小于": "≥", "至少": "≥", "大于等于": "≥", "达到": "≥", "≥": "≥", ">=": "≥",
    "超过": ">", "大于": ">", "高于": ">", "多于": ">", "超": ">", "突破": ">", "高过": ">", "多过": ">", ">": ">",
    "不高于": "≤", "不超过": "≤", "不大于": "≤", "不多于": "≤", "至多": "≤", "最多": "≤", "小于等于": "≤", "≤": "≤", "<=": "≤",
    "低于": "<", "少于": "<", "小于": "<", "不到": "<", "不足": "<", "低过": "<", "<": "<",
}  # fmt: skip
_AFTER: dict[str, Comparator] = {"以上": "≥", "及以上": "≥", "以下": "≤", "及以下": "≤", "以内": "≤", "之内": "≤"}
_CHINESE_NUMBER = r"[一二两三四五六七八九十][一二两三四五六七八九十百千零点〇]*"


def _alternatives(words: dict[str, Comparator]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_UNITS = "|".join(map(re.escape, sorted(units(), key=len, reverse=True))).replace("|支|", "|支(?![出付])|")
_NUMBER = rf"(?P<number>-?\d[\d,，]*(?:\.\d+)?|{_CHINESE_NUMBER}(?=万|亿|千|元|块))"
_THRESHOLD = re.compile(
    rf"(?P<before>{_alternatives(_BEFORE)})了?\s?{_NUMBER}\s?(?P<unit>{_UNITS}|块)?(?P<after>{_alternatives(_AFTER)})?"
    rf"|(?<!单价){_NUMBER.replace('number', 'number2')}\s?(?P<unit2>{_UNITS}|块)?(?P<after2>{_alternatives(_AFTER)})"
)
_CLAIM = re.compile(rf"(?<![\d.年第前近]){_NUMBER}\s?(?P<unit>{_UNITS}|块|％)?")
_CANONICAL = {"万": "万元", "亿": "亿元", "块": "元", "％": "%"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A number with its unit and, for thresholds, how values are to compare with it."""

    value: Decimal
    unit: str | None
    comparator: Comparator | None = None


@lru_cache(maxsize=KEPT)
def find_thresholds(text: str) -> tuple[Found[Bound], ...]:
    """``超过100万`` → > 100 万元; ``50万元以下`` → ≤ 50 万元."""
    found = []
    for match in _THRESHOLD.finditer(text):
        value = _parse(match["number"] or match["number2"])
        if value is None:
            continue
        comparator = _BEFORE.get(match["before"] or "") or _AFTER[match["after2"] or match["after"]]
        found.append(
            Found(match.start(), match.end(), Bound(value, _unit(match["unit"] or match["unit2"]), comparator))
        )
    return tuple(found)


@lru_cache(maxsize=KEPT)
def find_claims(text: str) -> tuple[Found[Bound], ...]:
    """Amounts that a question puts forward: ``是1.83万元吗`` → 1.83 万元. Call it on text without its years."""
    found = []
    for match in _CLAIM.finditer(text):
        value = _parse(match["number"])
        if value is not None:
            found.append(Found(match.start(), match.end(), Bound(value, _unit(match["unit"]))))
    zeros = (Found(match.start(), match.end(), Bound(Decimal(0), None)) for match in _ZERO.finditer(text))
    return tuple(sorted([*found, *zeros], key=lambda item: item.start))


_ZERO = re.compile(r"(?:[是为]|等于)(?P<zero>零)(?![\u4e00-\u9fff])|[是为](?P<zero2>零)(?=[吗么吧])")


def _unit(printed: str | None) -> str | None:
    return _CANONICAL.get(printed or "", printed)


def _parse(printed: str) -> Decimal | None:
    number = parse_number(printed.replace("，", ","))
    return number if number is not None else parse_chinese_number(printed.replace("两", "二"))
