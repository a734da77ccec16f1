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
from itertools import pairwise
from typing import NamedTuple

from bot.answers.matching import plain
from bot.answers.surroundings import Around
from bot.questions.words import load_words

_SHARES = (1.0, 0.85, 0.65, 0.25)
"""How much a piece counts in the clause of a figure, the opening of its sentence, earlier in it, and near by."""
_OWN, _LEAD, *_ = _SHARES
_TELLING = 4
_SINGLE = 0.5


class Likeness(NamedTuple):
    """The ``share`` of a question's weight that stands around a figure, 0 to 1; whether some word of it stands in the
    figure's ``own`` clause; and whether of each word something stands there or in the lead (``whole``)."""

    share: float
    own: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters that the body's sentences have in pairs, with the weight of each; or one that they lack."""

    text: str
    weights: tuple[float, ...]

    def nearness(self, around: Around) -> list[float]:
        """How near each character stands to a figure, in any of its pairs or, of a single one, by itself, 0 to 1."""
        if len(self.text) == 1:
            return [_nearness(self.text, around)]
        pairs = [_nearness(pair, around) for pair in map("".join, pairwise(self.text))]
        return [max(near) for near in zip([0.0, *pairs], [*pairs, 0.0], strict=True)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and the weight of what no sentence of the body has."""

    words: tuple[Word, ...]
    unknown: float
    text: str

    def likeness(self, around: Around) -> Likeness:
        """How much of the weight stands around a figure, and where."""
        near = [word.nearness(around) for word in self.words]
        said = sum(weight * share for word, shares in zip(self.words, near, strict=True)
                   for weight, share in zip(word.weights, shares, strict=True))  # fmt: skip
        total = sum(sum(word.weights) for word in self.words) + self.unknown
        nearest = [max(shares) for shares in near if len(shares) > 1]
        return Likeness(said / total, self._is_telling() and _OWN in nearest, min(nearest, default=0.0) >= _LEAD)

    def _is_telling(self) -> bool:
        """Whether the words are enough to know a figure by: 电费 is not, where 水电费 is asked."""
        known = [word.text for word in self.words if len(word.text) > 1]
        length = sum(map(len, known))
        return length >= _TELLING or (not self.unknown and (length > 2 or len(known) == len(self.words)))


def _nearness(piece: str, around: Around) -> float:
    return next((share for share, stretch in zip(_SHARES, around[1:], strict=True) if piece in stretch), 0.0)


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
    unknown = 0.0
    for stretch in map(plain, _said().split(words)):
        weights = _pair_weights(stretch, texts)
        runs = _runs(stretch, weights)
        found += [Word(run, _character_weights(run, weights)) for run in runs if len(run) > 1]
        for left in _left_over(runs):
            count = sum(left in text for text in texts) if len(left) == 1 else 0
            if count:
                found.append(Word(left, (_SINGLE * math.log(1 + len(texts) / count),)))
            else:
                unknown += math.log(1 + len(texts)) * max(len(left) - 1, _SINGLE)
    return Asked(tuple(found), unknown, plain(words))


def _pair_weights(stretch: str, texts: Sequence[str]) -> dict[str, float]:
    """The weights of the pairs of neighbouring characters that stand around any figure."""
    pairs = [pair for pair in map("".join, pairwise(stretch)) if not pair.isascii()]
    counts = {pair: sum(pair in text for text in texts) for pair in pairs}
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
    pairs = [weights[pair] for pair in map("".join, pairwise(run))]
    own = [min(pairs[max(place - 1, 0) : place + 1]) for place in range(len(run))]
    around = [max(own[max(place - 1, 0) : place] + own[place + 1 : place + 2]) for place in range(len(run))]
    return tuple(map(min, own, around))


def _left_over(runs: Iterable[str]) -> list[str]:
    """Characters in no known pair, those that stand together as one; particles left out."""
    particles = load_words("loose")["particles"]
    return "".join(run if len(run) == 1 and run not in particles else " " for run in runs).split()
