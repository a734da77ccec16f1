"""Bodies named in a question: 渠县医疗保障局, 石峰区医保, 澄江县医保中心, quxian, 浏阳市医宝局; and bodies that are not there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.models import MatchKind, NameMatch
from bot.questions.latin_places import find_latin_places
from bot.questions.lookup import Hit, find_hits, find_targets, keep_longest
from bot.questions.named_ends import find_named_end, starts_metric
from bot.questions.offices import (
    MOST_AGENCIES,
    Candidate,
    behind,
    bodies_in,
    find_office,
    find_pairs,
    find_unplaced,
    is_suffixed,
    is_titled,
    read_agency_names,
    temper,
)
from bot.questions.place_spans import Place, is_boundary, starts_word
from bot.questions.places import find_named_places, find_places
from bot.questions.question_text import Text, read_text
from bot.questions.standing_bodies import find_mistyped_bodies, find_standing
from knowledge.connection import Reader
from knowledge.name_forms import STEM
from knowledge.regions import LOCAL, is_within, leading_regions, level
from knowledge.spelling import spell
from knowledge.vocabulary.abbreviations import abbreviations

_PLACE_BEFORE = re.compile("[\u4e00-\u9fff]{1,5}[省市区县州旗镇乡]$")


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """One body (or place) as the question names it: ``text`` is ``question[start:end]``.

    ``matches``: the bodies that it may be, best first. None: the knowledge base has no such body; ``regions`` are then
    the codes of the region, when it is a known one. ``apart`` is the stretch of an office named apart from its place.
    """

    start: int
    end: int
    text: str
    matches: tuple[NameMatch, ...] = ()
    regions: tuple[int, ...] = ()
    apart: tuple[int, int] | None = None


_JOINED = frozenset("和与跟同比")


def find_agency_mentions(connection: Reader, text: str) -> list[AgencyMention]:
    """Every body that a question names, in order, with the bodies of the knowledge base that it may be."""
    question = read_text(text)
    hits = find_hits(connection, "body", question.short.text)
    mentions = _whole_names(connection, question, hits)
    blocked = frozenset(index for start, end, _ in mentions for index in range(start, end))
    places = find_places(connection, question.plain, blocked) or find_latin_places(connection, question.plain)
    standing = [hit for hit in find_standing(question, hits, places) if question.plain_span(hit)[0] not in blocked]
    for place in places:
        mention = _mention_at(connection, question, place, standing)
        if mention is not None:
            mentions.append((place.start, place.end, _in_its_region(question, place, mention)))
    if not mentions:
        return [_without_place(connection, question, hit) for hit in standing] or _mistyped(connection, question)
    for hit in standing:
        start, end = question.plain_span(hit)
        before = question.plain.starts[start] - 1
        if question.original[before : before + 1] in _JOINED and any(one.end == before for _, _, one in mentions):
            mentions.append((start, end, _without_place(connection, question, hit)))
    return [mention for _, _, mention in sorted(mentions, key=lambda item: item[0])]


def _whole_names(connection: Reader, question: Text, hits: list[Hit]) -> list[tuple[int, int, AgencyMention]]:
    """Bodies whose name has no region in it (国家医疗保障局), with their stretch in ``plain``."""
    found = []
    long = keep_longest(hit for hit in hits if hit.end - hit.start >= 4)
    before = {place.end for place in find_named_places(question.plain.text)} if long else set()
    for hit in long:
        start, end = question.plain_span(hit)
        if start in before or not starts_word(question.plain, start):
            continue
        if question.plain.text[start - 1 : start] == "的" and start - 1 in before:
            continue
        scores = find_pairs(connection, (0,), find_targets(connection, "body", "text", hit.key))
        if scores and max(scores.values()) > STEM:
            found.append((start, end, _build(connection, question, (start, end), "short", scores, ())))
    return found


def _mention_at(connection: Reader, question: Text, place: Place, standing: list[Hit]) -> AgencyMention | None:
    if place.contradictory:
        return _unknown(question, place.start, find_named_end(connection, question, place.end) or place.end, ())
    candidate = find_office(connection, question, place) or find_unplaced(connection, question, place)
    if candidate is not None:
        end = find_named_end(connection, question, candidate.end)
        if end is not None:
            return _unknown(question, place.start, end, place.codes)
        return _known(connection, question, place, candidate)
    end = find_named_end(connection, question, behind(question, place))
    if end is not None:
        return _unknown(question, place.start, end, place.codes)
    if standing:
        hit = standing.pop(0)
        scores = find_pairs(connection, place.codes, find_targets(connection, "body", "text", hit.key))
        start, end = question.plain_span(hit)
        if not scores:
            return _unknown(question, min(place.start, start), max(place.end, end), place.codes)
        mention = _known(connection, question, place, Candidate(place.end, "short", scores))
        return replace(mention, apart=question.original_span(hit))
    return _alone(connection, question, _before_metric(connection, question, place))


def _before_metric(connection: Reader, question: Text, place: Place) -> Place:
    """A place without the character that a metric begins with: 腾冲 in 腾冲市场主体户数."""
    runs_on = is_suffixed(question, place) and not is_boundary(question.plain, place.end)
    if not runs_on or starts_metric(connection, question, place.end):
        return place
    return replace(place, end=place.end - 1) if starts_metric(connection, question, place.end - 1) else place


def _in_its_region(question: Text, place: Place, mention: AgencyMention) -> AgencyMention:
    """A body of a place that no list has, unless another region is named before it than its own name has."""
    said = next(find_named_places(question.plain.text[place.start : place.end]), None)
    if said is None or said.end == place.end - place.start or not all(code >= LOCAL for code in place.codes):
        return mention
    fitting = tuple(match for match in mention.matches if not _lies_elsewhere(match.name, said.codes))
    return replace(mention, matches=fitting)


def _lies_elsewhere(name: str, codes: tuple[int, ...]) -> bool:
    own, _ = leading_regions(spell(name).text)
    return bool(own) and not any(is_within(one, code) for one in own for code in codes)


def _mistyped(connection: Reader, question: Text) -> list[AgencyMention]:
    """Bodies named without a place, by their sound or in letters: 新秒镇 for 新妙镇."""
    return [
        _build(connection, question, span, "pinyin", scores, ())
        for span, scores in find_mistyped_bodies(connection, question)
    ]


def _without_place(connection: Reader, question: Text, hit: Hit) -> AgencyMention:
    start, end = question.plain_span(hit)
    before = _PLACE_BEFORE.search(question.plain.text[:start])
    scores = find_pairs(connection, (), find_targets(connection, "body", "text", hit.key))
    if before and not is_boundary(question.plain, before.end()):
        scores = {agency: score for agency, score in scores.items() if is_titled(connection, agency, before.group())}
        start = before.start()
        if not scores:
            return _unknown(question, start, end, ())
    return _build(connection, question, (start, end), "short", scores, ())


def _alone(connection: Reader, question: Text, place: Place) -> AgencyMention | None:
    """A place without a body: the bodies of that place, those in charge before the units below them."""
    rows = bodies_in(connection, place.codes)
    if not rows:
        return (
            _unknown(question, place.start, place.end, place.codes)
            if _stands_alone(connection, question, place)
            else None
        )
    leading = {agency for agency, name in rows if name.endswith(abbreviations().leading)}
    fields = {name[:4] for agency, name in rows if agency in leading}
    chosen = [agency for agency, name in rows if agency in leading or name[:4] not in fields]
    score = min(place.score, 95)
    kind: MatchKind = "place" if place.kind in ("exact", "short") else place.kind
    scores = dict.fromkeys(chosen[:MOST_AGENCIES], score)
    return _build(connection, question, (place.start, place.end), kind, scores, place.codes)


def _stands_alone(connection: Reader, question: Text, place: Place) -> bool:
    """Whether a place is no beginning of a word: it ends, or is a province or city before a metric (四川三公经费)."""
    if place.kind == "exact" or is_boundary(question.plain, place.end):
        return True
    return level(min(place.codes, key=level)) < 3 and starts_metric(connection, question, place.end)


def _known(connection: Reader, question: Text, place: Place, candidate: Candidate) -> AgencyMention:
    scores = {agency: min(score, place.score) for agency, score in candidate.scores.items()}
    kind: MatchKind = candidate.kind if place.kind in ("exact", "short") else place.kind
    office = question.plain.text[behind(question, place) : candidate.end] if candidate.kind == "short" else ""
    return _build(
        connection, question, (place.start, _with_tail(question, candidate.end)), kind, scores, place.codes, office
    )


def _with_tail(question: Text, end: int) -> int:
    """The end of a name with 本级 or 机关 behind it, where nothing follows that these words could begin."""
    for tail in abbreviations().tail:
        if question.plain.text.startswith(tail, end) and is_boundary(question.plain, end + len(tail)):
            return end + len(tail)
    return end


def _build(
    connection: Reader,
    question: Text,
    span: tuple[int, int],
    kind: MatchKind,
    scores: dict[int, float],
    codes: tuple[int, ...],
    office: str = "",
) -> AgencyMention:
    """A mention of bodies; ``span`` is in ``plain``, ``office`` what is written behind the place."""
    first, last = question.plain.span(*span)
    written = question.plain.text[slice(*span)]
    names = read_agency_names(connection, scores)
    matches = []
    for agency in scores:
        name = names[agency]
        exact = spell(name).text == written
        score = 100 if exact else temper(min(scores[agency], 98), office, spell(name).text)
        matches.append(
            NameMatch(id=agency, name=name, start=first, end=last, kind="exact" if exact else kind, score=score)
        )
    ordered = tuple(sorted(matches, key=lambda match: (-match.score, match.id)))
    return AgencyMention(start=first, end=last, text=question.original[first:last], matches=ordered, regions=codes)


def _unknown(question: Text, start: int, end: int, codes: tuple[int, ...]) -> AgencyMention:
    first, last = question.plain.span(start, end)
    return AgencyMention(start=first, end=last, text=question.original[first:last], regions=codes)


def find_nearest_agencies(connection: Reader, name: str, limit: int = 5) -> list[NameMatch]:
    """Bodies nearest to one that is not there (渠县财政局): of the same region, inside it, then around it."""
    question = read_text(name)
    codes = tuple(code for place in find_places(connection, question.plain) for code in place.codes)
    found: dict[int, str] = {}
    for first, last in _areas(codes):
        rows = connection.execute(
            """SELECT DISTINCT agencies.id, agencies.name FROM agency_bodies JOIN agencies ON agencies.id = agency_id
               WHERE region BETWEEN ? AND ? LIMIT ?""",
            [first, last, limit],
        )
        for number, agency in rows:
            found.setdefault(number, agency)
    end = max(1, len(name))
    return [
        NameMatch(id=number, name=agency, start=0, end=end, kind="place", score=50)
        for number, agency in list(found.items())[:limit]
    ]


def _areas(codes: tuple[int, ...]) -> list[tuple[int, int]]:
    """Ranges of codes: the region itself, what lies in it, its city, its province."""
    spans = (1, 100, 10000)
    return [(code // span * span, code // span * span + span - 1) for span in spans for code in codes]
