"""One figure of all bodies, or of all of a kind or region, added up: 2022年各医保局三公经费合计."""

from __future__ import annotations

from bot.answers.amounts import comparable
from bot.answers.bodies_in_order import MOST, metrics_of, take
from bot.answers.comparison import sum_result
from bot.answers.drafts import Draft
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.ranking import nobody
from bot.answers.showing import build_entry
from bot.models import Answer, Question

FEWEST = 2


def answer_sum_of_bodies(base: KnowledgeBase, question: Question) -> Answer:
    """The sum and what it is of, each body in its newest year unless one is named; too many bodies are not added up."""
    draft = Draft(base, question.model_copy(update={"operation": "comparison"}))
    mention = question.mentions[0]
    metrics = metrics_of(base, mention)
    every = question.model_copy(update={"operation": "ranking", "count": MOST + 1, "descending": True})
    found = take(base, every, mention, metrics, planned=False)
    if not found:
        return nobody(draft, mention)
    if len(found) > MOST:
        draft.note("too_many_bodies", most=MOST)
        return draft.finish("no_data")
    figures = [figure for group in found if (figure := draft.show(group, asked=True)) is not None]
    draft.results.extend(map(build_entry, figures))
    if len(figures) >= FEWEST and comparable(figures):
        draft.results.append(sum_result(figures))
    draft.note("sum_of_bodies", count=len(figures))
    if len({figure.year for figure in figures}) > 1:
        draft.note("different_years")
    return draft.finish()
