"""One body, one mention, one year → figures, or why there are none. Every operation builds on this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from bot.answers.groups import Group, build_groups, total_split
from bot.answers.knowledge_base import Item, KnowledgeBase, Record, Statement
from bot.answers.matching import plain
from bot.answers.measures import acceptable, fits_question
from bot.answers.projects import project_records
from bot.answers.resolve import Resolution, resolve
from bot.answers.totals import column_records, family_items
from bot.models import Mention, Question
from bot.questions.facets.units import is_money
from knowledge.models import Measure
from knowledge.vocabulary import units

Problem = Literal["metric", "ambiguous", "year", "measure", "scope", "absent", "context"]
_PERSONS = {"个", "人", "名", "位"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures for one body, mention and measure, the best first; or the problem and what is nearest."""

    agency_id: int
    mention: Mention
    measure: Measure | None = None
    groups: tuple[Group, ...] = ()
    year: int | None = None
    years: tuple[int, ...] = ()
    problem: Problem | None = None
    items: tuple[Item, ...] = ()
    statement: Statement | None = None
    instead: bool = False
    records: tuple[Record, ...] = ()


def find(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, *, year: int | None,
         measure: Measure | None = None) -> Outcome:  # fmt: skip
    """Figures of a body for a mention; ``year`` None means the newest year that has any."""
    outcome = _find(base, agency_id, mention, question, year, measure)
    if outcome.problem in ("metric", "measure", "context", "ambiguous") and len(plain(mention.full)) > len(
        plain(mention.text)
    ):
        named = _find(base, agency_id, Mention(text=mention.full), question, year, None)
        if named.groups:
            return named
    return outcome


def _find(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, year: int | None,
          measure: Measure | None) -> Outcome:  # fmt: skip
    resolution = _resolve(base, agency_id, mention, question)
    if not resolution.items:
        return _without_items(base, agency_id, mention, resolution, year, measure)
    records, others = _read(base, agency_id, resolution, measure)
    records = _narrow(records, mention, question, resolution)
    if records is None:
        return Outcome(agency_id, mention, measure, problem="context", items=resolution.near)
    scoped = _in_scope(records, question)
    if not scoped:
        return Outcome(agency_id, mention, measure, problem="scope", items=resolution.items, records=tuple(records))
    if resolution.others:
        return Outcome(agency_id, mention, measure, problem="ambiguous", items=(*resolution.items, *resolution.others))
    return _choose(base, agency_id, mention, question, scoped, others, resolution, year, measure)


def _resolve(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question) -> Resolution:
    resolution = resolve(base, agency_id, mention)
    if resolution.exact or (resolution.items and not resolution.others):
        return resolution
    family = family_items(base, agency_id, mention)
    return Resolution(items=family) if family else resolution


def _without_items(base: KnowledgeBase, agency_id: int, mention: Mention, resolution: Resolution, year: int | None,
                   measure: Measure | None) -> Outcome:  # fmt: skip
    statement = find_absence(base, agency_id, mention, year)
    if statement:
        return Outcome(agency_id, mention, measure, problem="absent", statement=statement, year=statement.year)
    if resolution.others:
        return Outcome(agency_id, mention, measure, problem="ambiguous", items=resolution.others)
    return Outcome(agency_id, mention, measure, problem="metric", items=resolution.near)


def _read(base: KnowledgeBase, agency_id: int, resolution: Resolution,
          measure: Measure | None) -> tuple[list[Record], list[Item]]:  # fmt: skip
    """Records of what was asked, and items of the same name that belong to projects (shown below or asked about)."""
    if resolution.project:
        subject = resolution.items[0].subject or ""
        return project_records(base.subject_records(agency_id, subject), subject, measure), []
    own = [item for item in resolution.items if item.subject is None]
    others = [item for item in resolution.items if item.subject is not None]
    metric_ids = tuple({item.metric_id for item in resolution.items})
    subjects = {item.subject for item in (own or others)}
    records = [record for record in base.records(agency_id, metric_ids) if record.subject in subjects]
    if own:
        records += column_records(base, agency_id, {item.metric for item in own})
    return records, others if own else []


