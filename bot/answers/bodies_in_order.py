"""Bodies in order of what they print of a metric, read in order from the index, each with its own figure."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, takewhile

from bot.answers.find import find_asked
from bot.answers.groups import Group, is_against_budget, is_budget_change
from bot.answers.knowledge_base import Amount, KnowledgeBase, Record
from bot.answers.measures import ACTUAL, BUDGET, acceptable
from bot.answers.totals import family_names, says_score, says_several, total_rows
from bot.models import Mention, Question
from knowledge.models import Measure
from knowledge.sort_keys import base_value, sort_key

DEFAULT = 10
MOST = 50
SCANNED = 4000
FEW = 200
"""So many bodies that are meant together are looked up one by one."""
_ONE = re.compile(r"最(?:高|低|多|少|大|小)|第一|垫底")


def metrics_of(base: KnowledgeBase, mention: Mention) -> tuple[int, ...]:
    """The metrics that the words name; of a total also those that other bodies print it as (总支出, 本年支出合计)."""
    named = [match.id for match in mention.matches if match.score >= mention.matches[0].score - 2]
    family = () if says_several(mention) else base.named_ids(tuple(family_names(mention)))
    return tuple(dict.fromkeys((*named, *family)))


def take(base: KnowledgeBase, question: Question, mention: Mention, metrics: tuple[int, ...], *,
         planned: bool = True) -> list[Group]:  # fmt: skip
    """The first groups in order, one a body; ``planned``: where few have spent anything, also bodies that print a budget
    alone."""
    wanted = min(question.count or DEFAULT, MOST + 1)
    if question.measures:
        measures = acceptable(question.measures[0], "")[0]
        return list(first_of(base, question, mention, metrics, measures, wanted).values())
    found = first_of(base, question, mention, metrics, ACTUAL, wanted)
    if planned and len(found) < wanted and not (found and first_only(question)):
        found = {**first_of(base, question, mention, metrics, BUDGET, wanted), **found}
    groups = sorted(found.values(), key=lambda group: group.value, reverse=question.descending)
    return groups[:wanted]


def first_of(base: KnowledgeBase, question: Question, mention: Mention, metrics: tuple[int, ...],
              measures: tuple[Measure, ...], wanted: int) -> dict[int, Group]:  # fmt: skip
    """Bodies in order of what they print in one of the measures."""
    meant = base.members(question.among) if question.among else None
    if meant is not None and len(meant) <= FEW:
        return _of_few(base, question, mention, measures, meant, wanted)
    own: dict[int, Group | None] = {}
    found: dict[int, Group] = {}
    if not metrics:
        return found
    amounts = takewhile(lambda amount: not _passed(question, amount), _stream(base, question, metrics, measures))
    of_meant = (amount for amount in amounts if meant is None or amount.agency_id in meant)
    for amount in islice(_with_bodies(base, of_meant, metrics[0]), SCANNED):
        body = amount.agency_id
        if body in found or not _holds(question, amount.value, amount.unit):
            continue
        if body not in own:
            own[body] = _own_figure(base, question, mention, body, measures)
        group = own[body]
        if group is not None and _equal(group.first, amount):
            found[body] = group
            if len(found) == wanted:
                break
    return found


def _of_few(base: KnowledgeBase, question: Question, mention: Mention, measures: tuple[Measure, ...],
            meant: frozenset[int], wanted: int) -> dict[int, Group]:  # fmt: skip
    """Few bodies in order, each looked up by itself."""
    found = {body: _own_figure(base, question, mention, body, measures) for body in sorted(meant)}
    groups = [
        group for group in found.values()
        if group is not None and group.first.measure in measures and _holds(question, group.first.value, group.first.unit)
    ]  # fmt: skip
    groups.sort(key=lambda group: group.first.sort_key, reverse=question.descending)
    return {group.first.agency_id: group for group in groups[:wanted]}


def _with_bodies(base: KnowledgeBase, stream: Iterator[Amount], metric_id: int) -> Iterator[Amount]:
    """The same amounts; what a look-up of the metric at their bodies will need is read for several at once."""
    while some := list(islice(stream, DEFAULT)):
        base.read_ahead(tuple({amount.agency_id: None for amount in some}), (metric_id,), total_rows(base))
        yield from some


def _equal(figure: Record, amount: Amount) -> bool:
    return (figure.sort_key, figure.base_unit, figure.year) == (amount.sort_key, amount.base_unit, amount.year)


def _own_figure(base: KnowledgeBase, question: Question, mention: Mention, agency_id: int,
                measures: tuple[Measure, ...]) -> Group | None:  # fmt: skip
    """What a look-up would show first for a body: the newest year, the main table, the widest scope."""
    outcome = find_asked(base, agency_id, mention, question)
    group = outcome.groups[0] if outcome.groups else None
    if group is not None and outcome.instead and not (measures is BUDGET and group.first.measure in BUDGET):
        return None
    if group is not None and (is_budget_change(group.first) or is_against_budget(group.first)):
        return None
    of_project = group is not None and group.first.subject is not None and says_score(group.first.metric)
    return None if of_project else group


def _stream(base: KnowledgeBase, question: Question, metrics: tuple[int, ...],
            measures: tuple[Measure, ...]) -> Iterator[Amount]:  # fmt: skip
    """Figures of all measures and years that answer, merged in order of amount; each part is read from the index."""
    parts = [
        base.ordered(metric, measure, year, descending=question.descending)
        for metric in metrics
        for measure, year in base.metric_years(metric, measures)
        if not question.years or year in question.years
    ]
    return heapq.merge(*parts, key=lambda amount: amount.sort_key, reverse=question.descending)


def _holds(question: Question, value: str, unit: str | None) -> bool:
    """Whether an amount is on the side of the threshold that is asked for, where there is one."""
    if question.threshold is None:
        return True
    bound = base_value(question.threshold, question.threshold_unit or unit)
    return compare(base_value(Decimal(value), unit), question.comparator, bound)


def compare(value: Decimal, comparator: str | None, bound: Decimal) -> bool:
    """Whether ``value comparator bound`` holds."""
    return {">": value > bound, "≥": value >= bound, "<": value < bound, "≤": value <= bound}.get(
        comparator or "=", value == bound
    )


def _passed(question: Question, amount: Amount) -> bool:
    """Whether the order has left the threshold behind."""
    threshold = question.threshold
    if threshold is None or (question.threshold_unit is None and threshold != 0):
        return False
    bound = sort_key(threshold, question.threshold_unit)
    if question.descending:
        return question.comparator in (">", "≥", "=") and amount.sort_key < bound
    return question.comparator in ("<", "≤", "=") and amount.sort_key > bound


def first_only(question: Question) -> bool:
    """Whether one place of the order is asked for (最高)."""
    return bool(_ONE.search(question.text)) and question.count is None
