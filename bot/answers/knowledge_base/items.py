"""What a body has figures of, and the names of metrics."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from bot.answers.knowledge_base.figures import FigureQueries
from bot.answers.knowledge_base.queries import marks
from bot.answers.knowledge_base.records import Item
from knowledge.connection import Reader, keep

KEPT_BODIES = 512
KEPT_ITEMS = 16384
_Facets = tuple[str | None, int, str | None, str | None]
"""Aliases, year, parent and base unit of a figure."""


_ITEMS = "SELECT metric_id, subject, aliases, year, parent, base_unit FROM figures WHERE agency_id = ?"


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
        records = self.records(agency_id, (metric_id,))
        return self._build_items(
            (metric_id, one.subject, one.aliases, one.year, one.parent, one.base_unit) for one in records
        )

    def code_items(self, agency_id: int, code: str) -> tuple[Item, ...]:
        """Items of a body that are printed under a classification code (科目编码)."""
        rows = self._all("SELECT DISTINCT metric_id FROM figures WHERE code = ? AND agency_id = ?", (code, agency_id))
        return tuple(item for (metric_id,) in rows for item in self.metric_items(agency_id, metric_id))

    def _build_items(self, rows: Iterable[Any]) -> tuple[Item, ...]:
        together: dict[tuple[int, str | None], list[_Facets]] = {}
        for number, subject, aliases, year, parent, unit in rows:
            together.setdefault((number, subject), []).append((aliases, year, parent, unit))
        spelled = self._spelled({number for number, _ in together})
        return tuple(
            _build_item(spelled[number], subject, tuple(facets)) for (number, subject), facets in together.items()
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

    def _spelled(self, metric_ids: Iterable[int]) -> dict[int, tuple[int, str, tuple[str, ...]]]:
        """Metrics by id, each with its id, its name, and that name with the spellings that the vocabulary knows."""
        known: dict[int, tuple[int, str, tuple[str, ...]]] = self.connection.room("spelled")
        missing = [number for number in metric_ids if number not in known]
        for start in range(0, len(missing), 500):
            some = missing[start : start + 500]
            spellings: dict[int, list[str]] = {}
            for number, alias in self._all(
                f"SELECT metric_id, alias FROM metric_aliases WHERE metric_id IN ({marks(some)}) AND origin <> 'report'",
                some,
            ):
                spellings.setdefault(number, []).append(alias)
            for number, name in self._all(f"SELECT id, name FROM metrics WHERE id IN ({marks(some)})", some):
                known[number] = (number, name, tuple(dict.fromkeys((name, *spellings.get(number, ())))))
        return known


@lru_cache(maxsize=KEPT_ITEMS)
def _build_item(metric: tuple[int, str, tuple[str, ...]], subject: str | None, rows: tuple[_Facets, ...]) -> Item:
    """An item of a body; many bodies print the same ones."""
    number, name, spellings = metric
    printed = tuple(dict.fromkeys(alias for aliases, *_ in rows if aliases for alias in json.loads(aliases)))
    return Item(
        metric_id=number,
        metric=name,
        subject=subject,
        names=tuple(dict.fromkeys((name, *printed, *spellings))) if printed else spellings,
        years=tuple(sorted({year for _, year, _, _ in rows})),
        parents=tuple(dict.fromkeys(parent for _, _, parent, _ in rows if parent)),
        units=tuple(dict.fromkeys(unit or "" for _, _, _, unit in rows)),
        printed=printed,
    )


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
