"""Figures of the knowledge base: of a body, by id, in order of amount, and who has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.knowledge_base.queries import Queries, marks
from bot.answers.knowledge_base.records import Amount, Record
from knowledge.connection import Reader, keep

_COLUMNS = (
    "f.id, f.report_id, f.agency_id, f.year, f.metric_id, f.aliases, f.parent, f.code, f.scope, f.subject, f.measure,"
    " f.split, f.value, f.unit, f.comparator, f.base_unit, f.sort_key, f.page, f.line, f.start, f.\"end\", f.box, f.cell,"
    " f.printed, f.section, f.quote_start, f.quote_end, f.quote, f.rank, f.approximate, f.confidence, f.note,"
    " a.name, m.name"
)  # fmt: skip
_JOINED = "FROM figures f JOIN agencies a ON a.id = f.agency_id JOIN metrics m ON m.id = f.metric_id"
_OF_BODIES = f"SELECT {_COLUMNS} {_JOINED} WHERE f.agency_id IN ({{agencies}}) AND f.metric_id IN ({{metrics}})"
_IN_COLUMNS = f"{_OF_BODIES} AND f.split IS NOT NULL AND f.subject IS NULL"
KEPT_RECORDS = 64
_Kept = dict[tuple[int, tuple[int, ...]], list[Record]]
_LISTED = ("决算数", "执行数", "数量", "期末数", "完成值", "得分", "完成率", "均值")


class FigureQueries(Queries):
    """Reads figures, each list from an index."""

    def records(self, agency_id: int, metric_ids: tuple[int, ...]) -> Sequence[Record]:
        """All figures of a body for some metrics; the last few are kept."""
        kept: _Kept = self.connection.room("records")
        if (agency_id, metric_ids) not in kept:
            kept = self.connection.room("records", KEPT_RECORDS)
            kept[agency_id, metric_ids] = self._read(_OF_BODIES, (agency_id,), metric_ids)
        return kept[agency_id, metric_ids]

    def column_records(self, agency_id: int, metric_ids: tuple[int, ...]) -> Sequence[Record]:
        """Figures of a body for some metrics that stand in a column of their own, projects aside; the last few are kept."""
        kept: _Kept = self.connection.room("columns")
        if (agency_id, metric_ids) not in kept:
            kept = self.connection.room("columns", KEPT_RECORDS)
            kept[agency_id, metric_ids] = self._read(_IN_COLUMNS, (agency_id,), metric_ids)
        return kept[agency_id, metric_ids]

    def read_ahead(self, agency_ids: Sequence[int], metric_ids: Sequence[int], totals: tuple[int, ...]) -> None:
        """Read for several bodies at once what ``records`` will be asked for of each metric, ``column_records`` of the
        totals, and ``subjects``."""
        records: _Kept = self.connection.room("records", KEPT_RECORDS)
        records.update({(agency_id, (metric_id,)): [] for agency_id in agency_ids for metric_id in metric_ids})
        for record in self._read(_OF_BODIES, agency_ids, metric_ids):
            records[record.agency_id, (record.metric_id,)].append(record)
        columns: _Kept = self.connection.room("columns", KEPT_RECORDS)
        columns.update({(agency_id, totals): [] for agency_id in agency_ids})
        for record in self._read(_IN_COLUMNS, agency_ids, totals):
            columns[record.agency_id, totals].append(record)
        self._read_subjects(agency_ids)

    def _read(self, query: str, agency_ids: Sequence[int], metric_ids: Sequence[int]) -> list[Record]:
        filled = query.format(agencies=marks(agency_ids), metrics=marks(metric_ids))
        return [Record._make(row) for row in self._all(filled, (*agency_ids, *metric_ids))]

    def body_records(self, agency_id: int) -> list[Record]:
        """All figures of a body."""
        return [
            Record._make(row) for row in self._all(f"SELECT {_COLUMNS} {_JOINED} WHERE f.agency_id = ?", (agency_id,))
        ]

    def subject_records(self, agency_id: int, subject: str) -> list[Record]:
        """All figures of one project of a body."""
        rows = self._all(f"SELECT {_COLUMNS} {_JOINED} WHERE f.agency_id = ? AND f.subject = ?", (agency_id, subject))
        return [Record._make(row) for row in rows]

    def by_id(self, ids: Sequence[str]) -> list[Record]:
        """Figures by id."""
        return [
            Record._make(row) for row in self._all(f"SELECT {_COLUMNS} {_JOINED} WHERE f.id IN ({marks(ids)})", ids)
        ]

    def ordered(self, metric_id: int, measure: str, year: int, *, descending: bool) -> Iterator[Amount]:
        """Figures of one metric, measure and year over all bodies, by amount; read lazily from the index."""
        order = "DESC" if descending else "ASC"
        query = (
            "SELECT agency_id, metric_id, year, value, unit, base_unit, sort_key FROM figures"
            f" WHERE metric_id = ? AND measure = ? AND year = ? ORDER BY sort_key {order}"
        )
        yield from map(Amount._make, self.connection.execute(query, (metric_id, measure, year)))

    def metric_years(self, metric_id: int, measures: Iterable[str]) -> list[tuple[str, int]]:
        """(measure, year) pairs under which a metric has figures."""
        return [(measure, year) for measure in measures for year in _years(self.connection, metric_id, measure)]

    def metric_bodies(self, metric_ids: Sequence[int], year: int | None, limit: int) -> list[int]:
        """Ids of bodies that have figures of some metrics (of a year), at most ``limit``."""
        seen: dict[int, None] = {}
        for metric_id in metric_ids:
            for measure, found_year in self.metric_years(metric_id, _LISTED):
                if year is not None and found_year != year:
                    continue
                rows = self.connection.execute(
                    "SELECT agency_id FROM figures WHERE metric_id = ? AND measure = ? AND year = ?",
                    (metric_id, measure, found_year),
                )
                for (agency_id,) in rows:
                    seen.setdefault(agency_id)
                    if len(seen) >= limit:
                        return list(seen)
        return list(seen)

    def has_figures(self, agency_id: int) -> bool:
        """Whether there is any figure of a body."""
        return bool(self._all("SELECT 1 FROM figures WHERE agency_id = ? LIMIT 1", (agency_id,)))

    def subjects(self, agency_id: int) -> list[str]:
        """The projects (项目名称) of a body; kept until the knowledge base changes."""
        kept: dict[int, list[str]] = self.connection.room("subjects")
        return kept[agency_id] if agency_id in kept else self._read_subjects((agency_id,))[agency_id]

    def _read_subjects(self, agency_ids: Sequence[int]) -> dict[int, list[str]]:
        kept: dict[int, list[str]] = self.connection.room("subjects")
        kept.update({agency_id: [] for agency_id in agency_ids})
        query = f"SELECT DISTINCT agency_id, subject FROM figures WHERE agency_id IN ({marks(agency_ids)}) AND subject IS NOT NULL"
        for agency_id, subject in self._all(query, agency_ids):
            kept[agency_id].append(subject)
        return kept

    def parents(self, agency_id: int) -> list[str]:
        """The names that a body's figures are part of, as printed."""
        rows = self._all("SELECT DISTINCT parent FROM figures WHERE agency_id = ? AND parent IS NOT NULL", (agency_id,))
        return [parent for (parent,) in rows]

    def parts(self, agency_id: int, parents: Sequence[str], year: int) -> list[Record]:
        """Figures of a body and year that are printed as part of one of these."""
        rows = self._all(
            f"SELECT {_COLUMNS}, f.rowid {_JOINED} WHERE f.agency_id = ? AND f.parent IN ({marks(parents)}) AND f.year = ?",
            (agency_id, *parents, year),
        )
        rows.sort(key=lambda row: (row["metric_id"], row["rowid"]))  # in SQL it would take another index
        return [Record._make(row[:-1]) for row in rows]


@keep
def _years(connection: Reader, metric_id: int, measure: str) -> tuple[int, ...]:
    """Years of a metric and measure, the newest first, found by skipping through the index."""
    query = "SELECT year FROM figures WHERE metric_id = ? AND measure = ? AND year < ? ORDER BY year DESC LIMIT 1"
    years = [9999]
    while row := connection.execute(query, (metric_id, measure, years[-1])).fetchone():
        years.append(row[0])
    return tuple(years[1:])
