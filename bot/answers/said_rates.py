"""The rate of execution of everything a body spent, as a sentence gives it beside the row of a form that has it too."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.groups import build_groups, said_before
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.outcome import Outcome
from bot.answers.totals import family_names

_RATE = "预算执行率"
_LAST_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)[^\d]*$")


def with_said_rate(base: KnowledgeBase, outcome: Outcome) -> Outcome:
    """An outcome with what the report says of the same spending elsewhere: 全年执行7208.14万元，预算执行率97.21%."""
    if outcome.measure != "完成率" or not outcome.groups or not family_names(outcome.mention):
        return outcome
    first = outcome.groups[0].first
    spent = {
        record.value for record in base.records(outcome.agency_id, (first.metric_id,))
        if record.measure in ("决算数", "执行数") and _same_subject(record, first)
    }  # fmt: skip
    rate = base.metric_id(_RATE)
    said = [
        record for record in base.records(outcome.agency_id, (rate,) if rate else ())
        if record.measure == "完成率" and _same_subject(record, first) and _spent_before(record) in spent
    ]  # fmt: skip
    known = {group.value for group in outcome.groups}
    return replace(
        outcome, groups=(*outcome.groups, *(group for group in build_groups(said) if group.value not in known))
    )


def _same_subject(record: Record, first: Record) -> bool:
    return (record.report_id, record.year, record.subject) == (first.report_id, first.year, first.subject)


def _spent_before(record: Record) -> str:
    """The amount printed last before a rate in its sentence."""
    before = _LAST_AMOUNT.search(said_before(record))
    return before.group(1).replace(",", "") if before else ""
