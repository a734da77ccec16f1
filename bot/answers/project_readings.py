"""Words that mean a project, or figures of one project, where they could mean those of the body itself."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.fits import Fit
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.matching import pairs, plain
from bot.answers.projects import PROJECT_TOTALS, projects_named
from bot.answers.readings import Reading
from bot.answers.totals import says_score
from bot.models import Question


def of_project(base: KnowledgeBase, agency_id: int, reading: Reading, question: Question | None) -> Reading:
    """Where other words name a project, the figures of that project alone: never those of the body itself."""
    named = projects_named(base, agency_id, reading.rest) if reading.rest else frozenset()
    if named:
        return replace(reading, items=tuple(item for item in reading.items if item.subject in named), rest="")
    within = question.within if question else None
    inside = projects_named(base, agency_id, within) if within else frozenset()
    items = tuple(item for item in reading.items if item.subject in inside)
    return replace(reading, items=items) if items else of_discussed(base, agency_id, reading, question)


def of_discussed(base: KnowledgeBase, agency_id: int, reading: Reading, question: Question | None) -> Reading:
    """Of what projects have, and of scores, the figures of the project that the question before was about."""
    if question is None or not question.discussed or reading.project or reading.rest:
        return reading
    if not says_score(reading.items[0].metric) and any(item.subject is None for item in reading.items):
        return reading
    named = {subject for words in question.discussed for subject in projects_named(base, agency_id, words)}
    items = tuple(item for item in reading.items if item.subject in named)
    return replace(reading, items=items) if items else reading


def of_total(fit: Fit, asked: str) -> Fit:
    """A total of a project that goes by the project's name means the project, unless its own name is said (项目预算)."""
    total = fit.item.subject is not None and fit.item.metric in PROJECT_TOTALS
    said = asked.isascii() or not pairs(asked.removesuffix("项目")).isdisjoint(pairs(plain(fit.item.metric)))
    return replace(fit, project=True) if total and not said else fit


def of_whole_project(fit: Fit, asked: str) -> Fit:
    """Words that stand in the name of a project alone mean the project: 基金监管 and 基金监管工作经费."""
    inside = fit.item.subject is not None and asked in plain(fit.item.subject)
    return replace(fit, project=True) if inside and asked not in plain(fit.item.metric) else fit


def called(fit: Fit) -> str:
    """What the words would have to say in full."""
    return fit.item.subject or "" if fit.project else fit.item.metric
