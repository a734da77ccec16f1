"""Explain an answer or a figure.

uv run python scripts/explain.py 渠县2022年三公经费        words, facets and names with scores, what they mean, figures
uv run python scripts/explain.py FIGURE-ID                rule, pieces and source lines of a figure
uv run python scripts/explain.py DOCUMENT:LINE            every number of a line (or page) and where it went
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.answers.find import find
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.resolve import resolve
from bot.assistant import Assistant
from bot.models import Question
from knowledge.paths import find_database
from knowledge.samples import open_samples
from knowledge.store import StoreError, open_reader
from scripts.running import run

_FIGURE_ID = re.compile(r"[0-9a-f]{12,32}")
_PLACE = re.compile(r"(?P<document>.+):(?P<line>\d+)")
_FATES = {"figure": "数据", "ignored": "忽略", "unread": "未识别"}


def explain_question(assistant: Assistant, base: KnowledgeBase, text: str) -> Iterator[str]:
    """Lines: what was understood of each word, what it means for each body, and the answer."""
    question = assistant.understand(text)
    yield f"问题：{text}"
    yield from _facets(question)
    for group in question.agency_groups:
        yield "单位：" + "、".join(f"{match.name}（{match.kind}，{match.score:g}）" for match in group[:5])
    if question.strangers:
        yield "知识库里没有的单位：" + "、".join(question.strangers)
    for mention in question.mentions:
        known = "、".join(f"{match.name}（{match.kind}，{match.score:g}）" for match in mention.matches[:5])
        yield f"指标：{mention.text}{f'，余下“{mention.rest}”' if mention.rest else ''} → {known or '按单位的数据逐项比对'}"
    for match in question.agencies:
        yield from _readings(base, match.id, match.name, question)
    answer, _ = assistant.ask(text)
    yield f"结果：{answer.status}，数据 {len(answer.figures)} 条"
    yield from (
        f"  {figure.id} {figure.metric} {figure.measure} {figure.value}{figure.unit or ''}" for figure in answer.figures
    )


def _facets(question: Question) -> Iterator[str]:
    shown = {
        "运算": question.operation,
        "年度": "、".join(map(str, question.years)),
        "最近年数": question.recent,
        "指标值种类": "、".join(question.measures),
        "口径": question.scope,
        "属于": question.within,
        "占": question.whole,
        "单位换算或计量": question.unit,
        "取前": question.count,
        "条件": f"{question.comparator}{question.threshold}{question.threshold_unit or ''}"
        if question.threshold
        else None,
        "待核实": f"{question.claimed}{question.claimed_unit or ''}" if question.claimed is not None else None,
        "沿用": "、".join(question.carried),
    }
    yield from (f"{name}：{value}" for name, value in shown.items() if value not in (None, ""))


def _readings(base: KnowledgeBase, agency_id: int, name: str, question: Question) -> Iterator[str]:
    for mention in question.mentions:
        resolution = resolve(base, agency_id, mention, question)
        yield f"{name}“{mention.text}”："
        for reading in resolution.readings[:5]:
            labels = "、".join(item.label for item in reading.items[:3])
            yield f"  {reading.score:5.1f} {labels}{f'，余下“{reading.rest}”' if reading.rest else ''}"
        measure = question.measures[0] if question.measures else None
        year = question.years[0] if question.years else None
        outcome = find(base, agency_id, mention, question, year=year, measure=measure)
        yield f"  取数：{outcome.year or ''}年，{len(outcome.groups)} 个不同的值{f'，问题：{outcome.problem}' if outcome.problem else ''}"


def explain_figure(base: KnowledgeBase, record: Record) -> Iterator[str]:
    """Lines: what the figure says, the rule and pieces that made it, and the lines that print it."""
    report = base.report(record.report_id)
    rule, pieces = base.connection.execute("SELECT rule, pieces FROM figures WHERE id = ?", (record.id,)).fetchone()
    yield f"{record.value}{record.unit or ''}：{record.agency}{record.year}年{record.metric}{record.measure}"
    yield f"  口径：{record.scope or '未注明'}；栏：{record.split or '无'}；项目：{record.subject or '无'}；属于：{record.parent or '无'}"
    yield f"  报告：《{report.title}》{report.document}，{record.section}，第{record.page or record.line}{'页' if record.page else '行'}"
    yield f"  规则：{rule}{f'；依据：{pieces}' if pieces else ''}"
    yield f"  原文：{' '.join(record.quote.split())}"
    source = base.source(record.report_id)
    yield f"  核对：{'一致' if source[record.start : record.end] == record.printed else '不一致'}（印作“{record.printed}”）"


def explain_place(base: KnowledgeBase, document: str, line: int) -> Iterator[str]:
    """Lines: every number of a line (of a page, in paged documents) and where it went."""
    rows = base.connection.execute(
        "SELECT l.report_id, l.start, l.printed, l.fate, l.reason FROM ledger l JOIN reports r ON r.id = l.report_id"
        " WHERE r.document LIKE ? AND coalesce(l.page, l.line) = ? ORDER BY l.start",
        (f"%{document}%", line),
    ).fetchall()
    if not rows:
        yield f"没有找到 {document} 第 {line} 行（页）的数字。"
    for report_id, start, printed, fate, reason in rows:
        yield f"{printed}：{_FATES.get(fate, fate)}，{reason}"
        if fate == "figure":
            ids = base.connection.execute(
                "SELECT id FROM figures WHERE report_id = ? AND start = ?", (report_id, start)
            ).fetchall()
            for record in base.by_id([row[0] for row in ids]):
                yield f"  → {record.id} {record.year}年{record.metric}{record.measure} {record.value}{record.unit or ''}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Explain one question, figure or line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subject", help="a question, the id of a figure, or DOCUMENT:LINE")
    parser.add_argument("--db", type=Path, default=None, help="knowledge base")
    parser.add_argument("--today", type=date.fromisoformat, help="the day that 去年 counts from, YYYY-MM-DD")
    options = parser.parse_args(arguments)
    database = options.db or find_database() or open_samples()
    try:
        base = KnowledgeBase(open_reader(database))
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    place = _PLACE.fullmatch(options.subject)
    records = base.by_id([options.subject]) if _FIGURE_ID.fullmatch(options.subject) else []
    if records:
        lines = explain_figure(base, records[0])
    elif place:
        lines = explain_place(base, place["document"], int(place["line"]))
    else:
        lines = explain_question(Assistant(database, today=options.today), base, options.subject)
    for line in lines:
        print(line)
    return 0


if __name__ == "__main__":
    run(main)
