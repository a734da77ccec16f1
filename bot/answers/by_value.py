"""What a printed number is: 渠县2022年1.38万元是什么钱 → 三公经费."""

from __future__ import annotations

from bot.answers.groups import Group, build_groups
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.lookup import begin
from bot.answers.measures import acceptable
from bot.answers.verification import claimed_amount, says_claimed
from bot.models import Answer, Question

SHOWN = 5


def answer_by_value(base: KnowledgeBase, question: Question) -> Answer:
    """Every figure of the bodies named that is the amount said, main tables first; at most ``SHOWN`` of them."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    for agency_id in chosen.ids:
        printed = [record for record in base.body_records(agency_id) if _is_meant(question, record)]
        measured = [record for record in printed if _is_measured(question, record)]
        if printed and not measured:
            draft.note("value_of_another", amount=claimed_amount(question), measure="、".join(question.measures))
        groups = _by_metric(measured or printed)
        for group in groups[:SHOWN]:
            draft.show(group, asked=True)
        if len(groups) > SHOWN:
            draft.note("more_of_value", count=len(groups), shown=SHOWN)
    if not draft.figures:
        draft.note("none_of_value", amount=claimed_amount(question))
    return draft.finish()


def _is_meant(question: Question, record: Record) -> bool:
    return (not question.years or record.year in question.years) and says_claimed(question, record)


def _is_measured(question: Question, record: Record) -> bool:
    asked = (acceptable(measure, "")[0] for measure in question.measures)
    return not question.measures or any(record.measure in measures for measures in asked)


def _by_metric(records: list[Record]) -> list[Group]:
    """Groups of each metric, in the order in which the first of them is to be shown."""
    metrics = dict.fromkeys(record.metric_id for group in build_groups(records) for record in group.records)
    return [
        group
        for metric_id in metrics
        for group in build_groups(record for record in records if record.metric_id == metric_id)
    ]
