"""Text → Question: names first, then the exact facets around them, then what they are to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.models import Mention, NameMatch, Operation, Question
from bot.questions.facets.amounts import Bound, find_claims, find_thresholds
from bot.questions.facets.measures import find_measures
from bot.questions.facets.operations import find_count, find_operations, is_ascending
from bot.questions.facets.scopes import find_scopes
from bot.questions.facets.units import find_units, is_money
from bot.questions.facets.years import Years, find_years
from bot.questions.fillers import strip_fillers
from bot.questions.mentions import Relations, build_mentions
from bot.questions.naming import Bodies, Naming
from bot.questions.spans import GAP, Found, mask
from knowledge.models import Measure, Scope

_CODE = re.compile(r"(?<![\d.])(?:2\d{2}(?:\d{2}(?:\d{2})?)?|3\d{2}(?:\d{2})?)(?![\d.])")
_MEASURE_NAME = re.compile(
    r"(?:年初|调整|全年)?预算数?|决算数?|执行数?|(?:预算)?(?:完成|执行)率|占比|比重|得分|权重|分值|目标值?|完成值|数量|比例|合计|总计|金额|资金|支出|收入|项目|人员|经费|人数|单位|(?:一共|总共|共)?花了?(?:多少)?(?:钱)?|预算(?:完成|执行)率|(?:自评|绩效自评)?得分"
)


@dataclass(slots=True)
class Reading:
    """What has been found in one question so far; ``masked`` is the text without it."""

    text: str
    masked: str
    years: list[Found[Years]] = field(default_factory=list)
    bodies: Bodies = field(default_factory=Bodies)
    metrics: tuple[tuple[NameMatch, ...], ...] = ()
    measures: tuple[Found[Measure], ...] = ()
    scopes: tuple[Found[Scope], ...] = ()
    units: tuple[Found[str], ...] = ()
    thresholds: tuple[Found[Bound], ...] = ()
    claims: tuple[Found[Bound], ...] = ()
    operations: tuple[Found[Operation], ...] = ()
    relations: Relations = field(default_factory=Relations)
    full: str = ""


def read_question(text: str, naming: Naming) -> Reading:
    """Find names and facets; nothing is decided yet."""
    plain = naming.normalize(text)
    reading = Reading(plain, plain)
    reading.years = find_years(plain)
    reading.masked = mask(plain, [(item.start, item.end) for item in reading.years])
    reading.bodies = naming.agencies(reading.masked)
    reading.masked = named = mask(reading.masked, reading.bodies.spans)
    groups = [_without_measure(_without_scope(group, plain), plain) for group in find_metrics(reading.masked, naming)]
    groups = [group for group in groups if not _is_measure_name(group[0], plain)]
    reading.metrics = tuple(group for group in groups if len(groups) == 1 or not _is_scope(group[0], plain))
    _find_facets(reading)
    beside = spans_of(reading.units, reading.operations, reading.thresholds, reading.claims)
    reading.relations = build_mentions(reading.masked, reading.metrics)
    reading.full = strip_fillers(mask(named, beside).replace(GAP, ""))
    return reading


_HOW_MANY = re.compile(r"了?(?:多少|几)(?=[\u4e00-\u9fff]{2})")


def find_metrics(masked: str, naming: Naming) -> list[tuple[NameMatch, ...]]:
    """Metrics that are named. A likeness that begins with the name itself is the name: 项目支出和基(本支出) is not 项目支出合计."""
    groups = list(naming.metrics(masked))
    for index, group in enumerate(groups):
        best = group[0]
        words = masked[best.start : best.end]
        if best.kind in ("pinyin", "fuzzy") and words != best.name and words.startswith(best.name):
            end = best.start + len(best.name)
            groups[index] = (best.model_copy(update={"end": end, "kind": "exact", "score": 100.0}),)
            taken = [(other[0].start, other[0].end) for other in groups]
            return sorted([*groups, *naming.metrics(mask(masked, taken))], key=lambda each: each[0].start)
    return groups


def _without_scope(group: tuple[NameMatch, ...], text: str) -> tuple[NameMatch, ...]:
    """一般公共预算财政拨款基本支出 names 基本支出 in some report; the scope before it is the question's all the same."""
    best = group[0]
    words = text[best.start : best.end]
    scopes = [found for found in find_scopes(words) if found.start == 0 and len(words) - found.end >= 3]
    if not scopes or words[:4] in best.name or words == best.name:
        return group
    return tuple(match.model_copy(update={"start": best.start + scopes[0].end}) for match in group)


