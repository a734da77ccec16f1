"""One file → all that the knowledge base keeps of it. Touches no database, so that it can run in any process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.checks import check_report
from knowledge.extract import extract_figures
from knowledge.layout.blocks import Report
from knowledge.layout.build import build_report
from knowledge.readers import read_source
from knowledge.records import Contents, ReportRecord
from knowledge.version import extraction_version


@dataclass(frozen=True, slots=True)
class Told:
    """What an admin said about a report; None: to be found in it."""

    agency: str | None = None
    year: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be stored, and how many figures and findings it has."""

    record: ReportRecord
    contents: Contents
    figures: int
    findings: int


def prepare(path: Path, document: str, origin: str, told: Told, *, is_sample: bool = False) -> Prepared:
    """Read a file, build the report, extract and check its figures. Raises ReaderError with a sentence for the user."""
    source = read_source(path)
    if source.document != document:
        source = source.model_copy(update={"document": document})
    report = build_report(source, agency=told.agency, year=told.year, title=told.title)
    extraction = extract_figures(report)
    findings = check_report(report, extraction)
    contents = Contents(
        figures=extraction.figures,
        definitions=extraction.definitions,
        absences=extraction.absences,
        findings=findings,
        ledger=extraction.ledger,
        pieces=extraction.pieces,
    )
    return Prepared(_record(report, origin, is_sample), contents, len(extraction.figures), len(findings))


def _record(report: Report, origin: str, is_sample: bool) -> ReportRecord:
    source, identity = report.source, report.identity
    return ReportRecord(
        document=source.document,
        title=identity.title,
        agency=identity.agency,
        year=identity.year,
        kind=identity.kind,
        format=source.format,
        sha256=source.sha256,
        version=extraction_version(),
        text=source.text,
        paged=source.paged,
        pages=max((line.page or 0 for line in source.lines), default=0) or None,
        agency_aliases=identity.agency_aliases,
        place=identity.place,
        is_sample=is_sample,
        path=origin,
    )
