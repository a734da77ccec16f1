"""Findings as the knowledge base keeps them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A contradiction with its places (each ``line`` or ``page``); ``figures`` are ids of the figures concerned."""

    document: str
    rule: str
    severity: str
    message: str
    places: tuple[dict[str, Any], ...]
    printed: tuple[str, ...]
    expected: str
    figures: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """As printed by ``check_reports.py --format jsonl``."""
        return asdict(self)


def find_findings(
    connection: sqlite3.Connection, *, document: str | None = None, errors_only: bool = False
) -> list[StoredFinding]:
    """Findings by document, in printed order."""
    rows = connection.execute(
        """
        SELECT reports.document, rule, severity, message, places, printed, expected, figures
        FROM findings JOIN reports ON reports.id = findings.report_id
        WHERE (:document IS NULL OR reports.document = :document) AND (severity = 'error' OR NOT :errors_only)
        ORDER BY reports.document, findings.id
        """,
        {"document": document, "errors_only": errors_only},
    )
    return [
        StoredFinding(name, rule, severity, message, _places(places), _texts(printed), expected, _texts(figures))
        for name, rule, severity, message, places, printed, expected, figures in rows
    ]


def find_messages(connection: sqlite3.Connection, reports: Iterable[str], figures: Iterable[str]) -> list[str]:
    """What the checks say about these figures of these reports: errors only, in printed order."""
    asked, concerned = tuple(reports), frozenset(figures)
    rows = connection.execute(
        f"""
        SELECT message, figures FROM findings
        WHERE report_id IN ({",".join("?" * len(asked))}) AND severity = 'error' ORDER BY id
        """,
        asked,
    )
    return [message for message, ids in rows if not concerned.isdisjoint(json.loads(ids))]


MOST_OPPOSED = 3
"""A finding about more figures than these is about a sum, not about one thing printed with two values."""


def find_opposed(connection: sqlite3.Connection, report: str, figure: str) -> list[str]:
    """The figures of a report that print another value of what one of its figures says, as the checks found."""
    rows = connection.execute(
        """
        SELECT figures FROM findings
        WHERE report_id = ? AND severity = 'error' AND rule IN ('restated', 'score') ORDER BY id
        """,
        (report,),
    )
    concerned = [_texts(ids) for (ids,) in rows]
    return [
        other for ids in concerned if figure in ids and len(ids) <= MOST_OPPOSED for other in ids if other != figure
    ]


def _places(places: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"page": place["page"]} if place.get("page") else {"line": place.get("line")} for place in json.loads(places)
    )


def _texts(values: str) -> tuple[str, ...]:
    return tuple(json.loads(values))
