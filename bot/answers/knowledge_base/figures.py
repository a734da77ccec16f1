"""Figures of the knowledge base: of a body, by id, in order of amount, and who has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.knowledge_base.queries import Queries, marks
from bot.answers.knowledge_base.records import Record
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
            kept = self._read_records((agency_id,), metric_ids)
        return kept[agency_id, metric_ids]

    def column_records(self, agency_id: int, metric_ids: tuple[int, ...]) -> Sequence[Record]:
        """Figures of a body for some metrics that stand in a column of their own, projects aside; the last few are kept."""
        kept: _Kept = self.connection.room("columns")
        if (agency_id, metric_ids) not in kept:
            kept = self._read_columns((agency_id,), metric_ids)
        return kept[agency_id, metric_ids]

    def read_ahead(self, agency_ids: Sequence[int], metric_ids: tuple[int, ...], totals: tuple[int, ...]) -> None:
        """Read for several bodies at once what ``records`` and, of their totals, ``column_records`` will be asked for."""
        self._read_records(agency_ids, metric_ids)
        self._read_columns(agency_ids, totals)

    def _read_records(self, agency_ids: Sequence[int], metric_ids: tuple[int, ...]) -> _Kept:
        return self._read(self.connection.room("records", KEPT_RECORDS), _OF_BODIES, agency_ids, metric_ids)

    def _read_columns(self, agency_ids: Sequence[int], metric_ids: tuple[int, ...]) -> _Kept:
        return self._read(self.connection.room("columns", KEPT_RECORDS), _IN_COLUMNS, agency_ids, metric_ids)

    def _read(self, kept: _Kept, query: str, agency_ids: Sequence[int], metric_ids: tuple[int, ...]) -> _Kept:
        kept.update({(agency_id, metric_ids): [] for agency_id in agency_ids})
        rows = self._all(
            query.format(agencies=marks(agency_ids), metrics=marks(metric_ids)), (*agency_ids, *metric_ids)
        )
        for record in map(Record._make, rows):
            kept[record.agency_id, metric_ids].append(record)
        return kept

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

    def ordered(self, metric_id: int, measure: str, year: int, *, descending: bool) -> Iterator[Record]:
        """Figures of one metric, measure and year over all bodies, by amount; read lazily from the index."""
        order = "DESC" if descending else "ASC"
        query = f"SELECT {_COLUMNS} {_JOINED} WHERE f.metric_id = ? AND f.measure = ? AND f.year = ? ORDER BY f.sort_key {order}"
        for row in self.connection.execute(query, (metric_id, measure, year)):
            yield Record._make(row)

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
        if agency_id not in kept:
            query = "SELECT DISTINCT subject FROM figures WHERE agency_id = ? AND subject IS NOT NULL"
            kept[agency_id] = [subject for (subject,) in self._all(query, (agency_id,))]
        return kept[agency_id]

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
