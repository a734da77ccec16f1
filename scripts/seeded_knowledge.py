"""A large knowledge base made from a seed, for benchmarks: bodies of every county, each with the same metrics."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.names import index_names
from knowledge.regions import Region, codes_by_name, level, regions
from knowledge.store import Store
from knowledge.vocabulary import Metric, metrics

BODIES = (
    "医疗保障局", "财政局", "教育局", "审计局", "民政局", "司法局", "统计局", "水利局", "商务局", "林业局", "人力资源和社会保障局", "卫生健康局",
    "住房和城乡建设局", "发展和改革局", "交通运输局", "农业农村局", "文化和旅游局", "应急管理局", "自然资源和规划局", "生态环境局", "市场监督管理局",
    "退役军人事务局", "城市管理局", "工业和信息化局", "行政审批服务局", "乡村振兴局", "信访局", "机关事务管理局", "残疾人联合会", "妇女联合会", "总工会",
    "人民法院", "人民检察院",
)  # fmt: skip
YEARS = (2019, 2020, 2021, 2022, 2023)
_LEAST, _SPREAD = 100_000, 899_999
_WIDTH = len("1234.56")


@dataclass(frozen=True, slots=True)
class Body:
    """A made-up body: ``id``, name, the region and the office that the name consists of, and the year of its report."""

    id: int
    name: str
    region: str
    office: str
    year: int


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seeded knowledge base holds."""

    path: Path
    bodies: tuple[Body, ...]
    metrics: tuple[Metric, ...]


def make_bodies(count: int, seed: int) -> tuple[Body, ...]:
    """``count`` bodies in random order: every county and city with every office, as far as needed."""
    places = [_written(region) for region in regions().values() if level(region.code) > 1]
    pairs = [(place, office) for office in BODIES for place in dict.fromkeys(places)][:count]
    random.Random(seed).shuffle(pairs)
    return tuple(
        Body(number, place + office, place, office, YEARS[number % len(YEARS)])
        for number, (place, office) in enumerate(pairs, 1)
    )


def _written(region: Region) -> str:
    """The name of a region, with its city where several are called so."""
    if len(codes_by_name()[region.name]) == 1:
        return region.name
    outer = regions().get(region.code // 100 * 100) or regions()[region.code // 10000 * 10000]
    return region.name if outer.name == region.name else outer.name + region.name


def open_seeded(folder: Path, agencies: int, figures: int, seed: int) -> Seeded:
    """The knowledge base of this size and seed in a folder, in the newest schema; made when it is not there (some minutes)."""
    path = folder / f"seeded-{agencies}-{figures}-{seed}.db"
    bodies = make_bodies(agencies, seed)
    chosen = tuple(metric for metric in metrics().values() if metric.nature == "money")[:figures]
    if not path.exists():
        unfinished = path.with_suffix(".part")
        for leftover in folder.glob(f"{unfinished.name}*"):
            leftover.unlink()
        with Store(unfinished) as store:
            _fill(store.connection, bodies, chosen, seed)
        unfinished.rename(path)
    Store(path).close()
    return Seeded(path, bodies, chosen)


def _fill(connection: sqlite3.Connection, bodies: tuple[Body, ...], chosen: tuple[Metric, ...], seed: int) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'figures' AND sql IS NOT NULL"
    ).fetchall()
    connection.execute("BEGIN")
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    _insert_names(connection, bodies, chosen)
    _insert_reports(connection, bodies, chosen, seed)
    _insert_figures(connection, chosen, seed)
    for _, statement in indexes:
        connection.execute(statement)
    index_names(connection, (body.id for body in bodies), range(1, len(chosen) + 1))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert_names(connection: sqlite3.Connection, bodies: tuple[Body, ...], chosen: tuple[Metric, ...]) -> None:
    connection.executemany(
        "INSERT INTO agencies (id, name, place) VALUES (?, ?, ?)",
        ((body.id, body.name, body.region) for body in bodies),
    )
    for number, metric in enumerate(chosen, 1):
        connection.execute(
            "INSERT INTO metrics (id, name, parent, nature, standard) VALUES (?, ?, ?, ?, 1)",
            [number, metric.name, metric.parent, metric.nature],
        )
        connection.executemany(
            "INSERT INTO metric_aliases VALUES (?, ?, 'vocabulary')", ((number, alias) for alias in metric.aliases)
        )


def amount(agency: int, metric: int, seed: int) -> str:
    """The amount (万元) of a body's metric."""
    cents = _LEAST + (agency * 7919 + metric * 104_729 + seed) % _SPREAD
    return f"{cents // 100}.{cents % 100:02d}"


def _insert_reports(
    connection: sqlite3.Connection, bodies: tuple[Body, ...], chosen: tuple[Metric, ...], seed: int
) -> None:
    connection.executemany(
        """INSERT INTO reports (id, document, title, agency_id, year, kind, format, paged, sha256, reader_version,
               figure_count, ignored_count, unread_count, loaded_at)
           VALUES (?, ?, ?, ?, ?, '部门决算', 'text', 0, '', '', ?, 0, 0, '2026-01-01T00:00:00')""",
        (
            (
                f"{body.id:012d}",
                f"{body.id}.txt",
                f"{body.name}{body.year}年度部门决算",
                body.id,
                body.year,
                len(chosen),
            )
            for body in bodies
        ),
    )
    connection.executemany("INSERT INTO sources (report_id, text) VALUES (?, ?)", _sources(bodies, chosen, seed))


def _sources(bodies: tuple[Body, ...], chosen: tuple[Metric, ...], seed: int) -> Iterator[tuple[str, str]]:
    for body in bodies:
        lines = (f"{metric.name}{amount(body.id, number, seed)}万元。" for number, metric in enumerate(chosen, 1))
        yield f"{body.id:012d}", "\n".join(lines)


def _insert_figures(connection: sqlite3.Connection, chosen: tuple[Metric, ...], seed: int) -> None:
    """The figures of every body one behind the other, as reports are loaded; each line is as long in every report."""
    connection.execute('CREATE TEMP TABLE lines (number, name, parent, scope, start, "end", quote_start, quote_end)')
    quote_start = 0
    for number, metric in enumerate(chosen, 1):
        start = quote_start + len(metric.name)
        quote_end = start + _WIDTH + len("万元。")
        connection.execute(
            "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [number, metric.name, metric.parent, metric.scope, start, start + _WIDTH, quote_start, quote_end],
        )
        quote_start = quote_end + 1
    connection.execute(_FIGURES, {"seed": seed, "least": _LEAST, "spread": _SPREAD})


_FIGURES = """
WITH amounts AS (
    SELECT reports.id AS report_id, year, agency_id, lines.*,
        :least + (agency_id * 7919 + lines.number * 104729 + :seed) % :spread AS cents
    FROM reports CROSS JOIN lines
), printed AS (
    SELECT *, printf('%d.%02d', cents / 100, cents % 100) AS value FROM amounts
)
INSERT INTO figures (id, report_id, agency_id, year, metric_id, parent, scope, measure, value, unit, base_unit, sort_key,
    line, start, "end", printed, section, quote_start, quote_end, quote, rule, rank)
SELECT printf('%06x%03x', agency_id, number), report_id, agency_id, year, number, parent, scope, '决算数', value, '万元',
    '元', printf('1%02d%d', length(cents * 100), cents * 100), number, start, "end", value, '第三部分', quote_start,
    quote_end, name || value || '万元。', 'seeded', 0
FROM printed
"""