def _narrow(records: list[Record], mention: Mention, question: Question, resolution: Resolution) -> list[Record] | None:
    """Records that fit what else was said: words left over, the whole it is part of, the unit. None: they fit nothing."""
    for words, required in (
        (_left_over(mention, resolution), True),
        (question.within, "within" not in question.carried),
    ):
        if not words:
            continue
        fitting = [record for record in records if fits_context(record, words)]
        if not fitting and required:
            return None
        records = fitting or records
    unit = question.unit
    if unit and not is_money(unit):
        records = [record for record in records if _same_unit(record.unit, unit)] or records
    if question.code:
        records = [record for record in records if record.code == question.code] or records
    return records


def _left_over(mention: Mention, resolution: Resolution) -> str:
    """Words of the mention that the resolved items do not account for."""
    rest = plain(mention.rest)
    if len(rest) < 2 or resolution.project:
        return ""
    item = resolution.items[0]
    whole = plain(mention.text)
    names = [plain(item.label), plain(item.metric), *map(plain, item.names)]
    if any(LCSseq.similarity(whole, name) / len(whole) >= 0.9 for name in names):
        return ""
    return rest


def fits_context(record: Record, words: str) -> bool:
    """Whether words belong to where a figure stands: its project, parent, column, scope, headings or sentence."""
    words = plain(words)
    for place in (record.subject, record.parent, record.split, record.scope):
        name = plain(place or "")
        if name and (
            LCSseq.similarity(words, name) >= 0.8 * len(words) or LCSseq.similarity(words, name) >= 0.9 * len(name) > 2
        ):
            return True
    return words in plain(record.section) or words in plain(record.quote)


def _same_unit(unit: str | None, asked: str) -> bool:
    known, wanted = units().get(unit or ""), units().get(asked)
    bases = {known.base if known else unit, wanted.base if wanted else asked}
    return len(bases) == 1 or bases <= _PERSONS


def _in_scope(records: Sequence[Record], question: Question) -> list[Record]:
    scope = question.scope
    if scope is None:
        return list(records)
    exact = [record for record in records if record.scope == scope]
    if exact:
        return exact
    return [
        record for record in records if record.scope is None or plain(scope)[:5] in plain(record.quote + record.metric)
    ]


def _choose(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, records: list[Record],
            others: list[Item], resolution: Resolution, year: int | None, measure: Measure | None) -> Outcome:  # fmt: skip
    """The measure tier and the year that answer."""
    metric = resolution.items[0].metric
    years: tuple[int, ...] = ()
    for index, tier in enumerate(acceptable(measure, metric)):
        fitting = [record for record in records if record.measure in tier]
        years = years or tuple(sorted({record.year for record in fitting}, reverse=True))
        chosen = year if year is not None else (max(record.year for record in fitting) if fitting else None)
        shown = [record for record in fitting if record.year == chosen]
        if shown:
            if not others and _several_subjects(shown):
                items = tuple(item for item in resolution.items if item.subject)
                return Outcome(agency_id, mention, measure, problem="ambiguous", items=items, records=tuple(records))
            return Outcome(
                agency_id, mention, measure, tuple(build_groups(shown)), chosen, years, None, tuple(others), None,
                instead=index > 0 and not fits_question(measure, shown[0].measure), records=tuple(records),
            )  # fmt: skip
    statement = find_absence(base, agency_id, mention, year)
    if statement:
        return Outcome(agency_id, mention, measure, problem="absent", statement=statement, year=statement.year)
    known = tuple(sorted({record.year for record in records}, reverse=True))
    problem: Problem = "measure" if year in known or year is None else "year"
    return Outcome(agency_id, mention, measure, (), year, known, problem, resolution.items, records=tuple(records))


def _several_subjects(records: Iterable[Record]) -> bool:
    subjects = {record.subject for record in records}
    return len(subjects) > 1 and None not in subjects


def find_absence(base: KnowledgeBase, agency_id: int, mention: Mention, year: int | None) -> Statement | None:
    """The sentence that says there is none of what is asked."""
    names = {plain(mention.text), *(plain(match.name) for match in mention.matches[:3])}
    for statement in base.absences(agency_id):
        if (year is None or statement.year == year) and plain(statement.term) in names:
            return statement
    return None


__all__ = ["Outcome", "Problem", "find", "find_absence", "fits_context", "total_split"]
