"""A phrase, the unit and what was spoken of before → the figure's name and the other names that it answers to."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.models import Measure, Scope
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.phrases import Phrase
from knowledge.rules.statements.terms import find_standard
from knowledge.text import plain_name
from knowledge.vocabulary import Metric, units


class Name(NamedTuple):
    """What a figure is called. ``stem`` is what parts and counts are built on: 公务接待费 → 公务接待 + 批次."""

    metric: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    code: str | None = None
    scope: Scope | None = None
    measure: Measure | None = None
    nature: str | None = None
    stem: str = ""
    action: str = ""
    deed: str = ""
    owner: str = ""
    standard: bool = False
    item: bool = False
    per_head: bool = False

    @property
    def known(self) -> bool:
        """Whether it is a standard term or a classification item."""
        return self.standard or self.item or self.parent is not None


_SUFFIXES = {"人": "人数", "名": "人数", "位": "人数", "万人": "人数", "万名": "人数", "亿人": "人数", "人次": "人次", "万人次": "人次", "次": "次数", "万次": "次数", "批次": "批次", "批": "批次", "团组": "批次", "场次": "场次", "家次": "家次", "户次": "户次", "户": "户数", "万户": "户数", "剂次": "剂次", "万剂次": "剂次", "平方米": "面积", "万平方米": "面积", "件次": "件次", "班次": "班次", "例": "例数", "起": "起数"}  # fmt: skip
COUNTED = (
    "量",
    "数",
    "人数",
    "人次",
    "次数",
    "批次",
    "面积",
    "户数",
    "额",
    "人次数",
    "剂次",
    "家次",
    "场次",
    "户次",
    "件次",
    "班次",
    "编制",
    "里程",
    "床位",
)
_STEM_TAIL = re.compile(
    r"(?:账面原值|账面净值|原值|净值|批次数?|人次数?|人数|次数|数量|户数|家数|数|金额|费用支出|费支出|支出总额|支出|费用|费|经费|资金)$"
)


def suffix_of(unit: str | None) -> str:
    """What a count is called by its unit: 人 → 人数, 批次 → 批次, 份 → 数量."""
    return _SUFFIXES.get(unit or "", "数量")


def is_money(unit: str | None) -> bool:
    """Whether a unit is one of money."""
    known = units().get(unit or "")
    return known is not None and known.kind == "money"


_LONG_ASIDE = re.compile("（[^（）]{3,}）")


def is_rate(unit: str | None) -> bool:
    """Whether a unit is one of shares and rates."""
    return unit in ("%", "‰", "个百分点", "倍")


def standard_name(metric: Metric, phrase: Phrase) -> Name:
    """The name of a standard term; what is printed is kept as an alias."""
    spoken: tuple[str, ...] = (phrase.core, phrase.full, _LONG_ASIDE.sub("", phrase.full))
    own = next((word for word in cues().own if phrase.full.startswith(word)), "")
    spoken = (*spoken, phrase.full[len(own) :] if phrase.full[len(own) :] not in cues().generic else "")
    printed = () if phrase.item is not None else tuple(map(plain_name, spoken))
    aliases = tuple(dict.fromkeys(word for word in printed if word and word != metric.name))
    item = phrase.item
    return Name(
        metric=metric.name,
        aliases=aliases,
        parent=(item.parent if item and item.parent else None) or metric.parent,
        code=item.code if item else None,
        scope=phrase.scope or metric.scope,
        measure=phrase.measure,
        nature=metric.nature,
        stem=stem_of(metric.name),
        standard=True,
        item=item is not None,
        per_head=phrase.per_head,
    )


def stem_of(name: str) -> str:
    """The part of a name that others are built on: 国内公务接待支出 → 国内公务接待."""
    return _STEM_TAIL.sub("", name) or name


def join_names(left: str, right: str) -> str:
    """Two pieces of a name without saying the shared part twice: 国内公务接待 + 接待人次 → 国内公务接待人次."""
    for size in range(min(len(left), len(right)), 1, -1):
        if left.endswith(right[:size]):
            return left + right[size:]
    return left + right


def free_name(
    metric: str,
    phrase: Phrase,
    *,
    forms: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    stem: str = "",
    action: str = "",
    deed: str = "",
) -> Name:
    """A name of the text's own words, or the standard term that it or one of its other ``forms`` is.

    ``aliases`` are names that it answers to but that must not make it a standard term.
    """
    others = tuple(dict.fromkeys(word for word in (*forms, *aliases) if word and word != metric))
    for form in (metric, *forms):
        found = find_standard(form)
        if found is not None:
            answers = tuple(dict.fromkeys(word for word in (metric, *others) if word != found.name))
            return standard_name(found, phrase)._replace(aliases=answers, action=action)
    return Name(
        metric=metric, aliases=others, parent=phrase.item.parent if phrase.item else None,
        code=phrase.item.code if phrase.item else None, scope=phrase.scope, measure=phrase.measure,
        stem=stem or stem_of(metric), action=action, deed=deed, per_head=phrase.per_head, item=phrase.item is not None,
    )  # fmt: skip
