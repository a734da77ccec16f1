"""Models → rows of the knowledge base: every amount as text, every tuple as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from knowledge.models import Absence, Definition, Figure, Finding, LedgerEntry, Place
from knowledge.sort_keys import base_unit, sort_key

Row = dict[str, Any]
Pieces = tuple[tuple[str, str], ...]
Item = TypeVar("Item", Figure, Definition, Absence)


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


class Figures(Protocol):
    """The figures of a report: a tuple, or a stream of very many that knows its length once it was read."""

    def __iter__(self) -> Iterator[Figure]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in a report; ``pieces`` tell why each figure is what it is."""

    figures: Figures = ()
    definitions: Sequence[Definition] = ()
    absences: Sequence[Absence] = ()
    findings: Sequence[Finding] = ()
    ledger: Sequence[LedgerEntry] = ()
    pieces: Mapping[str, Pieces] = field(default_factory=dict)


_encode = json.JSONEncoder(ensure_ascii=False).encode


def to_json(value: object) -> str | None:
    """JSON with Chinese left readable; None for nothing."""
    return _encode(value) if value else None


def report_row(record: ReportRecord, report: str, agency_id: int | None) -> Row:
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


def figure_row(figure: Figure, report: str, agency_id: int, metric_id: int, pieces: Pieces | None) -> Row:
    """A row of ``figures``."""
    place = figure.place
    return {
        "id": figure.id,
        "report_id": report,
        "agency_id": agency_id,
        "year": figure.year,
        "metric_id": metric_id,
        "aliases": to_json(figure.aliases),
        "parent": figure.parent,
        "code": figure.code,
        "scope": figure.scope,
        "subject": figure.subject,
        "measure": figure.measure,
        "split": figure.split,
        "value": f"{figure.value:f}",
        "unit": figure.unit,
        "comparator": figure.comparator,
        "base_unit": base_unit(figure.unit),
        "sort_key": sort_key(figure.value, figure.unit),
        "page": place.page,
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "box": to_json(place.box),
        "cell": place.cell,
        "printed": figure.printed,
        "section": figure.section,
        "quote_start": figure.quote_start,
        "quote_end": figure.quote_end,
        "quote": figure.quote,
        "rule": figure.rule,
        "pieces": to_json(pieces),
        "rank": figure.rank,
        "approximate": int(figure.approximate),
        "confidence": str(figure.confidence),
        "note": figure.note,
    }


def _place_columns(place: Place) -> Row:
    return {"page": place.page, "line": place.line, "start": place.start, "end": place.end}


def definition_row(definition: Definition, report: str, agency_id: int) -> Row:
    """A row of ``definitions``."""
    return {
        "report_id": report,
        "agency_id": agency_id,
        "year": definition.year,
        "term": definition.term,
        "text": definition.text,
        "section": definition.section,
        **_place_columns(definition.place),
    }


def absence_row(absence: Absence, report: str, agency_id: int) -> Row:
    """A row of ``absences``."""
    return {
        "report_id": report,
        "agency_id": agency_id,
        "year": absence.year,
        "metric": absence.metric,
        "scope": absence.scope,
        "text": absence.text,
        "section": absence.section,
        **_place_columns(absence.place),
    }


def finding_row(finding: Finding, report: str) -> Row:
    """A row of ``findings``; places as a JSON list."""
    return {
        "report_id": report,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "places": to_json([place.model_dump(exclude_none=True) for place in finding.places]) or "[]",
        "printed": to_json(finding.printed) or "[]",
        "expected": finding.expected,
        "figures": to_json(finding.figures) or "[]",
    }


def ledger_row(entry: LedgerEntry, report: str) -> Row:
    """A row of ``ledger``."""
    return {"report_id": report, **entry.model_dump()}


class Passages:
    """Collects the sentences and table rows of a report that can be searched, each once."""

    def __init__(self, report: str) -> None:
        self._report = report
        self._rows: dict[tuple[int, int], Row] = {}

    def noting(self, items: Iterable[Item]) -> Iterator[Item]:
        """Pass the items on, keeping the passage that each stands in."""
        for item in items:
            if isinstance(item, Figure):
                self._keep(item.quote_start, item.quote_end, item.quote, item)
            else:
                self._keep(item.place.start, item.place.end, item.text, item)
            yield item

    def _keep(self, start: int, end: int, text: str, item: Figure | Definition | Absence) -> None:
        if (start, end) not in self._rows:
            self._rows[start, end] = {
                "report_id": self._report,
                "section": item.section,
                **_place_columns(item.place),
                "start": start,
                "end": end,
                "text": text,
            }

    def rows(self) -> list[Row]:
        """Rows of ``passages``."""
        return list(self._rows.values())