def _without_measure(group: tuple[NameMatch, ...], text: str) -> tuple[NameMatch, ...]:
    """三公经费预算数 names 三公经费 in some report; the measure at its end is the question's all the same."""
    best = group[0]
    words = text[best.start : best.end]
    ends = [found for found in find_measures(words) if found.end == len(words) and found.start >= 2]
    if not ends or words == best.name or words[ends[0].start :] in best.name:
        return group
    end = best.start + ends[0].start
    return tuple(match.model_copy(update={"end": end}) for match in group)


def _is_measure_name(match: NameMatch, text: str) -> bool:
    words = text[match.start : match.end]
    said = find_measures(words)
    whole = bool(said) and said[0].start == 0 and said[0].end == len(words) and words != match.name
    return whole or bool(_MEASURE_NAME.fullmatch(words))


def _is_scope(match: NameMatch, text: str) -> bool:
    """财政拨款 beside another metric is its scope."""
    words = text[match.start : match.end]
    found = find_scopes(words)
    return bool(found) and found[0].start == 0 and found[0].end == len(words)


def spans_of(*found: Sequence[Found[Any]]) -> list[tuple[int, int]]:
    """Where the facets stand."""
    return [(item.start, item.end) for items in found for item in items]


def _find_facets(reading: Reading) -> None:
    """Facets stand where no exactly named metric does."""
    named = [(group[0].start, group[0].end) for group in reading.metrics if group[0].score >= 90]
    outside = mask(reading.masked, named)
    reading.thresholds = find_thresholds(outside)
    outside = mask(outside, spans_of(reading.thresholds))
    reading.units = find_units(outside)
    reading.measures = find_measures(outside)
    outside = mask(outside, spans_of(reading.units, reading.measures))
    reading.operations = find_operations(outside)
    outside = mask(outside, spans_of(reading.operations))
    reading.scopes = find_scopes(outside)
    outside = mask(outside, spans_of(reading.scopes))
    reading.claims = tuple(item for item in find_claims(outside) if not _is_code(item.value))
    facets = spans_of(
        reading.thresholds, reading.units, reading.measures, reading.operations, reading.scopes, reading.claims
    )
    if not facets:
        return
    names = {place for start, end in named for place in range(start, end)}
    taken_places = {place for start, end in facets for place in range(start, end)} - names
    reading.masked = "".join(
        GAP if place in taken_places else character for place, character in enumerate(reading.masked)
    )


def _is_code(claim: Bound) -> bool:
    return claim.unit is None and bool(_CODE.fullmatch(str(claim.value)))


def understand(text: str, naming: Naming, *, today: date, discussed: int | None = None) -> Question:
    """The question that a message asks, on its own; ``discussed`` is the year that 去年 counts from in a follow-up."""
    reading = read_question(text, naming)
    years, recent = resolve_years(reading.years, discussed or today.year)
    threshold = reading.thresholds[0].value if reading.thresholds else None
    claim = reading.claims[0].value if reading.claims else None
    if _asks_which(reading):
        threshold, claim = replace(claim, comparator="=") if claim else None, None
    wanted = [item.value for item in reading.units]
    operation = choose_operation(reading, years, recent)
    code = _CODE.search(reading.masked)
    mentions = _with_measure(reading)
    return Question(
        text=text,
        operation=operation,
        agencies=tuple(group[0] for group in reading.bodies.groups),
        agency_groups=reading.bodies.groups,
        strangers=reading.bodies.strangers,
        metrics=tuple(mention.matches[0] for mention in mentions if mention.matches),
        metric_groups=tuple(mention.matches for mention in mentions if mention.matches),
        mentions=mentions,
        within=reading.relations.within,
        whole=reading.relations.whole,
        years=years,
        recent=recent,
        measures=tuple(dict.fromkeys(item.value for item in reading.measures)),
        scope=reading.scopes[0].value if reading.scopes else None,
        unit=next((unit for unit in wanted if is_money(unit)), wanted[0] if wanted else None),
        count=find_count(reading.text),
        descending=not is_ascending(reading.text),
        comparator=threshold.comparator if threshold else None,
        threshold=threshold.value if threshold else None,
        threshold_unit=threshold.unit if threshold else None,
        claimed=claim.value if claim else None,
        claimed_unit=claim.unit if claim else None,
        code=code.group() if code else None,
    )


_OF_ALL: frozenset[Measure] = frozenset({"预算数", "年初预算数", "调整预算数", "决算数", "执行数", "完成率"})
_SPENT = re.compile(r"花了|花费|花掉|花多少|用了多少|支出了?多少|开支|用多少钱")


