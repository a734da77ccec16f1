"""The knowledge base: one SQLite file, written here and nowhere else. A report is replaced in one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from knowledge.connection import StoreError, connect, open_reader
from knowledge.names import forget_projects, index_names
from knowledge.records import ReportRecord, report_row
from knowledge.registry import Registry
from knowledge.schema import MIGRATIONS
from knowledge.search import search_terms
from knowledge.stored_rows import ABSENCE, DEFINITION, FIGURE, FINDING, LEDGER, PASSAGE, Rows, SearchedRow, Values

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

    def replace_report(self, record: ReportRecord, rows: Rows) -> str:
        """Store a report in one transaction, in place of what was stored of its document. Returns the report's id."""
        identifier = report_id(record.document)
        with self._writing() as registry:
            registry.touch_report(identifier)
            self._delete(identifier)
            self._insert(identifier, record, rows, registry)
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
            forget_projects(self.connection, registry.agency_ids)
            registry.drop_unused()
            index_names(self.connection, registry.agency_ids, registry.metric_ids)

    def _delete(self, report: str) -> bool:
        passages = self.connection.execute("SELECT id, text FROM passages WHERE report_id = ?", [report]).fetchall()
        self.connection.executemany(
            "INSERT INTO passages_search(passages_search, rowid, text) VALUES ('delete', ?, ?)",
            ((number, search_terms(text)) for number, text in passages),
        )
        return self.connection.execute("DELETE FROM reports WHERE id = ?", [report]).rowcount > 0

    def _insert(self, report: str, record: ReportRecord, rows: Rows, registry: Registry) -> None:
        registry.describe_agency(record)
        own = report_row(record, report, registry.agency(record.agency) if record.agency else None)
        self._insert_all("reports", tuple(own), [tuple(own.values())])
        self._insert_all("sources", ("report_id", "text"), [(report, record.text)])
        figures = (
            (report, registry.agency(agency), registry.metric(metric, parent, aliases), *values)
            for agency, metric, parent, aliases, values in rows.figures
        )
        self._insert_all("figures", ("report_id", "agency_id", "metric_id", *FIGURE), figures)
        for table, columns, said in (
            ("definitions", DEFINITION, rows.definitions),
            ("absences", ABSENCE, rows.absences),
        ):
            owned = ((report, registry.agency(agency), *values) for agency, values in said)
            self._insert_all(table, ("report_id", "agency_id", *columns), owned)
        for table, columns, found in (("findings", FINDING, rows.findings), ("ledger", LEDGER, rows.ledger)):
            self._insert_all(table, ("report_id", *columns), ((report, *values) for values in found))
        self._insert_passages(report, rows.passages)
        self._count(report)

    def _insert_all(self, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        places = ", ".join("?" * len(columns))
        self.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)

    def _insert_passages(self, report: str, passages: Sequence[SearchedRow]) -> None:
        self._insert_all("passages", ("report_id", *PASSAGE), ((report, *values) for _, values in passages))
        numbers = self.connection.execute(
            "SELECT id FROM passages WHERE report_id = ? ORDER BY id", [report]
        ).fetchall()
        self.connection.executemany(
            "INSERT INTO passages_search(rowid, text) VALUES (?, ?)",
            ((number, terms) for (number,), (terms, _) in zip(numbers, passages, strict=True)),
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
