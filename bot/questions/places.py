"""Regions named in a question: 渠县, 达州市渠县, 四川的渠县, 澄江; by name, and for loaded regions by sound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from bot.models import MatchKind
from bot.questions.lookup import Hit, find_hits, find_sounds, find_targets, keep_longest
from bot.questions.words import load_words
from knowledge.connection import Reader, keep
from knowledge.regions import LOCAL, codes_by_name, codes_by_stem, is_within, level
from knowledge.spelling import Spelling, lookalikes, syllables
from knowledge.vocabulary.abbreviations import abbreviations

_LEFT = frozenset("年度和与跟同比较及或、的查问看下请在给对把是谁哪各跟还那")
_RIGHT = re.compile(r"[的年度和与跟同比较去今前上近本各谁哪有是在那这呢吗花用\d]|二〇|二零")
_SUFFIXES = frozenset("省市区县州旗盟")


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` names these regions. ``score`` 100: as printed; less for short names and sounds."""

    start: int
    end: int
    codes: tuple[int, ...]
    score: float
    kind: MatchKind
    contradictory: bool = False

    def overlaps(self, other: Place) -> bool:
        """Whether two places have a character in common."""
        return self.start < other.end and other.start < self.end


def is_boundary(plain: Spelling, position: int) -> bool:
    """Whether no word goes on at this place of the text: the end, a gap, a year, 的, 和, 比 …"""
    return position >= len(plain.text) or position in plain.gaps or _RIGHT.match(plain.text, position) is not None


def starts_word(plain: Spelling, position: int) -> bool:
    """Whether a word may begin at this place: the beginning, behind a gap, a number, 的, 和, 查 …"""
    return (
        position == 0
        or position in plain.gaps
        or plain.text[position - 1] in _LEFT
        or plain.text[position - 1].isdigit()
    )


def find_places(connection: Reader, plain: Spelling, blocked: frozenset[int] = frozenset()) -> list[Place]:
    """The regions that a text names, in order, outside ``blocked``; a region inside another (达州市渠县) is one place.

    Short names (澄江) and sounds (曲县) count for loaded regions; a short name of another region only where it stands alone.
    """
    local = list(_local_places(connection, plain))
    printed = [_up_to_gap(plain, place) for place in find_named_places(plain.text)]
    known = [place for place in printed if not any(map(place.overlaps, local))]
    named = [place for place in (*known, *local) if blocked.isdisjoint(range(place.start, place.end))]
    places = _with_outer(named, [place for place in named if _counts(connection, plain, place)])
    taken = {index for place in places for index in range(place.start, place.end)} | blocked
    places += _sounding(connection, plain, taken)
    places = places or _looking(connection, plain, blocked)
    return join_places(plain, sorted(places, key=lambda place: place.start))


def _up_to_gap(plain: Spelling, place: Place) -> Place:
    """A place without the ending that stands apart from it: 省 is no part of 曾都 in 曾都2020年省级补助."""
    apart = place.kind == "short" and plain.text[place.end - 1] in _SUFFIXES and place.end - 1 in plain.gaps
    return replace(place, end=place.end - 1, score=95) if apart else place


def _local_places(connection: Reader, plain: Spelling) -> Iterator[Place]:
    """Places that are known from loaded bodies alone, by their names, or by their short names where a word begins."""
    if not _has_local_places(connection):
        return
    for hit in keep_longest(find_hits(connection, "region", plain.text)):
        codes = tuple(code for code in find_targets(connection, "region", "text", hit.key) if code >= LOCAL)
        if codes and hit.key[-1] in _SUFFIXES:
            yield Place(hit.start, hit.end, codes, 100, "exact")
        elif codes and starts_word(plain, hit.start):
            yield Place(hit.start, hit.end, codes, 95, "short")


@keep
def _has_local_places(connection: Reader) -> bool:
    query = "SELECT 1 FROM name_keys WHERE kind = 'region' AND target >= ? LIMIT 1"
    return connection.execute(query, [LOCAL]).fetchone() is not None


@keep
def has_agencies(connection: Reader, code: int) -> bool:
    """Whether a body of exactly this region is in the knowledge base."""
    return connection.execute("SELECT 1 FROM agency_bodies WHERE region = ? LIMIT 1", [code]).fetchone() is not None


def find_named_places(text: str) -> Iterator[Place]:
    """Every region of the country whose name or short name stands in the text, the longest ones."""
    taken = 0
    starts = _possible_starts(text)
    for start in starts:
        place = _named_at(text, start) if start >= taken else None
        if place is None:
            continue
        later = [_named_at(text, other) for other in starts if start < other < place.end]
        if any(other is not None and other.end - other.start > place.end - start for other in later):
            continue
        yield place
        taken = place.end


def _possible_starts(text: str) -> list[int]:
    """Where the first two characters of a region's name stand."""
    longest = _longest()
    return [start for start in range(len(text) - 1) if text[start : start + 2] in longest]


@cache
def _longest() -> dict[str, int]:
    """The first two characters of regions' names → the length of the longest that begins so."""
    longest: dict[str, int] = {}
    for name in (*codes_by_name(), *codes_by_stem()):
        longest[name[:2]] = max(longest.get(name[:2], 0), len(name))
    return longest


