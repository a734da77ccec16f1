"""Regions named in a question: 渠县, 达州市渠县, 四川的渠县, 澄江; by name, and for loaded regions by sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bot.questions.lookup import find_hits, find_targets, keep_longest
from bot.questions.mistyped_places import find_mistaken_places, find_sounding_places
from bot.questions.place_spans import SUFFIXES, Place, join_places, starts_word
from bot.questions.words import load_words
from knowledge.connection import Reader, keep
from knowledge.regions import LOCAL, codes_by_name, codes_by_stem, is_within
from knowledge.spelling import Spelling


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
    places += find_sounding_places(connection, plain, taken)
    if all(place.kind == "short" and not _is_loaded(connection, place) for place in places):
        places = find_mistaken_places(connection, plain, blocked) or places
    return join_places(plain, sorted(places, key=lambda place: place.start))


def _up_to_gap(plain: Spelling, place: Place) -> Place:
    """A place without the ending that stands apart from it: 省 is no part of 曾都 in 曾都2020年省级补助."""
    apart = place.kind == "short" and plain.text[place.end - 1] in SUFFIXES and place.end - 1 in plain.gaps
    return replace(place, end=place.end - 1, score=95) if apart else place


def _local_places(connection: Reader, plain: Spelling) -> Iterator[Place]:
    """Places that are known from loaded bodies alone, by their names, or by their short names where a word begins."""
    if not _has_local_places(connection):
        return
    for hit in keep_longest(find_hits(connection, "region", plain.text)):
        codes = tuple(code for code in find_targets(connection, "region", "text", hit.key) if code >= LOCAL)
        if codes and hit.key[-1] in SUFFIXES:
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


def _is_loaded(connection: Reader, place: Place) -> bool:
    return any(has_agencies(connection, code) for code in place.codes)


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
            extra = 1 if following in SUFFIXES and following else 0
            return Place(start, start + length + extra, codes, 92 if extra else 95, "short")
    return None


def _counts(connection: Reader, plain: Spelling, place: Place) -> bool:
    if place.kind == "exact" and place.end - place.start > 2:
        return True
    if _is_loaded(connection, place):
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
