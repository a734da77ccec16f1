"""Bodies, years, metrics and measures named in turns belong together: 渠县2022年三公经费和石峰2019年总支出 asks for two
figures, not for each metric of each body in each year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from bot.models import Part, Question
from bot.questions.reading import Reading


_CHANGES = ("增减额", "增减率")
_AMOUNTS = ("预算数", "年初预算数", "调整预算数", "决算数", "执行数")


class _Named(NamedTuple):
    """One facet that is said at ``start`` of the text; ``kind`` is its field of a part."""

    start: int
    kind: str
    value: object


def find_parts(reading: Reading, question: Question, today: int) -> tuple[Part, ...]:
    """What belongs together where facets take turns (body year, body year), else nothing; 去年 counts from ``today``.

    A facet named once belongs to every part; so do several ones named together before or behind the turns. A change
    (2022年比2021年减少) is asked of two years together.
    """
    if question.counted or question.recent is not None or any(said.value in _CHANGES for said in reading.measures):
        return ()
    by_kind: dict[str, list[_Named]] = {}
    for named in sorted(_named(reading, question, today)):
        by_kind.setdefault(named.kind, []).append(named)
    several = {kind: found for kind, found in by_kind.items() if len({named.value for named in found}) > 1}
    repeated = [kind for kind, found in by_kind.items() if len(found) > 1]
    for size in range(len(repeated), 1, -1):
        for kinds in combinations(repeated, size):
            turns = _turns([by_kind[kind] for kind in kinds])
            if len(set(kinds) & several.keys()) > 1 and turns and not _between(turns, several, kinds):
                return tuple(Part.model_validate({named.kind: named.value for named in turn}) for turn in turns)
    return ()


def each_part(question: Question) -> Iterator[tuple[int | None, Question]]:
    """The question of every part, with the place of its body among those named; the question itself where it has none."""
    if not _still_said(question):
        yield None, question
        return
    bodies = [group[0].id for group in question.agency_groups]
    for part in question.parts:
        yield None if part.agency is None else bodies.index(part.agency), _narrowed(question, part)


def of_body(question: Question, agency_id: int) -> Question:
    """What is asked of one of the bodies named; ``agency_id`` is that of its best match."""
    parts = [part for part in question.parts if part.agency == agency_id] if _still_said(question) else []
    return _narrowed(question, parts[0]) if parts else question


def _named(reading: Reading, question: Question, today: int) -> Iterator[_Named]:
    for group in reading.bodies.groups:
        yield _Named(group[0].start, "agency", group[0].id)
    for found in reading.years:
        years = found.value.resolve(today)
        yield _Named(found.start, "year", years[0] if len(years) == 1 else years)
    for mention in question.mentions:
        start = mention.matches[0].start if mention.matches else reading.text.find(mention.text)
        yield _Named(start, "mention", mention.text)
    for said in reading.measures:
        if said.value in _AMOUNTS:
            yield _Named(said.start, "measure", said.value)


def _turns(kinds: list[list[_Named]]) -> list[tuple[_Named, ...]]:
    """The facets of several kinds, one of each at a time, if they are said so."""
    length = len(kinds[0])
    if any(len(found) != length for found in kinds):
        return []
    ordered = sorted(named for found in kinds for named in found)
    if ordered[0].start < 0:
        return []
    size = len(kinds)
    turns = [tuple(ordered[place : place + size]) for place in range(0, len(ordered), size)]
    first = [named.kind for named in turns[0]]
    alike = all([named.kind for named in turn] == first for turn in turns)
    return turns if alike and len(set(first)) == size else []


def _between(turns: list[tuple[_Named, ...]], several: dict[str, list[_Named]], kinds: tuple[str, ...]) -> bool:
    """Whether other facets of which there are several are said amid the turns."""
    start, end = turns[0][0].start, turns[-1][-1].start
    return any(
        any(start < named.start < end for named in found) for kind, found in several.items() if kind not in kinds
    )


def _still_said(question: Question) -> bool:
    """Whether the parts name just what the question does: a follow-up may have taken over or exchanged something."""
    said: dict[str, set[object]] = {
        "agency": {group[0].id for group in question.agency_groups},
        "year": set(question.years),
        "mention": {mention.text for mention in question.mentions},
        "measure": set(question.measures),
    }
    parts = [part.model_dump(exclude_none=True) for part in question.parts]
    return bool(parts) and all({part[kind] for part in parts} == said[kind] for kind in parts[0])


def _narrowed(question: Question, part: Part) -> Question:
    changes: dict[str, object] = {"parts": ()}
    if part.year is not None:
        changes["years"] = (part.year,)
    if part.mention is not None:
        changes["mentions"] = tuple(mention for mention in question.mentions if mention.text == part.mention)
    if part.measure is not None:
        changes["measures"] = (part.measure,)
    return question.model_copy(update=changes)
