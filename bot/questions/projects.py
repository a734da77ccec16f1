"""Questions for the projects (项目) of a body as such, not for one of them: 哪个项目花得最多."""

from __future__ import annotations

import re

from bot.models import Question

_PROJECTS = re.compile("(?=.*项目)(?:项目|绩效|自评|预算|支出|资金|经费|执行|得分|评分|花|钱|的|里|中|大)+")


_EACH = re.compile(
    r"(?:[\d两二三四五六七八九十]{1,2}个|各个?|每一?个|所有的?|全部的?|这些|那些|这几个|那几个)项目(?!支出(?!分别))|项目(?:的.{2,6})?(?:都|各自?|分别)"
)
_NOTHING_MORE = re.compile(
    "(?:[\\d两二三四五六七八九十]{1,2}个|各个?|每一?个|所有|全部|这些|那些|[这那]几个|的|都|分别)+"
)


def orders_projects(question: Question) -> bool:
    """Whether projects are to be put in order, and nothing but projects is named."""
    mentions = question.mentions
    return question.operation == "ranking" and len(mentions) == 1 and bool(_PROJECTS.fullmatch(mentions[0].text))


def lists_projects(question: Question) -> bool:
    """Whether one figure of every project is asked for: 三个项目各得多少分, 各项目预算执行率, 项目都花了多少钱."""
    if question.operation not in ("lookup", "composition") or not _EACH.search(question.text):
        return False
    named = [_NOTHING_MORE.sub("", mention.text) for mention in question.mentions]
    return not any(name and not _PROJECTS.fullmatch(name) for name in named)
