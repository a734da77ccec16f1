"""One file → all that the knowledge base keeps of it. Touches no database, so that it can run in any process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.checks import check_report
from knowledge.extract import Extraction, extract_figures
from knowledge.layout.blocks import Report
from knowledge.layout.build import build_report
from knowledge.models import Figure, ReportKind
from knowledge.readers import ReaderError, read_source
from knowledge.records import Contents, ReportRecord
from knowledge.rows import RowError, RowTable, read_rows
from knowledge.stored_rows import FigureRow, Rows, build_rows, figure_row
from knowledge.version import extraction_version

_SHOWN_ERRORS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What an admin said about a report; None: to be found in it."""

    agency: str | None = None
    year: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be stored. ``notes`` are sentences for the admin."""

    record: ReportRecord
    rows: Rows
    notes: tuple[str, ...] = ()


def prepare(path: Path, document: str, origin: str, told: Told, *, is_sample: bool = False) -> Prepared:
    """Read a file, build the report, extract and check its figures. Raises ReaderError with a sentence for the user."""
    table = read_rows(path)
    if table is not None:
        return prepare_rows(replace(table, document=document), origin, told)
    source = read_source(path)
    if source.document != document:
        source = source.model_copy(update={"document": document})
    report = build_report(source, agency=told.agency, year=told.year, title=told.title)
    extraction = extract_figures(report)
    contents = Contents(
        figures=extraction.figures,
        definitions=extraction.definitions,
        absences=extraction.absences,
        findings=check_report(report, extraction),
        ledger=extraction.ledger,
        pieces=extraction.pieces,
    )
    return Prepared(
        _record(report, origin, is_sample), build_rows(contents), (*_doubts(report, extraction), *source.notes)
    )


def _doubts(report: Report, extraction: Extraction) -> Iterator[str]:
    """What an admin should look at."""
    if not report.identity.year:
        yield "没有识别出年度，请用 --year 指定后重新载入。"
    if report.identity.agency == report.source.document.rsplit(".", 1)[0]:
        yield "没有识别出单位名称，请用 --agency 指定后重新载入。"
    if not extraction.figures:
        yield "没有提取到数据，请确认是否为预算、决算或绩效自评报告。"


def prepare_rows(table: RowTable, origin: str, told: Told) -> Prepared:
    """A table whose rows are figures already; its figures are read when they are stored."""
    record = ReportRecord(
        document=table.document,
        title=told.title or Path(table.document).stem,
        agency=told.agency,
        year=told.year,
        kind=ReportKind.DATA,
        format=table.format,
        sha256=table.sha256,
        version=extraction_version(),
        text=table.text,
        path=origin,
    )
    return Prepared(record, Rows(figures=RowFigures(table)))


class RowFigures:
    """The figures of a table, read one by one; rows that give none are counted and the first of them kept.

    Raises ReaderError at the end of a table that has no figure at all.
    """

    def __init__(self, table: RowTable) -> None:
        self._table = table
        self._count = 0
        self.errors: list[RowError] = []
        self.error_count = 0

    def __iter__(self) -> Iterator[FigureRow]:
        self._count = self.error_count = 0
        self.errors = []
        for item in self._table:
            if isinstance(item, Figure):
                self._count += 1
                yield figure_row(item)
            else:
                self.error_count += 1
                self.errors += [item][: _SHOWN_ERRORS - len(self.errors)]
        if not self._count:
            raise ReaderError(f"《{self._table.document}》中没有一行能读成数据。{self.describe_errors()}")

    def __len__(self) -> int:
        return self._count

    def describe_errors(self) -> str:
        """A sentence about the rows that gave no figure, empty where all did."""
        if not self.error_count:
            return ""
        first = "".join(error.message for error in self.errors)
        return f"共 {self.error_count} 行未载入：{first}" if self.error_count > len(self.errors) else first


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
        text=source.printed,
        paged=source.paged,
        pages=max((line.page or 0 for line in source.lines), default=0) or None,
        agency_aliases=identity.agency_aliases,
        place=identity.place,
        is_sample=is_sample,
        path=origin,
    )
