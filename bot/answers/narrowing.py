"""Which figures of a metric a question means: its context, unit, code, scope, and what a change is one of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from bot.answers.counts import counted_unit, other_count, same_unit
from bot.answers.groups import is_against_budget, is_budget_change, said_before
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain
from bot.answers.measures import ACTUAL, BUDGET, CHANGES
from bot.answers.readings import Reading
from bot.answers.standard_parts import is_standard_part
from bot.answers.totals import same_family
from bot.models import Question
from bot.questions.facets.units import is_money
from knowledge.models import Scope

BEFORE = 120
_PROJECT = 4
_AND = re.compile("[和与及、]")
_INSIDE: dict[Scope, Scope] = {"财政拨款": "一般公共预算财政拨款"}
_ROW = re.compile(r"\d[\d,.]*\s+-?\d[\d,.]*(?:\s|$)")
_CELLS = re.compile(r"^(?!.*[，。；、：]).*\d[^\d\n]*[ \t][^\d\n]*\d.*$", re.MULTILINE)


def narrow(base: KnowledgeBase, records: list[Record], question: Question, reading: Reading) -> list[Record] | None:
    """Records that fit what else was said: words left over, the whole it is part of, the unit. None: they fit nothing."""
    for words, required in ((reading.rest, True), (question.within, not {"within", "around"} & set(question.carried))):
        if not words:
            continue
        known = {record: _is_part(record, words) for record in records}
        possible = [record for record in records if known[record] is not False and not _names_part(base, record, words)]
        fitting = [record for record in possible if fits_context(base, record, words, before=False)]
        fitting = fitting or [record for record in possible if fits_context(base, record, words)]
        fitting = fitting or [record for record in possible if known[record]]
        if not fitting and required:
            return None
        records = fitting or records
    if question.until:
        records = [record for record in records if _is_until(record, question.until)]
        if not records:
            return None
    if question.unit:
        counted = [record for record in records if _has_unit(record, question.unit)]
        if not counted and any(_has_other_unit(record, question.unit) for record in records):
            return None
        records = counted or records
    if question.code:
        records = [record for record in records if record.code == question.code] or records
    return records


def _is_part(record: Record, words: str) -> bool | None:
    """Whether a figure is a standard part of the whole that the words name, or its parent is: 取暖费 of 公用经费 of 基本支出."""
    own = is_standard_part(record.metric, words)
    return own if own is not None or not record.parent else is_standard_part(record.parent, words) or None


def _names_part(base: KnowledgeBase, record: Record, words: str) -> bool:
    """Whether the words name a part that the figure's own sentence tells apart: 居民 of 参保62万人，其中居民58万人."""
    asked = plain(words)
    return any(
        part.quote_start == record.quote_start and part.report_id == record.report_id and asked in plain(part.metric)
        for part in base.parts(record.agency_id, (record.metric,), record.year)
        if asked not in plain(record.metric)
    )


_DATED = re.compile(r"\d{1,2}月(?:\d{1,2}日)?|全年|年[末底]")


def _is_until(record: Record, date: str) -> bool:
    """Whether the date said last before a figure in its sentence is the one asked for."""
    said = _DATED.findall(said_before(record))
    return bool(said) and said[-1].startswith(date)


def asked_changes(records: Sequence[Record], question: Question) -> list[Record]:
    """Figures without the changes that are not asked for; where a report has a budget alone, those of the budget."""
    planned = not any(record.measure in ACTUAL for record in records)
    return [
        record for record in records
        if record.measure not in CHANGES or _is_asked_change(record, question) or (planned and is_budget_change(record))
    ]  # fmt: skip


def _is_asked_change(record: Record, question: Question) -> bool:
    """Whether a change is the one asked for: of what was spent or of the budget, on the year before or on the budget."""
    if is_against_budget(record) or question.operation == "against_budget":
        return is_against_budget(record) and question.operation == "against_budget"
    return is_budget_change(record) == bool(set(question.measures) & set(BUDGET))


def _has_unit(record: Record, asked: str) -> bool:
    """Whether a figure is of the kind asked for: money, or what is counted."""
    unit = counted_unit(asked)
    return same_unit(record.unit, unit) if unit else is_money(record.unit) or asked == record.unit


def _has_other_unit(record: Record, asked: str) -> bool:
    """Whether a figure is surely of another kind: anything that is counted where money is asked, elsewhere money, %,
    or persons where times are asked."""
    if is_money(asked):
        return bool(record.unit)
    return is_money(record.unit) or record.unit == "%" or other_count(record.unit, asked)


def fits_context(base: KnowledgeBase, record: Record, words: str, *, before: bool = True) -> bool:
    """Whether words belong to where a figure stands: its project, parent, column, scope, headings or sentence, with what
    stands right ``before`` it."""
    parts = [part for part in _AND.split(words) if len(part) > 1]
    if len(parts) > 1:
        return all(fits_context(base, record, part, before=before) for part in parts)
    words = _project_name(plain(words))
    for place in (record.subject, record.parent, record.split, record.scope, record.metric):
        name = plain(place or "")
        if same_family(words, name):
            return True
        if name and len(words) - LCSseq.similarity(words, name) <= len(words) // 8:
            return True
        if len(name) > 2 and name in words:
            words = words.replace(name, "", 1)
    if len(words) < 2 or words in plain(record.section):
        return True
    around = plain(
        (_text_before(base, record) if before else "")
        + base.source(record.report_id)[record.quote_start : record.quote_end]
    )
    return words in plain(record.quote) or (len(words) >= 3 and _spread(words, around))


def _text_before(base: KnowledgeBase, record: Record) -> str:
    """The running text right before a figure's sentence: none before a row, and no row of a table above a sentence."""
    if is_row(record.quote):
        return ""
    before = base.source(record.report_id)[max(record.quote_start - BEFORE, 0) : record.quote_start]
    return _CELLS.split(before)[-1]


def _project_name(words: str) -> str:
    """Plain words without 项目 behind a project's name, which most names do not have: 社保能力建设资金项目."""
    name = words.removesuffix("项目")
    return name if len(name) >= _PROJECT else words


def is_row(quote: str) -> bool:
    """Whether a quote is a row of a table: the rows before it are not its context."""
    return bool(_ROW.search(quote))


def _spread(words: str, quote: str) -> bool:
    """Whether the words stand in a sentence in their order, with little between them."""
    place = quote.find(words[0])
    while place >= 0:
        if LCSseq.similarity(words, quote[place : place + len(words) + 4]) == len(words):
            return True
        place = quote.find(words[0], place + 1)
    return False


def in_scope(records: Sequence[Record], question: Question) -> list[Record]:
    """Figures of the scope asked for, else of the one inside it; where scopes are told apart, never those without one."""
    scope = question.scope
    if scope is None:
        return list(records)
    for wanted in (scope, _INSIDE.get(scope)):
        exact = [record for record in records if wanted and record.scope == wanted]
        if exact:
            return exact
    told = any(record.scope for record in records)
    return [
        record for record in records
        if (record.scope is None and not told) or plain(scope)[:5] in plain(record.quote + record.metric)
    ]  # fmt: skip
