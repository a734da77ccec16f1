"""The knowledge base: one SQLite file, written here and nowhere else. A report is replaced in one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from knowledge.connection import StoreError, connect, open_reader
from knowledge.models import ReportKind
from knowledge.names import index_names
from knowledge.records import (
    Contents,
    Passages,
    ReportRecord,
    Row,
    absence_row,
    definition_row,
    figure_row,
    finding_row,
    ledger_row,
    report_row,
)
from knowledge.registry import Registry
from knowledge.schema import MIGRATIONS
from knowledge.search import search_terms

__all__ = ["Store", "StoreError", "StoredReport", "open_reader", "report_id", "stored_reports"]


def report_id(document: str) -> str:
    """The stable id of a report, from the name of its document."""
    return hashlib.sha256(document.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the knowledge base lists it."""

    id: str
    document: str
    title: str
    agency: str | None
    year: int | None
    kind: str
    sha256: str
    version: str
    path: str | None
    figures: int
    ignored: int
    unread: int


def stored_reports(path: Path) -> dict[str, StoredReport]:
    """All reports of a knowledge base by document; none where there is no file."""
    if not path.is_file():
        return {}
    with closing(open_reader(path)) as connection:
        rows = connection.execute(
            """
            SELECT reports.id, document, title, agencies.name, year, kind, sha256, reader_version, path,
                   figure_count, ignored_count, unread_count
            FROM reports LEFT JOIN agencies ON agencies.id = agency_id ORDER BY document
            """
        )
        return {report.document: report for report in (StoredReport(*row) for row in rows)}


class Store:
    """A knowledge base open for writing; created, or brought to the newest schema, when opened.

    Several processes may open the same file: readers never wait, writers wait for each other.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = Database(connect(path.resolve().as_uri(), path, sqlite3.Connection))
        try:
            self._db.enable_wal()
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self._migrate()
        except sqlite3.DatabaseError as error:
            self.close()
            raise StoreError(f"{path} 不是知识库，或者不能写入：{error}。") from error

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this store, for reading."""
        return self._db.conn

    def _migrate(self) -> None:
        if MIGRATIONS.pending(self._db):
            with self._transaction():
                MIGRATIONS.apply(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def stand_alone(self) -> None:
        """Make the file complete without the journal beside it, to be copied or moved. No other process may have it open."""
        self._db.disable_wal()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self._db.commit()
        except sqlite3.OperationalError as error:
            self._db.rollback()
            raise StoreError(f"知识库 {self.path} 写入失败（{error}），本次内容未写入。") from error
        except BaseException:
            self._db.rollback()
            raise

    def replace_report(self, record: ReportRecord, contents: Contents) -> str:
        """Store a report in one transaction, in place of what was stored of its document. Returns the report's id."""
        identifier = report_id(record.document)
        with self._writing() as registry:
            registry.touch_report(identifier)
            self._delete(identifier)
            self._insert(identifier, record, contents, registry)
        return identifier

    def delete_report(self, document: str) -> bool:
        """Remove a report with everything found in it. False where there is none."""
        with self._writing() as registry:
            registry.touch_report(report_id(document))
            return self._delete(report_id(document))

    def add_aliases(self, aliases: Iterable[tuple[str, str]]) -> list[str]:
        """Add names (body, alias) given by an admin; returns the bodies that are not in the knowledge base."""
        unknown = []
        with self._writing() as registry:
            for agency, alias in aliases:
                if registry.has_agency(agency):
                    registry.add_agency_alias(registry.agency(agency), alias, "admin")
                else:
                    unknown.append(agency)
        return unknown

    @contextmanager
    def _writing(self) -> Iterator[Registry]:
        with self._transaction():
            registry = Registry(self.connection)
            yield registry
            registry.drop_unused()
            index_names(self.connection, registry.agency_ids, registry.metric_ids)

    def _delete(self, report: str) -> bool:
        passages = self.connection.execute("SELECT id, text FROM passages WHERE report_id = ?", [report]).fetchall()
        self.connection.executemany(
            "INSERT INTO passages_search(passages_search, rowid, text) VALUES ('delete', ?, ?)",
            ((number, search_terms(text)) for number, text in passages),
        )
        return self.connection.execute("DELETE FROM reports WHERE id = ?", [report]).rowcount > 0

    def _insert(self, report: str, record: ReportRecord, contents: Contents, registry: Registry) -> None:
        registry.describe_agency(record)
        agency_id = registry.agency(record.agency) if record.agency else None
        self._insert_all("reports", [report_row(record, report, agency_id)])
        self._insert_all("sources", [{"report_id": report, "text": record.text}])
        passages = Passages(report)
        figures = passages.noting(contents.figures) if record.kind != ReportKind.DATA else contents.figures
        self._insert_all(
            "figures",
            (
                figure_row(
                    figure,
                    report,
                    registry.agency(figure.agency),
                    registry.metric(figure),
                    contents.pieces.get(figure.id),
                )
                for figure in figures
            ),
        )
        self._insert_all(
            "definitions",
            (
                definition_row(definition, report, registry.agency(definition.agency))
                for definition in passages.noting(contents.definitions)
            ),
        )
        self._insert_all(
            "absences",
            (
                absence_row(absence, report, registry.agency(absence.agency))
                for absence in passages.noting(contents.absences)
            ),
        )
        self._insert_all("findings", (finding_row(finding, report) for finding in contents.findings))
        self._insert_all("ledger", (ledger_row(entry, report) for entry in contents.ledger))
        self._insert_passages(report, passages.rows())
        self._count(report)

    def _insert_all(self, table: str, rows: Iterable[Row]) -> None:
        """Insert rows of the same columns, many times faster than one batch of placeholders after the other."""
        remaining = iter(rows)
        first = next(remaining, None)
        if first is not None:
            columns = ", ".join(f'"{name}"' for name in first)
            values = ", ".join(f":{name}" for name in first)
            statement = f'INSERT INTO "{table}" ({columns}) VALUES ({values})'
            self.connection.executemany(statement, chain([first], remaining))

    def _insert_passages(self, report: str, rows: Iterable[Row]) -> None:
        self._insert_all("passages", rows)
        passages = self.connection.execute("SELECT id, text FROM passages WHERE report_id = ?", [report]).fetchall()
        self.connection.executemany(
            "INSERT INTO passages_search(rowid, text) VALUES (?, ?)",
            ((number, search_terms(text)) for number, text in passages),
        )

    def _count(self, report: str) -> None:
        self.connection.execute(
            """
            UPDATE reports SET
                figure_count = (SELECT count(*) FROM figures WHERE report_id = :report),
                ignored_count = (SELECT count(*) FROM ledger WHERE report_id = :report AND fate = 'ignored'),
                unread_count = (SELECT count(*) FROM ledger WHERE report_id = :report AND fate = 'unread')
            WHERE id = :report
            """,
            {"report": report},
        )
