"""A project and a metric named apart from each other: 造林补助资金2022年中央资金 asks for one figure of the project."""

from __future__ import annotations

import re

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.resolve import resolve
from bot.answers.totals import says_score
from bot.models import Mention, Question

_APART = re.compile(r"[和与及跟同、，,；;/+]|以及")


def join_projects(base: KnowledgeBase, agency_id: int, question: Question) -> tuple[Mention, ...]:
    """The mentions of a question; a project's name goes with the metric behind it where the project has that metric."""
    joined: list[Mention] = []
    for mention in question.mentions:
        last = joined[-1] if joined and _goes_on(question.text, joined[-1], mention) else None
        project = _shared_project(base, agency_id, last, mention) if last else None
        if project:
            joined[-1] = mention.model_copy(update={"text": project + mention.text, "rest": project, "full": ""})
        else:
            joined.append(mention)
    return tuple(joined)


def _goes_on(text: str, left: Mention, right: Mention) -> bool:
    """Whether nothing between two names sets them apart."""
    start = text.find(left.text)
    end = text.find(right.text, start + len(left.text)) if start >= 0 else -1
    between = text[start + len(left.text) : end]
    return end >= 0 and (between.strip() in ("，", ",") or not _APART.search(between))


def _shared_project(base: KnowledgeBase, agency_id: int, left: Mention, right: Mention) -> str | None:
    """The project that the first name is of and that has the second's metric, or is scored as the second says."""
    projects = resolve(base, agency_id, left).readings
    metrics = resolve(base, agency_id, right).readings
    project = next((reading for reading in projects if reading.project and reading.score >= projects[0].score), None)
    if project is None or not metrics or metrics[0].project:
        return None
    if right.matches and says_score(right.matches[0].name):
        return project.items[0].subject
    having = {item.subject for item in metrics[0].items}
    return next((item.subject for item in project.items if item.subject in having), None)
