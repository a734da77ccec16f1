"""Bodies, years, metrics and measures of one question that belong together: 渠县2022年三公经费和石峰2019年总支出 asks for
two figures, not for each metric of each body in each year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from bot.models import Part, Question
from bot.questions.reading import Reading

_AMOUNTS = ("预算数", "年初预算数", "调整预算数", "决算数", "执行数")
_CHANGES = ("增减额", "增减率")
_CLAUSE = re.compile("[，,；;。？?！!]")
_ASKS = re.compile("多少|几|什么|占")
_OF_ALL = re.compile("各|分别|都")


class _Named(NamedTuple):
    """One facet that is said at ``start`` of the text; ``kind`` is its field of a part."""

    start: int
    kind: str
    value: object


def find_parts(reading: Reading, question: Question, today: int) -> tuple[Part, ...]:
    """What belongs together, nothing where each facet goes with each other; 去年 counts from ``today``."""
    repeated = (reading.bodies.groups, reading.years, question.mentions, reading.measures)
    if not any(len(facets) > 1 for facets in repeated) or question.counted or question.recent is not None:
        return ()
    named = sorted(_named(reading, question, today), key=lambda facet: facet.start)
    return _by_clause(reading.text, named, question) or _by_turns(named)


def each_part(question: Question) -> Iterator[tuple[int | None, Question]]:
    """The question of every part, with the place of its body among those named; the question itself where it has none."""
    if not question.parts or not _still_said(question):
        yield None, question
        return
    bodies = [group[0].id for group in question.agency_groups]
    for part in question.parts:
        yield None if part.agency is None else bodies.index(part.agency), _narrowed(question, part)


def parts_without(parts: Sequence[Part], question: Question) -> tuple[Part, ...]:
    """The parts of a question before without what a follow-up says anew: 那2021年呢."""
    said: dict[str, object] = {"agency": question.agency_groups, "year": question.years, "mention": question.mentions}
    anew = {kind: None for kind, value in said.items() if value}
    return tuple(part.model_copy(update=anew) for part in parts)


def of_body(question: Question, agency_id: int) -> Question:
    """What is asked of one of the bodies named; ``agency_id`` is that of its best match."""
    parts = [part for part in question.parts if part.agency == agency_id]
    parts = parts if parts and _still_said(question) else []
    return _narrowed(question, parts[0]) if parts else question


def _named(reading: Reading, question: Question, today: int) -> Iterator[_Named]:
    for group in reading.bodies.groups:
        yield _Named(group[0].start, "agency", group[0].id)
    for found in reading.years:
        years = found.value.resolve(today)
        yield _Named(found.start, "year", years[0] if len(years) == 1 else None)
    for mention in question.mentions:
        start = mention.matches[0].start if mention.matches else max(0, reading.text.find(mention.text))
        yield _Named(start, "mention", mention.text)
    for said in reading.measures:
        yield _Named(said.start, "measures", (said.value,))


def _by_clause(text: str, named: Sequence[_Named], question: Question) -> tuple[Part, ...]:
    """Clauses that ask on their own, not all for the same measure: 总支出多少，其中基本支出占多少."""
    if question.operation != "lookup" or len(question.mentions) < 2 or not question.measures:
        return ()
    breaks = [-1, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    asking: list[list[_Named]] = []
    for start, end in pairwise(breaks):
        facets = [facet for facet in named if start < facet.start < end]
        if any(facet.kind == "mention" for facet in facets):
            if not _ASKS.search(text, start + 1, end):
                return ()
            asking.append(facets)
        elif asking and not _OF_ALL.search(text, start + 1, end):
            asking[-1] += facets
        elif facets and asking:
            return ()
    parts = [part for facets in asking for part in _of_clause(facets)]
    return tuple(parts) if len({part.measures for part in parts}) > 1 else ()


def _of_clause(facets: Sequence[_Named]) -> Iterator[Part]:
    measures = tuple(measure for facet in facets if facet.kind == "measures" for measure in _values(facet))
    for facet in facets:
        if facet.kind == "mention":
            yield Part(mention=str(facet.value), measures=Part.model_validate({"measures": measures}).measures)


def _values(facet: _Named) -> tuple[object, ...]:
    return facet.value if isinstance(facet.value, tuple) else (facet.value,)


def _by_turns(named: Sequence[_Named]) -> tuple[Part, ...]:
    """Facets that take turns (body year, body year).

    A facet named once belongs to every part; so do several ones named together before or behind the turns. A change
    (2022年比2021年减少) is asked of two years together.
    """
    by_kind: dict[str, list[_Named]] = {}
    for facet in named:
        by_kind.setdefault(facet.kind, []).append(facet)
    measures = {measure for facet in by_kind.get("measures", ()) for measure in _values(facet)}
    if measures & set(_CHANGES):
        return ()
    if not measures <= set(_AMOUNTS):
        del by_kind["measures"]
    several = {kind: found for kind, found in by_kind.items() if len({facet.value for facet in found}) > 1}
    repeated = [kind for kind, found in by_kind.items() if len(found) > 1]
    for size in range(len(repeated), 1, -1):
        for kinds in combinations(repeated, size):
            turns = _turns([by_kind[kind] for kind in kinds])
            if len(set(kinds) & several.keys()) > 1 and turns and not _between(turns, several, kinds):
                return tuple(Part.model_validate({facet.kind: facet.value for facet in turn}) for turn in turns)
    return ()


def _turns(kinds: list[list[_Named]]) -> list[tuple[_Named, ...]]:
    """The facets of several kinds, one of each at a time, if they are said so."""
    size, length = len(kinds), len(kinds[0])
    if any(len(found) != length for found in kinds):
        return []
    ordered = sorted((facet for found in kinds for facet in found), key=lambda facet: facet.start)
    turns = [tuple(ordered[place : place + size]) for place in range(0, len(ordered), size)]
    first = [facet.kind for facet in turns[0]]
    alike = all([facet.kind for facet in turn] == first for turn in turns)
    return turns if alike and len(set(first)) == size else []


def _between(turns: list[tuple[_Named, ...]], several: dict[str, list[_Named]], kinds: tuple[str, ...]) -> bool:
    """Whether other facets of which there are several are said amid the turns."""
    start, end = turns[0][0].start, turns[-1][-1].start
    return any(
        any(start < facet.start < end for facet in found) for kind, found in several.items() if kind not in kinds
    )


def _still_said(question: Question) -> bool:
    """Whether the parts name just what the question does: a follow-up may have taken over or exchanged something."""
    said: dict[str, set[object]] = {
        "agency": {group[0].id for group in question.agency_groups},
        "year": set(question.years),
        "mention": {mention.text for mention in question.mentions},
    }
    parts = [part.model_dump(exclude_none=True, exclude={"measures"}) for part in question.parts]
    if any({part[kind] for part in parts} != said[kind] for kind in parts[0]):
        return False
    measures = {measure for part in question.parts for measure in part.measures or ()}
    return not measures or measures == set(question.measures)


def _narrowed(question: Question, part: Part) -> Question:
    changes: dict[str, object] = {"parts": ()}
    if part.year is not None:
        changes["years"] = (part.year,)
    if part.mention is not None:
        changes["mentions"] = tuple(mention for mention in question.mentions if mention.text == part.mention)
    if part.measures is not None:
        changes["measures"] = part.measures
    return question.model_copy(update=changes)
