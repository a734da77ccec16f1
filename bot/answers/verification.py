"""Whether a claim is right: the printed figure first, then what the claimed number is where it is not this one."""

from __future__ import annotations

from decimal import Decimal

from bot.answers.bodies_in_order import compare
from bot.answers.drafts import Draft
from bot.answers.find import find, find_asked
from bot.answers.groups import Group
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.lookup import answer_lookup, begin, show_outcome
from bot.answers.outcome import Outcome
from bot.answers.ranking import bound_text
from bot.models import Answer, Question
from bot.questions.facets.units import is_money
from knowledge.sort_keys import base_value
from knowledge.vocabulary import units


def answer_verification(base: KnowledgeBase, question: Question) -> Answer:
    """``渠县2022年三公经费是1.83万元吗`` → no: 1.38万元."""
    if question.claimed is None and question.threshold is None:
        return answer_lookup(base, question.model_copy(update={"operation": "lookup"}))
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    outcome = find_asked(base, chosen.ids[0], question.mentions[0], question)
    if not outcome.groups:
        show_outcome(draft, outcome)
        return draft.finish()
    if question.threshold is not None:
        _judge_bound(draft, outcome.groups[0])
    else:
        _judge(draft, outcome)
    return draft.finish()


def _judge_bound(draft: Draft, group: Group) -> None:
    question = draft.question
    bound = base_value(question.threshold or Decimal(0), question.threshold_unit or group.first.unit)
    holds = compare(group.value, question.comparator, bound)
    draft.show(group, asked=True)
    draft.note("above" if holds else "below", amount=_amount(group.first), bound=bound_text(question))


def _judge(draft: Draft, outcome: Outcome) -> None:
    """Right, or what is wrong: the number, its unit, its year, its measure or its body."""
    claimed = claimed_amount(draft.question)
    for group in outcome.groups:
        if says_claimed(draft.question, group.first):
            draft.show(group, asked=True)
            draft.note("right", amount=_amount(group.first))
            _show_others(draft, outcome, group)
            return
    first = outcome.groups[0]
    draft.show(first, asked=True)
    draft.note("wrong", amount=_amount(first.first), claimed=claimed)
    if _same_digits(draft.question, first.first):
        draft.note("wrong_unit", unit=first.first.unit or "")
        return
    for record in outcome.records:
        if says_claimed(draft.question, record):
            key, said = ("wrong_year", {"year": record.year}) if record.year != first.first.year else (
                "wrong_measure", {"measure": record.measure})  # fmt: skip
            draft.note(key, claimed=claimed, **said)
            draft.show_single(record)
            return
    _other_body(draft, outcome, claimed)


def _show_others(draft: Draft, outcome: Outcome, right: Group) -> None:
    for group in outcome.groups[:3]:
        if group is not right:
            draft.show(group)


def _other_body(draft: Draft, outcome: Outcome, claimed: str) -> None:
    """The claimed number may be another body's figure of the same metric and year."""
    for agency_id in draft.base.metric_bodies((outcome.groups[0].first.metric_id,), outcome.year, 6):
        if agency_id == outcome.agency_id:
            continue
        found = find(draft.base, agency_id, outcome.mention, draft.question, year=outcome.year)
        for group in found.groups[:2]:
            if says_claimed(draft.question, group.first):
                draft.note("wrong_body", claimed=claimed, agency=group.first.agency)
                draft.show(group)
                return


def claimed_amount(question: Question) -> str:
    """The amount that a question puts forward, as it is said."""
    return f"{question.claimed}{question.claimed_unit or ''}"


def says_claimed(question: Question, record: Record) -> bool:
    """Whether a figure is the claimed amount: same value in the base unit; without a unit the same digits."""
    claimed = question.claimed or Decimal(0)
    value = Decimal(record.value)
    if question.claimed_unit is None:
        return abs(claimed) == abs(value)
    left, right = base_value(claimed, question.claimed_unit), base_value(value, record.unit)
    known, other = units().get(question.claimed_unit), units().get(record.unit or "")
    same = (known.base if known else question.claimed_unit) == (other.base if other else record.unit)
    return same and abs(left) == abs(right)


def _same_digits(question: Question, record: Record) -> bool:
    claimed = question.claimed
    return claimed is not None and is_money(question.claimed_unit) and abs(claimed) == abs(Decimal(record.value))


def _amount(record: Record) -> str:
    return f"{record.value}{record.unit or ''}"
