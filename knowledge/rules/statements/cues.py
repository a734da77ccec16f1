"""The cue words of running text, from vocabulary/cues.toml, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from knowledge.models import Frozen, Measure


class Cues(Frozen):
    """Cue words by class; see the comments of cues.toml."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    signed: tuple[str, ...]
    change_guard: tuple[str, ...]
    part: tuple[str, ...]
    share: tuple[str, ...]
    share_guard: tuple[str, ...]
    own: tuple[str, ...]
    front: tuple[str, ...]
    back: tuple[str, ...]
    keep_front: dict[str, str]
    keep_back: dict[str, str]
    actors: tuple[str, ...]
    materials: tuple[str, ...]
    compounds: tuple[str, ...]
    noun_verbs: frozenset[str]
    action: tuple[str, ...]
    light: tuple[str, ...]
    clear: tuple[str, ...]
    nominal: tuple[str, ...]
    tails: tuple[tuple[str, Measure], ...]
    completion_rates: tuple[str, ...]
    rates: tuple[str, ...]
    scores: tuple[str, ...]
    weights: tuple[str, ...]
    gained: tuple[str, ...]
    scored: tuple[str, ...]
    generic: frozenset[str]
    sums: frozenset[str]
    persons: tuple[str, ...]
    terms_of_time: tuple[str, ...]
    target: tuple[str, ...]
    organisations: tuple[str, ...]
    filled: frozenset[str]
    adjusting: frozenset[str]
    differences: frozenset[str]
    projects: tuple[str, ...]


@cache
def cues() -> Cues:
    """All cue words, the longest of a class first."""
    with files("knowledge.vocabulary").joinpath("cues.toml").open("rb") as file:
        read = tomllib.load(file)
    tails = [(word, measure) for measure, words in read["measure_tails"].items() for word in words]
    return Cues(
        up=_longest(read["change"]["up"]),
        down=_longest(read["change"]["down"]),
        signed=_longest(read["change"]["signed"]),
        change_guard=_longest(read["change_guard"]["after"]),
        part=_longest(read["part"]["words"]),
        share=_longest(read["share"]["words"]),
        share_guard=_longest(read["share"]["guard"]),
        own=_longest(read["own"]["words"]),
        front=_longest(read["trim"]["front"]),
        back=_longest(read["trim"]["back"]),
        keep_front=read["trim"]["keep_front"],
        keep_back=read["trim"]["keep_back"],
        actors=tuple(read["nominal"]["actors"]),
        materials=tuple(read["nominal"]["materials"]),
        compounds=tuple(read["nominal"]["compounds"]),
        noun_verbs=frozenset(read["nominal"]["verbs"]),
        action=_longest(read["verbs"]["action"]),
        light=_longest(read["verbs"]["light"]),
        clear=_longest(read["verbs"]["clear"]),
        nominal=_longest(read["nominal"]["tails"]),
        tails=tuple(sorted(tails, key=lambda pair: -len(pair[0]))),
        completion_rates=_longest(read["rates"]["completion"]),
        rates=_longest(read["rates"]["names"]),
        scores=_longest(read["scores"]["names"]),
        weights=_longest(read["scores"]["weights"]),
        gained=_longest(read["scores"]["gained"]),
        scored=_longest(read["scores"]["scored"]),
        generic=frozenset(read["generic"]["words"]),
        sums=frozenset(read["generic"]["sums"]),
        persons=_longest(read["persons"]["nouns"]),
        terms_of_time=tuple(read["time"]["terms"]),
        target=_longest(read["target"]["words"]),
        organisations=_longest(read["organisations"]["ends"]),
        adjusting=frozenset(read["adjusting"]["words"]),
        filled=frozenset(read["filled"]["words"]),
        differences=frozenset(read["differences"]["words"]),
        projects=_longest(read["projects"]["ends"]),
    )


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def one_of(words: Iterable[str]) -> str:
    """A group that matches any of the words: ``(?:增加|减少)``."""
    return f"(?:{'|'.join(re.escape(word) for word in words)})"


@cache
def verb_pattern() -> re.Pattern[str]:
    """Any verb of work done, the longest first."""
    words = cues()
    return re.compile(one_of(_longest((*words.action, *words.light))))
