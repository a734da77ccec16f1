"""Figures found by the words of the sentences that print them, where no name fits: 派了几个人去医院当驻院监督员.

A figure is taken only when the words around it say most of the question and it stands clear of all others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answers.counts import counted_unit, same_unit
from bot.answers.groups import build_groups
from bot.answers.knowledge_base import Item, KnowledgeBase, Record
from bot.answers.matching import kind, opposite, plain
from bot.answers.measures import ACTUAL, BUDGET, acceptable
from bot.answers.outcome import Outcome
from bot.answers.surroundings import surroundings
from bot.answers.word_weights import Likeness, weigh, without_loose
from bot.models import Mention, Question
from bot.questions.facets.units import is_money
from bot.questions.words import load_words
from knowledge.models import Measure
from knowledge.vocabulary import metrics
from knowledge.vocabulary.classification import names_by_code

SURE, LIKELY = 0.74, 0.45
SAME, EQUAL = 0.15, 0.05
MOST_LIKELY = 4
_NAME, _SHORTEST = 4, 2
TAKEN = ((0.95, 0.12, True), (SURE, SAME, True), (0.6, 0.3, True), (0.6, 0.5, False))
"""The least share of a figure that is taken, how far ahead of all others, and whether each word must stand right by it."""
_PLANNED = re.compile("预算(?!执行|完成)")
_OPERATIONS = ("lookup", "verification", "citation", "ranking")
_PERCENT = ("%", "‰")
_PERSONS, _PERSON = ("人数", "人员"), "人"
_RATES: tuple[Measure, ...] = ("完成率", "占比")


@dataclass(frozen=True, slots=True)
class _Likely:
    """Figures of one value, and how the words around the likeliest of them say what is asked."""

    records: tuple[Record, ...]
    likeness: Likeness


def find_in_words(base: KnowledgeBase, outcome: Outcome, question: Question, year: int | None) -> Outcome:
    """What the sentences of the reports say in the words asked, where no name fits; the nearest where it is unclear.

    Only of a body that is named: among the words left over may be a body that is not known.
    """
    mention = outcome.mention
    if _is_named(mention) or not question.agencies or question.operation not in _OPERATIONS:
        return outcome
    words = f"{question.within or ''} {mention.full or mention.text}"
    likely = _find_likely(base, outcome.agency_id, words, question, year=year, measure=outcome.measure)
    if not likely:
        return outcome
    taken, named = _the_one(likely, words), _holding_the_words(outcome.items, question, mention)
    if taken is not None and named and not {item.metric_id for item in named} & _metric_ids(taken):
        items = (*_items_of(base, outcome.agency_id, [taken]), *named)
        return replace(outcome, problem="ambiguous", items=items)
    if taken is not None and any(_is_qualified(mention, record) for record in taken.records):
        return replace(outcome, items=_items_of(base, outcome.agency_id, [taken]))
    if taken is not None:
        groups = tuple(build_groups(taken.records))
        return replace(outcome, groups=groups, year=taken.records[0].year, problem=None, items=(), in_words=True)
    items = _items_of(base, outcome.agency_id, likely)
    sure = likely[0].likeness.own and likely[0].likeness.share >= SURE
    return replace(outcome, problem="ambiguous" if sure else outcome.problem, items=items)


def _is_qualified(mention: Mention, record: Record) -> bool:
    """Whether the words are a figure's whole name and something more, most of which nothing around it says: 退休公务接待费."""
    asked = plain(mention.text)
    names = (record.metric, *(json.loads(record.aliases) if record.aliases else ()))
    name = max((name for name in map(plain, names) if name in asked), key=len, default="")
    rest = without_loose(asked.replace(name, "", 1)) if len(name) >= _SHORTEST else ""
    around = "".join(
        plain(place or "")
        for place in (record.quote, record.section, record.parent, record.subject, record.scope, record.split)
    )
    pairs = [rest[place : place + 2] for place in range(len(rest) - 1)]
    return bool(pairs) and 2 * sum(pair in around for pair in pairs) < len(pairs)


def _holding_the_words(items: Iterable[Item], question: Question, mention: Mention) -> list[Item]:
    """Items whose names hold all the words: 医疗救助人员住院次数 of 住院, which a sentence on something else may say too."""
    words, counted = plain(mention.text), counted_unit(question.unit)
    return [
        item for item in items
        if any(words in plain(name) for name in item.names) and not (counted and all(map(is_money, item.units)))
    ]  # fmt: skip


def _metric_ids(likely: _Likely) -> set[int]:
    return {record.metric_id for record in likely.records}


def _is_named(mention: Mention) -> bool:
    """Whether the words are a term or another body's metric: a sentence that has them is then about something else."""
    best = mention.matches[0] if mention.matches and len(mention.rest) < 2 else None
    if best is not None and (best.name in metrics() or (best.kind == "exact" and not mention.rest)):
        return True
    return mention.text in names_by_code().values()


