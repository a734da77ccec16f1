"""Questions for the projects (项目) of a body as such, not for one of them: 哪个项目花得最多."""

from __future__ import annotations

import re

from bot.models import Question

_PROJECTS = re.compile("(?=.*项目)(?:项目|绩效|自评|预算|支出|资金|经费|执行|得分|评分|花|钱|的|里|中|大)+")


def orders_projects(question: Question) -> bool:
    """Whether projects are to be put in order, and nothing but projects is named."""
    mentions = question.mentions
    return question.operation == "ranking" and len(mentions) == 1 and bool(_PROJECTS.fullmatch(mentions[0].text))
