"""Complete questions for choices: body, year, project, metric, measure."""

from __future__ import annotations

from bot.answers.knowledge_base import Item
from bot.models import Question


def complete_question(
    question: Question, *, agency: str, year: int | None = None, metric: str = "", subject: str | None = None
) -> str:
    """A question that has one reading: ``渠县医疗保障局2022年三公经费预算数``."""
    year = year or (question.years[0] if question.years else None)
    named = f"{subject}{metric}" if subject and subject not in metric else metric
    return f"{agency}{f'{year}年' if year else ''}{named}{_measure(question, named)}"


def _measure(question: Question, named: str) -> str:
    measure = question.measures[0] if question.measures else ""
    return "" if named.endswith(measure) else measure


def item_question(question: Question, agency: str, item: Item, year: int | None = None) -> str:
    """A complete question for one item of a body; a name that others contain stands in quotation marks."""
    contained = any(mention.text == item.metric for mention in question.mentions)
    metric = f"“{item.metric}”" if contained and not item.subject else item.metric
    return complete_question(question, agency=agency, year=year, metric=metric, subject=item.subject)
