"""One file → all that the knowledge base keeps of it. Touches no database, so that it can run in any process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.checks import check_report
from knowledge.extract import Extraction, extract_figures
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
    """A report ready to be stored, and how many figures and findings it has. ``notes`` are sentences for the admin."""

    record: ReportRecord
    contents: Contents
    figures: int
    findings: int
    notes: tuple[str, ...] = ()


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
    return Prepared(
        record=_record(report, origin, is_sample),
        contents=contents,
        figures=len(extraction.figures),
        findings=len(findings),
        notes=(*_doubts(report, extraction), *source.notes),
    )


def _doubts(report: Report, extraction: Extraction) -> Iterator[str]:
    """What an admin should look at."""
    if not report.identity.year:
        yield "没有识别出年度，请用 --year 指定后重新载入。"
    if report.identity.agency == report.source.document.rsplit(".", 1)[0]:
        yield "没有识别出单位名称，请用 --agency 指定后重新载入。"
    if not extraction.figures:
        yield "没有提取到数据，请确认是否为预算、决算或绩效自评报告。"


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
