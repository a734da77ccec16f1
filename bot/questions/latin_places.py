"""Loaded regions typed in Latin letters: quxian, dazhoushiquxian, qx."""

from __future__ import annotations

from collections.abc import Iterator

from bot.questions.lookup import find_prefixes, find_targets
from bot.questions.place_spans import Place, join_places
from bot.questions.question_text import letter_runs
from knowledge.connection import Reader
from knowledge.regions import is_within
from knowledge.spelling import Spelling


def find_latin_places(connection: Reader, plain: Spelling) -> list[Place]:
    """Loaded regions typed in pinyin: quxian, dazhoushiquxian, or their initials: qx."""
    found: list[Place] = []
    for start, end in letter_runs(plain):
        letters = plain.text[start:end]
        spelled = list(_spelled_out(connection, letters, start))
        if spelled:
            found += join_places(plain, spelled)
        elif initials := _initials(connection, letters):
            length, codes = initials
            score = 86 if len(codes) == 1 else 78
            found.append(Place(start, start + length, codes, score, "initials"))
    return found


def _spelled_out(connection: Reader, letters: str, offset: int) -> Iterator[Place]:
    """Regions one behind the other at the beginning of some letters, each inside the one before."""
    start = 0
    outer: tuple[int, ...] = ()
    while start < len(letters):
        for key in find_prefixes(connection, "region", "letters", letters[start:]):
            codes = tuple(find_targets(connection, "region", "letters", key))
            inner = tuple(code for code in codes if not outer or any(is_within(code, one) for one in outer))
            if inner and set(inner) != set(outer):
                yield Place(offset + start, offset + start + len(key), inner, 88, "pinyin")
                start, outer = start + len(key), inner
                break
        else:
            return


def _initials(connection: Reader, letters: str) -> tuple[int, tuple[int, ...]] | None:
    for length in range(min(4, len(letters)), 1, -1):
        codes = tuple(find_targets(connection, "region", "initials", letters[:length]))
        rest = letters[length:]
        if codes and (not rest or find_targets(connection, "body", "initials", rest)):
            return length, codes
    return None
