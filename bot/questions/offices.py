"""The office that is named behind a place: 医疗保障局 in 渠县医疗保障局, exactly, by sound, or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.models import MatchKind
from bot.questions.lookup import Form, find_prefixes, find_sounds, find_targets
from bot.questions.named_ends import find_named_end, metric_end, starts_metric
from bot.questions.place_spans import SUFFIXES, Place, is_boundary
from bot.questions.question_text import Text
from bot.questions.typos import DOUBTFUL, likeness
from knowledge.connection import Reader
from knowledge.name_forms import SHORT, STEM
from knowledge.spelling import short_form, syllables
from knowledge.vocabulary.abbreviations import abbreviations

MOST_AGENCIES = 40
ANOTHER = 88.0
_SHORTEST = 2
_COMMITTEE = re.compile("委员会$")
_FORMS: tuple[tuple[Form, MatchKind], ...] = (("text", "short"), ("letters", "pinyin"), ("initials", "initials"))
_DROPPED = ("中心", "委员会", "办公室")
_LETTERS = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bodies at a place of ``plain`` up to ``end``, each with its score."""

    end: int
    kind: MatchKind
    scores: dict[int, float]


def find_office(connection: Reader, question: Text, place: Place) -> Candidate | None:
    """The body whose name goes on behind its place, exactly, by sound, or nearly."""
    position = behind(question, place)
    spelled = _spelled(connection, question, place, position)
    if spelled and max(spelled.scores.values()) <= STEM:
        return _without_ending(connection, question, place, position) or spelled
    return (
        spelled
        or _from_suffix(connection, question, place)
        or _sounding(connection, question, place, position)
        or _abridged(connection, question, place, position)
        or _similar(connection, question, place, position)
    )


def temper(score: float, office: str, name: str) -> float:
    """Less for an office under another official name than the body's: 医疗保险局 for 医疗保障局, 医疗保险中心 for 医疗保障事务中心.

    Short forms (医保局) and names with parts left out (医疗保障中心) keep their score.
    """
    if short_form(office) == office or is_shortened(office, name):
        return score
    return min(score, ANOTHER if score > SHORT else DOUBTFUL)


def is_shortened(written: str, name: str) -> bool:
    """Whether the name without some of its characters is what is written."""
    rest = iter(name)
    return all(character in rest for character in written)


def behind(question: Text, place: Place) -> int:
    """Where the body of a place may begin: behind it, or behind 的."""
    return place.end + (question.plain.text[place.end : place.end + 1] == "的")


def _spelled(connection: Reader, question: Text, place: Place, position: int) -> Candidate | None:
    for form, kind in _FORMS:
        for key, end in _keys_at(connection, question, position, form):
            if _cuts_metric(connection, question, end):
                continue
            scores = find_pairs(connection, place.codes, find_targets(connection, "body", form, key))
            if scores and (max(scores.values()) > STEM or _may_end(connection, question, position, end, key)):
                return Candidate(end, kind, scores)
    return None


def _cuts_metric(connection: Reader, question: Text, end: int) -> bool:
    """Whether what a body is called at its end begins the name of a metric: 机关 in 卫健局机关运行经费."""
    tails = (tail for tail in abbreviations().tail if question.plain.text.endswith(tail, 0, end))
    return any(metric_end(connection, question, end - len(tail)) > end for tail in tails)


def _may_end(connection: Reader, question: Text, position: int, end: int, key: str) -> bool:
    """Whether a body's field alone may be its name here: 医保 before a boundary, 妇幼 where no metric begins with it and
    no name goes on."""
    if is_boundary(question.plain, end):
        return True
    if key not in abbreviations().fields.values() or metric_end(connection, question, position) > end:
        return False
    return find_named_end(connection, question, end) is None


def _from_suffix(connection: Reader, question: Text, place: Place) -> Candidate | None:
    """A body whose name begins with what was read as the end of its place: 市场监管局 in 腾冲市场监管局."""
    candidate = _spelled(connection, question, place, place.end - 1) if is_suffixed(question, place) else None
    return candidate if candidate and max(candidate.scores.values()) > STEM else None


def is_suffixed(question: Text, place: Place) -> bool:
    """Whether a place is named with 市, 县 … and would be a place without it."""
    return place.end - place.start > _SHORTEST and question.plain.text[place.end - 1] in SUFFIXES


def find_unplaced(connection: Reader, question: Text, place: Place) -> Candidate | None:
    """A body whose name has no region, behind the region of the report that has its figures: 渠县 of 智能监测中心."""
    for key, end in _keys_at(connection, question, behind(question, place), "text"):
        scores = find_pairs(connection, (0,), find_targets(connection, "body", "text", key))
        scores = {
            agency: score
            for agency, score in scores.items()
            if score > STEM and _is_reported_in(connection, agency, place.codes)
        }
        if scores:
            return Candidate(end, "short", scores)
    return None


def _is_reported_in(connection: Reader, agency: int, codes: tuple[int, ...]) -> bool:
    query = f"""SELECT 1 FROM figures JOIN reports ON reports.id = report_id
                JOIN agency_bodies ON agency_bodies.agency_id = reports.agency_id
                WHERE figures.agency_id = ? AND region IN ({marks(codes)}) LIMIT 1"""
    return connection.execute(query, (agency, *codes)).fetchone() is not None


def is_titled(connection: Reader, agency: int, place: str) -> bool:
    """Whether a report of a body has its name behind this place in the title: 四川省锦川县清溪镇人民政府部门决算."""
    name = read_agency_names(connection, [agency])[agency]
    query = "SELECT 1 FROM reports WHERE agency_id = ? AND instr(title, ?) LIMIT 1"
    return connection.execute(query, (agency, place + name)).fetchone() is not None


