"""The parts of a total as a report prints them: one division of it, never two mixed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from bot.answers.groups import Group, build_groups, rounding, total_split, value_of
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain
from bot.answers.measures import ACTUAL
from knowledge.text import squeeze
from knowledge.vocabulary import metrics

MOST_ITEMS = 500
_LISTED = re.compile(r">(?:\d{1,2}|（\d{1,2}）)$")


def find_parts(base: KnowledgeBase, total: Group) -> list[Group]:
    """What a figure is made of, one figure per name, in printed order; empty where the report names no parts.

    Figures whose parent it is, else those behind 其中 in its own sentence. Where a report divides a total in several ways
    (基本支出 and 项目支出, the classes of expenditure, budgets), each division that adds up to it is shown, the one printed
    beside the total first; where none adds up, the division beside the total alone, if no part is more than the total.
    """
    first = total.first
    divisions = _divide(_children(base, first) or _same_sentence(base, first))
    shown = [_one_each(records, first) for records in divisions]
    whole = sorted((groups for groups in shown if _adds_up(groups, total)), key=lambda groups: _apart(groups, first))
    if whole:
        return _without_repeats(whole)
    possible = [groups for groups in shown if not any(_exceeds(group, total) for group in groups)]
    return min(possible, key=lambda groups: (_apart(groups, first), -len(groups)), default=[])


def _exceeds(part: Group, total: Group) -> bool:
    """Whether a part is more than the total, so that it is one of another total of that name."""
    return abs(part.value) > abs(total.value) + rounding(total.first)


def _without_repeats(divisions: Sequence[list[Group]]) -> list[Group]:
    """The divisions one behind the other; one that repeats a name of an earlier one says the same in other words."""
    kept: list[Group] = []
    seen: set[str] = set()
    for groups in divisions:
        names = {plain(group.first.metric) for group in groups}
        if not names & seen:
            kept += groups
            seen |= names
    return kept


def _children(base: KnowledgeBase, total: Record) -> list[Record]:
    metric_id = base.metric_id(total.metric)
    known = base.metric_names(metric_id) if metric_id is not None else ()
    names = {plain(total.metric), *map(plain, known)}
    itself = {*names, plain(total.subject or total.metric)}
    parents = [parent for parent in base.parents(total.agency_id) if plain(parent) in names]
    found = _parts_of(base, total, parents, itself)
    between = _not_printed(base, total, {record.metric for record in found})
    return [*found, *_parts_of(base, total, between, itself)]


def _parts_of(base: KnowledgeBase, total: Record, parents: Sequence[str], itself: Collection[str]) -> list[Record]:
    records = base.parts(total.agency_id, parents, total.year) if parents else []
    return [record for record in records if plain(record.metric) not in itself and _alike(record, total)]


def _not_printed(base: KnowledgeBase, total: Record, printed: Collection[str]) -> list[str]:
    """Standard parts of a standard total that stand in no row, so that their own parts are its parts:
    公务用车购置及运行维护费 where a table has 购置费 and 运行维护费 alone."""
    standard = (metric.name for metric in metrics().values() if metric.parent == total.metric)
    known = base.parents(total.agency_id)
    return [name for name in standard if name not in printed and name in known]


def _same_sentence(base: KnowledgeBase, total: Record) -> list[Record]:
    """Figures behind 其中 where the total stands before it: 执法执勤用车 is a part itself, not what follows it."""
    quote, printed = squeeze(total.quote), squeeze(total.printed)
    if "其中" not in quote.partition(printed)[2]:
        return []
    ids = tuple({item.metric_id for item in base.items(total.agency_id)})
    if len(ids) > MOST_ITEMS:
        return []
    return [
        record for record in base.records(total.agency_id, ids)
        if record.report_id == total.report_id and record.quote_start == total.quote_start and record.start > total.start
        and _alike(record, total) and record.metric_id != total.metric_id
        and (record.parent is None or plain(record.parent) == plain(total.metric))
        and not _between(total, record, quote)
    ]  # fmt: skip


def _between(total: Record, record: Record, quote: str) -> bool:
    """Whether the figure stands before 其中, beside the total."""
    behind = quote.partition(squeeze(total.printed))[2].partition("其中")[2]
    return squeeze(record.printed) not in behind


def _alike(record: Record, total: Record) -> bool:
    spent = record.measure in ACTUAL and total.measure in ACTUAL
    return (
        record.year == total.year and (spent or record.measure == total.measure)
        and record.base_unit == total.base_unit and (record.subject == total.subject or total.subject is None)
    )  # fmt: skip


def _divide(records: Sequence[Record]) -> list[list[Record]]:
    """Figures that divide a total in one way: of one section or the items of a list (（二）>1, （二）>2), the columns of its
    row apart from the rows below it."""
    divisions: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        own_column = record.split is not None and record.split == record.metric
        section = _LISTED.sub("", record.section)
        divisions.setdefault((record.report_id, section, own_column), []).append(record)
    return list(divisions.values())


def _adds_up(groups: Sequence[Group], total: Group) -> bool:
    if len(groups) < 2:
        return False
    slack = sum((rounding(group.first) for group in groups), rounding(total.first))
    return abs(sum((group.value for group in groups), Decimal(0)) - total.value) <= slack


def _apart(groups: Sequence[Group], total: Record) -> tuple[object, ...]:
    """How far a division stands from the total: another sentence, another section, an appended report."""
    first = groups[0].first
    return (
        first.report_id != total.report_id,
        first.section != total.section,
        first.quote_start != total.quote_start,
        (first.rank <= 1) != (total.rank <= 1),
        first.scope != total.scope,
        len(groups),
        first.start,
    )


def _one_each(records: Sequence[Record], total: Record) -> list[Group]:
    """The best occurrence of each name: same side of the report, column and scope as the total first."""
    named: dict[tuple[str, str | None], list[Record]] = {}
    for record in records:
        named.setdefault((plain(record.metric), record.subject), []).append(record)
    groups = [min(build_groups(same), key=lambda group: _distance(group.first, total)) for same in named.values()]
    return sorted(groups, key=lambda group: min(record.start for record in group.records))


def _distance(record: Record, total: Record) -> tuple[object, ...]:
    return (
        (record.rank <= 1) != (total.rank <= 1),
        record.parent != total.metric,
        total_split(record) != total_split(total),
        record.scope != total.scope,
        record.report_id != total.report_id,
        record.rank,
        value_of(record) == 0,
        record.start,
    )
