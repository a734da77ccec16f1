"""Bodies named in a question: 渠县医疗保障局, 石峰区医保, 澄江县医保中心, quxian, 浏阳市医宝局; and bodies that are not there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.models import MatchKind, NameMatch
from bot.questions.lookup import Hit, find_hits, find_prefixes, find_sounds, find_targets, keep_longest
from bot.questions.places import Place, find_latin_places, find_named_places, find_places, is_boundary, starts_word
from bot.questions.typos import likeness
from knowledge.models import Frozen
from knowledge.names import STEM
from knowledge.spelling import Spelling, shorten, spell, syllables
from knowledge.vocabulary.abbreviations import abbreviations

MOST_AGENCIES = 40
_CJK = "\u4e00-\u9fff"


class AgencyMention(Frozen):
    """One body (or place) as the question names it: ``text`` is ``question[start:end]``.

    ``matches``: the bodies that it may be, best first. None: the knowledge base has no such body; ``regions`` are then
    the codes of the region, when it is a known one.
    """

    start: int
    end: int
    text: str
    matches: tuple[NameMatch, ...] = ()
    regions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A question as spelled, and with short forms; ``short`` has its offsets in ``plain``."""

    original: str
    plain: Spelling
    short: Spelling

    def short_position(self, position: int) -> int:
        """Where the short forms begin that stand at or behind a place of ``plain``."""
        return next((index for index, start in enumerate(self.short.starts) if start >= position), len(self.short.text))

    def plain_span(self, hit: Hit) -> tuple[int, int]:
        """Offsets in ``plain`` of a hit in ``short``."""
        return self.short.span(hit.start, hit.end)


