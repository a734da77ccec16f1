"""Which levels of government pay for a project: 由哪几级财政构成 asks for what each has set aside, before what was spent of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from bot.answers.groups import Group, build_groups, rounding, value_of
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain
from bot.answers.narrowing import BEFORE
from bot.answers.outcome import Outcome
from bot.models import Question
from bot.questions.words import load_words
from knowledge.models import Measure

_MEASURES: tuple[Measure, ...] = ("调整预算数", "预算数", "年初预算数", "执行数")


def asks_for_funding(question: Question) -> bool:
    """Whether the levels that pay are asked for, and no measure of theirs."""
    return not question.measures and bool(_pattern("asks").search(question.text))


def find_funding(base: KnowledgeBase, outcome: Outcome) -> tuple[Group, list[Group]] | None:
    """The budget of the project that an outcome is about, and the part of each level that pays; None where no report says."""
    first = outcome.groups[0].first
    records = base.subject_records(outcome.agency_id, first.subject or first.metric)
    return _in_form(records, first) or _in_sentence(base, records, first)


def _in_form(records: Sequence[Record], first: Record) -> tuple[Group, list[Group]] | None:
    """The levels as the rows of the project's form have them."""
    for measure in _MEASURES:
        same = [record for record in records if record.measure == measure and record.year == first.year]
        for section in dict.fromkeys((record.report_id, record.section) for record in same):
            here = [record for record in same if (record.report_id, record.section) == section]
            if (divided := _divided(here, _paid(here))) is not None:
                return divided
    return None


def _in_sentence(base: KnowledgeBase, records: Sequence[Record], first: Record) -> tuple[Group, list[Group]] | None:
    """The levels that a sentence right behind the project's name has, where they add up to a figure of the project."""
    ids = {item.metric_id for item in base.items(first.agency_id) if _pattern("said").fullmatch(item.metric)}
    here = [
        record for record in base.records(first.agency_id, tuple(sorted(ids)))
        if record.year == first.year and _stands_behind(base, record, first.subject or first.metric)
    ]  # fmt: skip
    for sentence in dict.fromkeys((record.report_id, record.quote_start) for record in here):
        parts = [record for record in here if (record.report_id, record.quote_start) == sentence]
        if (divided := _divided(records, parts)) is not None:
            return divided
    return None


def _stands_behind(base: KnowledgeBase, record: Record, project: str) -> bool:
    """Whether the name of a project ends right before a figure's sentence, or begins it."""
    before = plain(base.source(record.report_id)[max(record.quote_start - BEFORE, 0) : record.quote_start])
    return before.endswith(plain(project)) or plain(record.quote).startswith(plain(project))


def _paid(records: Iterable[Record]) -> list[Record]:
    """One record for each level that pays, in printed order."""
    own: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: record.start):
        if record.unit and _pattern("sources").fullmatch(record.metric):
            own.setdefault(record.metric, record)
    return list(own.values())


def _divided(records: Sequence[Record], parts: Sequence[Record]) -> tuple[Group, list[Group]] | None:
    """The figure that the parts add up to, and the parts."""
    if len(parts) < 2:
        return None
    whole = sum((value_of(part) for part in parts), Decimal(0))
    slack = sum((rounding(part) for part in parts), Decimal(0))
    others = (record for record in records if record not in parts and record.base_unit == parts[0].base_unit)
    total = next((record for record in others if abs(value_of(record) - whole) <= slack + rounding(record)), None)
    return (build_groups([total])[0], [build_groups([part])[0] for part in parts]) if total is not None else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in load_words("funding")[name]))
