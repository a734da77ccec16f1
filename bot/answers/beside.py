"""What stands beside one figure: completion, change on the year before, its parts."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.alike import show_alike
from bot.answers.drafts import Draft
from bot.answers.groups import build_groups
from bot.answers.knowledge_base import Record
from bot.answers.measures import ACTUAL, BUDGET
from bot.answers.outcome import Outcome
from bot.answers.parts import find_parts

_CHANGES = ("完成率", "增减额", "增减率")
MAX_PARTS = 8


def show_beside(draft: Draft, outcome: Outcome) -> None:
    """Add completion and change of the first figure, and its parts where there are any."""
    first = outcome.groups[0].first
    if first.measure not in ACTUAL or show_alike(draft, outcome) or outcome.mention.rest:
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
