"""Agencies and metrics of the knowledge base by name, while one report is written."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from knowledge.records import ReportRecord
from knowledge.vocabulary import metric_by_alias, metrics
from knowledge.vocabulary.columns import column_words

_OF_ONE_REPORT = re.compile(r"(?:19|20)\d\d年?|^[^“]*”")


_ASKED = frozenset(("组成", "构成", "明细", "情况", "变化", "比较", "对比", "排名", "原因", "来源", "多少", "哪些"))
"""Words that questions are asked with."""


def is_telling(alias: str) -> bool:
    """Whether a name that a report gives a metric may stand in the index of all names: 总额 and 年 say nothing there, 组成
    is what questions ask, 三公经费决算公开2019年度三公经费 is words run together."""
    word = column_words().get(alias)
    return (
        len(alias) > 1
        and alias not in _ASKED
        and not (word is not None and word.total)
        and not _OF_ONE_REPORT.search(alias)
    )


class Registry:
    """Finds or creates the rows that figures refer to; remembers which were touched.

    Lives inside one transaction of ``Store``. ``agency_ids`` and ``metric_ids`` are those whose names may have changed.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._agencies: dict[str, int] = {}
        self._metrics: dict[str, int] = {}
        self._metric_aliases: set[tuple[int, str]] = set()
        self.agency_ids: set[int] = set()
        self.metric_ids: set[int] = set()

    def touch_report(self, report: str) -> None:
        """Remember what a report refers to before it is deleted."""
        ids = self._connection.execute(
            """
            SELECT agency_id, NULL FROM reports WHERE id = :report AND agency_id IS NOT NULL
            UNION SELECT agency_id, metric_id FROM figures WHERE report_id = :report
            UNION SELECT agency_id, NULL FROM definitions WHERE report_id = :report
            UNION SELECT agency_id, NULL FROM absences WHERE report_id = :report
            """,
            {"report": report},
        )
        for agency_id, metric_id in ids:
            self.agency_ids.add(agency_id)
            if metric_id is not None:
                self.metric_ids.add(metric_id)

    def has_agency(self, name: str) -> bool:
        """Whether the body is known."""
        return self._connection.execute("SELECT 1 FROM agencies WHERE name = ?", [name]).fetchone() is not None

    def agency(self, name: str) -> int:
        """The id of a body; a new one is created."""
        if name not in self._agencies:
            self._agencies[name], _ = self._find_or_create("agencies", name)
            self.agency_ids.add(self._agencies[name])
        return self._agencies[name]

    def describe_agency(self, record: ReportRecord) -> None:
        """The body of a report with its place and its other names."""
        if record.agency is None:
            return
        agency_id = self.agency(record.agency)
        if record.place:
            self._connection.execute("UPDATE agencies SET place = ? WHERE id = ?", [record.place, agency_id])
        for alias in record.agency_aliases:
            self.add_agency_alias(agency_id, alias, "report")

    def add_agency_alias(self, agency_id: int, alias: str, origin: str) -> None:
        """Another name of a body; ``origin`` is ``report`` or ``admin``."""
        self._connection.execute("INSERT OR IGNORE INTO agency_aliases VALUES (?, ?, ?)", [agency_id, alias, origin])
        self.agency_ids.add(agency_id)

    def metric(self, name: str, parent: str | None, aliases: Iterable[str]) -> int:
        """The id of a metric that a figure is of; a new one is created, with the names that the vocabulary gives it."""
        metric_id = self._metrics.get(name)
        if metric_id is None:
            metric_id, is_new = self._find_or_create("metrics", name)
            self._metrics[name] = metric_id
            if is_new:
                self.metric_ids.add(metric_id)
            self._describe_metric(metric_id, name, parent)
        self._add_metric_aliases(metric_id, name, aliases, "report")
        return metric_id

    def _describe_metric(self, metric_id: int, name: str, parent: str | None) -> None:
        standard = metrics().get(name)
        self._connection.execute(
            "UPDATE metrics SET parent = coalesce(?, parent), nature = ?, standard = ? WHERE id = ?",
            [
                standard.parent if standard else parent,
                standard.nature if standard else None,
                int(standard is not None),
                metric_id,
            ],
        )
        if standard:
            self._add_metric_aliases(metric_id, name, standard.aliases, "vocabulary")

    def _add_metric_aliases(self, metric_id: int, name: str, aliases: Iterable[str], origin: str) -> None:
        for alias in aliases:
            if (metric_id, alias) in self._metric_aliases:
                continue
            self._metric_aliases.add((metric_id, alias))
            if origin == "report" and not is_telling(alias):
                continue
            owner = metric_by_alias().get(alias)
            if owner is None or owner.name == name:
                added = self._connection.execute(
                    "INSERT OR IGNORE INTO metric_aliases VALUES (?, ?, ?)", [metric_id, alias, origin]
                )
                if added.rowcount:
                    self.metric_ids.add(metric_id)

    def _find_or_create(self, table: str, name: str) -> tuple[int, bool]:
        row = self._connection.execute(f"SELECT id FROM {table} WHERE name = ?", [name]).fetchone()
        if row:
            return int(row[0]), False
        return self._connection.execute(f"INSERT INTO {table} (name) VALUES (?)", [name]).lastrowid or 0, True

    def drop_unused(self) -> None:
        """Remove the touched bodies and metrics that nothing refers to any more."""
        self._connection.executemany(
            """
            DELETE FROM agencies WHERE id = :id
            AND NOT EXISTS (SELECT 1 FROM figures WHERE agency_id = :id)
            AND NOT EXISTS (SELECT 1 FROM reports WHERE agency_id = :id)
            AND NOT EXISTS (SELECT 1 FROM definitions WHERE agency_id = :id)
            AND NOT EXISTS (SELECT 1 FROM absences WHERE agency_id = :id)
            """,
            [{"id": number} for number in self.agency_ids],
        )
        self._connection.executemany(
            "DELETE FROM metrics WHERE id = :id AND NOT EXISTS (SELECT 1 FROM figures WHERE metric_id = :id)",
            [{"id": number} for number in self.metric_ids],
        )
