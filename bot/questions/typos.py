"""Whether two spellings may be one name typed wrong: a character missing, too many, swapped, or alike in sound or shape.

Opposites never pass: 预算 and 决算, 收入 and 支出, 年初 and 年末, 购置 and 运行, 流动资产 and 非流动资产.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA, Editop, Levenshtein

from bot.questions.words import load_words
from knowledge.spelling import lookalikes, syllables

CLOSE = 86.0
DOUBTFUL = 72.0


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    pairs: list[list[str]] = load_words("opposites")["pairs"]
    return tuple((left, right) for first, second in pairs for left, right in ((first, second), (second, first)))


@cache
def _turning() -> frozenset[str]:
    return frozenset("".join(load_words("opposites")["turning"]))


def are_opposite(written: str, name: str) -> bool:
    """Whether one says what the other excludes.

    >>> are_opposite("年初预算数", "年初决算数"), are_opposite("购置及运行", "购置及运行费")
    (True, False)
    """
    return any(
        left in written and right in name and not (left in name and right in written) for left, right in _opposites()
    )


def likeness(written: str, name: str) -> float:
    """0 (another name), ``DOUBTFUL`` (worth asking about) or ``CLOSE`` and more (one name typed wrong).

    >>> likeness("医疗障保局", "医疗保障局") >= CLOSE
    True
    """
    if written == name:
        return 100.0
    allowed = 0 if min(len(written), len(name)) < 4 else 1 if len(name) < 9 else 2
    if abs(len(written) - len(name)) > allowed:
        return 0.0
    distance = OSA.distance(written, name, score_cutoff=allowed)
    if distance > allowed or are_opposite(written, name):
        return 0.0
    changes = [_change(written, name, edit) for edit in Levenshtein.editops(written, name)]
    if "turned" in changes:
        return 0.0
    if "other" in changes and len(changes) > distance:
        return CLOSE
    return DOUBTFUL if "other" in changes else CLOSE + 2 * (allowed - distance)


_SOUNDS = ((re.compile("^([zcs])h"), r"\1"), (re.compile("([aei])ng$"), r"\1n"))


def _sound(character: str) -> list[str]:
    """How a character is read where 平舌 and 翘舌, 前鼻音 and 后鼻音 are not told apart: 经 and 金."""
    spoken = syllables(character)
    for pattern, plain in _SOUNDS:
        spoken = [pattern.sub(plain, syllable) for syllable in spoken]
    return spoken


def _change(written: str, name: str, edit: Editop) -> str:
    """``turned``: the meaning turns (非, digits); ``same``: alike, missing or too many; ``other``: another character."""
    kind, source, target = edit.tag, edit.src_pos, edit.dest_pos
    old = written[source] if kind != "insert" else ""
    new = name[target] if kind != "delete" else ""
    if any(character.isascii() or character in _turning() for character in old + new):
        return "turned"
    if not old or not new:
        return "same"
    return "same" if _is_alike(old, new) else "other"


def is_mistaken(old: str, new: str) -> bool:
    """Whether a character may stand for another that sounds or looks like it and does not turn the meaning."""
    return not {old, new} & _turning() and _is_alike(old, new)


def _is_alike(old: str, new: str) -> bool:
    return _sound(old) == _sound(new) or new in lookalikes().get(old, "")
