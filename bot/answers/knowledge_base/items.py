"""What a body has figures of, and the names of metrics."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.answers.knowledge_base.figures import FigureQueries
from bot.answers.knowledge_base.queries import marks
from bot.answers.knowledge_base.records import Item
from knowledge.connection import Reader, keep

KEPT_BODIES = 512


class _Found:
    """What is gathered of an item while its figures are read."""

    __slots__ = ("aliases", "count", "metric", "parents", "units", "years")

    def __init__(self, metric: str) -> None:
        self.metric = metric
        self.aliases: dict[str, None] = {}
        self.parents: dict[str, None] = {}
        self.units: dict[str, None] = {}
        self.years: set[int] = set()
        self.count = 0


_ITEMS = (
    "SELECT f.metric_id, m.name, f.subject, f.aliases, f.year, f.parent, f.base_unit FROM figures f"
    " JOIN metrics m ON m.id = f.metric_id WHERE f.agency_id = ?"
)


class ItemQueries(FigureQueries):
    """Reads items and metrics; what it read is kept until the knowledge base changes."""

    def items(self, agency_id: int) -> tuple[Item, ...]:
        """What a body has figures of, in order of appearance; kept until the knowledge base changes."""
        kept: dict[int, tuple[Item, ...]] = self.connection.room("items", KEPT_BODIES)
        if agency_id not in kept:
            kept[agency_id] = self._build_items(self._all(_ITEMS, (agency_id,)))
        return kept[agency_id]

    def metric_items(self, agency_id: int, metric_id: int) -> tuple[Item, ...]:
        """Those of ``items`` that are of one metric, without reading the others."""
        if agency_id in self.connection.room("items", KEPT_BODIES):
            return tuple(item for item in self.items(agency_id) if item.metric_id == metric_id)
        return self._build_items(
            (
                record.metric_id,
                record.metric,
                record.subject,
                record.aliases,
                record.year,
                record.parent,
                record.base_unit,
            )
            for record in self.records(agency_id, (metric_id,))
        )

    def code_items(self, agency_id: int, code: str) -> tuple[Item, ...]:
        """Items of a body that are printed under a classification code (科目编码)."""
        rows = self._all("SELECT DISTINCT metric_id FROM figures WHERE code = ? AND agency_id = ?", (code, agency_id))
        return tuple(item for (metric_id,) in rows for item in self.metric_items(agency_id, metric_id))

    def _build_items(self, rows: Iterable[Any]) -> tuple[Item, ...]:
        found: dict[tuple[int, str | None], _Found] = {}
        for number, metric, subject, aliases, year, parent, unit in rows:
            one = found.get((number, subject))
            if one is None:
                one = found[number, subject] = _Found(metric)
            if aliases:
                one.aliases.update(dict.fromkeys(json.loads(aliases)))
            if parent:
                one.parents[parent] = None
            one.years.add(year)
            one.units[unit or ""] = None
            one.count += 1
        standard = self._standard_names({number for number, _ in found})
        return tuple(
            Item(
                metric_id=number,
                metric=one.metric,
                subject=subject,
                names=tuple(dict.fromkeys((one.metric, *one.aliases, *standard.get(number, ())))),
                years=tuple(sorted(one.years)),
                parents=tuple(one.parents),
                units=tuple(one.units),
                count=one.count,
            )
            for (number, subject), one in found.items()
        )

    def metric_names(self, metric_id: int) -> tuple[str, ...]:
        """Name and aliases of a metric."""
        return _metric_names(self.connection, metric_id)

    def metric_id(self, name: str) -> int | None:
        """The metric of exactly this name or alias."""
        return _metric_id(self.connection, name)

    def named_ids(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """The metrics of exactly these names, as far as they are there."""
        return _named_ids(self.connection, names)

    def _standard_names(self, metric_ids: Iterable[int]) -> dict[int, list[str]]:
        """Spellings of metrics that the vocabulary knows."""
        known: dict[int, list[str]] = self.connection.room("standard names")
        missing = [number for number in metric_ids if number not in known]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            known.update({number: [] for number in some})
            for metric_id, alias in self._all(
                f"SELECT metric_id, alias FROM metric_aliases WHERE metric_id IN ({marks(some)}) AND origin <> 'report'",
                some,
            ):
                known[metric_id].append(alias)
        return known


@keep
def _metric_names(connection: Reader, metric_id: int) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT name FROM metrics WHERE id = ?1 UNION ALL SELECT alias FROM metric_aliases WHERE metric_id = ?1",
        (metric_id,),
    )
    return tuple(name for (name,) in rows)


@keep
def _metric_id(connection: Reader, name: str) -> int | None:
    row = connection.execute(
        "SELECT id FROM metrics WHERE name = ?1 UNION ALL SELECT metric_id FROM metric_aliases WHERE alias = ?1 LIMIT 1",
        (name,),
    ).fetchone()
    return row[0] if row else None


@keep
def _named_ids(connection: Reader, names: tuple[str, ...]) -> tuple[int, ...]:
    rows = connection.execute(f"SELECT id FROM metrics WHERE name IN ({marks(names)})", names)
    return tuple(number for (number,) in rows)
