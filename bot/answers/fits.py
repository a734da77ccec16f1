"""How well words fit what a body has figures of: exact name, the same but for a common ending, or all words contained."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from bot.answers.knowledge_base import Item
from bot.answers.matching import bare, ends_with, kind, opposite, pairs, plain, plain_names, stem
from knowledge.spelling import syllables
from knowledge.vocabulary.classification import names_by_code

ALIKE = 93.0
_LONG = 5
_OTHER = re.compile(r"^其他|(?:购置|购建|处置)(?:费|支出|数量)?$")
_YEAR = re.compile(r"^(?:19|20)\d\d年度?(?=.{2})")


class Meaning(NamedTuple):
    """How well words fit names, 0 to 100. ``exact``: they are a whole name; ``rest``: words left over; ``whole``: the name
    has all the characters of the words in order."""

    score: float
    exact: bool = False
    project: bool = False
    rest: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """An item and how words fit it, as a ``Meaning``; ``unsure``: too little alike to be taken without asking."""

    item: Item
    score: float
    exact: bool = False
    project: bool = False
    rest: str = ""
    whole: bool = False
    unsure: bool = False


@lru_cache(maxsize=65536)
def _project(subject: str) -> str:
    """A project's plain name without the year before it: 2022年绩效奖金 → 绩效奖金."""
    return _YEAR.sub("", plain(subject))


def fits(asked: str, item: Item) -> list[Fit]:
    """How plain words may mean an item: its metric, its project, or project and metric together."""
    if pairs(asked).isdisjoint(_all_pairs(item.names, item.subject)):
        return []
    return [Fit(item, *meaning) for meaning in _meanings(asked, item.names, item.subject)]


@lru_cache(maxsize=4096)
def _all_pairs(names: tuple[str, ...], subject: str | None) -> frozenset[str]:
    return frozenset().union(*(pairs(name) for name in plain_names((*names, subject or ""))))


@lru_cache(maxsize=16384)
def _meanings(asked: str, names: tuple[str, ...], subject: str | None) -> tuple[Meaning, ...]:
    """What words may mean where a metric has these names, its own first: the same in every body that prints them."""
    shared, project = pairs(asked), _project(subject) if subject else ""
    found: list[Meaning] = []
    if project and not shared.isdisjoint(pairs(project)):
        score, exact = (ALIKE, False) if _sounds_alike(asked, project) else _score(asked, project)
        if score and (exact or kind(asked) in (None, "money")):
            found.append(Meaning(score + 0.5 if exact else score - 1, exact, project=True))
    metric, *_ = spelled = plain_names(names)
    if opposite(asked, metric) or _another_kind(asked, metric):
        return tuple(found)
    named = [
        _fit_name(asked, name, metric, project, 0.0 if place == 0 else 0.5)
        for place, name in enumerate(spelled)
        if not shared.isdisjoint(pairs(name))
    ]
    best = max(filter(None, named), key=lambda meaning: meaning.score, default=None)
    return (*found, best) if best else tuple(found)


def _sounds_alike(asked: str, project: str) -> bool:
    """Whether a project's long name is typed with characters that sound the same: 补助姿金 for 补助资金."""
    return len(asked) == len(project) >= _LONG and asked != project and syllables(asked) == syllables(project)


def _fit_name(asked: str, name: str, metric: str, subject: str, less: float) -> Meaning | None:
    if len(name) < 2 or name == subject or (subject and stem(asked) == stem(subject)):
        return None
    score, exact = _score(asked, name)
    if less and not exact and is_class(asked):
        return None
    if score < ALIKE and less and not _shares(asked, metric):
        return None
    if exact:
        return Meaning(score - less - (2 if subject else 0), exact=not less)
    together = _together(asked, subject, name) if subject else 0.0
    contained = max(_contained(asked, name), _contained(asked, bare(name)))
    if together > max(score, contained):
        return Meaning(together - less)
    if contained > score:
        return Meaning(contained - less, rest=asked.replace(name if name in asked else bare(name), "", 1))
    whole = LCSseq.similarity(asked, name) == len(asked)
    return Meaning(score - less - (2 if subject else 0), whole=whole) if score else None


def is_class(asked: str) -> bool:
    """Whether plain words are an item of a classification, which an alias that is only like one does not mean: 行政运行 is
    no 行政运行经费."""
    return asked in _classes()


@cache
def _classes() -> frozenset[str]:
    return frozenset(map(plain, names_by_code().values()))


def _score(asked: str, name: str) -> tuple[float, bool]:
    if asked == name:
        return 100.0, True
    score = _likeness(asked, name) if len(asked) > 1 and len(name) > 1 else 0.0
    if not score or opposite(asked, name) or opposite(name, asked):
        return 0.0, False
    if kind(asked) and kind(name) and kind(asked) != kind(name):
        return 0.0, False
    if _other_thing(asked, name):
        return 0.0, False
    return score, False


def _likeness(asked: str, name: str) -> float:
    if stem(asked) == stem(name):
        return 95.0
    if turned(stem(asked), stem(name)):
        return 93.0
    common = LCSseq.similarity(asked, name)
    covered, filled = common / len(asked), common / len(name)
    if len(asked) - common > max(1, len(asked) // 8) or covered < 0.75:
        return 0.0
    contiguous = 4.0 if asked in name else 0.0
    return 60.0 * covered + 30.0 * filled + contiguous


def _shares(asked: str, metric: str) -> bool:
    """Whether the words have half of themselves in a metric's own name; an alias holds its surroundings too."""
    return 2 * LCSseq.similarity(asked, metric) >= len(asked)


def _another_kind(asked: str, metric: str) -> bool:
    """Whether persons or times are asked for and the metric is money, or the other way round."""
    known = kind(metric)
    return kind(asked) is not None and known is not None and kind(asked) != known


def _other_thing(asked: str, name: str) -> bool:
    """Whether a name is of something else than the words alone say: 其他…, …购置."""
    return bool(_OTHER.search(name)) and not _OTHER.search(asked)


def turned(asked: str, name: str) -> bool:
    """Whether two names have the same parts, one before the other: 建档立卡贫困人口受益 and 受益建档立卡贫困人口."""
    return len(asked) == len(name) >= 4 and asked in name * 2


def _contained(asked: str, name: str) -> float:
    """A name inside the words asked; the rest must fit where the figure stands, and one character before it is no word."""
    if len(name) < 3 or name not in asked or opposite(asked, name) or not ends_with(asked, name):
        return 0.0
    if len(asked) - len(name) == 1 and asked.endswith(name):
        return 0.0
    return 62.0 + 30.0 * len(name) / len(asked)


def _together(asked: str, subject: str, name: str) -> float:
    """Project and metric in one phrase: 三保项目各级财政实际补助标准."""
    part = next((part for part in (name, bare(name), stem(name), stem(bare(name))) if part in asked), "")
    rest = asked.replace(part, "", 1).removesuffix("项目")
    if len(part) < 2 or len(rest) < 2:
        return 0.0
    common = LCSseq.similarity(rest, subject) / len(rest)
    most = 97.0 if 2 * len(rest) >= len(subject) else 92.0
    return most * common - (part != name) if common >= 0.8 else 0.0
