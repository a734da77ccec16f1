"""From the words of a question to what a body has figures of: readings, the best first, or what is near."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.counts import counted_fits, counted_unit, same_unit
from bot.answers.knowledge_base import Item, KnowledgeBase
from bot.answers.matching import Fit, ends_with, fits, kind, plain
from bot.models import Mention, Question

CLEAR = 6.0
GOOD = 84.0
LEFT_OVER = 74.0
_MONEY_WORDS = re.compile(r"花|钱|元|费|支出|收入|资金|金额|经费")


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a mention: items of one metric, or one project. ``rest``: words that must fit the context."""

    items: tuple[Item, ...]
    score: float
    exact: bool = False
    project: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Readings, the best first; ``near`` are items that fit less."""

    readings: tuple[Reading, ...] = ()
    near: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Items of the best reading."""
        return self.readings[0].items if self.readings else ()


def resolve(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question | None = None) -> Resolution:
    """What of a body's figures a mention may mean."""
    if question is not None and question.code and not mention.matches:
        coded = base.code_items(agency_id, question.code)
        if coded:
            return Resolution((Reading(coded, 100.0, exact=True),))
    asked = plain(mention.text)
    if len(asked) < 2:
        return Resolution()
    named = _named_exactly(base, agency_id, mention)
    if named:
        return Resolution((Reading(named, 100.0, exact=True),))
    spellings = dict.fromkeys((asked, plain(_brackets_first(mention.text))))
    items = _possible_items(base, agency_id, mention)
    found = [fit for item in items for spelling in spellings for fit in fits(spelling, item)]
    found += _known_fits(items, mention)
    unit = counted_unit(question.unit) if question else None
    if unit:
        found += counted_fits(mention.text, items, unit)
    found.sort(key=lambda fit: -fit.score)
    near = tuple(dict.fromkeys(fit.item for fit in found))[:6]
    good = [fit for fit in found if fit.score >= (LEFT_OVER if fit.rest else GOOD)]
    if not good:
        good = _alone(found, asked)
    return Resolution(tuple(_readings(good, question)), near)


def _possible_items(base: KnowledgeBase, agency_id: int, mention: Mention) -> tuple[Item, ...]:
    """What a body has figures of; of a name typed in letters only what the name index found by its sound."""
    if not (mention.text.isascii() and mention.matches):
        return base.items(agency_id)
    ids = sorted({match.id for match in mention.matches})
    return tuple(item for metric_id in ids for item in base.metric_items(agency_id, metric_id))


def _brackets_first(text: str) -> str:
    """What stands in brackets after a name says where it belongs: 补助资金（城乡居民医保） → 城乡居民医保补助资金."""
    return re.sub(r"^(.+?)（(.+)）$", r"\2\1", text)


def _named_exactly(base: KnowledgeBase, agency_id: int, mention: Mention) -> tuple[Item, ...]:
    """Items of the metric whose full name the words are."""
    if not mention.matches or mention.rest or mention.matches[0].kind != "exact":
        return ()
    return base.metric_items(agency_id, mention.matches[0].id) if mention.matches[0].id else ()


def _known_fits(items: Iterable[Item], mention: Mention) -> list[Fit]:
    """Items that the name index found in the words, by sound, likeness or everyday name too."""
    known = {match.id: match for match in reversed(mention.matches)}
    rest = plain(mention.rest)
    found = []
    for item in items:
        match = known.get(item.metric_id)
        if match is None or (match.kind == "alias" and match.score >= 97 and not _has_name(item, mention)):
            continue
        if not _fits_ending(mention, item):
            continue
        score = match.score - (2 if item.subject else 0)
        if len(rest) >= 2:
            found.append(Fit(item, min(62 + 0.3 * score, score), rest=rest))
        else:
            found.append(Fit(item, max(score, GOOD + 1) if score >= 78 else score, exact=match.score >= 99.5))
    return found


def _fits_ending(mention: Mention, item: Item) -> bool:
    """Words right after a known name make another name of it (培训 and 培训人数), unless they stand in brackets."""
    asked, rest = plain(_brackets_first(mention.text)), plain(mention.rest.split(" ")[-1])
    counted, known = kind(asked), kind(plain(item.metric))
    if counted and known and counted != known:
        return False
    return not rest or not asked.endswith(rest) or ends_with(asked, asked.removesuffix(rest))


def _has_name(item: Item, mention: Mention) -> bool:
    words = plain(mention.text)
    return any(len(plain(name)) >= 2 and plain(name) in words for name in item.names)


def _readings(good: list[Fit], question: Question | None) -> list[Reading]:
    """Fits of one metric or project put together, the best first; of equals those of the kind that is asked for."""
    groups: dict[tuple[object, ...], list[Fit]] = {}
    for fit in good:
        key = ("project", fit.item.subject) if fit.project else ("metric", fit.item.metric_id, fit.rest)
        groups.setdefault(key, []).append(fit)
    readings = [
        Reading(
            tuple(dict.fromkeys(fit.item for fit in group)),
            group[0].score,
            group[0].exact,
            group[0].project,
            group[0].rest,
        )
        for group in groups.values()
    ]
    if question is not None and len(readings) > 1:
        readings.sort(
            key=lambda reading: (-round(reading.score / CLEAR), not right_kind(reading, question), -reading.score)
        )
    return readings


def right_kind(reading: Reading, question: Question) -> bool:
    """Whether the items count what is asked: money unless a counting unit is said."""
    bases = {unit for item in reading.items for unit in item.units}
    unit = counted_unit(question.unit)
    return any(same_unit(base, unit) for base in bases) if unit else "元" in bases


def _alone(found: list[Fit], asked: str) -> list[Fit]:
    """The one metric whose name contains all the words: 疫苗接种费用 and only 新冠病毒疫苗接种费用; several: all of them."""
    inside = [fit for fit in found if not fit.rest and not fit.project and asked in plain(fit.item.label)]
    if inside:
        return inside
    return [fit for fit in found[:1] if len(asked) >= 4 and fit.score >= 78 and not fit.rest]