def complete(question: Question) -> Question:
    """花了多少, 自评得分 or 预算 of a body, with nothing named, mean all that it spent, or its own score."""
    if question.mentions or not (question.agency_groups or question.strangers):
        return question
    words = None
    if "得分" in question.measures:
        words = "绩效自评得分"
    elif set(question.measures) & _OF_ALL or _SPENT.search(question.text):
        words = "总支出"
    return question.model_copy(update={"mentions": (Mention(text=words),)}) if words else question


def _with_measure(reading: Reading) -> tuple[Mention, ...]:
    """The mentions; a single one also with the measure words that stand by it."""
    mentions = reading.relations.mentions
    mentions = tuple({mention.text: mention for mention in reversed(mentions)}.values())[::-1]
    scope = "财政拨款" if any(found.value == "财政拨款" for found in reading.scopes) else ""
    mentions = tuple(each for mention in mentions for each in _both_sides(_without_how_many(mention), scope))
    if len(mentions) == 1 and reading.measures:
        return (mentions[0].model_copy(update={"full": reading.full}),)
    return mentions


_BOTH_SIDES = re.compile(r"(?P<scope>财政拨款)?收(?:入)?[、和及]?支(?:出)?总(?:计|额|数|体)")


def _both_sides(mention: Mention, scope: str) -> tuple[Mention, ...]:
    """收支总计 asks for 收入总计 and 支出总计; with 财政拨款 before it for those of 财政拨款."""
    match = _BOTH_SIDES.fullmatch(mention.text)
    if match is None:
        return (mention,)
    return tuple(Mention(text=f"{match['scope'] or scope}{side}总计") for side in ("收入", "支出"))


def _without_how_many(mention: Mention) -> Mention:
    """追回了多少基金 asks about 追回基金."""
    return mention if mention.matches else mention.model_copy(update={"text": _HOW_MANY.sub("", mention.text)})


def resolve_years(found: list[Found[Years]], base: int) -> tuple[tuple[int, ...], int | None]:
    """Years in the order they are named, and how many recent ones are wanted (0: all)."""
    years = tuple(dict.fromkeys(year for item in found for year in item.value.resolve(base)))
    recent = next((item.value.recent for item in found if item.value.recent is not None), None)
    return years, recent


_ORDER: tuple[Operation, ...] = (
    "definition", "citation", "per_head", "composition", "trend", "sum", "growth", "overview", "help",
)  # fmt: skip


def choose_operation(reading: Reading, years: tuple[int, ...], recent: int | None) -> Operation:
    """What is to be done, from the operation words and from how many bodies, metrics and years are named."""
    said = {item.value for item in reading.operations}
    bodies, mentions = len(reading.bodies.groups), len(reading.relations.mentions)
    several = bodies > 1 or len(years) > 1 or mentions > 1
    if "catalogue" in said and not mentions:
        return "catalogue"
    if reading.relations.whole is not None:
        return "ratio"
    if reading.thresholds:
        return "verification" if bodies == 1 and not re.search("哪|谁|几", reading.text) else "ranking"
    if _asks_which(reading):
        return "ranking"
    if reading.claims and (mentions or "verification" in said):
        return "verification"
    if mentions > 1 and _PLUS.search(reading.text):
        return "sum"
    if bodies > 1 and mentions == 1 and _ADDED_UP.search(reading.relations.mentions[0].text):
        return "sum"
    if said & {"comparison", "difference"} and several:
        return "difference" if bodies < 2 else "comparison"
    if "comparison" in said and "ranking" not in said and not bodies and not mentions and not _WHO.search(reading.text):
        return "comparison"
    if said & {"ranking", "comparison"} and not ("comparison" in said and "ranking" not in said and bodies == 1):
        return "ranking" if bodies < 2 else "comparison"
    if "composition" in said and (several or len(reading.measures) > 1) and _EACH.search(reading.text):
        said -= {"composition"}
    for operation in _ORDER:
        if operation in said and (operation not in ("definition", "sum") or _fits(operation, reading, several)):
            return operation
    if recent is not None:
        return "trend"
    return "lookup"


def _asks_which(reading: Reading) -> bool:
    """``哪些单位三公经费是0``: a number that the bodies looked for have, no claim about one of them."""
    return bool(reading.claims) and not reading.bodies.groups and bool(re.search("哪些|哪个|哪几|谁", reading.text))


_WHO = re.compile(r"哪|谁|单位")
_PLUS = re.compile(r"[+＋]|加上|加起来|之和")
_ADDED_UP = re.compile(r"(?<!支出)(?<!收入)(?:合计|总和)$")
_EACH = re.compile(r"各(?:自|是|有|花了?)?(?:多少|几)|分别")


def _fits(operation: Operation, reading: Reading, several: bool) -> bool:
    if operation == "sum":
        return several
    return not reading.years
