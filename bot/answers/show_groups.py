"""The figures that one outcome has: the first as the answer, others of its name below it, and where they contradict it."""

from __future__ import annotations

from bot.answers.drafts import Draft
from bot.answers.groups import (
    Group,
    build_groups,
    contradicts,
    different_rows,
    interim_date,
    is_budget_change,
    rounding,
)
from bot.answers.measures import BUDGET, CHANGES
from bot.answers.outcome import Outcome
from bot.wording.places import render_place
from knowledge.findings import find_opposed


def show_groups(draft: Draft, outcome: Outcome) -> None:
    """The first figure as the answer, with the other change beside a change; others of the name below it."""
    first = outcome.groups[0]
    draft.show(first, asked=True)
    if outcome.in_words:
        draft.note("by_words")
    if outcome.measure in ("预算数", "增减额"):
        for group in outcome.groups[1:]:
            other = group.first.measure != first.first.measure and group.value != first.value
            if other and group.first.scope == first.first.scope:
                draft.show(group, asked=True)
    _show_other_change(draft, outcome)
    for group in [group for group in outcome.groups[1:] if not _column_beside(first, group)][:5]:
        interim = interim_date(group.first) != interim_date(first.first)
        if not interim and not _rounded_twin(first, group) and not _repeats(first, group):
            shown = draft.show(group)
            if shown and contradicts(first, group):
                draft.warn("contradiction", first=_place(first), second=_place(group))
            elif shown and different_rows(first.records, group.records):
                draft.note("same_name", metric=group.first.metric)
    _show_opposed(draft, first)
    if outcome.instead:
        draft.note("instead", asked=outcome.measure or "决算数（执行数）", measure=first.first.measure)


def _show_other_change(draft: Draft, outcome: Outcome) -> None:
    """The rate beside the amount of a change and the amount beside the rate, where the report prints both."""
    if outcome.measure not in CHANGES:
        return
    first = outcome.groups[0].first
    others = [
        record for record in outcome.records
        if record.measure in CHANGES and record.measure != first.measure and record.year == first.year
        and (record.metric_id, record.scope, record.subject) == (first.metric_id, first.scope, first.subject)
        and is_budget_change(record) == is_budget_change(first)
    ]  # fmt: skip
    for group in build_groups(others)[:1]:
        draft.show(group, asked=True)


def _show_opposed(draft: Draft, first: Group) -> None:
    """The other value of a score that the report prints elsewhere, under the name that it has there."""
    record = first.first
    if record.measure != "得分":
        return
    others = draft.base.by_id(find_opposed(draft.base.connection, record.report_id, record.id))
    for group in build_groups([other for other in others if other.measure == "得分" and other.value != record.value]):
        draft.show(group)


def _column_beside(first: Group, group: Group) -> bool:
    """Whether a group is a column (基本支出, 本年收入合计) of a row whose whole is shown: a part of it, no other reading."""
    return first.split is None and group.split is not None


def _repeats(first: Group, group: Group) -> bool:
    """Whether a group says the same value once more, in another column or scope."""
    a, b = first.first, group.first
    return (
        first.value == group.value
        and a.base_unit == b.base_unit
        and (a.measure == b.measure or {a.measure, b.measure} <= set(BUDGET))
        and a.metric_id == b.metric_id
    )


def _rounded_twin(first: Group, group: Group) -> bool:
    a, b = first.first, group.first
    if a.scope != b.scope or first.split != group.split or a.base_unit != b.base_unit or a.measure != b.measure:
        return False
    return abs(first.value - group.value) <= max(rounding(a), rounding(b))


def _place(group: Group) -> str:
    record = group.first
    return f"{record.value}{record.unit or ''}（{render_place(record.section, record.line, record.page)}）"
