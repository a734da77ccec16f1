"""The words before an amount → what they name: the standard term or the core, with measure and scope split off."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from knowledge.models import Measure, Scope
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.deeds import Deed, find_deed
from knowledge.rules.statements.items import Item, parse_item
from knowledge.rules.statements.terms import (
    EDGE,
    ends_like_standard,
    find_standard,
    measure_inside,
    scope_in,
    split_measure,
    split_scope,
)
from knowledge.rules.statements.trimming import trim
from knowledge.vocabulary import Metric

_ASIDE = re.compile(r"（(?!境|类|款|项|省|部)[^（）]*）")
_LONG_ASIDE = re.compile(r"（[^（）]{3,}）")
_BUDGET_INSIDE = re.compile("财政预算|年初预算")
_CODED = re.compile(r"((?:1[01]|2\d)\d(?:\d{2}){0,2})[-—_]?(?=[\u4e00-\u9fff])")
_PLANNED = re.compile(r"^安排|安排$|(?:合计|共计|总计)(?=$|支出$|收入$|安排$)")
_INSIDE = re.compile(r"(?<=收入|支出)[决预]算(?=[总合]计|总额|总规模)")
_VERSION = re.compile(r"(?<=预算|算数|行数)（(?P<said>[^（）]{0,4}(?:调整|追加|批复|年初)[^（）]{0,4}|[A-Za-z])）$")
_WEAK_END = re.compile(
    r"(?:为|整体|单位|部门|机关|本级|我.|本.|年度|全年|安排的|开支的|的|：|其中|当年|决算|预算|全部|总的|情况|实际|预计|计划|拟|属)$"
)


class Phrase(NamedTuple):
    """What words name. ``core`` is the trimmed name, ``full`` the same with its measure; ``metric`` the standard term.

    ``tail`` is the measure as printed (支出决算数). ``verb`` and ``object`` split 检查定点医药机构; ``subject`` is what
    stands before the verb; ``owned`` says that the words count what there is (共有, 实有).
    """

    printed: str
    core: str
    full: str = ""
    metric: Metric | None = None
    item: Item | None = None
    measure: Measure | None = None
    tail: str = ""
    scope: Scope | None = None
    subject: str = ""
    verb: str = ""
    object: str = ""
    owned: bool = False
    per_head: bool = False

    @property
    def empty(self) -> bool:
        """Whether the words name nothing by themselves."""
        return self.metric is None and self.item is None and not self.core

    @property
    def generic(self) -> bool:
        """Whether the words need what was spoken of before: 金额, 支出."""
        return self.metric is None and self.item is None and (not self.core or self.core in cues().generic)


@dataclass(slots=True)
class _Parts:
    """What is found in a trimmed name, while it is taken apart."""

    core: str
    metric: Metric | None = None
    item: Item | None = None
    measure: Measure | None = None
    tail: str = ""
    scope: Scope | None = None
    deed: Deed | None = None


@lru_cache(maxsize=20_000)
def parse_phrase(text: str, agencies: tuple[str, ...] = ()) -> Phrase:
    """Take words apart: ``渠县医疗保障局机关运行经费支出`` → 机关运行经费; ``公用经费预算数为`` → 公用经费, 预算数."""
    printed = text.strip(EDGE)
    coded = _CODED.match(printed)
    if coded is not None:
        phrase = parse_phrase(printed[coded.end() :], agencies)
        known = phrase.item or Item(phrase.core, None, coded[1], "码", len(phrase.core))
        return phrase._replace(printed=printed, item=replace(known, code=known.code or coded[1]))
    inside = _INSIDE.search(printed)
    if inside is not None:
        phrase = parse_phrase(printed[: inside.start()] + printed[inside.end() :], agencies)
        inner: Measure = "预算数" if inside[0] == "预算" else "决算数"
        return phrase._replace(printed=printed, full=printed, measure=phrase.measure or inner)
    version = _VERSION.search(printed) if printed.endswith("）") else None
    if version is not None:
        phrase = parse_phrase(printed[: version.start()], agencies)
        return phrase._replace(printed=printed, measure=_budget_of(version["said"]) or phrase.measure)
    core, owned = trim(printed, agencies)
    parts = _take_apart(core, agencies)
    return Phrase(
        printed=printed,
        core=parts.core,
        full=core,
        metric=parts.metric,
        item=parts.item,
        measure=parts.measure,
        tail=parts.tail,
        scope=parts.scope,
        subject=parts.deed.subject if parts.deed else "",
        verb=parts.deed.verb if parts.deed else "",
        object=parts.deed.object if parts.deed else "",
        owned=owned,
        per_head=core.startswith("人均"),
    )


def _budget_of(said: str) -> Measure | None:
    """Which budget an aside behind 预算 says: 调整后, 批复数; None where it is a letter of a formula (A)."""
    if "调整" in said or "追加" in said:
        return "调整预算数"
    return "年初预算数" if "年初" in said or "批复" in said else None


def _take_apart(core: str, agencies: tuple[str, ...]) -> _Parts:
    item = parse_item(core)
    if item is not None:
        _, measure = split_measure(trim(core[item.end :], agencies)[0])
        return _Parts(item.name, find_standard(item.name), item, measure)
    metric = find_standard(core)
    if metric is not None:
        scope = None if metric.name in ("财政拨款收入", "财政拨款支出") else scope_in(core)
        return _Parts(core, metric, measure=measure_inside(core), scope=scope)
    return _around_standard(core, agencies)


def _around_standard(printed: str, agencies: tuple[str, ...]) -> _Parts:
    """Standard term, scope and measure of a trimmed name, in whatever order they are printed."""
    core, scope = split_scope(printed)
    metric, measure, tail = find_standard(core), None, ""
    while metric is None and core:
        rest, found = split_measure(core)
        if found is None:
            break
        measure, tail = measure or found, core[len(rest) :] + tail
        core = trim(rest, agencies)[0]
        if scope is None:
            core, scope = split_scope(core)
        metric = find_standard(core) or find_standard(f"{core}支出")
    if metric is None and _PLANNED.search(core) is not None:
        bare = _PLANNED.sub("", core)
        metric = find_standard(bare) or find_standard(f"{bare}支出")
        arranged = metric is not None and core.endswith("安排")
        measure = measure or ("预算数" if arranged else None)
    if metric is None and core:
        metric, lead = _weak_suffix(core)
        scope = scope or (scope_in(lead) if metric else None)
    if metric is None and scope is not None and not core:
        metric = find_standard(f"{scope}支出")
    parts = _Parts(core, metric, None, measure, tail, scope)
    return parts if metric is not None else _free(parts, printed)


def _free(parts: _Parts, printed: str) -> _Parts:
    """A name of the text's own words: asides dropped, split at its verb."""
    core = _LONG_ASIDE.sub("", parts.core)
    if parts.scope is not None and len(core) > 2 and core not in cues().generic and parts.measure is None:
        core = printed
    if parts.measure is None and _BUDGET_INSIDE.search(core):
        parts.measure = "预算数"
    parts.core, parts.deed = core, find_deed(core)
    return parts


def _weak_suffix(core: str) -> tuple[Metric | None, str]:
    """A standard term at the end of words whose front only says whose it is: ``单位年度总收入`` → 收入总计."""
    core = _ASIDE.sub("", core)
    if find_standard(core) is not None:
        return find_standard(core), ""
    for start in range(1, len(core) - 2) if ends_like_standard(core) else ():
        if find_standard(core[start:]) is not None:
            lead = core[:start]
            weak = _WEAK_END.search(lead) or lead.endswith(cues().organisations) or scope_in(lead) is not None
            if (
                weak
                and not lead.endswith(("项目", "对下", "非"))
                and not lead.startswith("涉及")
                and ("、" not in lead or lead.endswith(("安排的", "开支的")))
            ):
                return find_standard(core[start:]), lead
    return None, ""
