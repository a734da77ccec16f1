"""What else words may mean of a body's figures, where a reading of them has some: whether it must be asked about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.counts import counted_unit
from bot.answers.groups import Group
from bot.answers.knowledge_base import Item, KnowledgeBase
from bot.answers.matching import plain, stem
from bot.answers.of_reading import figures_of
from bot.answers.outcome import Outcome
from bot.answers.projects import says_part
from bot.answers.readings import CLEAR, Reading, reading_of, right_kind, whole_project
from bot.models import Mention, Question
from knowledge.models import Measure

TRIED = 12
NEARLY_EXACT = 95.0
EQUAL = 0.4
MOST_TWICE, NEARLY = 2, 50
_COUNTED = {"人", "人次", "家", "个", "户", "名"}


def rivals(
    reading: Reading,
    others: Sequence[Reading],
    base: KnowledgeBase,
    agency_id: int,
    question: Question,
    *,
    literal: bool = False,
) -> list[Item]:
    """Items of other readings that fit nearly as well; of a count, those that the words name in part (参保人数)."""
    if reading.exact:
        return [] if literal else _kinds_of_count(base, agency_id, reading)
    margin = CLEAR if reading.score < NEARLY_EXACT else EQUAL
    close = [
        other for other in others if other.score >= reading.score - margin and bool(other.rest) == bool(reading.rest)
    ]
    kind = right_kind(reading, question)
    return [item for other in close if right_kind(other, question) or not kind for item in other.items]


def saying_all(reading: Reading, near: Sequence[Item]) -> list[Item]:
    """Items whose own name says the words that a reading finds only around its figure: 城乡居民 beside 参保人数."""
    rest, own = plain(reading.rest), {item.metric_id for item in reading.items}
    units = {unit for item in reading.items for unit in item.units}
    return [
        item
        for item in near
        if len(rest) >= 2 and rest in plain(item.metric) and item.metric_id not in own and units & set(item.units)
    ]


def other_projects(base: KnowledgeBase, agency_id: int, mention: Mention, reading: Reading) -> list[Item]:
    """Other projects that the words beside a metric are as much a part of: 地方配套 of two projects' names."""
    subject = reading.items[0].subject
    if subject is None or reading.project or not says_part(mention.rest, subject):
        return []
    rest, own = stem(plain(mention.rest)), stem(plain(subject))
    others = () if rest == own else base.subjects(agency_id)
    named = [other for other in others if stem(plain(other)) != own and says_part(mention.rest, other)]
    return [whole_project(tuple(item for item in base.items(agency_id) if item.subject == other)) for other in named]


def agree(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, outcome: Outcome,
           rivals: Sequence[Item], year: int | None, measure: Measure | None) -> bool:  # fmt: skip
    """Whether the rivals say the same value, so that it does not matter which is meant."""
    if not outcome.groups or len(rivals) > TRIED:
        return False
    first = outcome.groups[0].first
    for item in rivals:
        other = figures_of(base, agency_id, mention, question, reading_of(item), year or outcome.year, measure)
        if not other.groups or (other.groups[0].first.sort_key, other.groups[0].first.base_unit) != (
            first.sort_key,
            first.base_unit,
        ):
            return False
    return True


def printed_twice(
    base: KnowledgeBase, outcome: Outcome, question: Question, rivals: Sequence[Item]
) -> tuple[Group, ...]:
    """What rivals say of a count, where it is nearly the same number: a report that counts 4286 人次 here and 4268 人次 there."""
    if not outcome.groups or counted_unit(question.unit) is None or len({item.label for item in rivals}) > MOST_TWICE:
        return ()
    first = outcome.groups[0]
    others = [
        figures_of(base, outcome.agency_id, outcome.mention, question, reading_of(item), outcome.year, outcome.measure)
        for item in rivals
    ]
    found = tuple(other.groups[0] for other in others if other.groups)
    near = all(
        group.first.base_unit == first.first.base_unit and abs(group.value - first.value) * NEARLY <= abs(first.value)
        for group in found
    )
    return found if near and len(found) == len(rivals) else ()


def printing(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, rivals: list[Item],
              year: int | None, measure: Measure | None) -> list[Item]:  # fmt: skip
    """Of rivals those that have what was asked for, where a measure is said: 目标值 of 参保人数."""
    if measure is None or len(rivals) > TRIED:
        return rivals
    found = ((item, figures_of(base, agency_id, mention, question, reading_of(item), year, measure)) for item in rivals)
    return [item for item, outcome in found if outcome.groups and not outcome.instead]


def _kinds_of_count(base: KnowledgeBase, agency_id: int, reading: Reading) -> list[Item]:
    """参保人数 stands among 城乡居民参保人数 and 城镇职工参保人数: which is meant must be asked."""
    item = reading.items[0]
    if reading.project or not set(item.units) & _COUNTED:
        return []
    name = plain(item.metric)
    kinds = [other for other in base.items(agency_id) if other.metric_id != item.metric_id and set(other.units) & set(item.units) and _is_kind_of(name, other)]  # fmt: skip
    return kinds if len({other.metric_id for other in kinds}) >= 2 else []


def _is_kind_of(name: str, other: Item) -> bool:
    part = name in map(plain, other.parents)
    return not part and any(plain(alias).endswith(name) and len(plain(alias)) > len(name) for alias in other.names)
