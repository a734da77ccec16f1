"""Loaded reports: their titles and texts, their bodies and years, and sentences that are themselves an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.answers.knowledge_base.queries import Queries, marks
from bot.answers.knowledge_base.records import ReportLine, Statement
from bot.models import BodySet

KEPT_SOURCES = 32
_REPORTS = (
    "SELECT r.id, r.document, r.title, a.name, r.agency_id, r.year, r.kind, r.is_sample FROM reports r"
    " LEFT JOIN agencies a ON a.id = r.agency_id"
)


def _report_line(row: Any) -> ReportLine:
    key, document, title, agency, agency_id, year, kind, is_sample = row
    return ReportLine(key, document, title, agency, agency_id, year, kind, bool(is_sample))


def _members(among: BodySet) -> tuple[str, tuple[int, ...]]:
    """The query for the bodies that are meant together, and its values."""
    places = " OR ".join(["region BETWEEN ? AND ?"] * len(among.regions)) or "TRUE"
    offices = among.offices or ()
    named = "TRUE" if among.offices is None else f"body_id IN ({marks(offices)})"
    codes = tuple(code for area in among.regions for code in area)
    return f"SELECT agency_id FROM agency_bodies WHERE ({places}) AND {named}", (*codes, *offices)


class ReportQueries(Queries):
    """Reads reports; what it read is kept until the knowledge base changes."""

    def report(self, report_id: str) -> ReportLine:
        """A loaded report."""
        kept: dict[str, ReportLine] = self.connection.room("reports")
        return kept[report_id] if report_id in kept else self._read_lines((report_id,))[report_id]

    def _read_lines(self, report_ids: Sequence[str]) -> dict[str, ReportLine]:
        kept: dict[str, ReportLine] = self.connection.room("reports")
        rows = self._all(f"{_REPORTS} WHERE r.id IN ({marks(report_ids)})", report_ids)
        kept.update((line.id, line) for line in map(_report_line, rows))
        return kept

    def reports(self, agency_ids: Sequence[int] = (), limit: int = 200) -> list[ReportLine]:
        """Loaded reports, of some bodies or all, the newest first."""
        where = f" WHERE r.agency_id IN ({marks(agency_ids)})" if agency_ids else ""
        rows = self._all(f"{_REPORTS}{where} ORDER BY r.year DESC, r.document LIMIT ?", (*agency_ids, limit))
        return [_report_line(row) for row in rows]

    def agencies(self, limit: int = 50) -> list[tuple[int, str]]:
        """Bodies that have reports of their own."""
        return self._all(
            "SELECT id, name FROM agencies WHERE EXISTS (SELECT 1 FROM reports WHERE agency_id = agencies.id)"
            " ORDER BY id LIMIT ?",
            (limit,),
        )

    def members(self, among: BodySet) -> frozenset[int]:
        """Ids of the bodies that are meant together."""
        query, values = _members(among)
        return frozenset(agency_id for (agency_id,) in self._all(query, values))

    def reporting(
        self, among: BodySet | None, years: Sequence[int], limit: int
    ) -> tuple[int, list[tuple[int, list[int]]]]:
        """How many bodies (of those meant together) have a report (of some years), and the first, each with its years."""
        query, values = _members(among) if among else ("", ())
        where = f" AND agency_id IN ({query})" if among else ""
        where += f" AND year IN ({marks(years)})" if years else ""
        reports = f"FROM reports WHERE agency_id IS NOT NULL AND year IS NOT NULL{where}"
        (count,) = self._all(f"SELECT count(DISTINCT agency_id) {reports}", (*values, *years))[0]
        rows = self._all(
            f"SELECT agency_id, group_concat(DISTINCT year) {reports} GROUP BY agency_id ORDER BY max(year) DESC, agency_id"
            " LIMIT ?",
            (*values, *years, limit),
        )
        return count, [(agency_id, sorted(map(int, printed.split(",")))) for agency_id, printed in rows]

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
        kept: dict[str, str] = self.connection.room("sources")
        return kept[report_id] if report_id in kept else self._read_sources((report_id,))[report_id]

    def _read_sources(self, report_ids: Sequence[str]) -> dict[str, str]:
        kept: dict[str, str] = self.connection.room("sources", KEPT_SOURCES)
        kept.update(dict.fromkeys(report_ids, ""))
        kept.update(
            self._all(f"SELECT report_id, text FROM sources WHERE report_id IN ({marks(report_ids)})", report_ids)
        )
        return kept

    def read_reports(self, report_ids: Sequence[str]) -> None:
        """Read for several reports at once what ``report`` and ``source`` will be asked for."""
        self._read_lines(report_ids)
        self._read_sources(report_ids)

    def definitions(self, terms: Sequence[str], agency_ids: Sequence[int] = ()) -> list[Statement]:
        """Entries of 名词解释 for some terms, of some bodies or of all."""
        where = f" AND d.agency_id IN ({marks(agency_ids)})" if agency_ids else ""
        rows = self._all(
            'SELECT d.report_id, a.name, d.year, d.term, NULL, d.text, d.page, d.line, d.start, d."end", d.section'
            f" FROM definitions d JOIN agencies a ON a.id = d.agency_id WHERE d.term IN ({marks(terms)}){where}"
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
