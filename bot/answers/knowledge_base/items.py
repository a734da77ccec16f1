"""What a body has figures of, and the names of metrics."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from bot.answers.knowledge_base.queries import Queries, marks
from bot.answers.knowledge_base.records import Item

MOST_KEPT = 4096


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


class ItemQueries(Queries):
    """Reads items and metrics; what it read is kept until the knowledge base changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._items: dict[int, tuple[Item, ...]] = {}
        self._spellings: dict[int, list[str]] = {}
        self._named: dict[tuple[str, ...], tuple[int, ...]] = {}

    def forget(self) -> None:
        super().forget()
        self._items.clear()
        self._spellings.clear()
        self._named.clear()

    def items(self, agency_id: int) -> tuple[Item, ...]:
        """What a body has figures of, in order of appearance; kept until the knowledge base changes."""
        if agency_id not in self._items:
            if len(self._items) > 512:
                self._items.clear()
            self._items[agency_id] = tuple(self._read_items(agency_id))
        return self._items[agency_id]

    def metric_items(self, agency_id: int, metric_id: int) -> tuple[Item, ...]:
        """Those of ``items`` that are of one metric, without reading the others."""
        if agency_id in self._items:
            return tuple(item for item in self._items[agency_id] if item.metric_id == metric_id)
        return tuple(self._read_items(agency_id, metric_id))

    def code_items(self, agency_id: int, code: str) -> tuple[Item, ...]:
        """Items of a body that are printed under a classification code (科目编码)."""
        rows = self._all("SELECT DISTINCT metric_id FROM figures WHERE code = ? AND agency_id = ?", (code, agency_id))
        return tuple(item for (metric_id,) in rows for item in self.metric_items(agency_id, metric_id))

    def _read_items(self, agency_id: int, metric_id: int | None = None) -> Iterator[Item]:
        rows = self._all(
            "SELECT f.metric_id, m.name, f.subject, f.aliases, f.year, f.parent, f.base_unit FROM figures f"
            " JOIN metrics m ON m.id = f.metric_id WHERE f.agency_id = ?"
            + (" AND f.metric_id = ?" if metric_id else ""),
            (agency_id, metric_id) if metric_id else (agency_id,),
        )
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
        standard = self._standard_names(tuple({number for number, _ in found}))
        for (number, subject), one in found.items():
            names = tuple(dict.fromkeys((one.metric, *one.aliases, *standard.get(number, ()))))
            yield Item(number, one.metric, subject, names, tuple(sorted(one.years)), tuple(one.parents),
                       tuple(one.units), one.count)  # fmt: skip

    def metric_names(self, metric_ids: Sequence[int]) -> dict[int, list[str]]:
        """Name and aliases of metrics."""
        found: dict[int, list[str]] = {}
        for metric_id, name in self._all(
            f"SELECT id, name FROM metrics WHERE id IN ({marks(metric_ids)}) UNION ALL"
            f" SELECT metric_id, alias FROM metric_aliases WHERE metric_id IN ({marks(metric_ids)})",
            (*metric_ids, *metric_ids),
        ):
            found.setdefault(metric_id, []).append(name)
        return found

    def _standard_names(self, metric_ids: Sequence[int]) -> dict[int, list[str]]:
        """Spellings of metrics that the vocabulary knows; kept until the knowledge base changes."""
        if len(self._spellings) > MOST_KEPT:
            self._spellings.clear()
        missing = [number for number in metric_ids if number not in self._spellings]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            self._spellings.update({number: [] for number in some})
            for metric_id, alias in self._all(
                f"SELECT metric_id, alias FROM metric_aliases WHERE metric_id IN ({marks(some)}) AND origin <> 'report'",
                some,
            ):
                self._spellings[metric_id].append(alias)
        return self._spellings

    def metric_id(self, name: str) -> int | None:
        """The metric of exactly this name or alias."""
        row = self.connection.execute(
            "SELECT id FROM metrics WHERE name = ? UNION ALL SELECT metric_id FROM metric_aliases WHERE alias = ? LIMIT 1",
            (name, name),
        ).fetchone()
        return row[0] if row else None

    def named_ids(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """The metrics of exactly these names, as far as they are there; kept until the knowledge base changes."""
        if names not in self._named:
            rows = self._all(f"SELECT id FROM metrics WHERE name IN ({marks(names)})", names)
            self._named[names] = tuple(number for (number,) in rows)
        return self._named[names]
