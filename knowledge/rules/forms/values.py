"""Words of a form → values: comparator, number, unit (≥95%, 119万人, 元/ + 人), placeholders, plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from knowledge.layout.form_words import Word
from knowledge.models import Comparator
from knowledge.numbers import parse_number
from knowledge.vocabulary import units

_COMPARATORS: dict[str, Comparator] = {
    "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "=", ">=": "≥", "<=": "≤", "不低于": "≥", "不少于": "≥", "大于等于": "≥", "不高于": "≤", "不超过": "≤",
    "小于等于": "≤", "大于": ">", "小于": "<", "等于": "=", "至少": "≥", "低于": "<", "高于": ">",
}  # fmt: skip
_SYMBOL = "|".join(sorted(map(re.escape, _COMPARATORS), key=len, reverse=True))
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_VALUE = re.compile(
    rf"(?P<comparator>{_SYMBOL})?(?P<number>{_NUMBER})(?P<unit>[^\d\s≥≤<>=。；，、！？]*?)"
    r"(?P<tail>（含）|（含）以上|及以上|以上|以内|及以内|以下|左右|余)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")
_PLACEHOLDER = re.compile(r"[/／\\—–\-]{1,4}|…+|无|N/A|不适用", re.IGNORECASE)
_SCORE = re.compile(r"（(\d+(?:\.\d+)?)(?:分|%)?）")
_NAME = re.compile("[\u4e00-\u9fff（）]{4,}")
_MOST_POINTS = 100
_QUALITY = ("定性", "定量", "正向", "反向", "正向指标", "反向指标", "定性指标", "定量指标")


class Kind(Enum):
    """What a word of a form is."""

    TEXT = auto()
    VALUE = auto()
    COMPARATOR = auto()
    PLACEHOLDER = auto()
    QUALITY = auto()
    SCORE = auto()


class Value(NamedTuple):
    """A printed number: ``start``/``end`` enclose its digits, ``stop`` its unit too."""

    start: int
    end: int
    stop: int
    number: Decimal
    unit: str | None = None
    comparator: Comparator | None = None
    begin: int = 0

    @property
    def bare(self) -> bool:
        """Whether neither unit nor comparator is printed with it, as weights and scores are."""
        return self.unit is None and self.comparator is None


class Item(NamedTuple):
    """One or several words read as one thing, with the words that it was read from."""

    kind: Kind
    words: tuple[Word, ...]
    value: Value | None = None

    @property
    def text(self) -> str:
        """What is printed, without white space."""
        return "".join(word.text for word in self.words)

    @property
    def line(self) -> int:
        """The line of the first word."""
        return self.words[0].line


def parse_value(word: Word) -> Value | None:
    """A word that is a number with or without comparator and unit: ``≥95%``, ``119万人``, ``10%以内``, ``1,050.00``."""
    match = _VALUE.fullmatch(word.text)
    if match is None or _YEAR.match(word.text):
        return None
    number = parse_number(match["number"])
    unit: str | None = match["unit"] or None
    if number is None or not (unit is None or _is_unit(unit) or (match["comparator"] and _SHORT.fullmatch(unit))):
        return None
    comparator = _COMPARATORS.get(match["comparator"] or "")
    if comparator is None and match["tail"]:
        comparator = "≤" if match["tail"] in ("以内", "及以内") else "≥" if match["tail"].endswith("以上") else None
    start = word.start + match.start("number")
    return Value(start, start + len(match["number"]), word.end, number, unit, comparator, word.start)


_SHORT = re.compile("[\u4e00-\u9fff]{1,3}")
_PER = re.compile("(?P<counted>[\u4e00-\u9fff]{1,3})/[\u4e00-\u9fff]{1,4}")
_MANY = ("百", "千", "万", "亿")


def _is_unit(text: str) -> bool:
    """Whether a word is a unit, one of many (万笔) or one per something (元/份, 管/日)."""
    return text in units() or (text[0] in _MANY and text[1:] in units()) or _PER.fullmatch(text) is not None


def read_items(words: Sequence[Word]) -> list[Item]:
    """Words as items: split units joined (小 + 时), a comparator that stands alone joined to its number."""
    items: list[Item] = []
    index = 0
    split = list(_split(words))
    while index < len(split):
        item, index = _read_item(split, index)
        if items and item.value is not None and items[-1].kind is Kind.COMPARATOR:
            sign = items.pop()
            value = item.value._replace(
                comparator=item.value.comparator or _COMPARATORS[sign.text], begin=sign.words[0].start
            )
            item = Item(Kind.VALUE, (*sign.words, *item.words), value)
        items.append(item)
    return items


_INNER = re.compile(r"(?<=[\u4e00-\u9fff）])[≥≤<>=](?=\d)")
_GLUED = re.compile(r"\d{1,3}(?:\.\d)?(?=[\u4e00-\u9fff]{4,}$)")


def _split(words: Sequence[Word]) -> Iterator[Word]:
    """Words cut where a comparator begins inside (度≥95% → 度, ≥95%) and where a number is glued to a name."""
    for word in words:
        inner = _INNER.search(word.text)
        if inner is not None and parse_value(word.part(inner.start(), len(word.text))) is not None:
            yield word.part(0, inner.start())
            yield word.part(inner.start(), len(word.text))
            continue
        glued = _GLUED.match(word.text)
        if glued is not None and word.first and not _begins_with_unit(word.text[glued.end() :]):
            yield word.part(0, glued.end())
            yield word.part(glued.end(), len(word.text))._replace(first=True)
            continue
        yield word


def _begins_with_unit(text: str) -> bool:
    return text.startswith(_unit_heads()) or text[0] in "年月日号个"


@cache
def _unit_heads() -> tuple[str, ...]:
    return tuple(units())


def _read_item(words: Sequence[Word], index: int) -> tuple[Item, int]:
    word = words[index]
    following = words[index + 1].text if index + 1 < len(words) else ""
    if word.text + following in _QUALITY and len(word.text) == 1:
        return Item(Kind.QUALITY, (word, words[index + 1])), index + 2
    if word.text in _QUALITY:
        return Item(Kind.QUALITY, (word,)), index + 1
    if word.text in _COMPARATORS:
        return Item(Kind.COMPARATOR, (word,)), index + 1
    if _PLACEHOLDER.fullmatch(word.text):
        return Item(Kind.PLACEHOLDER, (word,)), index + 1
    if word.text.startswith("（") and "）" not in word.text and _SCORE.fullmatch(word.text + following):
        return _score((word, words[index + 1])), index + 2
    if _SCORE.fullmatch(word.text):
        return _score((word,)), index + 1
    value = parse_value(word)
    if value is not None and (_opens_name(words, index, value) or opens_reason(words[index : index + 2])):
        value = None
    if value is None or (following.startswith("年") and _YEAR.match(word.text + "年")):
        return Item(Kind.TEXT, (word,)), index + 1
    return _with_unit(words, index, value)


def _opens_name(words: Sequence[Word], index: int, value: Value) -> bool:
    """Whether a number that opens a line is the first word of a name with values behind it: 12315 投诉办结率 8 ≥98%."""
    word, following = words[index], words[index + 1 : index + 3]
    if not (word.first and value.bare and value.number > _MOST_POINTS and len(following) == 2):
        return False
    name, behind = following
    beside = word.line == name.line == behind.line and not name.first
    return beside and bool(_NAME.fullmatch(name.text)) and name.text not in units() and parse_value(behind) is not None


_WHY = re.compile("(?P<unit>[\u4e00-\u9fff]{1,2}?)(?:因|由于|未|尚)")


def opens_reason(words: Sequence[Word]) -> bool:
    """Whether a number that opens a line begins a text that says why: 1 部因脚本调整未完成."""
    if len(words) < 2 or not words[0].first or words[0].line != words[1].line:
        return False
    value, match = parse_value(words[0]), _WHY.match(words[1].text)
    return value is not None and value.bare and match is not None and match["unit"] in units()


def _score(words: tuple[Word, ...]) -> Item:
    text = "".join(word.text for word in words)
    match = _SCORE.fullmatch(text)
    number = re.search(r"\d+(?:\.\d+)?", words[0].text)
    if match is None or number is None:
        return Item(Kind.TEXT, words)
    start = words[0].start + number.start()
    value = Value(start, start + len(number[0]), words[-1].end, Decimal(match[1]), begin=words[0].start)
    return Item(Kind.SCORE, words, value)


_AMBIGUOUS = ("单", "面", "部", "对", "期", "方")
"""Units that may be the first letter of a name too."""


def _amid_values(words: Sequence[Word], index: int) -> bool:
    """Whether a number, the word behind it and a number stand on one line: 3 期 10."""
    held = words[index : index + 3]
    return len(held) == 3 and held[0].line == held[2].line and parse_value(held[2]) is not None


def _with_unit(words: Sequence[Word], index: int, value: Value) -> tuple[Item, int]:
    """A number with the unit that stands after it, in up to three words: ``320 元/ 人``, ``24 小 时``, ``60 分 钟``."""
    best, taken = value, index + 1
    text = value.unit or ""
    for count in (1, 2, 3):
        stop = index + count
        if stop >= len(words) or len(words[stop].text) > 5:
            break
        text += words[stop].text
        alone = value.unit is None and count == 1 and text in _AMBIGUOUS
        if text in units() and not (alone and not _amid_values(words, index)):
            best, taken = value._replace(unit=text, stop=words[stop].end), stop + 1
    return Item(Kind.VALUE, tuple(words[index:taken]), best), taken
