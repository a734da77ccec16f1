"""What each project (项目) of a body scored: 各项目自评得分 asks for all of them, never for the score of the body."""

from __future__ import annotations

import re

from bot.answers.find import find
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import begin, say_what_was_taken
from bot.answers.totals import says_score
from bot.models import Answer, Mention, Question

MOST_PROJECTS = 12
_ALL = re.compile(
    "(?:各个?|每个|所有|全部|这些|几个|都有)?(?:的)?项目(?:支出)?(?:的)?(?:绩效)?(?:自评|评价)?(?:得分|总分|分数|绩效自评得分)?"
)


def asks_project_scores(question: Question) -> bool:
    """Whether the scores of projects are asked for, and none is named."""
    if len(question.mentions) != 1 or question.operation not in ("lookup", "composition"):
        return False
    mention = question.mentions[0]
    scored = "得分" in question.measures or (bool(mention.matches) and says_score(mention.matches[0].name))
    return scored and bool(_ALL.fullmatch(mention.text))


def answer_project_scores(base: KnowledgeBase, question: Question) -> Answer | None:
    """The score of every project of the bodies, by the name of the project; None where no project has one."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return None
    draft, chosen = begun
    year = question.years[0] if question.years else None
    subjects = [(agency_id, subject) for agency_id in chosen.ids for subject in sorted(base.subjects(agency_id))]
    outcomes = [
        find(base, agency_id, Mention(text=subject, literal=True), question, year=year, measure="得分")
        for agency_id, subject in subjects[:MOST_PROJECTS]
    ]
    scored = [outcome for outcome in outcomes if outcome.groups and outcome.groups[0].first.measure == "得分"]
    for outcome in scored:
        draft.show(outcome.groups[0], asked=True)
    say_what_was_taken(draft, scored)
    return draft.finish() if scored else None
