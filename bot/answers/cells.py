"""A cell of a table by its row and its column: 行政运行的基本支出, 卫生健康支出中项目支出."""

from __future__ import annotations

from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain, stem
from bot.answers.readings import Reading
from bot.answers.resolve import resolve
from bot.models import Mention, Question

SURE = 93.0


def find_cell(
    base: KnowledgeBase, agency_id: int, mention: Mention, question: Question
) -> tuple[Reading, list[Record]] | None:
    """The row that words beside a column's name mean, with its figures in that column; None where there is no such cell."""
    row = mention.rest if mention.matches and mention.rest else question.within or ""
    column = mention.matches[0].name if mention.matches else mention.text
    if len(plain(row)) < 2:
        return None
    readings = resolve(base, agency_id, Mention(text=row)).readings
    if not readings or readings[0].score < SURE or readings[0].rest or readings[0].project:
        return None
    metric_ids = tuple({item.metric_id for item in readings[0].items})
    own = [record for record in base.records(agency_id, metric_ids) if record.subject is None]
    cells = [record for record in own if record.split and stem(plain(record.split)) == stem(plain(column))]
    return (readings[0], cells) if cells else None
