"""One reading of a mention → its figures, in the measure and year that answer; or what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.groups import build_groups
from bot.answers.knowledge_base import Item, KnowledgeBase, Record, Statement
from bot.answers.matching import plain
from bot.answers.measures import acceptable, fits_question
from bot.answers.narrowing import asked_changes, in_scope, narrow
from bot.answers.outcome import Outcome, Problem
from bot.answers.projects import project_records
from bot.answers.readings import Reading
from bot.answers.totals import column_records
from bot.models import Mention, Question
from bot.questions.facets.units import is_money
from knowledge.models import Measure


def figures_of(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, reading: Reading, year: int | None,
               measure: Measure | None) -> Outcome:  # fmt: skip
    """Figures of a body for one reading of a mention, or why there are none."""
    records, others = _read(base, agency_id, reading, measure)
    narrowed = narrow(base, records, question, reading)
    if narrowed is None:
        return Outcome(agency_id, mention, measure, problem="context", items=reading.items)
    narrowed = asked_changes(narrowed, question)
    if not narrowed:
        whole = base.subject_records(agency_id, reading.items[0].subject or "") if reading.project else records
        return Outcome(agency_id, mention, measure, (), year, (), "measure", reading.items, records=tuple(whole))
    scoped = in_scope(narrowed, question)
    if not scoped:
        return Outcome(agency_id, mention, measure, problem="scope", items=reading.items, records=tuple(narrowed))
    found = choose_figures(base, agency_id, mention, scoped, others, reading, year, measure)
    if found.problem == "measure" and others:
        of_projects = figures_of(
            base, agency_id, mention, question, replace(reading, items=tuple(others)), year, measure
        )
        return of_projects if of_projects.groups else found
    return found


def _read(base: KnowledgeBase, agency_id: int, reading: Reading,
          measure: Measure | None) -> tuple[list[Record], list[Item]]:  # fmt: skip
    """Records of what was asked, and items of the same name that belong to projects (shown below or asked about)."""
    if reading.project:
        subject = reading.items[0].subject or ""
        return project_records(base.subject_records(agency_id, subject), subject, measure), []
    own = [item for item in reading.items if item.subject is None]
    others = [item for item in reading.items if item.subject is not None]
    metric_ids = tuple({item.metric_id for item in reading.items})
    subjects = {item.subject for item in (own or others)}
    records = [record for record in base.records(agency_id, metric_ids) if record.subject in subjects]
    if own:
        records += column_records(base, agency_id, {item.metric for item in own})
    return records, others if own else []


def choose_figures(base: KnowledgeBase, agency_id: int, mention: Mention, records: list[Record], others: list[Item],
                   reading: Reading, year: int | None, measure: Measure | None) -> Outcome:  # fmt: skip
    """The measure tier and the year that answer."""
    metric = reading.items[0].metric
    years: tuple[int, ...] = ()
    for index, tier in enumerate(acceptable(measure, metric)):
        fitting = [record for record in records if record.measure in tier]
        if index and measure in ("决算数", "执行数") and any(is_money(record.unit) for record in records):
            fitting = [record for record in fitting if is_money(record.unit)]
        years = years or tuple(sorted({record.year for record in fitting}, reverse=True))
        chosen = year if year is not None else (max(record.year for record in fitting) if fitting else None)
        shown = [record for record in fitting if record.year == chosen]
        if shown:
            if not others and _several_subjects(shown) and len({record.sort_key for record in shown}) > 1:
                items = tuple(item for item in reading.items if item.subject)
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
    return Outcome(agency_id, mention, measure, (), year, known, problem, reading.items, records=tuple(records))


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
