"""Look up: each body, metric, year and measure asked for; other scopes below; why there is nothing, and what is nearest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from bot.answers.asking import complete_question
from bot.answers.beside import show_beside
from bot.answers.bodies import Chosen, choose_bodies
from bot.answers.body_names import body_name
from bot.answers.changes import show_change, show_rate, show_share
from bot.answers.converting import convert
from bot.answers.derived import can_derive, derive_year
from bot.answers.drafts import Draft
from bot.answers.find import find
from bot.answers.in_projects import join_projects
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.matching import plain
from bot.answers.measures import BUDGET, CHANGES
from bot.answers.nothing import CHOICES, explain_nothing
from bot.answers.outcome import Outcome
from bot.answers.said_rates import with_said_rate
from bot.answers.show_groups import show_groups
from bot.models import Answer, Mention, Question
from bot.questions.names import find_nearest_agencies
from bot.questions.parts import each_part
from knowledge.models import Measure

_WORKED_OUT = {"增减额": show_change, "增减率": show_change, "完成率": show_rate, "占比": show_share}


def begin(base: KnowledgeBase, question: Question) -> tuple[Draft, Chosen] | Answer:
    """A draft and the bodies that it is about; or the answer, where it is unclear which, or none is there."""
    draft = Draft(base, question)
    chosen = choose_bodies(base, question)
    if chosen.unclear:
        return ask_body(draft, chosen)
    return (draft, chosen) if chosen.ids else no_body(draft)


def answer_lookup(base: KnowledgeBase, question: Question) -> Answer:
    """One figure or several, each with its citation."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    outcomes = with_other_years(base, question, find_all(base, question, chosen.ids))
    planned = "measures" in question.carried and set(question.measures) <= set(BUDGET)
    if planned and all(outcome.problem == "measure" for outcome in outcomes):
        question = draft.question = _without_measures(question)
        outcomes = with_other_years(base, question, find_all(base, question, chosen.ids))
    if not chosen.named and len(chosen.ids) > 1:
        outcomes = _unfound(question, outcomes) or [outcome for outcome in outcomes if outcome.groups] or outcomes[:1]
        if chosen.more:
            return ask_which_body(draft, outcomes)
        if len(outcomes) > 1:
            draft.note("several_found")
    for outcome in outcomes:
        show_outcome(draft, outcome)
    if len(outcomes) == 1 and outcomes[0].groups:
        show_projects(draft, outcomes[0])
        show_beside(draft, outcomes[0])
    for outcome in find_all(base, question, chosen.below):
        show_below(draft, outcome)
    convert(draft)
    say_what_was_taken(draft, outcomes)
    return draft.finish()


def show_below(draft: Draft, outcome: Outcome) -> None:
    """Show below the answer what a body reports of the same under another one that is in charge of it."""
    subjects = {figure.subject for figure in draft.figures[: draft.asked] if figure.subject}
    for group in outcome.groups[:1]:
        if not subjects or group.first.subject in (None, *subjects):
            draft.show(group)


def _without_measures(question: Question) -> Question:
    """A budget carried over to what has none gives way to what there is."""
    carried = tuple(facet for facet in question.carried if facet != "measures")
    return question.model_copy(update={"measures": (), "carried": carried})


