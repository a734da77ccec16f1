"""Loaded regions typed wrong: with characters that sound the same, or with one that looks like another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.questions.lookup import Hit, find_sounds, find_targets
from bot.questions.place_spans import SUFFIXES, Place, is_boundary, starts_word
from knowledge.connection import Reader
from knowledge.regions import codes_by_name, codes_by_stem
from knowledge.spelling import Spelling, lookalikes, syllables
from knowledge.vocabulary.abbreviations import abbreviations

_SHORTEST, _LONGEST = 3, 8
_INITIAL = re.compile("^[^aeiouv]+")


def find_sounding_places(connection: Reader, plain: Spelling, taken: set[int]) -> list[Place]:
    """Loaded regions that sound like what is written: 曲县 for 渠县."""
    text = plain.text
    starts = [index for index in _likely_starts(plain) if index not in taken]
    if not starts:
        return []
    found = []
    for hit in find_sounds(connection, "region", syllables(text), starts):
        if taken.isdisjoint(range(hit.start, hit.end)) and _sounds_like_place(plain, hit):
            codes = tuple(find_targets(connection, "region", "pinyin", hit.key))
            end = hit.end + _has_suffix_behind(plain, hit)
            found.append(Place(hit.start, end, codes, 88, "pinyin"))
            taken.update(range(hit.start, end))
    return found


def find_mistaken_places(connection: Reader, plain: Spelling, blocked: frozenset[int]) -> list[Place]:
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
        if name[-1] in SUFFIXES or is_boundary(plain, end):
            return [Place(start, end, (code,), 86, "fuzzy")]
    return list(_nearly_regions(connection, plain, starts))


def _nearly_regions(connection: Reader, plain: Spelling, starts: list[int]) -> Iterator[Place]:
    """A loaded region written with one wrong character, where no other region of the country is as near, or none sounds as
    near: 巴彦卓尔 for 巴彦淖尔, 洪桐县 for 洪洞县."""
    for start in starts:
        for end in range(min(start + _LONGEST, len(plain.text)), start + _SHORTEST - 1, -1):
            written = plain.text[start:end]
            near = [name for mask in _masks(written) for name in _regions_masked().get(mask, ())]
            near = near if len(near) == 1 else [name for name in near if _rhymes(written, name)]
            if len(near) != 1 or written in codes_by_name() or written in codes_by_stem():
                continue
            if codes := find_targets(connection, "region", "text", near[0]):
                yield Place(start, end + _suffixed(plain, end), tuple(codes), 84, "fuzzy")
                return


def _rhymes(written: str, name: str) -> bool:
    """Whether the wrong character ends in the sound of the right one: 桐 and 洞."""
    pairs = zip(syllables(written), syllables(name), strict=True)
    return all(_INITIAL.sub("", one) == _INITIAL.sub("", other) for one, other in pairs)


def _suffixed(plain: Spelling, end: int) -> bool:
    """Whether 市 or the like follows a name that has none."""
    return plain.text[end - 1] not in SUFFIXES and plain.text[end : end + 1] in SUFFIXES and end < len(plain.text)


def _masks(name: str) -> Iterator[str]:
    """A name with each of its characters in turn left open, but for 县 or the like at its end."""
    kept = len(name) - (name[-1] in SUFFIXES)
    return (f"{name[:index]}_{name[index + 1 :]}" for index in range(kept))


@cache
def _regions_masked() -> dict[str, frozenset[str]]:
    """Names of regions that are long enough to be known with one character wrong, by what is left of them."""
    found: dict[str, set[str]] = {}
    short = (name for name in codes_by_stem() if len(name) > _SHORTEST)
    for name in (*(name for name in codes_by_name() if len(name) >= _SHORTEST), *short):
        for mask in _masks(name):
            found.setdefault(mask, set()).add(name)
    return {mask: frozenset(names) for mask, names in found.items()}


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
        index - back for index, character in enumerate(plain.text) if character in SUFFIXES for back in range(1, 5)
    }
    for index, character in enumerate(plain.text):
        if not character.isascii() and (index in before or starts_word(plain, index)):
            yield index


def _sounds_like_place(plain: Spelling, hit: Hit) -> bool:
    if plain.text[hit.end - 1] in SUFFIXES:
        return True
    if not starts_word(plain, hit.start):
        return False
    return _has_suffix_behind(plain, hit) or is_boundary(plain, hit.end) or plain.text.startswith(_offices(), hit.end)


def _has_suffix_behind(plain: Spelling, hit: Hit) -> bool:
    """Whether 县 or the like follows a short name: 寻店县 for 寻甸."""
    following = plain.text[hit.end : hit.end + 1]
    return following in SUFFIXES and plain.text[hit.end - 1] not in SUFFIXES and hit.end not in plain.gaps


@cache
def _offices() -> tuple[str, ...]:
    """Offices as they are called behind a place: 医保局, 财政局."""
    return tuple(body for body in abbreviations().bodies if len(body) > 2)
