"""Reads the knowledge base: a handful of indexed queries per question, nothing that grows with the number of figures."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.models import Measure, Scope

_COLUMNS = (
    "f.id, f.report_id, f.agency_id, f.year, f.metric_id, f.aliases, f.parent, f.code, f.scope, f.subject, f.measure,"
    " f.split, f.value, f.unit, f.comparator, f.base_unit, f.sort_key, f.page, f.line, f.start, f.\"end\", f.box, f.cell,"
    " f.printed, f.section, f.quote_start, f.quote_end, f.quote, f.rank, f.approximate, f.confidence, f.note,"
    " a.name, m.name"
)  # fmt: skip
_JOINED = "FROM figures f JOIN agencies a ON a.id = f.agency_id JOIN metrics m ON m.id = f.metric_id"


KEPT_SOURCES = 32
MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Record:
    """One printed number of the knowledge base, as a row of ``figures``."""

    id: str
    report_id: str
    agency_id: int
    year: int
    metric_id: int
    aliases: str | None
    parent: str | None
    code: str | None
    scope: Scope | None
    subject: str | None
    measure: Measure
    split: str | None
    value: str
    unit: str | None
    comparator: str | None
    base_unit: str | None
    sort_key: str
    page: int | None
    line: int | None
    start: int
    end: int
    box: str | None
    cell: str | None
    printed: str
    section: str
    quote_start: int
    quote_end: int
    quote: str
    rank: int
    approximate: int
    confidence: str
    note: str | None
    agency: str
    metric: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A loaded report as shown in citations and lists."""

    id: str
    document: str
    title: str
    agency: str | None
    agency_id: int | None
    year: int | None
    kind: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A definition or a sentence that says there is none, with its place."""

    report_id: str
    agency: str
    year: int
    term: str
    scope: Scope | None
    text: str
    page: int | None
    line: int | None
    start: int
    end: int
    section: str


@dataclass(frozen=True)
class Item:
    """What a body has figures of: a metric, of the body itself or of one of its projects (项目)."""

    metric_id: int
    metric: str
    subject: str | None
    names: tuple[str, ...]
    years: tuple[int, ...]
    parents: tuple[str, ...]
    units: tuple[str, ...]
    count: int

    @cached_property
    def label(self) -> str:
        """How the item is called in a choice."""
        return f"{self.subject}：{self.metric}" if self.subject else self.metric


class _Found:
    """What is gathered of an item while its figures are read."""

    __slots__ = ("aliases", "count", "metric", "parents", "units", "years")

    def __init__(self, metric: str) -> None:
        self.metric = metric
        self.aliases: dict[str, None] = {}
        self.parents: dict[str, None] = {}
        self.units: dict[str, None] = {}
        self.years: set[int] = set()
        self.count = 0


def _report_line(row: Any) -> ReportLine:
    key, document, title, agency, agency_id, year, kind, is_sample = row
    return ReportLine(key, document, title, agency, agency_id, year, kind, bool(is_sample))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


class KnowledgeBase:
    """Queries over one read-only connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._items: dict[int, tuple[Item, ...]] = {}
        self._reports: dict[str, ReportLine] = {}
        self._spellings: dict[int, list[str]] = {}
        self._named: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._sources: dict[str, str] = {}

    def forget(self) -> None:
        """Drop what was kept of an older state of the knowledge base."""
        self._items.clear()
        self._reports.clear()
        self._spellings.clear()
        self._named.clear()
        self._sources.clear()

    def _all(self, query: str, values: Iterable[object] = ()) -> list[Any]:
        return self.connection.execute(query, tuple(values)).fetchall()

    def records(self, agency_id: int, metric_ids: Sequence[int], *, subject: str | None = None) -> list[Record]:
        """All figures of a body for some metrics; of one project when ``subject`` is given."""
        where = " AND f.subject = ?" if subject is not None else ""
        values = (agency_id, *metric_ids, *(() if subject is None else (subject,)))
        rows = self._all(
            f"SELECT {_COLUMNS} {_JOINED} WHERE f.agency_id = ? AND f.metric_id IN ({_marks(metric_ids)}){where}",
            values,
        )
        return [Record(*row) for row in rows]

    def subject_records(self, agency_id: int, subject: str) -> list[Record]:
        """All figures of one project of a body."""
        rows = self._all(f"SELECT {_COLUMNS} {_JOINED} WHERE f.agency_id = ? AND f.subject = ?", (agency_id, subject))
        return [Record(*row) for row in rows]

    def by_id(self, ids: Sequence[str]) -> list[Record]:
        """Figures by id."""
        return [Record(*row) for row in self._all(f"SELECT {_COLUMNS} {_JOINED} WHERE f.id IN ({_marks(ids)})", ids)]

    def ordered(self, metric_id: int, measure: str, year: int, *, descending: bool) -> Iterator[Record]:
        """Figures of one metric, measure and year over all bodies, by amount; read lazily from the index."""
        order = "DESC" if descending else "ASC"
        query = f"SELECT {_COLUMNS} {_JOINED} WHERE f.metric_id = ? AND f.measure = ? AND f.year = ? ORDER BY f.sort_key {order}"
        for row in self.connection.execute(query, (metric_id, measure, year)):
            yield Record(*row)

    def metric_years(self, metric_id: int, measures: Sequence[str]) -> list[tuple[str, int]]:
        """(measure, year) pairs under which a metric has figures, found by skipping through the index."""
        found: list[tuple[str, int]] = []
        for measure in measures:
            year: int | None = self._edge_year(metric_id, measure, 9999)
            while year is not None:
                found.append((measure, year))
                year = self._edge_year(metric_id, measure, year)
        return found

    def _edge_year(self, metric_id: int, measure: str, below: int) -> int | None:
        row = self.connection.execute(
            "SELECT year FROM figures WHERE metric_id = ? AND measure = ? AND year < ? ORDER BY year DESC LIMIT 1",
            (metric_id, measure, below),
        ).fetchone()
        return row[0] if row else None

    def metric_bodies(self, metric_ids: Sequence[int], year: int | None, limit: int) -> list[int]:
        """Ids of bodies that have figures of some metrics (of a year), at most ``limit``."""
        seen: dict[int, None] = {}
        for metric_id in metric_ids:
            for measure, found_year in self.metric_years(metric_id, _LISTED):
                if year is not None and found_year != year:
                    continue
                rows = self.connection.execute(
                    "SELECT agency_id FROM figures WHERE metric_id = ? AND measure = ? AND year = ?",
                    (metric_id, measure, found_year),
                )
                for (agency_id,) in rows:
                    seen.setdefault(agency_id)
                    if len(seen) >= limit:
                        return list(seen)
        return list(seen)

    def items(self, agency_id: int) -> tuple[Item, ...]:
        """What a body has figures of, in order of appearance; kept until the knowledge base changes."""
        if agency_id not in self._items:
            if len(self._items) > 512:
                self._items.clear()
            self._items[agency_id] = tuple(self._read_items(agency_id))
        return self._items[agency_id]

    def subjects(self, agency_id: int) -> list[str]:
        """The projects (项目名称) of a body."""
        rows = self._all(
            "SELECT DISTINCT subject FROM figures WHERE agency_id = ? AND subject IS NOT NULL", (agency_id,)
        )
        return [subject for (subject,) in rows]

    def parents(self, agency_id: int) -> list[tuple[int, str, str]]:
        """Metrics of a body that are part of another: id, name, and the name of what they are part of."""
        return self._all(
            "SELECT DISTINCT f.metric_id, m.name, f.parent FROM figures f JOIN metrics m ON m.id = f.metric_id"
            " WHERE f.agency_id = ? AND f.parent IS NOT NULL",
            (agency_id,),
        )

    def code_items(self, agency_id: int, code: str) -> tuple[Item, ...]:
        """Items of a body that are printed under a classification code (科目编码)."""
        rows = self._all("SELECT DISTINCT metric_id FROM figures WHERE code = ? AND agency_id = ?", (code, agency_id))
        return tuple(item for (metric_id,) in rows for item in self.metric_items(agency_id, metric_id))

    def metric_items(self, agency_id: int, metric_id: int) -> tuple[Item, ...]:
        """Those of ``items`` that are of one metric, without reading the others."""
        if agency_id in self._items:
            return tuple(item for item in self._items[agency_id] if item.metric_id == metric_id)
        return tuple(self._read_items(agency_id, metric_id))

    def _read_items(self, agency_id: int, metric_id: int | None = None) -> Iterator[Item]:
        rows = self._all(
            "SELECT f.metric_id, m.name, f.subject, f.aliases, f.year, f.parent, f.base_unit FROM figures f"
            " JOIN metrics m ON m.id = f.metric_id WHERE f.agency_id = ?"
            + (" AND f.metric_id = ?" if metric_id else ""),
            (agency_id, metric_id) if metric_id else (agency_id,),
        )
        found: dict[tuple[int, str | None], _Found] = {}
        for number, metric, subject, aliases, year, parent, unit in rows:
            one = found.get((number, subject))
            if one is None:
                one = found[number, subject] = _Found(metric)
            if aliases:
                one.aliases.update(dict.fromkeys(json.loads(aliases)))
            if parent:
                one.parents[parent] = None
            one.years.add(year)
            one.units[unit or ""] = None
            one.count += 1
        standard = self._standard_names(tuple({number for number, _ in found}))
        for (number, subject), one in found.items():
            names = tuple(dict.fromkeys((one.metric, *one.aliases, *standard.get(number, ()))))
            yield Item(number, one.metric, subject, names, tuple(sorted(one.years)), tuple(one.parents),
                       tuple(one.units), one.count)  # fmt: skip

    def metric_names(self, metric_ids: Sequence[int]) -> dict[int, list[str]]:
        """Name and aliases of metrics."""
        found: dict[int, list[str]] = {}
        for metric_id, name in self._all(
            f"SELECT id, name FROM metrics WHERE id IN ({_marks(metric_ids)}) UNION ALL"
            f" SELECT metric_id, alias FROM metric_aliases WHERE metric_id IN ({_marks(metric_ids)})",
            (*metric_ids, *metric_ids),
        ):
            found.setdefault(metric_id, []).append(name)
        return found

    def _standard_names(self, metric_ids: Sequence[int]) -> dict[int, list[str]]:
        """Spellings of metrics that the vocabulary knows; kept until the knowledge base changes."""
        if len(self._spellings) > MOST_KEPT:
            self._spellings.clear()
        missing = [number for number in metric_ids if number not in self._spellings]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            self._spellings.update({number: [] for number in some})
            for metric_id, alias in self._all(
                f"SELECT metric_id, alias FROM metric_aliases WHERE metric_id IN ({_marks(some)}) AND origin <> 'report'",
                some,
            ):
                self._spellings[metric_id].append(alias)
        return self._spellings

    def metric_id(self, name: str) -> int | None:
        """The metric of exactly this name or alias."""
        row = self.connection.execute(
            "SELECT id FROM metrics WHERE name = ? UNION ALL SELECT metric_id FROM metric_aliases WHERE alias = ? LIMIT 1",
            (name, name),
        ).fetchone()
        return row[0] if row else None

    def named_ids(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """The metrics of exactly these names, as far as they are there; kept until the knowledge base changes."""
        if names not in self._named:
            rows = self._all(f"SELECT id FROM metrics WHERE name IN ({_marks(names)})", names)
            self._named[names] = tuple(number for (number,) in rows)
        return self._named[names]

    def report(self, report_id: str) -> ReportLine:
        """A loaded report."""
        if report_id not in self._reports:
            row = self._all(f"{_REPORTS} WHERE r.id = ?", (report_id,))[0]
            self._reports[report_id] = _report_line(row)
        return self._reports[report_id]

    def reports(self, agency_ids: Sequence[int] = (), limit: int = 200) -> list[ReportLine]:
        """Loaded reports, of some bodies or all, the newest first."""
        where = f" WHERE r.agency_id IN ({_marks(agency_ids)})" if agency_ids else ""
        rows = self._all(f"{_REPORTS}{where} ORDER BY r.year DESC, r.document LIMIT ?", (*agency_ids, limit))
        return [_report_line(row) for row in rows]

    def agencies(self, limit: int = 50) -> list[tuple[int, str]]:
        """Bodies that have reports of their own."""
        return self._all(
            "SELECT id, name FROM agencies WHERE EXISTS (SELECT 1 FROM reports WHERE agency_id = agencies.id)"
            " ORDER BY id LIMIT ?",
            (limit,),
        )

    def report_count(self) -> int:
        """How many reports are loaded."""
        return int(self.connection.execute("SELECT count(*) FROM reports").fetchone()[0])

    def agency_count(self) -> int:
        """How many bodies have reports of their own."""
        return int(self.connection.execute("SELECT count(DISTINCT agency_id) FROM reports").fetchone()[0])

    def agency_years(self, agency_id: int) -> list[int]:
        """Years that a body has figures of, the newest first."""
        return [
            row[0]
            for row in self._all(
                "SELECT DISTINCT year FROM reports WHERE agency_id = ? AND year IS NOT NULL ORDER BY year DESC",
                (agency_id,),
            )
        ]

    def printed_at(self, report_id: str, start: int, end: int) -> str:
        """``source.text[start:end]`` of a report."""
        return self.source(report_id)[start:end]

    def source(self, report_id: str) -> str:
        """The stored text of a report; the last few are kept."""
        if report_id not in self._sources:
            row = self.connection.execute("SELECT text FROM sources WHERE report_id = ?", (report_id,)).fetchone()
            if len(self._sources) >= KEPT_SOURCES:
                self._sources.pop(next(iter(self._sources)))
            self._sources[report_id] = row[0] if row else ""
        return self._sources[report_id]

    def definitions(self, terms: Sequence[str], agency_ids: Sequence[int] = ()) -> list[Statement]:
        """Entries of 名词解释 for some terms, of some bodies or of all."""
        where = f" AND d.agency_id IN ({_marks(agency_ids)})" if agency_ids else ""
        rows = self._all(
            'SELECT d.report_id, a.name, d.year, d.term, NULL, d.text, d.page, d.line, d.start, d."end", d.section'
            f" FROM definitions d JOIN agencies a ON a.id = d.agency_id WHERE d.term IN ({_marks(terms)}){where}"
            " ORDER BY d.year DESC LIMIT 20",
            (*terms, *agency_ids),
        )
        return [Statement(*row) for row in rows]

    def absences(self, agency_id: int) -> list[Statement]:
        """Sentences of a body's reports that say there is none."""
        rows = self._all(
            'SELECT b.report_id, a.name, b.year, b.metric, b.scope, b.text, b.page, b.line, b.start, b."end", b.section'
            " FROM absences b JOIN agencies a ON a.id = b.agency_id WHERE b.agency_id = ? ORDER BY b.year DESC",
            (agency_id,),
        )
        return [Statement(*row) for row in rows]


_LISTED = ("决算数", "执行数", "数量", "期末数", "完成值", "得分", "完成率", "均值")
_REPORTS = (
    "SELECT r.id, r.document, r.title, a.name, r.agency_id, r.year, r.kind, r.is_sample FROM reports r"
    " LEFT JOIN agencies a ON a.id = r.agency_id"
)
