"""The forms that a name is known by, and the keys of each: its text, its pinyin, its letters, its initials.

What ``knowledge.names`` keeps in the index. Keys are spelled as ``spelling.short_form`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from knowledge.regions import Region, leading_regions, region_stem
from knowledge.spelling import short_form, spell, usual_readings
from knowledge.vocabulary.abbreviations import abbreviations

FULL, ALIAS, SAME, SHORT, STEM = 100, 98, 94, 92, 80
_VARIANTS = 8
_SHORT_NAME = 4


def split_name(name: str) -> tuple[tuple[int, ...], str]:
    """A body's name as codes of its region (empty: none known) and the rest, spelled for comparison.

    >>> split_name("株洲市石峰区医疗保障局")
    ((430204,), '医疗保障局')
    """
    plain = spell(name).text
    codes, end = leading_regions(plain)
    return (codes, plain[end:]) if len(plain) - end >= 2 else ((), plain)


def region_forms(region: Region) -> dict[str, int]:
    """The forms of a region: 渠县 100, 渠 … with former names."""
    forms = dict.fromkeys((region.name, *region.former), FULL)
    for name in tuple(forms):
        if 2 <= len(region_stem(name)) < len(name):
            forms.setdefault(region_stem(name), SHORT)
    return forms


def body_forms(name: str) -> dict[str, int]:
    """Every form that a body's name (without its region) is known by, with its weight.

    医疗保险基金管理中心 → 医保基金管理中心 100, 医保管理中心 …, 医保中心 92.
    """
    short = short_form(name)
    words = abbreviations()
    forms = {short: FULL}
    for tail in words.tail:
        if short.endswith(tail) and len(short) > len(tail) + 1:
            forms.setdefault(short.removesuffix(tail), SHORT)
    for variant in _hospital(short):
        forms.setdefault(variant, SHORT)
    for form in tuple(forms):
        for variant in _same_office(form):
            forms.setdefault(variant, SAME)
        for variant in _without_inner(form):
            forms.setdefault(variant, SHORT)
    for form in tuple(forms):
        stem = _stem(form)
        if stem and stem not in forms:
            forms[stem] = STEM if form.endswith(words.leading) else STEM - 8
    return forms


_HOSPITAL = re.compile("(?P<place>.?)(?P<number>第?[一二三四五六七八九])?(?:人民)?医院")


def _hospital(form: str) -> Iterator[str]:
    """第一人民医院 is called 一院, 一医院 or 医院; where a place has several the question is asked back."""
    match = _HOSPITAL.fullmatch(form)
    if match is None:
        return
    number = (match["number"] or "").removeprefix("第")
    yield from (f"{number}院", f"{number}医院", f"第{number}医院") if number else ()
    yield from ("人民医院", "医院")


def _without_inner(form: str) -> Iterator[str]:
    for ending in ("中心", "站", "所", "处", "局"):
        if form.endswith(ending):
            for inner in abbreviations().inner:
                left = form.removesuffix(ending).removesuffix(inner)
                if len(left) >= 2 and len(left) + len(ending) < len(form):
                    yield left + ending


def _same_office(form: str) -> Iterator[str]:
    """卫健局 and 卫健委 are one office in one place; 庙坝镇政府 is also called 庙坝镇."""
    stem = form[:-1]
    if form[-1:] in ("局", "委") and stem in abbreviations().same.values():
        yield stem + ("委" if form.endswith("局") else "局")
    if form.endswith(("镇政府", "乡政府")):
        yield form.removesuffix("政府")


def _stem(form: str) -> str:
    """The field that a body is in charge of, when it alone is a short form: 医保局 → 医保; 财政局 → 财政."""
    if form in abbreviations().fields:
        return abbreviations().fields[form]
    match = re.fullmatch(r"(.{2,4}?)(?:局|厅|委|办|中心)", form)
    return match[1] if match else ""


@lru_cache(maxsize=4096)
def name_forms(text: str, weight: int) -> tuple[tuple[str, str, int], ...]:
    """A name's keys as (form, key, weight): its text, its pinyin, its letters, its initials.

    >>> name_forms("渠县", 100)
    (('text', '渠县', 100), ('pinyin', 'qu xian ', 100), ('letters', 'quxian', 100), ('initials', 'qx', 100))
    """
    rows = [("text", text, weight)]
    known = readings(text)
    for index, reading in enumerate(known):
        if index == 0 or len(text) <= _SHORT_NAME:
            rows.append(("pinyin", " ".join(reading) + " ", weight))
        rows.append(("letters", "".join(reading), weight))
    initials = {"".join(syllable[:1] for syllable in reading) for reading in known}
    rows.extend(("initials", letters, weight) for letters in sorted(initials))
    return tuple(rows)


def readings(text: str) -> list[tuple[str, ...]]:
    """How a name may be read, the most usual first: 曾都区 zeng du qu, ceng du qu …; of a long name one 多音字 at a time."""
    options = [usual_readings(character) for character in text]
    usual = tuple(option[0] for option in options)
    if len(text) <= _SHORT_NAME:
        return list(islice(product(*options), _VARIANTS))
    others = (
        (*usual[:index], other, *usual[index + 1 :]) for index, option in enumerate(options) for other in option[1:]
    )
    return [usual, *islice(others, _VARIANTS)]
