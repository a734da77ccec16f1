"""What the knowledge base keeps: the record of a report, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from knowledge.models import Absence, Definition, Figure, Finding, LedgerEntry

Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What the knowledge base keeps of a report besides its contents.

    ``agency`` and ``year`` are None for a data table about several. ``version`` names the reader and rules that made
    the figures; ``path`` is where the file was.
    """

    document: str
    title: str
    agency: str | None
    year: int | None
    kind: str
    format: str
    sha256: str
    version: str
    text: str
    paged: bool = False
    pages: int | None = None
    agency_aliases: tuple[str, ...] = ()
    place: str | None = None
    is_sample: bool = False
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in a report; ``pieces`` tell why each figure is what it is."""

    figures: Iterable[Figure] = ()
    definitions: Sequence[Definition] = ()
    absences: Sequence[Absence] = ()
    findings: Sequence[Finding] = ()
    ledger: Sequence[LedgerEntry] = ()
    pieces: Mapping[str, Pieces] = field(default_factory=dict)


def report_row(record: ReportRecord, report: str, agency_id: int | None) -> dict[str, Any]:
    """A row of ``reports``; the counts are set when everything is stored."""
    return {
        "id": report,
        "document": record.document,
        "title": record.title,
        "agency_id": agency_id,
        "year": record.year,
        "kind": record.kind,
        "format": record.format,
        "paged": int(record.paged),
        "pages": record.pages,
        "sha256": record.sha256,
        "reader_version": record.version,
        "figure_count": 0,
        "ignored_count": 0,
        "unread_count": 0,
        "is_sample": int(record.is_sample),
        "path": record.path,
        "loaded_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
