"""Composition (构成): the parts of a figure as printed, with their total."""

from __future__ import annotations

from bot.answers.drafts import Draft
from bot.answers.find import find, find_item
from bot.answers.funding import asks_for_funding, find_funding
from bot.answers.groups import Group
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import begin, say_what_was_taken, show_outcome
from bot.answers.nothing import explain_nothing
from bot.answers.outcome import Outcome
from bot.answers.parts import find_parts
from bot.answers.totals import family_items
from bot.models import Answer, Question

MOST = 30
MOST_READINGS = 4


def answer_composition(base: KnowledgeBase, question: Question) -> Answer:
    """Total first, then every part; of several bodies each in turn."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    year = question.years[0] if question.years else None
    outcomes = [
        find(base, agency_id, mention, question, year=year) for agency_id in chosen.ids for mention in question.mentions
    ]
    if not chosen.named:
        outcomes = [outcome for outcome in outcomes if outcome.groups] or outcomes[:1]
    for outcome in outcomes:
        _compose(draft, _with_parts_only(base, question, outcome))
    say_what_was_taken(draft, outcomes)
    return draft.finish()


def _with_parts_only(base: KnowledgeBase, question: Question, outcome: Outcome) -> Outcome:
    """Of several things that the words may mean, the one that has parts."""
    if outcome.problem != "ambiguous":
        return outcome
    found = [find_item(base, outcome, question, item) for item in outcome.items[:MOST_READINGS]]
    composed = [other for other in found if other.groups and any(find_parts(base, group) for group in other.groups)]
    return composed[0] if composed and len({other.groups[0].value for other in composed}) == 1 else outcome


def _compose(draft: Draft, outcome: Outcome) -> None:
    if not outcome.groups:
        if outcome.problem == "absent":
            show_outcome(draft, outcome)
        else:
            explain_nothing(draft, outcome)
        return
    total, parts = _with_parts(draft, outcome)
    draft.show(total, asked=True)
    for part in parts[:MOST]:
        draft.show(part)
    if not parts:
        draft.note("no_parts", metric=total.first.metric)


def _with_parts(draft: Draft, outcome: Outcome) -> tuple[Group, list[Group]]:
    """The first value of the total that has parts, and those parts; of a project that is paid for the budget of each level."""
    funding = find_funding(draft.base, outcome) if asks_for_funding(draft.question) else None
    if funding is not None:
        return funding
    for group in outcome.groups:
        parts = find_parts(draft.base, group)
        if parts:
            return group, parts
        if group is outcome.groups[0] and (twin := _under_another_name(draft, outcome, group)):
            return twin
    return outcome.groups[0], []


def _under_another_name(draft: Draft, outcome: Outcome, total: Group) -> tuple[Group, list[Group]] | None:
    """The same amount under the name whose parts the report prints: 本年支出合计 for 支出总计."""
    for item in family_items(draft.base, outcome.agency_id, outcome.mention):
        for group in find_item(draft.base, outcome, draft.question, item).groups:
            same = (group.value, group.first.year) == (total.value, total.first.year) and group.first.rank <= 1
            if same and (parts := find_parts(draft.base, group)):
                return group, parts
    return None