def _named_at(text: str, start: int) -> Place | None:
    for length in range(min(_longest()[text[start : start + 2]], len(text) - start), 1, -1):
        piece = text[start : start + length]
        if codes := codes_by_name().get(piece):
            return Place(start, start + length, codes, 100, "exact")
        if codes := codes_by_stem().get(piece):
            following = text[start + length : start + length + 1]
            extra = 1 if following in _SUFFIXES and following else 0
            return Place(start, start + length + extra, codes, 92 if extra else 95, "short")
    return None


def _counts(connection: Reader, plain: Spelling, place: Place) -> bool:
    if place.kind == "exact" and place.end - place.start > 2:
        return True
    if any(has_agencies(connection, code) for code in place.codes):
        return place.kind == "exact" or not _inside_word(plain, place)
    return starts_word(plain, place.start)


def _with_outer(named: list[Place], places: list[Place]) -> list[Place]:
    """Also the short names that stand right before a region inside them: 达州 in 达州渠县."""
    for place in reversed(named):
        if place not in places and any(
            place.end == other.start and any(is_within(code, outer) for code in other.codes for outer in place.codes)
            for other in places
        ):
            places.append(place)
    return places


def _inside_word(plain: Spelling, place: Place) -> bool:
    """A short name that is also an everyday word counts only at the beginning of a word: 资源 in 自然资源局."""
    return plain.text[place.start : place.end] in _everyday() and not starts_word(plain, place.start)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(load_words("places")["everyday"])


def _sounding(connection: Reader, plain: Spelling, taken: set[int]) -> list[Place]:
    text = plain.text
    starts = [index for index in _likely_starts(plain) if index not in taken]
    if not starts:
        return []
    found = []
    for hit in find_sounds(connection, "region", syllables(text), starts):
        if taken.isdisjoint(range(hit.start, hit.end)) and _sounds_like_place(plain, hit):
            codes = tuple(find_targets(connection, "region", "pinyin", hit.key))
            found.append(Place(hit.start, hit.end, codes, 88, "pinyin"))
            taken.update(range(hit.start, hit.end))
    return found


def _looking(connection: Reader, plain: Spelling, blocked: frozenset[int]) -> list[Place]:
    """A loaded region with one character mistaken for another that looks like it: 渠具 for 渠县."""
    starts = [index for index in range(len(plain.text)) if index not in blocked and _begins(plain, index)]
    spellings = {
        spelling: (start, end)
        for start in starts
        for end in range(start + 2, min(start + 5, len(plain.text)) + 1)
        for spelling in _mistaken(plain.text[start:end])
    }
    for name, code in _regions_named(connection, list(spellings)):
        start, end = spellings[name]
        if name[-1] in _SUFFIXES or is_boundary(plain, end):
            return [Place(start, end, (code,), 86, "fuzzy")]
    return []


def _begins(plain: Spelling, index: int) -> bool:
    return (index == 0 or index in plain.gaps) and not plain.text[index].isascii()


def _mistaken(written: str) -> Iterator[str]:
    for index, character in enumerate(written):
        for other in lookalikes().get(character, ""):
            if other != character:
                yield written[:index] + other + written[index + 1 :]


def _regions_named(connection: Reader, names: list[str]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = connection.execute(
        f"SELECT key, target FROM name_keys WHERE kind = 'region' AND form = 'text' AND key IN ({','.join('?' * len(names))})"
        " ORDER BY length(key) DESC",
        names,
    ).fetchall()
    return found


def _likely_starts(plain: Spelling) -> Iterator[int]:
    before = {
        index - back for index, character in enumerate(plain.text) if character in _SUFFIXES for back in range(1, 5)
    }
    for index, character in enumerate(plain.text):
        if not character.isascii() and (index in before or starts_word(plain, index)):
            yield index


def _sounds_like_place(plain: Spelling, hit: Hit) -> bool:
    if plain.text[hit.end - 1] in _SUFFIXES:
        return True
    return starts_word(plain, hit.start) and (is_boundary(plain, hit.end) or plain.text.startswith(_offices(), hit.end))


@cache
def _offices() -> tuple[str, ...]:
    """Offices as they are called behind a place: 医保局, 财政局."""
    return tuple(body for body in abbreviations().bodies if len(body) > 2)


def join_places(plain: Spelling, places: list[Place]) -> list[Place]:
    """A region inside the one right before it (达州市渠县) is one place with it."""
    joined: list[Place] = []
    for place in places:
        if joined and _follows(plain, joined[-1], place):
            joined[-1] = _inner(joined[-1], place)
        else:
            joined.append(place)
    return joined


def _follows(plain: Spelling, outer: Place, inner: Place) -> bool:
    between = plain.text[outer.end : inner.start]
    if between not in ("", "的") or any(place in plain.breaks for place in range(outer.end, inner.start + 1)):
        return False
    return min(map(level, outer.codes)) < max(map(level, inner.codes))


def _inner(outer: Place, inner: Place) -> Place:
    codes = tuple(code for code in inner.codes if any(is_within(code, other) for other in outer.codes))
    if not codes:
        return replace(inner, start=outer.start, contradictory=True)
    return replace(inner, start=outer.start, codes=codes, score=min(outer.score, inner.score))
