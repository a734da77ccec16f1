"""Several questions of a conversation taken together: 这两个比一下, 三个加起来."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.models import Question

NUMBERS = {character: place for place, character in enumerate("零一二三四五六七八九十")} | {"两": 2}
_HOW_MANY = re.compile(r"(?P<number>[两二三四五六])(?:个|项|家|者|年)")


def last_bodies(history: Sequence[Question]) -> set[int]:
    """The bodies of the last two questions."""
    return {match.id for question in history[-2:] for match in question.agencies}


def _last_subjects(question: Question, history: Sequence[Question]) -> list[Question]:
    """The last two questions about different things, or as many as are said; the last alone where it names several."""
    last = history[-1]
    if len(last.agency_groups) > 1 or len(last.mentions) > 1 or len(last.years) > 1:
        return [last]
    said = _HOW_MANY.search(question.text)
    different = {_subject(each): each for each in history}
    return list(different.values())[-(NUMBERS[said["number"]] if said else 2) :]


def _subject(question: Question) -> tuple[object, ...]:
    return question.agencies, tuple(mention.text for mention in question.mentions), question.years


def of_these(question: Question, history: Sequence[Question]) -> Question:
    """这两个比一下, 三个加起来: the bodies, metrics and years of the last questions together."""
    meant = _last_subjects(question, history)
    groups = tuple({group[0].id: group for each in meant for group in each.agency_groups}.values())
    mentions = question.mentions or tuple({one.text: one for each in meant for one in each.mentions}.values())
    years = question.years or tuple(dict.fromkeys(year for each in meant for year in each.years))
    if len(groups) > 1:
        years = years if len(years) == 1 else ()
        mentions = mentions[-1:]
    operation = question.operation
    if operation == "ranking" or (len(groups) > 1 and operation != "sum"):
        operation = "comparison"
    return question.model_copy(
        update={
            "agency_groups": groups,
            "agencies": tuple(group[0] for group in groups),
            "mentions": mentions,
            "metrics": tuple(mention.matches[0] for mention in mentions if mention.matches),
            "years": years,
            "operation": operation,
            "carried": ("agency", "metric", "years"),
        }
    )