def _unfound(question: Question, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Of several names one that no body has: it may be a body that is not known, and the others are that body's."""
    for mention in question.mentions if len(question.mentions) > 1 else ():
        own = [outcome for outcome in outcomes if outcome.mention == mention]
        if own and not any(outcome.groups for outcome in own):
            return own[:1]
    return []


def find_all(base: KnowledgeBase, question: Question, agency_ids: Sequence[int]) -> list[Outcome]:
    """An outcome for every body, metric, year and measure asked for, in the order of the question."""
    if question.counted:
        each = (question.model_copy(update={"unit": unit, "counted": ()}) for unit in question.counted)
        return [outcome for one in each for outcome in find_all(base, one, agency_ids)]
    found = []
    apart = len(agency_ids) == len(question.agency_groups)
    for place, part in each_part(question):
        found += _find_part(base, part, agency_ids if place is None or not apart else (agency_ids[place],))
    return found


def _find_part(base: KnowledgeBase, question: Question, agency_ids: Sequence[int]) -> list[Outcome]:
    measures = _measures_asked(question)
    found = []
    for agency_id, mention in _asked(base, question, agency_ids):
        years: Iterable[int | None] = _asked_years(question) or (None,)
        if question.recent is not None and not question.years:
            years = known_years(base, agency_id, mention, question)[: question.recent or None] or [None]
        found += [
            find(base, agency_id, mention, question, year=year, measure=measure)
            for year, measure in product(years, measures)
        ]
    return found


_ASKED_BEFORE = re.compile("(?:多少|几)[^，,；;]{0,4}[，,；;]")


def _measures_asked(question: Question) -> tuple[Measure | None, ...]:
    """The changes where any are asked for, else the measures; 收入多少，比上年增长多少 asks for the amount before its change."""
    changes = tuple(measure for measure in question.measures if measure in CHANGES)
    if changes and _ASKED_BEFORE.search(question.text):
        amounts = tuple(measure for measure in question.measures if measure not in CHANGES)
        return (*(amounts or (None,)), *changes[:1])
    return changes or question.measures or (None,)


def _asked(base: KnowledgeBase, question: Question, agency_ids: Sequence[int]) -> Iterator[tuple[int, Mention]]:
    several = len(question.mentions) > 1
    for agency_id in agency_ids:
        for mention in join_projects(base, agency_id, question) if several else question.mentions:
            yield agency_id, mention


def _asked_years(question: Question) -> tuple[int, ...]:
    """The years to look up: of a change between two years the later one."""
    if len(question.years) > 1 and question.measures and set(question.measures) <= {"增减额", "增减率"}:
        return (max(question.years),)
    return question.years


def with_other_years(base: KnowledgeBase, question: Question, outcomes: list[Outcome]) -> list[Outcome]:
    """A year carried over that a body has nothing for gives way to its newest year."""
    if "years" not in question.carried:
        return outcomes
    free = question.model_copy(update={"years": ()})
    return [
        find(base, outcome.agency_id, outcome.mention, free, year=None, measure=outcome.measure)
        if outcome.problem == "year" and not can_derive(base, outcome) else outcome
        for outcome in outcomes
    ]  # fmt: skip


def year_for(draft: Draft, agency_id: int, question: Question) -> int | None:
    """The year asked for; None, and a remark, where it was only carried over and the body has nothing of it."""
    year = question.years[0] if question.years else None
    if year is None or "years" not in question.carried:
        return year
    missing = find(draft.base, agency_id, question.mentions[0], question, year=year)
    if missing.problem != "year" or not missing.years:
        return year
    draft.note("newest_instead", year=max(missing.years), asked=year)
    return None


def show_projects(draft: Draft, outcome: Outcome) -> None:
    """Projects whose name contains the words asked for stand beside the metric: 城乡医疗救助 and 城乡医疗救助补助资金."""
    words = plain(outcome.mention.text)
    if len(words) < 4 or outcome.groups[0].first.subject is not None:
        return
    for subject in [subject for subject in draft.base.subjects(outcome.agency_id) if words in plain(subject)][:3]:
        found = find(draft.base, outcome.agency_id, Mention(text=subject), draft.question, year=outcome.year,
                     measure=outcome.measure)  # fmt: skip
        if found.groups and found.groups[0].first.subject == subject:
            draft.show(found.groups[0])


def known_years(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question) -> list[int]:
    """Years that a body has figures of a mention for, the newest first."""
    measure = question.measures[0] if question.measures else None
    return list(find(base, agency_id, mention, question, year=None, measure=measure).years)


def show_outcome(draft: Draft, outcome: Outcome) -> None:
    """Add what one outcome has; where it has nothing, work it out, or say why not."""
    if outcome.groups and not _spans_years(draft.question, outcome):
        show_groups(draft, with_said_rate(draft.base, outcome))
    elif outcome.problem == "absent" and outcome.statement:
        draft.state(outcome.statement)
    elif outcome.measure in CHANGES and set(draft.question.measures) & set(BUDGET):
        explain_nothing(draft, outcome)
    elif (outcome.measure in _WORKED_OUT and _WORKED_OUT[outcome.measure](draft, outcome)) or (
        outcome.problem in ("year", "measure") and derive_year(draft, outcome)
    ):
        return
    else:
        explain_nothing(draft, outcome)


def _spans_years(question: Question, outcome: Outcome) -> bool:
    """A printed change is on the year before; one over several years is worked out."""
    changes = outcome.measure in ("增减额", "增减率") and len(question.years) > 1
    return changes and max(question.years) - min(question.years) > 1


def ask_body(draft: Draft, chosen: Chosen) -> Answer:
    """Which of several bodies is meant."""
    for group in chosen.unclear:
        draft.note("several_bodies")
        for match in group[:CHOICES]:
            metric = "".join(mention.text for mention in draft.question.mentions)
            draft.choose(match.name, complete_question(draft.question, agency=match.name, metric=metric))
    return draft.finish("needs_choice")


def ask_which_body(draft: Draft, outcomes: Sequence[Outcome]) -> Answer:
    """No body named, and many have the figure."""
    draft.note("which_body", metric=draft.question.mentions[0].text)
    for outcome in outcomes[:CHOICES]:
        agency = body_name(draft.base, outcome.agency_id)
        metric = draft.question.mentions[0].text
        draft.choose(agency, complete_question(draft.question, agency=agency, year=outcome.year, metric=metric))
    return draft.finish("needs_choice")


def no_body(draft: Draft) -> Answer:
    """The body named is not in the knowledge base, or nothing is known of what is asked."""
    question = draft.question
    if question.strangers:
        draft.note("no_body", names="、".join(question.strangers))
        metric = "".join(mention.text for mention in question.mentions)
        near = [
            match.name for name in question.strangers for match in find_nearest_agencies(draft.base.connection, name, 4)
        ]
        for name in near[:4] or [name for _, name in draft.base.agencies(4)]:
            draft.choose(name, complete_question(question, agency=name, metric=metric))
        return draft.finish("no_data")
    known = next((m.matches[0] for m in question.mentions if m.matches and m.matches[0].score >= 85), None)
    if known is not None:
        year = f"{question.years[0]}年" if question.years else ""
        draft.note("nobody_has", year=year, metric=known.name)
        return draft.finish("no_data")
    return not_understood(question)


def not_understood(question: Question) -> Answer:
    """Off the subject."""
    return Answer(status="not_understood", question=question, asked=0)


def say_what_was_taken(draft: Draft, outcomes: Sequence[Outcome]) -> None:
    """Say which year was taken where none was named, and what was carried over."""
    question = draft.question
    years = {outcome.year for outcome in outcomes if outcome.groups}
    if question.recent is None and len(years) == 1 and draft.figures:
        if not question.years:
            draft.note("newest_year", year=years.pop())
        elif "years" in question.carried and not years & set(question.years):
            draft.note("newest_instead", year=years.pop(), asked=question.years[0])
    if question.strangers:
        draft.warn("strangers", names="、".join(question.strangers))
