"""How much of a question the words around a figure say.

The pairs of neighbouring characters of the question are looked for around every figure of a body; those that stand with
few figures weigh more. 驻院监督员 decides which sentence is meant, 多少人 and 医院 hardly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat, takewhile
from operator import contains
from typing import NamedTuple

from bot.answers.matching import plain
from bot.answers.surroundings import Around
from bot.questions.words import load_words

_OWN, _LEAD, _EARLIER, _NEAR = 1.0, 0.85, 0.65, 0.25
"""How much a piece counts in the clause of a figure, the opening of its sentence, earlier in it, and near by."""
_TELLING = 4
_SINGLE = 0.5
_HEAD = 2


class Likeness(NamedTuple):
    """The ``share`` of a question's weight that stands around a figure, 0 to 1; whether some word of it stands in the
    figure's ``own`` clause; and whether of each word something stands there or in the lead (``whole``)."""

    share: float
    own: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters that the body's sentences have in pairs, or a single one, with the weight of each character;
    ``pieces`` are its pairs, or itself."""

    weights: tuple[float, ...]
    pieces: tuple[str, ...]

    def nearness(self, around: Around) -> list[float]:
        """How near each character stands to a figure, in any of its pairs or, of a single one, by itself, 0 to 1."""
        near = [_nearness(piece, around) for piece in self.pieces]
        return list(map(max, [0.0, *near], [*near, 0.0])) if len(self.weights) > 1 else near


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and its weight with that of what no sentence of the body has; ``telling``: it is enough to know
    a figure by (电费 is not, where 水电费 is asked)."""

    words: tuple[Word, ...]
    weight: float
    text: str
    telling: bool

    def likeness(self, around: Around) -> Likeness:
        """How much of the weight stands around a figure, and where."""
        near = [word.nearness(around) for word in self.words]
        said = sum(weight * share for word, shares in zip(self.words, near, strict=True)
                   for weight, share in zip(word.weights, shares, strict=True))  # fmt: skip
        nearest = [max(shares) for shares in near if len(shares) > 1]
        return Likeness(said / self.weight, self.telling and _OWN in nearest, min(nearest, default=0.0) >= _LEAD)


def _nearness(piece: str, around: Around) -> float:
    _, own, lead, earlier, near = around
    if piece in own:
        return _OWN
    if piece in lead:
        return _LEAD
    return _EARLIER if piece in earlier else _NEAR if piece in near else 0.0


@cache
def _said() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(load_words("loose")["said"], key=len, reverse=True))))


def without_loose(name: str) -> str:
    """A name for comparison without words that name nothing: 完成检查报告数量 → 检查报告."""
    return _said().sub("", plain(name))


def weigh(words: str, around: Sequence[Around]) -> Asked:
    """The words that the body's sentences have, the rarer the heavier, and the weight of those that they lack."""
    texts = list({"|".join(one[1:]) for one in around})
    found: list[Word] = []
    unknown, head = 0.0, ""
    for stretch in filter(None, map(plain, _said().split(words))):
        weights = _pair_weights(stretch, texts)
        runs = _runs(stretch, weights)
        head = _head_unknown(runs)
        found += [Word(_character_weights(run, weights), _pairs(run)) for run in runs if len(run) > 1]
        for left in _left_over(runs):
            count = _count(left, texts) if len(left) == 1 else 0
            if count:
                found.append(Word((_SINGLE * math.log(1 + len(texts) / count),), (left,)))
            else:
                unknown += math.log(1 + len(texts)) * max(len(left) - 1, _SINGLE)
    weight = sum(sum(word.weights) for word in found) + unknown
    telling = len(head) < _HEAD and _is_telling(found, all_known=not unknown)
    return Asked(tuple(found), weight, plain(words), telling)


def _is_telling(words: Sequence[Word], *, all_known: bool) -> bool:
    known = [len(word.weights) for word in words if len(word.weights) > 1]
    return sum(known) >= _TELLING or (all_known and (sum(known) > 2 or len(known) == len(words)))


def _head_unknown(runs: Sequence[str]) -> str:
    """What ends a stretch and stands in no sentence: 赔付 of 大病保险赔付 is what is asked for, the rest only says of what."""
    particles = load_words("loose")["particles"]
    return "".join(reversed(list(takewhile(lambda run: len(run) == 1 and run not in particles, reversed(runs)))))


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(map("".join, pairwise(run)))


def _count(piece: str, texts: Sequence[str]) -> int:
    """How many texts have a piece."""
    return sum(map(contains, texts, repeat(piece)))


def _pair_weights(stretch: str, texts: Sequence[str]) -> dict[str, float]:
    """The weights of the pairs of neighbouring characters that stand around any figure."""
    counts = {pair: _count(pair, texts) for pair in _pairs(stretch) if not pair.isascii()}
    return {pair: math.log(1 + len(texts) / count) for pair, count in counts.items() if count}


def _runs(stretch: str, weights: Collection[str]) -> list[str]:
    """A stretch cut wherever two neighbours are no known pair."""
    runs = [""]
    for character in stretch:
        if runs[-1] and runs[-1][-1] + character not in weights:
            runs.append("")
        runs[-1] += character
    return runs


def _character_weights(run: str, weights: Mapping[str, float]) -> tuple[float, ...]:
    """The weight of each character: that of the commoner of its pairs, and no more than its neighbours have.

    Two words that meet (整理好) make pairs that are rare and mean nothing.
    """
    pairs = [weights[pair] for pair in _pairs(run)]
    own = [min(pairs[max(place - 1, 0) : place + 1]) for place in range(len(run))]
    around = [max(own[max(place - 1, 0) : place] + own[place + 1 : place + 2]) for place in range(len(run))]
    return tuple(map(min, own, around))


def _left_over(runs: Iterable[str]) -> list[str]:
    """Characters in no known pair, those that stand together as one; particles left out."""
    particles = load_words("loose")["particles"]
    return "".join(run if len(run) == 1 and run not in particles else " " for run in runs).split()
