"""Names in the one form that is compared: simplified, half-width, without spaces and punctuation; and how they sound.

Every character of a ``Spelling`` knows the stretch of the original text that it stands for.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from opencc import OpenCC

from knowledge.text import fold, is_chinese
from knowledge.vocabulary.abbreviations import abbreviations

_SEPARATORS = frozenset("，。；、？！,;?!\n\r:：|/")


@dataclass(frozen=True, slots=True)
class Spelling:
    """``text[i]`` stands for ``original[starts[i]:ends[i]]``.

    ``breaks`` are positions in ``text`` before which a separator stood (，、？ …), ``gaps`` those before which anything
    was left out.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: frozenset[int] = frozenset()
    gaps: frozenset[int] = frozenset()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of ``text[start:end]`` (not empty)."""
        return self.starts[start], self.ends[end - 1]


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters as simplified ones; the length does not change. 瀏陽市 → 浏阳市.

    What is a common simplified character stays as it is (乾县 is not 干县).
    """
    return text.translate(_SIMPLE)


class _Simple(dict[int, str]):
    """Each character as a simplified one; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = plain = chr(code)
        if is_chinese(character) and character not in _syllable_table():
            plain = _simplifier().convert(character)
        self[code] = plain if len(plain) == 1 else character
        return self[code]


_SIMPLE = _Simple()


class _Compared(dict[int, str]):
    """Each character as names are compared, a space for spaces and punctuation; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code)).lower()
        compared = " "
        if len(folded) == 1 and (is_chinese(folded) or folded == "〇"):
            compared = simplify(folded)
        elif len(folded) == 1 and folded.isascii() and folded.isalnum():
            compared = folded
        self[code] = compared
        return compared


_COMPARED = _Compared()


@lru_cache(maxsize=1024)
def spell(text: str) -> Spelling:
    """The compared form of a question or a name.

    >>> spell("渠 縣（２０２２年）").text
    '渠县2022年'
    """
    compared = text.translate(_COMPARED)
    starts = tuple([offset for offset, character in enumerate(compared) if character != " "])
    ends = tuple([start + 1 for start in starts])
    breaks: set[int] = set()
    gaps: set[int] = set()
    left_out = 0
    for run in _SPACES.finditer(compared):
        place = run.start() - left_out
        left_out += run.end() - run.start()
        gaps.add(place)
        if not _SEPARATORS.isdisjoint(text[run.start() : run.end()]):
            breaks.add(place)
    return Spelling(compared.replace(" ", ""), starts, ends, frozenset(breaks), frozenset(gaps))


_SPACES = re.compile(" +")


@cache
def _same_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(abbreviations().same, key=len, reverse=True))))


def shorten(spelling: Spelling) -> Spelling:
    """Official long forms as the short ones that the index keeps: 医疗保障局 → 医保局; each with its stretch."""
    found = [(*match.span(), abbreviations().same[match.group()]) for match in _same_pattern().finditer(spelling.text)]
    if not found:
        return spelling
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for first, end, short in (*found, (len(spelling.text), len(spelling.text), "")):
        text += spelling.text[last:first], short
        starts += spelling.starts[last:first]
        ends += spelling.ends[last:first]
        if short:
            starts += [spelling.starts[first]] * len(short)
            ends += [spelling.ends[end - 1]] * len(short)
        last = end
    return Spelling(
        "".join(text), tuple(starts), tuple(ends), _moved(spelling.breaks, found), _moved(spelling.gaps, found)
    )


def shorten_text(text: str) -> str:
    """Official long forms in a text as the short ones, where no offsets are wanted.

    >>> shorten_text("渠县医疗保障局")
    '渠县医保局'
    """
    return _same_pattern().sub(lambda match: abbreviations().same[match[0]], text)


def _moved(places: frozenset[int], shortened: list[tuple[int, int, str]]) -> frozenset[int]:
    """Where places of a text are when stretches of it are shortened; those inside one of these are gone."""
    moved = set()
    for place in places:
        by = 0
        for start, end, short in shortened:
            if start < place < end:
                break
            by += (end - start - len(short)) * (end <= place)
        else:
            moved.add(place - by)
    return frozenset(moved)


@lru_cache(maxsize=1024)
def short_form(name: str) -> str:
    """The form of a name that the index keeps. “医疗保障局（本级）” → 医保局本级."""
    return shorten(spell(name)).text


@cache
def _syllable_table() -> dict[str, tuple[str, ...]]:
    """Each character → its usual readings without tone, the most usual first; from syllables.tsv."""
    text = files("knowledge.vocabulary").joinpath("syllables.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    table: dict[str, tuple[str, ...]] = {}
    for syllable, mostly, _ in rows:
        table.update(dict.fromkeys(mostly, (syllable,)))
    for syllable, _, also in rows:
        for character in also:
            table[character] += (syllable,)
    return table


def syllables(text: str) -> list[str]:
    """The most usual reading of each character without tone; what is no Chinese character stands for itself.

    >>> syllables("曲县")
    ['qu', 'xian']
    """
    table = _syllable_table()
    return [table[character][0] if character in table else character for character in text]


def usual_readings(character: str) -> tuple[str, ...]:
    """All usual readings of a character (多音字: several), the most usual first; itself when it has none."""
    return _syllable_table().get(character, (character,))


@cache
def lookalikes() -> dict[str, str]:
    """Each character → those that it is mistaken for because they look alike, from lookalikes.toml."""
    with files("knowledge.vocabulary").joinpath("lookalikes.toml").open("rb") as file:
        groups: list[str] = tomllib.load(file)["groups"]
    result: dict[str, str] = {}
    for group in groups:
        for character in group:
            result[character] = result.get(character, "") + group
    return result


@cache
def _sounds() -> dict[str, str]:
    found: dict[str, str] = {}
    for character, (syllable, *_) in _syllable_table().items():
        found[syllable] = found.get(syllable, "") + character
    return found


def homophones(character: str) -> str:
    """Other characters with the same usual reading, tones aside: 渠 → 去区取 …"""
    return _sounds().get(usual_readings(character)[0], "").replace(character, "")