def read_text(text: str) -> Text:
    """A question in its two spellings."""
    plain = spell(text)
    length = len(plain.text)
    own = Spelling(plain.text, tuple(range(length)), tuple(range(1, length + 1)), plain.breaks, plain.gaps)
    return Text(text, plain, shorten(own))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Bodies at a place of ``plain`` up to ``end``, each with its score."""

    end: int
    kind: MatchKind
    scores: dict[int, float]


def find_agency_mentions(connection: sqlite3.Connection, text: str) -> list[AgencyMention]:
    """Every body that a question names, in order, with the bodies of the knowledge base that it may be."""
    question = read_text(text)
    hits = find_hits(connection, "body", question.short.text)
    mentions = _whole_names(connection, question, hits)
    blocked = frozenset(index for start, end, _ in mentions for index in range(start, end))
    places = find_places(connection, question.plain, blocked) or find_latin_places(connection, question.plain)
    standing = [hit for hit in _standing_bodies(question, hits, places) if question.plain_span(hit)[0] not in blocked]
    for place in places:
        mention = _mention_at(connection, question, place, standing)
        if mention is not None:
            mentions.append((place.start, place.end, mention))
    if not mentions:
        return [_without_place(connection, question, hit) for hit in standing]
    return [mention for _, _, mention in sorted(mentions, key=lambda item: item[0])]


def _whole_names(
    connection: sqlite3.Connection, question: Text, hits: list[Hit]
) -> list[tuple[int, int, AgencyMention]]:
    """Bodies whose name has no region in it (国家医疗保障局), with their stretch in ``plain``."""
    found = []
    before = {place.end for place in find_named_places(question.plain.text)} if hits else set()
    for hit in keep_longest(hit for hit in hits if hit.end - hit.start >= 4):
        start, end = question.plain_span(hit)
        if start in before or not starts_word(question.plain, start):
            continue
        if question.plain.text[start - 1 : start] == "的" and start - 1 in before:
            continue
        scores = _pairs(connection, (0,), find_targets(connection, "body", "text", hit.key))
        if scores and max(scores.values()) > STEM:
            found.append((start, end, _build(connection, question, start, end, "short", scores, ())))
    return found


def _mention_at(
    connection: sqlite3.Connection, question: Text, place: Place, standing: list[Hit]
) -> AgencyMention | None:
    if place.contradictory:
        return _unknown(question, place.start, _named_end(connection, question, place.end) or place.end, ())
    candidate = _adjacent(connection, question, place)
    if candidate is not None:
        end = _named_end(connection, question, candidate.end)
        if end is not None:
            return _unknown(question, place.start, end, place.codes)
        return _known(connection, question, place, candidate)
    end = _named_end(connection, question, _behind(question, place))
    if end is not None:
        return _unknown(question, place.start, end, place.codes)
    if standing:
        hit = standing.pop(0)
        scores = _pairs(connection, place.codes, find_targets(connection, "body", "text", hit.key))
        start, end = question.plain_span(hit)
        if not scores:
            return _unknown(question, min(place.start, start), max(place.end, end), place.codes)
        return _known(connection, question, place, _Candidate(place.end, "short", scores))
    return _alone(connection, question, place)


def _adjacent(connection: sqlite3.Connection, question: Text, place: Place) -> _Candidate | None:
    """The body whose name goes on behind its place, exactly, by sound, or nearly."""
    for position in (
        (place.end, place.end + 1) if question.plain.text[place.end : place.end + 1] == "的" else (place.end,)
    ):
        found = (
            _spelled(connection, question, place, position)
            or _sounding(connection, question, place, position)
            or _similar(connection, question, place, position)
        )
        if found:
            return found
    return None


def _behind(question: Text, place: Place) -> int:
    """Where the body of a place may begin: behind it, or behind 的."""
    return place.end + (question.plain.text[place.end : place.end + 1] == "的")


def _spelled(connection: sqlite3.Connection, question: Text, place: Place, position: int) -> _Candidate | None:
    for form in ("text", "letters", "initials"):
        for hit, end in _keys_at(connection, question, position, form):
            targets = find_targets(connection, "body", form, hit)
            scores = _pairs(connection, place.codes, targets)
            if scores and (max(scores.values()) > STEM or is_boundary(question.plain, end)):
                kind: MatchKind = {"text": "short", "letters": "pinyin", "initials": "initials"}[form]  # type: ignore[assignment]
                return _Candidate(end, kind, scores)
    return None


def _keys_at(connection: sqlite3.Connection, question: Text, position: int, form: str) -> Iterable[tuple[str, int]]:
    if form == "text":
        start = question.short_position(position)
        for key in find_prefixes(connection, "body", "text", question.short.text[start:]):
            yield key, question.short.ends[start + len(key) - 1]
        return
    letters = re.compile("[a-z]+").match(question.plain.text, position)
    if letters is None:
        return
    keys = find_prefixes(connection, "body", form, letters.group())  # type: ignore[arg-type]
    yield from ((key, position + len(key)) for key in keys if form == "letters" or key == letters.group())


def _sounding(connection: sqlite3.Connection, question: Text, place: Place, position: int) -> _Candidate | None:
    start = question.short_position(position)
    for hit in find_sounds(connection, "body", syllables(question.short.text), [start]):
        scores = _pairs(connection, place.codes, find_targets(connection, "body", "pinyin", hit.key))
        scores = {agency: score - 8 for agency, score in scores.items() if score > STEM}
        if scores and hit.end - hit.start >= 3:
            return _Candidate(question.short.ends[hit.end - 1], "pinyin", scores)
    return None


def _similar(connection: sqlite3.Connection, question: Text, place: Place, position: int) -> _Candidate | None:
    """A name with a character missing, too many, or swapped, among the bodies of the place."""
    end = _named_end(connection, question, position)
    if end is None or end - position < 4:
        return None
    written = question.plain.text[position:end]
    scores: dict[int, float] = {}
    for agency, name in _bodies_in(connection, place.codes):
        score = likeness(written, name)
        if score > 0:
            scores[agency] = score
    return _Candidate(end, "fuzzy", _near_best(scores)) if scores else None


def _bodies_in(connection: sqlite3.Connection, codes: tuple[int, ...]) -> list[tuple[int, str]]:
    return connection.execute(
        f"""SELECT agency_id, bodies.name FROM agency_bodies JOIN bodies ON bodies.id = body_id
            WHERE region IN ({marks(codes)}) LIMIT 200""",
        codes,
    ).fetchall()


def marks(values: Iterable[object]) -> str:
    """Question marks for an SQL list."""
    return ",".join("?" for _ in values)


def _pairs(connection: sqlite3.Connection, codes: tuple[int, ...], targets: dict[int, int]) -> dict[int, float]:
    """Bodies of these regions (any region when none) whose name without its region is one of the targets."""
    if not targets:
        return {}
    where = f"region IN ({marks(codes)}) AND " if codes else ""
    rows = connection.execute(
        f"SELECT agency_id, body_id FROM agency_bodies WHERE {where} body_id IN ({marks(targets)}) LIMIT ?",
        (*codes, *targets, MOST_AGENCIES),
    )
    scores: dict[int, float] = {}
    for agency, body in rows:
        scores[agency] = max(scores.get(agency, 0), targets[body])
    return _near_best(scores)


def _near_best(scores: dict[int, float], margin: float = 5) -> dict[int, float]:
    best = max(scores.values(), default=0)
    return {agency: score for agency, score in scores.items() if score >= best - margin}


@cache
def _endings() -> re.Pattern[str]:
    endings = "|".join(sorted(abbreviations().endings, key=len, reverse=True))
    return re.compile(rf"(?:(?![的是哪谁比多几呢吗了])[{_CJK}]){{0,16}}?(?:{endings})")


@cache
def _known_bodies() -> re.Pattern[str]:
    return re.compile("|".join(sorted(abbreviations().bodies, key=len, reverse=True)))


def _named_end(connection: sqlite3.Connection, question: Text, position: int) -> int | None:
    """Where a body's name that begins here ends: 财政局 in 财政局2022年; None when no body is named."""
    if is_boundary(question.plain, position):
        return None
    letters = re.compile("[a-z]+").match(question.plain.text, position)
    if letters:
        return None if find_prefixes(connection, "metric", "letters", letters.group(), 4) else letters.end()
    start = question.short_position(position)
    known = _known_bodies().match(question.short.text, start)
    ends = [known.end()] if known else []
    ends += [
        start + len(key)
        for key in find_prefixes(connection, "body", "text", question.short.text[start:], shortest=3)
        if key.endswith(abbreviations().endings)
    ]
    if ends:
        return question.short.ends[max(ends) - 1]
    end = position
    while match := _endings().match(question.plain.text, end):
        end = match.end()
        if end - position > 1 and (is_boundary(question.plain, end) or _starts_metric(connection, question, end)):
            return end
    return None


