"""One question → one answer: the operation decides which module works it out."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answers.against_budget import answer_against_budget
from bot.answers.by_value import answer_by_value
from bot.answers.catalogue import answer_catalogue, answer_help, answer_overview, answer_projects, answer_year
from bot.answers.comparison import answer_arithmetic, answer_comparison
from bot.answers.composition import answer_composition
from bot.answers.definition import answer_definition
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import answer_lookup, not_understood
from bot.answers.project_ranking import answer_project_ranking, ranks_projects
from bot.answers.project_scores import answer_project_scores, asks_project_scores
from bot.answers.ranking import answer_ranking
from bot.answers.ratio import answer_per_head, answer_ratio
from bot.answers.sum_of_bodies import answer_sum_of_bodies
from bot.answers.trend import answer_growth, answer_trend
from bot.answers.verification import answer_verification
from bot.models import Answer, Operation, Question
from bot.questions.choosing import sums_bodies
from bot.questions.fillers import strip_fillers
from bot.questions.followups import is_choice
from bot.questions.projects import lists_projects
from bot.questions.understand import asks_elsewhere
from bot.wording import phrase
from bot.wording.answer import render_text

_MANNERS: dict[Operation, str] = {"thanks": "thanks", "greeting": "help"}
"""What is said to words that ask for nothing."""
_WORKERS: dict[Operation, Callable[[KnowledgeBase, Question], Answer]] = {
    "against_budget": answer_against_budget,
    "composition": answer_composition,
    "comparison": answer_comparison,
    "difference": answer_arithmetic,
    "sum": answer_arithmetic,
    "ranking": answer_ranking,
    "trend": answer_trend,
    "growth": answer_growth,
    "ratio": answer_ratio,
    "per_head": answer_per_head,
    "by_value": answer_by_value,
    "definition": answer_definition,
    "overview": answer_overview,
    "catalogue": answer_catalogue,
    "verification": answer_verification,
    "help": answer_help,
}


_PROJECTS = re.compile(
    "(?:有|都有|包括)?(?:哪些|什么|多少个?|几个)项目$|项目(?:有哪些|清单|列表|名单)|(?:另(?:外)?一?个|其[他它]|别)的?项目[呢吗]?[？?]?$"
)


def answer_question(base: KnowledgeBase, question: Question) -> Answer:
    """The answer to an understood question, with its text."""
    answer = _say_carried(_answer(base, question))
    return answer.model_copy(update={"text": answer_text(base, answer)})


def _answer(base: KnowledgeBase, question: Question) -> Answer:
    if question.operation in ("help", "catalogue", "definition"):
        return _WORKERS[question.operation](base, question)
    if question.operation in _MANNERS or asks_elsewhere(question):
        return not_understood(question)
    if ranks_projects(question) and (ranked := answer_project_ranking(base, question)) is not None:
        return ranked
    if _asks_for_projects(question):
        return answer_projects(base, question)
    if asks_project_scores(question) and (scores := answer_project_scores(base, question)):
        return scores
    if lists_projects(question):
        return answer_projects(base, question)
    if not question.mentions and question.operation != "by_value":
        return _answer_unnamed(base, question)
    if question.operation == "sum" and sums_bodies(question):
        return answer_sum_of_bodies(base, question)
    return _WORKERS.get(question.operation, answer_lookup)(base, question)


def _asks_for_projects(question: Question) -> bool:
    """有哪些项目 of a body, and nothing else of them: 绩效自评了几个项目 asks for a figure."""
    named = any(strip_fillers(_PROJECTS.sub("", mention.text).removesuffix("项目")) for mention in question.mentions)
    body = question.agency_groups or question.strangers
    return bool(body) and not named and bool(_PROJECTS.search(question.text))


def _answer_unnamed(base: KnowledgeBase, question: Question) -> Answer:
    """No figure is named: what there is of the body, or of the year."""
    body = question.agency_groups or question.strangers
    if question.operation == "ranking" or not (body or question.years):
        return not_understood(question)
    if not body:
        return answer_year(base, question)
    return answer_overview(base, question)


def _say_carried(answer: Answer) -> Answer:
    """Say which facets were taken over from the question before."""
    question = answer.question
    if not question.carried or answer.status == "not_understood":
        return answer
    said = {
        "among": question.among.text if question.among else "",
        "agency": "、".join(match.name for match in question.agencies),
        "years": "、".join(f"{year}年" for year in question.years),
        "metric": "、".join(mention.text for mention in question.mentions),
        "within": question.within or "",
        "measures": "、".join(question.measures),
        "scope": f"{question.scope}口径" if question.scope else "",
    }
    facets = "、".join(said[facet] for facet in question.carried if said.get(facet))
    note = phrase("answers.notes.carried", facets=facets)
    return answer.model_copy(update={"notes": (*answer.notes, note)}) if facets else answer


def answer_text(base: KnowledgeBase, answer: Answer) -> str:
    """What the chat shows."""
    if answer.status == "not_understood":
        unknown = "nothing_to_choose" if is_choice(answer.question.text) else "not_understood"
        key = _MANNERS.get(answer.question.operation, unknown)
        return phrase(f"answers.notes.{key}", example=example(base))
    text = render_text(answer)
    if any(base.report(citation.report).is_sample for figure in answer.figures for citation in figure.citations[:1]):
        text = f"{text}\n{phrase('answers.sample')}"
    return text


def example(base: KnowledgeBase) -> str:
    """A question that this knowledge base can answer."""
    for wanted in ("三公经费", None):
        for agency_id, agency in base.agencies(10):
            items = [item for item in base.items(agency_id) if wanted in (None, item.metric) and item.subject is None]
            if items:
                return f"{agency}{items[0].years[-1]}年{items[0].metric}"
    return "渠县2022年三公经费"
