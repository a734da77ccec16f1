"""What stands beside one figure: completion, change on the year before, its parts."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.drafts import Draft
from bot.answers.find import Outcome
from bot.answers.groups import Group, build_groups, total_split
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain
from bot.answers.measures import ACTUAL, BUDGET

_CHANGES = ("完成率", "增减额", "增减率")
MAX_PARTS = 8


def show_beside(draft: Draft, outcome: Outcome) -> None:
    """Add completion and change of the first figure, and its parts where there are any."""
    first = outcome.groups[0].first
    if first.measure not in ACTUAL or outcome.mention.rest:
        return
    for measure in _CHANGES:
        same = [
            record for record in outcome.records
            if record.measure == measure and record.year == first.year and record.scope == first.scope
            and record.subject == first.subject and (record.rank <= 1) == (first.rank <= 1)
            and tells_of_actual(record, outcome.records)
        ]  # fmt: skip
        if same:
            draft.show(build_groups(same)[0])
    for group in find_parts(draft.base, outcome.groups[0])[:MAX_PARTS]:
        draft.show(group)


def tells_of_actual(change: Record, records: Iterable[Record]) -> bool:
    """Whether a change or rate is one of what was spent or counted, not of its budget alone.

    The amount of the same thing printed nearest before it decides, or one in the same sentence.
    """
    before = [
        record for record in records
        if record.report_id == change.report_id and record.metric_id == change.metric_id
        and record.subject == change.subject and record.start < change.start and record.measure in (*ACTUAL, *BUDGET)
    ]  # fmt: skip
    if not before or max(before, key=lambda record: record.start).measure in ACTUAL:
        return True
    return any(record.measure in ACTUAL and record.quote_start == change.quote_start for record in before)


def find_parts(base: KnowledgeBase, total: Group) -> list[Group]:
    """What a figure is made of: figures whose parent it is, of the same year and kind, one per name, in printed order.

    Without any, the figures that follow it in the same sentence.
    """
    first = total.first
    metric_id = base.metric_id(first.metric)
    known = base.metric_names((metric_id,)).get(metric_id, []) if metric_id is not None else []
    names = {plain(first.metric), *map(plain, known)}
    children = tuple(
        number
        for number, metric, parent in base.parents(first.agency_id)
        if plain(parent) in names and plain(metric) not in names
    )
    records: list[Record] = []
    if children:
        found = base.records(first.agency_id, tuple(dict.fromkeys(children)))
        records = [
            record for record in found if record.parent and plain(record.parent) in names and _alike(record, first)
        ]
    if not records:
        records = _same_sentence(base, first)
    return _one_each(records, first)


def _alike(record: Record, total: Record) -> bool:
    return (
        record.year == total.year and record.measure in ACTUAL and total.measure in ACTUAL
        and record.base_unit == total.base_unit and (record.subject == total.subject or total.subject is None)
    )  # fmt: skip


def _same_sentence(base: KnowledgeBase, total: Record) -> list[Record]:
    if "其中" not in total.quote:
        return []
    ids = tuple({item.metric_id for item in base.items(total.agency_id)})
    if len(ids) > 500:
        return []
    return [
        record for record in base.records(total.agency_id, ids)
        if record.report_id == total.report_id and record.quote_start == total.quote_start and record.start > total.start
        and _alike(record, total) and record.metric_id != total.metric_id
    ]  # fmt: skip


def _one_each(records: list[Record], total: Record) -> list[Group]:
    """The best occurrence of each name: same side of the report, column and scope as the total first."""
    named: dict[tuple[str, str | None], list[Record]] = {}
    for record in records:
        named.setdefault((plain(record.metric), record.subject), []).append(record)
    groups = {
        key: min(build_groups(same), key=lambda group: _distance(group.first, total)) for key, same in named.items()
    }
    order = {id(record): place for place, record in enumerate(sorted(records, key=lambda record: record.start))}
    return sorted(groups.values(), key=lambda group: order.get(id(group.first), 0))


def _distance(record: Record, total: Record) -> tuple[object, ...]:
    return (
        (record.rank <= 1) != (total.rank <= 1),
        record.parent != total.metric,
        total_split(record) != total_split(total),
        record.scope != total.scope,
        record.report_id != total.report_id,
        record.rank,
        record.start,
    )
