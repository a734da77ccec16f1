"""The projects (项目) of a body in order of what they spent, had, reached or were scored: 哪个项目花得最多."""

from __future__ import annotations

import re

from bot.answers.drafts import Draft
from bot.answers.groups import Group, build_groups
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.lookup import begin
from bot.answers.measures import acceptable
from bot.answers.projects import core, project_records
from bot.answers.showing import build_entry
from bot.models import Answer, Question
from bot.questions.facets.units import is_money
from bot.questions.projects import lists_projects, orders_projects
from bot.wording import phrase
from knowledge.models import Measure

DEFAULT, MOST, FEWEST = 10, 50, 2
_WHOLE = "整体"
_UNITS: dict[Measure, tuple[str, ...]] = {"得分": ("分",), "权重": ("分",), "完成率": ("%",)}


def ranks_projects(question: Question) -> bool:
    """Whether the projects of one body are to be put in order, or one figure of each is asked for."""
    return len(question.agency_groups) == 1 and (orders_projects(question) or lists_projects(question))


def answer_project_ranking(base: KnowledgeBase, question: Question) -> Answer | None:
    """One line a project in order; None where the body has not several projects with such a figure."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    question = draft.question = question.model_copy(update={"operation": "ranking"})
    measure = question.measures[0] if question.measures else _measure_of(question.text)
    found = _one_each(base, chosen.ids[0], question, measure)
    if len(found) < FEWEST:
        return None
    found.sort(key=lambda group: group.value, reverse=question.descending)
    for group in found[: min(question.count or DEFAULT, MOST)]:
        _show(draft, group)
    order = phrase("answers.notes.descending" if question.descending else "answers.notes.ascending")
    draft.note("ranking_projects", count=len(found), shown=len(draft.results), order=order)
    return draft.finish()


def _one_each(base: KnowledgeBase, agency_id: int, question: Question, measure: Measure) -> list[Group]:
    """The figure of each project that says it of the whole project, all of one year: the one asked for, else the newest.

    A project printed under two names that differ in 资金 or 项目 alone counts once.
    """
    of_projects = [
        group
        for subject in base.subjects(agency_id)
        if _WHOLE not in subject
        and (group := _figure_of(base.subject_records(agency_id, subject), subject, measure, question.years))
        is not None
    ]
    newest = max((group.first.year for group in of_projects), default=None)
    named = {
        (core(group.first.subject or ""), group.value): group for group in of_projects if group.first.year == newest
    }
    return list(named.values())


_SAID: dict[Measure, re.Pattern[str]] = {
    "得分": re.compile("得分|评分|打分|[得打评]了?(?:多少|几)分"),
    "完成率": re.compile("(?:执行|完成|支付)率"),
    "预算数": re.compile("预算(?!.{0,4}执行)"),
}


def _measure_of(words: str) -> Measure:
    """What is meant where the words of the measure are taken for a name: 各项目自评得分."""
    return next((measure for measure, said in _SAID.items() if said.search(words)), "决算数")


def _figure_of(records: list[Record], subject: str, measure: Measure, years: tuple[int, ...]) -> Group | None:
    measures = acceptable(measure, "")[0]
    fitting = [
        record for record in project_records(records, subject, measure)
        if record.measure in measures and _counts(record, measure) and (not years or record.year in years)
    ]  # fmt: skip
    newest = max((record.year for record in fitting), default=None)
    return next(iter(build_groups(record for record in fitting if record.year == newest)), None)


def _counts(record: Record, measure: Measure) -> bool:
    units = _UNITS.get(measure)
    return record.unit in units if units else is_money(record.unit)


def _show(draft: Draft, group: Group) -> None:
    figure = draft.show(group, asked=True)
    if figure is not None:
        draft.results.append(build_entry(figure, f"“{figure.subject}”{figure.measure}"))
