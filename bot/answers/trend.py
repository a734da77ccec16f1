"""Trend (历年) and growth: every year there is, a missing one worked out where the next year's report allows it."""

from __future__ import annotations

from bot.answers.bodies import choose_bodies
from bot.answers.changes import change_results
from bot.answers.derived import derive_year
from bot.answers.drafts import Draft
from bot.answers.find import find
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import begin, no_body, show_outcome
from bot.answers.nothing import explain_nothing
from bot.answers.outcome import Outcome
from bot.answers.series import one_series
from bot.answers.showing import build_entry
from bot.models import Answer, Mention, Question
from knowledge.models import Measure


def answer_trend(base: KnowledgeBase, question: Question) -> Answer:
    """One line a year, oldest first."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    ids = chosen.ids if chosen.named else chosen.ids[:1]
    for agency_id in ids:
        for mention in question.mentions:
            _trace(draft, agency_id, mention, question)
    return draft.finish()


def _trace(draft: Draft, agency_id: int, mention: Mention, question: Question) -> None:
    measure: Measure | None = question.measures[0] if question.measures else None
    newest = find(draft.base, agency_id, mention, question, year=None, measure=measure)
    if not newest.groups:
        explain_nothing(draft, newest)
        return
    outcomes = {
        year: newest
        if year == newest.year
        else find(draft.base, agency_id, mention, question, year=year, measure=measure)
        for year in _years(newest, question)
    }
    points = iter(one_series([outcome.groups for outcome in outcomes.values() if outcome.groups]))
    for year, outcome in outcomes.items():
        if outcome.groups:
            figure = draft.show(next(points), asked=True)
            if figure:
                draft.results.append(build_entry(figure))
        elif (outcome.problem != "year" or not derive_year(draft, outcome)) and question.years:
            draft.note("missing_year", year=year)
    if len({result.year for result in draft.results}) == 1 and draft.results:
        draft.note("no_years", year=draft.results[0].year)


def _years(newest: Outcome, question: Question) -> list[int]:
    """Years to show, oldest first; the year before the oldest too, as it may be worked out."""
    if question.years:
        return sorted(question.years)
    known = sorted(newest.years)
    if question.recent:
        return list(range(known[-1] - question.recent + 1, known[-1] + 1))
    return [known[0] - 1, *known]


def answer_growth(base: KnowledgeBase, question: Question) -> Answer:
    """Growth between the two years named; with one year or none the change that the report prints."""
    from bot.answers.lookup import answer_lookup

    if len(question.years) < 2:
        return answer_lookup(base, question.model_copy(update={"measures": ("增减额", "增减率")}))
    draft = Draft(base, question)
    chosen = choose_bodies(base, question)
    if not chosen.ids:
        return no_body(draft)
    for mention in question.mentions:
        ends = [
            find(base, chosen.ids[0], mention, question, year=year)
            for year in (min(question.years), max(question.years))
        ]
        shown = [draft.show(group, asked=True) for group in one_series([end.groups for end in ends if end.groups])]
        if len(shown) == len(ends) and shown[0] and shown[1]:
            draft.results.extend(change_results(shown[1], shown[0]))
        for outcome in ends:
            if not outcome.groups:
                show_outcome(draft, outcome)
    return draft.finish()
