"""Printed number → Decimal, unit, sign, comparator, span: the lexer that every rule shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from knowledge.models import Comparator
from knowledge.vocabulary import units

_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\s?\d+)?"
_COMPARATOR = {"≥": "≥", "≤": "≤", "<": "<", ">": ">", "=": "=", "不低于": "≥", "不少于": "≥", "不高于": "≤",
               "不超过": "≤", "至少": "≥", "大于等于": "≥", "小于等于": "≤", "大于": ">", "小于": "<", "低于": "<",
               "高于": ">", "超过": ">"}  # fmt: skip


class Amount(NamedTuple):
    """A printed number with its unit. ``start``/``end`` enclose the digits, ``unit_end`` the unit too.

    ``value`` keeps the printed digits (``Decimal("50.50")``). ``approximate`` marks 余, 多, 约, 左右.
    """

    start: int
    end: int
    unit_end: int
    value: Decimal
    unit: str | None
    comparator: Comparator | None = None
    approximate: bool = False


_COMPILED: re.Pattern[str] | None = None


def _pattern() -> re.Pattern[str]:
    global _COMPILED
    if _COMPILED is None:
        inexact = [
            f"{unit[0]}{more}{unit[1:]}" for unit in units() if unit[0] in "万亿" and unit[1:] for more in "余多"
        ]
        words = [
            re.escape(word) + (f"(?![{unit.not_before}])" if (unit := units().get(word)) and unit.not_before else "")
            for word in sorted({*units(), *inexact}, key=len, reverse=True)
        ]
        comparators = sorted(_COMPARATOR, key=len, reverse=True)
        opening = "".join(sorted({word[0] for word in comparators})) + r"约近\d-"
        _COMPILED = re.compile(
            rf"(?=[{opening}])"
            rf"(?P<comparator>{'|'.join(map(re.escape, comparators))})?(?P<about>(?<![节合签契])约|近)?"
            rf"(?<![\dA-Za-z.])(?P<number>-?{_NUMBER})(?![\d.]*[A-Za-z]\w)"
            rf"\s?(?P<more>余|多|几)?(?P<unit>{'|'.join(words)})?(?P<tail>余|多|左右|以上|以内)?"
        )
    return _COMPILED


_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?")


def parse_number(text: str) -> Decimal | None:
    """A printed number as Decimal, digits kept; None when it is none.

    >>> parse_number("4,596.52")
    Decimal('4596.52')
    """
    plain = "".join(text.split()).replace(",", "").replace("，", "")
    if not _PLAIN.fullmatch(plain):
        return None
    return Decimal(plain)


def find_amounts(text: str) -> Iterator[Amount]:
    """All numbers of a folded text (see ``text.fold``), in order, with their units.

    ``追回基金157.1万元`` gives 157.1 万元; ``不低于95%`` gives 95 % with comparator ≥.
    """
    for match in _pattern().finditer(text):
        value = parse_number(match["number"])
        if value is None:
            continue
        comparator = _COMPARATOR.get(match["comparator"] or "")
        if comparator is None and match["tail"] == "以内":
            comparator = "≤"
        yield Amount(
            start=match.start("number"),
            end=match.end("number"),
            unit_end=match.end("unit") if match["unit"] else match.end("number"),
            value=value,
            unit=_exact_unit(match["unit"]),
            comparator=comparator,  # type: ignore[arg-type]
            approximate=bool(
                match["about"]
                or match["more"]
                or match["tail"] in ("余", "多", "左右")
                or _exact_unit(match["unit"]) != match["unit"]
            ),
        )


def _exact_unit(unit: str | None) -> str | None:
    """The unit of an inexact amount: 14亿余元 → 亿元, 5万余人次 → 万人次."""
    return unit[0] + unit[2:] if unit and unit[0] in "万亿" and unit[1:2] in ("余", "多") else unit


_FORMAL = re.compile(r"(?P<number>[壹贰叁肆伍陆柒捌玖拾佰仟]+)(?P<unit>[万亿]?元)(?:整)?")
_FORMAL_DIGITS = {character: digit for digit, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_FORMAL_POWERS = {"拾": 10, "佰": 100, "仟": 1000}


def find_formal_amounts(text: str) -> Iterator[Amount]:
    """Sums in capital numerals (大写): ``拾万元`` gives 10 万元."""
    for match in _FORMAL.finditer(text):
        value = _formal_value(match["number"])
        yield Amount(match.start(), match.end("number"), match.end("unit"), Decimal(value), match["unit"])


def _formal_value(numerals: str) -> int:
    """叁佰贰拾 → 320; 拾 → 10."""
    total, digit = 0, 0
    for character in numerals:
        if character in _FORMAL_DIGITS:
            total, digit = total + digit, _FORMAL_DIGITS[character]
        else:
            total, digit = total + (digit or 1) * _FORMAL_POWERS[character], 0
    return total + digit


_SPELLED = re.compile(
    r"(?<![第每数几一二三四五六七八九十百千\d])(?P<number>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    r"(?P<unit>辆|批次|人次)"
)
_SPELLED_OF = {"辆": "车", "批次": "接待", "人次": "接待"}


def find_spelled_counts(text: str) -> Iterator[Amount]:
    """Counts of vehicles and receptions in Chinese characters: ``公务用车三辆`` gives 3 辆; 分两批次拨付 is none."""
    for match in _SPELLED.finditer(text):
        sentence = text[max(text.rfind("。", 0, match.start()), 0) : match.start()]
        value = (
            parse_chinese_number(match["number"].replace("两", "二"))
            if _SPELLED_OF[match["unit"]] in sentence
            else None
        )
        if value is not None:
            yield Amount(match.start(), match.end("number"), match.end("unit"), value, match["unit"])


def parse_chinese_number(text: str) -> Decimal | None:
    """A number in Chinese characters: 二〇二二 → 2022, 拾万 → 100000; None when it is none."""
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(text.replace("〇", "零"), "smart")))
    except ValueError:
        return None