def _keys_at(connection: Reader, question: Text, position: int, form: Form) -> Iterator[tuple[str, int]]:
    """Keys that stand at a place of ``plain``, the longest first, and where they end."""
    if form == "text":
        start = question.short_position(position)
        for key in find_prefixes(connection, "body", "text", question.short.text[start:]):
            end = question.short.ends[start + len(key) - 1]
            if not question.splits_word(start + len(key)) and not question.is_interrupted(position, end):
                yield key, end
    elif letters := _LETTERS.match(question.plain.text, position):
        for key in find_prefixes(connection, "body", form, letters.group()):
            if form == "letters" or key == letters.group():
                yield key, position + len(key)


def _sounding(connection: Reader, question: Text, place: Place, position: int) -> Candidate | None:
    start = question.short_position(position)
    for hit in find_sounds(connection, "body", syllables(question.short.text), [start]):
        scores = find_pairs(connection, place.codes, find_targets(connection, "body", "pinyin", hit.key))
        scores = {agency: score - 8 for agency, score in scores.items() if score > STEM}
        if scores and hit.end - hit.start >= 3:
            return Candidate(question.short.ends[hit.end - 1], "pinyin", scores)
    return None


def _abridged(connection: Reader, question: Text, place: Place, position: int) -> Candidate | None:
    """A name shortened as people do, where one body of the place fits: 规划局 for 规划和自然资源局.

    It begins as the official name does, or is a stretch of it that is no common body of its own (体育局 is no 教育体育局).
    """
    end = find_named_end(connection, question, position)
    if end is None or end - position < _SHORTEST:
        return None
    written = question.plain.text[position:end]
    fitting = {agency for agency, name in bodies_in(connection, place.codes) if _abridges(written, name)}
    return Candidate(end, "short", dict.fromkeys(fitting, SHORT)) if len(fitting) == 1 else None


def _abridges(written: str, name: str) -> bool:
    written, called = written.removeprefix("第"), _COMMITTEE.sub("委", name).removeprefix("第")
    if written[-1] != called[-1] or not is_shortened(written, called):
        return False
    if written[0] == called[0]:
        return True
    return len(written) > _SHORTEST and written[:-1] in name and written not in abbreviations().bodies


def _without_ending(connection: Reader, question: Text, place: Place, position: int) -> Candidate | None:
    """The one body of a place that is named without 中心 or the like: 融媒体 for 融媒体中心."""
    found: dict[int, int] = {}
    for agency, name in bodies_in(connection, place.codes):
        stem = next((name.removesuffix(ending) for ending in _DROPPED if name.endswith(ending)), "")
        if len(stem) > _SHORTEST and question.plain.text.startswith(stem, position):
            found[agency] = position + len(stem)
    (agency, end), *others = found.items() or [(0, 0)]
    if not agency or others or metric_end(connection, question, position) >= end:
        return None
    ends = is_boundary(question.plain, end) or starts_metric(connection, question, end)
    return Candidate(end, "short", {agency: SHORT}) if ends else None


def _similar(connection: Reader, question: Text, place: Place, position: int) -> Candidate | None:
    """A name with a character missing, too many, or swapped, among the bodies of the place."""
    end = find_named_end(connection, question, position)
    if end is None or end - position < 4:
        return None
    written = question.plain.text[position:end]
    scores: dict[int, float] = {}
    for agency, name in bodies_in(connection, place.codes):
        score = likeness(written, name)
        if score > 0:
            scores[agency] = score
    return Candidate(end, "fuzzy", _near_best(scores)) if scores else None


def bodies_in(connection: Reader, codes: tuple[int, ...]) -> list[tuple[int, str]]:
    return connection.execute(
        f"""SELECT agency_id, bodies.name FROM agency_bodies JOIN bodies ON bodies.id = body_id
            WHERE region IN ({marks(codes)}) LIMIT 200""",
        codes,
    ).fetchall()


def find_pairs(connection: Reader, codes: tuple[int, ...], targets: dict[int, int]) -> dict[int, float]:
    """Bodies of these regions (any region when none) whose name without its region is one of the targets."""
    if not targets:
        return {}
    where = f"region IN ({marks(codes)}) AND " if codes else ""
    rows = connection.execute(
        f"""SELECT agency_id, body_id, name FROM agency_bodies JOIN agencies ON id = agency_id
            WHERE {where} body_id IN ({marks(targets)}) LIMIT ?""",
        (*codes, *targets, MOST_AGENCIES),
    )
    names = connection.room(read_agency_names)
    scores: dict[int, float] = {}
    for agency, body, name in rows:
        scores[agency] = max(scores.get(agency, 0), targets[body])
        names[agency] = name
    return _near_best(scores)


def read_agency_names(connection: Reader, ids: Iterable[int]) -> dict[int, str]:
    """Full names of bodies by id, of those met in this knowledge base lately without a query."""
    known: dict[int, str] = connection.room(read_agency_names)
    new = tuple(number for number in ids if number not in known)
    if new:
        known.update(connection.execute(f"SELECT id, name FROM agencies WHERE id IN ({marks(new)})", new).fetchall())
    return known


def _near_best(scores: dict[int, float], margin: float = 5) -> dict[int, float]:
    best = max(scores.values(), default=0)
    return {agency: score for agency, score in scores.items() if score >= best - margin}


def marks(values: Iterable[object]) -> str:
    """Question marks for an SQL list."""
    return ",".join("?" for _ in values)