def _items_of(base: KnowledgeBase, agency_id: int, likely: Sequence[_Likely]) -> tuple[Item, ...]:
    keys = dict.fromkeys((one.records[0].metric_id, one.records[0].subject) for one in likely[:MOST_LIKELY])
    return tuple(item for key in keys for item in base.metric_items(agency_id, key[0]) if item.subject == key[1])


def _find_likely(base: KnowledgeBase, agency_id: int, words: str, question: Question, *, year: int | None,
                  measure: Measure | None) -> list[_Likely]:  # fmt: skip
    """Figures of a body that the words may mean, the likeliest first, with those that come near it."""
    around = surroundings(base, agency_id)
    asked = weigh(words, around)
    if not asked.words:
        return []
    measures, answers = _measures_wanted(question, measure), _unit_wanted(words, question)
    wanted = [
        one for one in around
        if (year is None or one.record.year == year) and one.record.measure in measures and answers(one.record.unit)
    ]  # fmt: skip
    found = [(likeness, one) for one in wanted if (likeness := asked.likeness(one)).share >= LIKELY]
    likely = [(likeness, one.record) for likeness, one in found if not opposite(asked.text, one.own)]
    if year is None and likely:
        best = max(likeness.share for likeness, _ in likely)
        year = max(record.year for likeness, record in likely if likeness.share >= best - SAME)
    return _by_value((likeness, record) for likeness, record in likely if record.year == year)


def _the_one(found: Sequence[_Likely], words: str) -> _Likely | None:
    """The figure that is meant: the first where it stands clear, or of equals the only one whose whole name is said."""
    if _stands_clear(found):
        return found[0]
    best = found[0].likeness.share
    equal = [one for one in found if one.likeness.share >= max(best - EQUAL, SURE)]
    named = [one for one in equal if one.likeness.own and _says_name(words, one.records[0].metric)]
    return named[0] if len(named) == 1 else None


def _says_name(words: str, metric: str) -> bool:
    """Whether words say all of a name, those aside that names nothing: 追回来多少违规医疗机构基金 all of 追回违规医疗机构基金."""
    name = without_loose(metric)
    return len(name) >= _NAME and set(name) <= set(plain(words))


def _stands_clear(found: Sequence[_Likely]) -> bool:
    """Whether the first says nearly all that is asked, and no other nearly as much."""
    first = found[0].likeness
    ahead = first.share - (found[1].likeness.share if len(found) > 1 else 0.0)
    return first.own and any(
        first.share >= least and ahead >= margin and (first.whole or not whole) for least, margin, whole in TAKEN
    )


def _by_value(found: Iterable[tuple[Likeness, Record]]) -> list[_Likely]:
    """Occurrences of one value put together, the likeliest first: they say the same, so that it does not matter which is meant."""
    same: dict[tuple[object, ...], list[tuple[Likeness, Record]]] = {}
    for likeness, record in sorted(found, key=lambda pair: -pair[0].share):
        same.setdefault((record.year, record.sort_key, record.base_unit), []).append((likeness, record))
    return [
        _Likely(tuple(record for likeness, record in some if likeness.share >= some[0][0].share - SAME), some[0][0])
        for some in same.values()
    ]


def _measures_wanted(question: Question, measure: Measure | None) -> frozenset[Measure]:
    """The measures that answer: those of the one asked for, else what was spent or counted, or planned where 预算 is said."""
    if measure is not None:
        return frozenset(one for tier in acceptable(measure, "") for one in tier)
    return frozenset(BUDGET if _PLANNED.search(question.text) else (*ACTUAL, *_RATES))


def _unit_wanted(words: str, question: Question) -> Callable[[str | None], bool]:
    """Whether a unit answers: persons where 几个人 is asked, money where 多少钱 or …资金 is, % where 百分之几 is."""
    counted = counted_unit(question.unit)
    if counted:
        groups = (load_words("loose")[name] for name in ("things", "persons"))
        alike = {unit for group in groups if counted in group for unit in group}
        return lambda unit: not unit or unit in alike or same_unit(unit, counted)
    text = plain(words)
    ending = kind(text)
    if is_money(question.unit) or _asks(question.text, "money") or ending == "money":
        return is_money
    if text.endswith(_PERSONS):
        return lambda unit: not unit or same_unit(unit, _PERSON)
    if ending == "count":
        return lambda unit: not is_money(unit) and unit not in _PERCENT
    if _asks(question.text, "percent"):
        return lambda unit: unit in _PERCENT
    return lambda unit: True


def _asks(text: str, what: str) -> bool:
    return any(word in text for word in load_words("loose")[what])
