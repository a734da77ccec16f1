"""What stands in a question: names first, then the exact facets around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.models import NameMatch, Operation
from bot.questions.body_sets import Together
from bot.questions.facets.against_budget import find_against_budget
from bot.questions.facets.amounts import Bound, find_claims, find_thresholds
from bot.questions.facets.dates import find_dates
from bot.questions.facets.measures import find_measures
from bot.questions.facets.operations import find_operations
from bot.questions.facets.scopes import find_scopes
from bot.questions.facets.units import find_units
from bot.questions.facets.years import Years, find_years
from bot.questions.fillers import find_asides, find_inner_fillers, strip_fillers
from bot.questions.frames import find_frame
from bot.questions.mentions import Relations, build_mentions
from bot.questions.naming import Bodies, Naming
from bot.questions.spans import GAP, Found, mask
from knowledge.models import Measure, Scope

CODE = re.compile(r"(?<![\d.])(?:2\d{2}(?:\d{2}(?:\d{2})?)?|3\d{2}(?:\d{2})?)(?![\d.])")
_MEASURE_NAME = re.compile(
    r"年初|调整后|(?:年初|调整|全年)?预算数?|决算数?|(?:实际)?执行数?|(?:预算)?(?:完成|执行)率|占比|比重|得分|权重|分值|目标值?|完成值|数量|比例|合计|总计|金额|资金|支出|收入|项目|人员|经费|人数|单位|(?:一共|总共|共)?花了?(?:多少)?(?:钱)?|预算(?:完成|执行)率|(?:绩效)?(?:自评)?(?:得分|总得?分)"
)


@dataclass(slots=True)
class Reading:
    """What has been found in one question so far; ``masked`` is the text without it."""

    text: str
    masked: str
    years: list[Found[Years]] = field(default_factory=list)
    dates: Sequence[Found[str]] = ()
    bodies: Bodies = field(default_factory=Bodies)
    together: Together | None = None
    metrics: tuple[tuple[NameMatch, ...], ...] = ()
    measures: Sequence[Found[Measure]] = ()
    scopes: Sequence[Found[Scope]] = ()
    units: Sequence[Found[str]] = ()
    thresholds: Sequence[Found[Bound]] = ()
    claims: Sequence[Found[Bound]] = ()
    operations: Sequence[Found[Operation]] = ()
    against: Sequence[Found[Measure]] = ()
    relations: Relations = field(default_factory=Relations)
    full: str = ""


def read_question(text: str, naming: Naming) -> Reading:
    """Find names and facets; nothing is decided yet."""
    plain = naming.normalize(text)
    reading = Reading(plain, plain)
    reading.years = find_years(plain)
    reading.masked = mask(plain, [(item.start, item.end) for item in reading.years])
    reading.dates = find_dates(plain)
    reading.masked = mask(reading.masked, spans_of(reading.dates))
    reading.bodies = naming.agencies(reading.masked)
    reading.together = _together(reading, naming)
    named = mask(reading.masked, (*reading.bodies.spans, *(reading.together.spans if reading.together else ())))
    _find_names(reading, mask(named, find_inner_fillers(named)), naming)
    return reading


_CLOSE = 8.0
_PLACE_AMONG = re.compile("第几|排名第")


def asks_place(text: str) -> bool:
    """Whether the place of a body in an order is asked for: 渠县三公经费在四川排第几."""
    return _PLACE_AMONG.search(text) is not None


def _together(reading: Reading, naming: Naming) -> Together | None:
    """Bodies meant together, unless one is named that is clear."""
    groups = reading.bodies.groups
    if len(groups) == 1 and asks_place(reading.text):
        return naming.together(mask(reading.masked, reading.bodies.spans))
    one = len(groups) == 1 and (len(groups[0]) == 1 or groups[0][0].score - groups[0][1].score > _CLOSE)
    together = None if one or len(groups) > 1 else naming.together(reading.masked)
    return together if together and all(_covered(group[0], together) for group in groups) else None


def _covered(match: NameMatch, together: Together) -> bool:
    """Whether what names a body is part of what says which bodies are meant."""
    return any(start <= match.start < end for start, end in together.spans)


def _find_names(reading: Reading, masked: str, naming: Naming) -> None:
    """What is asked: where a frame is said (三保项目里…) what stands behind it, unless nothing is named there."""
    frame = find_frame(masked)
    if frame is not None:
        _find_metrics(reading, mask(masked, [(0, frame.end)]), naming)
        if reading.relations.mentions:
            reading.relations = replace(reading.relations, within=reading.relations.within or frame.where)
            return
    _find_metrics(reading, masked, naming)


def _find_metrics(reading: Reading, masked: str, naming: Naming) -> None:
    plain = reading.text
    reading.masked, found = _without_asides(masked, naming)
    named = reading.masked
    groups = [_without_measure(_without_scope(group, plain), plain) for group in found]
    groups = [group for group in groups if not (_is_measure_name(group[0], plain) or _is_run_into(group[0], masked))]
    groups = [group for group in groups if not _goes_with_name(group[0], masked)]
    groups = [group for group in groups if not _begins_measure(group[0], masked)]
    reading.metrics = tuple(group for group in groups if len(groups) == 1 or not _is_scope(group[0], plain))
    _find_facets(reading)
    beside = spans_of(reading.units, reading.operations, reading.thresholds, reading.claims, reading.against)
    reading.relations = build_mentions(reading.masked, reading.metrics)
    reading.full = strip_fillers(mask(named, beside).replace(GAP, ""))


def _without_asides(masked: str, naming: Naming) -> tuple[str, list[tuple[NameMatch, ...]]]:
    """The text without clauses that only say why someone asks, and its metrics; as it is where nothing else is named."""
    asides = find_asides(masked)
    found = find_metrics(mask(masked, asides), naming) if asides else []
    return (mask(masked, asides), found) if found else (masked, find_metrics(masked, naming))


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


_NAMED_BY: dict[Measure, tuple[Measure, ...]] = dict.fromkeys(
    ("占比", "完成率", "增减率"), ("目标值", "完成值", "得分", "权重")
)


def _without_named(measures: Sequence[Found[Measure]]) -> list[Found[Measure]]:
    """Measures but for those that end a name with its own measure behind it: 救助人次占比目标值."""
    return [
        item for item in measures
        if not any(after.start == item.end and after.value in _NAMED_BY.get(item.value, ()) for after in measures)
    ]  # fmt: skip


def _is_said(match: NameMatch, measures: Sequence[Found[Measure]]) -> bool:
    """Whether a doubtful name is only part of the words of a measure: 自评 in 自评多少分."""
    inside = any(found.start <= match.start and match.end <= found.end for found in measures)
    return inside and match.score < 90


def _goes_with_name(match: NameMatch, masked: str) -> bool:
    """Whether an everyday word only goes on with the name before it: 项目花了 of 养老服务项目花了."""
    attached = match.start > 0 and masked[match.start - 1] not in f"{GAP}的，,、"
    return attached and match.kind == "alias" and match.score < 85 and masked.startswith("项目", match.start)


def _is_run_into(match: NameMatch, masked: str) -> bool:
    """Whether the words of a measure end inside a name that begins within them: 年初预算 and 预算支出 in 年初预算支出."""
    return any(found.start < match.start < found.end < match.end for found in find_measures(masked))


def _begins_measure(match: NameMatch, masked: str) -> bool:
    """Whether a name is only how the words of a measure begin: 调整后 of 调整后预算."""
    return any(found.start == match.start and match.end < found.end for found in find_measures(masked))


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
    reading.against = find_against_budget(outside)
    outside = mask(outside, spans_of(reading.against))
    reading.thresholds = find_thresholds(outside)
    outside = mask(outside, spans_of(reading.thresholds))
    reading.units = find_units(outside)
    said = find_measures(outside)
    reading.measures = reading.against[:1] or _without_named(said)
    reading.metrics = tuple(group for group in reading.metrics if not _is_said(group[0], reading.measures))
    outside = mask(outside, spans_of(reading.units, said, reading.measures))
    reading.operations = find_operations(outside)
    outside = mask(outside, spans_of(reading.operations))
    reading.scopes = find_scopes(outside)
    outside = mask(outside, spans_of(reading.scopes))
    reading.claims = [item for item in find_claims(outside) if not _is_code(item.value)]
    facets = spans_of(
        reading.thresholds, reading.units, reading.measures, reading.operations, reading.scopes, reading.claims,
        reading.against,
    )  # fmt: skip
    if not facets:
        return
    names = {place for start, end in named for place in range(start, end)}
    taken_places = {place for start, end in facets for place in range(start, end)} - names
    reading.masked = "".join(
        GAP if place in taken_places else character for place, character in enumerate(reading.masked)
    )


def _is_code(claim: Bound) -> bool:
    return claim.unit is None and bool(CODE.fullmatch(str(claim.value)))
