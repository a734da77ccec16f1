"""Ranking over bodies, read in order from the index; over the years of a body; over the parts of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bot.answers.amounts import printed
from bot.answers.bodies_in_order import DEFAULT, first_of, metrics_of, take
from bot.answers.body_names import body_name
from bot.answers.drafts import Draft
from bot.answers.find import find, find_asked
from bot.answers.groups import Group
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import begin, no_body, show_outcome
from bot.answers.measures import ACTUAL, BUDGET, CHANGES
from bot.answers.parts import find_parts
from bot.answers.showing import build_entry
from bot.models import Answer, Mention, Question, Result, ShownFigure

_WORDS = {">": "超过", "≥": "不低于", "<": "低于", "≤": "不超过"}
_BODIES = re.compile("(?:单位|部门|局|医院|学校)$|(?:哪个|哪些|哪几个)(?:单位|部门|局|医院|学校)|哪家")
_YEARS = re.compile(r"哪(?:一|个)?年")


def answer_ranking(base: KnowledgeBase, question: Question) -> Answer:
    """Bodies by amount, each in its newest year unless a year is named; with one body its years or parts."""
    if question.agency_groups:
        return _within_body(base, question)
    draft = Draft(base, question)
    mention = question.mentions[0]
    metrics = metrics_of(base, mention)
    if not metrics and not question.among:
        return no_body(draft)
    found = take(base, question, mention, metrics)
    for group in _with_reports(base, iter(found)):
        figure = draft.show(group, asked=True)
        if figure:
            draft.results.append(_entry(figure))
    if not found:
        return nobody(draft, mention)
    _say_place(draft, mention, metrics)
    _say_order(draft, question, found)
    return draft.finish()


def nobody(draft: Draft, mention: Mention) -> Answer:
    """Why no body has what is asked for: none is beyond the threshold, is of that kind or region, or prints it."""
    question = draft.question
    if question.threshold == 0 and question.comparator == "=":
        draft.note("nobody_zero", metric=mention.matches[0].name if mention.matches else mention.text)
    elif question.threshold is not None:
        draft.note("nothing_above", bound=bound_text(question))
    elif question.among is None:
        return no_body(draft)
    elif draft.base.members(question.among):
        draft.note("nobody_among", names=question.among.text, metric=mention.text)
    else:
        draft.note("no_body", names=question.among.text)
    return draft.finish()


RANKED = 200
"""So many bodies are put in order to find the place of one."""


def _say_place(draft: Draft, mention: Mention, metrics: tuple[int, ...]) -> None:
    """The place of the body that it is asked for, with its figure."""
    base, question = draft.base, draft.question
    if question.placed is None:
        return
    ordered = list(first_of(base, question, mention, metrics, ACTUAL, RANKED).values())
    own = next((group for group in ordered if group.first.agency_id == question.placed), None)
    agency = body_name(base, question.placed)
    if own is None or (figure := draft.show(own)) is None:
        draft.note("no_place", agency=agency)
        return
    place = 1 + next(number for number, group in enumerate(ordered) if group.value == own.value)
    draft.note("placed", agency=agency, amount=printed(figure), place=place, count=len(ordered))


def _say_order(draft: Draft, question: Question, found: list[Group]) -> None:
    from bot.wording import phrase

    order = phrase("answers.notes.descending" if question.descending else "answers.notes.ascending")
    years = {group.first.year for group in found}
    if len(years) == 1:
        draft.note("ranking_year", count=len(found), year=years.pop(), order=order)
    else:
        draft.note("ranking", count=len(found), order=order)


def bound_text(question: Question) -> str:
    """A threshold in words: ``超过100万元``."""
    return f"{_WORDS.get(question.comparator or '', '等于')}{question.threshold}{question.threshold_unit or ''}"


def _with_reports(base: KnowledgeBase, groups: Iterator[Group]) -> Iterator[Group]:
    """The same groups; the reports that print what is shown of them are read for several at once."""
    while some := list(islice(groups, DEFAULT)):
        base.read_reports(tuple({group.first.report_id: None for group in some}))
        yield from some


def _entry(figure: ShownFigure) -> Result:
    label = f"{figure.metric}{figure.measure}" if figure.measure in (*BUDGET, *CHANGES) else figure.metric
    return build_entry(figure, label)


def _within_body(base: KnowledgeBase, question: Question) -> Answer:
    """The years of one body's figure in order (哪年最高), or its parts (哪一项最多)."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    measure = question.measures[0] if question.measures else None
    newest = find_asked(base, chosen.ids[0], question.mentions[0], question)
    if not newest.groups:
        show_outcome(draft, newest)
        return draft.finish()
    if _BODIES.search(question.text):
        show_outcome(draft, newest)
        return draft.finish()
    if _YEARS.search(question.text) or len(question.years) > 1 or question.recent is not None:
        groups = [
            outcome.groups[0]
            for each in (question.years or newest.years)
            if (outcome := find(base, chosen.ids[0], question.mentions[0], question, year=each, measure=measure)).groups
        ]
    else:
        groups = find_parts(base, newest.groups[0]) or [newest.groups[0]]
    groups.sort(key=lambda group: group.value, reverse=question.descending)
    for group in groups[: question.count or DEFAULT]:
        figure = draft.show(group, asked=True)
        if figure:
            draft.results.append(_entry(figure))
    return draft.finish()