def _starts_metric(connection: sqlite3.Connection, question: Text, position: int) -> bool:
    rest = question.short.text[question.short_position(position) :]
    return bool(find_prefixes(connection, "metric", "text", rest, shortest=3))


def _standing_bodies(question: Text, hits: list[Hit], places: list[Place]) -> list[Hit]:
    """Bodies named apart from a place: 医保局 in 2022年医保局渠县."""
    found = []
    for hit in hits:
        start, _ = question.plain_span(hit)
        inside = any(place.start <= start <= place.end + 1 for place in places)
        if not inside and hit.key.endswith(abbreviations().endings) and hit.end - hit.start >= 3:
            found.append(hit)
    return keep_longest(found)


def _without_place(connection: sqlite3.Connection, question: Text, hit: Hit) -> AgencyMention:
    start, end = question.plain_span(hit)
    before = re.search(rf"[{_CJK}]{{1,5}}[省市区县州旗镇乡]$", question.plain.text[:start])
    if before and not is_boundary(question.plain, before.end()):
        return _unknown(question, before.start(), end, ())
    scores = _pairs(connection, (), find_targets(connection, "body", "text", hit.key))
    return _build(connection, question, start, end, "short", scores, ())


def _alone(connection: sqlite3.Connection, question: Text, place: Place) -> AgencyMention | None:
    """A place without a body: the bodies of that place, those in charge before the units below them."""
    rows = _bodies_in(connection, place.codes)
    if not rows:
        return _unknown(question, place.start, place.end, place.codes) if _stands_alone(question, place) else None
    leading = {agency for agency, name in rows if name.endswith(abbreviations().leading)}
    fields = {name[:4] for agency, name in rows if agency in leading}
    chosen = [agency for agency, name in rows if agency in leading or name[:4] not in fields]
    score = min(place.score, 95)
    kind: MatchKind = "place" if place.kind in ("exact", "short") else place.kind  # type: ignore[assignment]
    return _build(
        connection, question, place.start, place.end, kind, dict.fromkeys(chosen[:MOST_AGENCIES], score), place.codes
    )


def _stands_alone(question: Text, place: Place) -> bool:
    return place.kind == "exact" or is_boundary(question.plain, place.end)


def _known(connection: sqlite3.Connection, question: Text, place: Place, candidate: _Candidate) -> AgencyMention:
    scores = {agency: min(score, place.score) for agency, score in candidate.scores.items()}
    kind = candidate.kind if place.kind in ("exact", "short") else place.kind
    return _build(connection, question, place.start, candidate.end, kind, scores, place.codes)  # type: ignore[arg-type]


def _build(
    connection: sqlite3.Connection,
    question: Text,
    start: int,
    end: int,
    kind: MatchKind,
    scores: dict[int, float],
    codes: tuple[int, ...],
) -> AgencyMention:
    first, last = question.plain.span(start, end)
    names = dict(
        connection.execute(f"SELECT id, name FROM agencies WHERE id IN ({marks(scores)})", tuple(scores)).fetchall()
    )
    written = question.plain.text[start:end]
    matches = [
        NameMatch(
            id=agency, name=names[agency], start=first, end=last,
            kind="exact" if spell(names[agency]).text == written else kind,
            score=100 if spell(names[agency]).text == written else min(score, 98),
        )
        for agency, score in scores.items()
        if agency in names
    ]  # fmt: skip
    ordered = tuple(sorted(matches, key=lambda match: (-match.score, match.id)))
    return AgencyMention(start=first, end=last, text=question.original[first:last], matches=ordered, regions=codes)


def _unknown(question: Text, start: int, end: int, codes: tuple[int, ...]) -> AgencyMention:
    first, last = question.plain.span(start, end)
    return AgencyMention(start=first, end=last, text=question.original[first:last], regions=codes)


def find_nearest_agencies(connection: sqlite3.Connection, name: str, limit: int = 5) -> list[NameMatch]:
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
