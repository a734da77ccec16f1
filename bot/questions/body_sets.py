"""Bodies meant together by what they have in common: 医保局里谁最高, 四川有哪些单位, 湖南省各医保局."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.models import BodySet
from bot.questions.facets.amounts import find_thresholds
from bot.questions.facets.operations import find_operations
from bot.questions.lookup import find_hits, find_targets
from bot.questions.place_spans import Place, starts_word
from bot.questions.places import find_named_places
from bot.questions.question_text import Text, read_text
from bot.questions.standing_bodies import find_standing
from knowledge.connection import Reader
from knowledge.regions import level

_SEVERAL = re.compile("哪些|哪几|哪一?家|哪个|谁|各|所有|全部|每一?[个家]")
_SET_OPERATIONS = frozenset({"ranking", "catalogue", "sum"})
_KINDS = re.compile("医院|卫生院|学校|街道(?!办)|乡镇")
_SPANS = {1: 10000, 2: 100, 3: 1}


@dataclass(frozen=True, slots=True)
class Together:
    """The bodies that a question means together, and the stretches of it that say so."""

    bodies: BodySet
    spans: tuple[tuple[int, int], ...]


def find_body_set(connection: Reader, text: str) -> Together | None:
    """Bodies of a kind, of a region, or both, where a question asks for an order, a list or a sum of bodies."""
    if not _asks_of_several(text):
        return None
    question = read_text(text)
    place = next((each for each in find_named_places(question.plain.text) if _is_region(question, each)), None)
    standing = find_standing(question, find_hits(connection, "body", question.short.text), [])
    offices = tuple(find_targets(connection, "body", "text", standing[0].key)) if standing else None
    office = question.original_span(standing[0]) if standing else None
    if office is None and (kind := _KINDS.search(text)):
        office, offices = kind.span(), _bodies_called(connection, kind.group())
    if place is None and offices is None:
        return None
    region = question.plain.span(place.start, place.end) if place else None
    spans = tuple(span for span in (region, office) if span)
    codes = tuple(_area(code) for code in _widest(place)) if place else ()
    said = "".join(text[start:end] for start, end in spans)
    return Together(BodySet(text=said, regions=codes, offices=offices), spans)


def _asks_of_several(text: str) -> bool:
    asked = {found.value for found in find_operations(text)}
    return bool(asked & _SET_OPERATIONS or _SEVERAL.search(text) or find_thresholds(text))


def _is_region(question: Text, place: Place) -> bool:
    """Whether a place is one beyond doubt: by its full name, or a province or city by its short one."""
    if place.kind == "exact" and (place.end - place.start > 2 or starts_word(question.plain, place.start)):
        return True
    return level(min(place.codes, key=level)) < 3 and starts_word(question.plain, place.start)


def _widest(place: Place) -> tuple[int, ...]:
    """The codes of a place, without the counties that have a province's or city's short name: 海南区 of 乌海 for 海南."""
    wide = tuple(code for code in place.codes if level(code) < 3)
    return wide if wide and place.kind == "short" else place.codes


def _area(code: int) -> tuple[int, int]:
    span = _SPANS[level(code)]
    return code, code + span - 1


def _bodies_called(connection: Reader, kind: str) -> tuple[int, ...]:
    rows = connection.execute("SELECT id FROM bodies WHERE name LIKE ?", (f"%{kind}%",)).fetchall()
    return tuple(number for (number,) in rows)
