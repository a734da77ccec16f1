"""Reports of one body against each other: what a report says of the year before, and what that year's report printed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from decimal import Decimal

from knowledge.checks.restated import STABLE
from knowledge.findings import StoredFinding

_SAID_BEFORE = """
SELECT now.agency_id, metrics.name AS metric, now.scope, now.year - 1 AS year, now.value AS value, change.value AS change,
       now.unit, now.line, now.page, reports.document, now.report_id, now.id, change.id AS change_id, now.metric_id
FROM figures AS now
JOIN figures AS change ON change.report_id = now.report_id AND change.agency_id = now.agency_id
    AND change.metric_id = now.metric_id AND change.year = now.year AND change.measure = '增减额'
    AND change.scope IS now.scope AND change.subject IS now.subject AND change.unit IS now.unit
    AND change.quote_start = now.quote_start AND change.start > now.start
JOIN metrics ON metrics.id = now.metric_id
JOIN reports ON reports.id = now.report_id
WHERE now.measure = '决算数' AND now.rank = 1 AND metrics.name IN (SELECT value FROM json_each(:metrics))
    AND (now.quote LIKE '%上年%' OR now.quote LIKE '%' || (now.year - 1) || '%')
"""
_PRINTED = """
SELECT DISTINCT figures.value, figures.unit, reports.document FROM figures
JOIN reports ON reports.id = figures.report_id
WHERE figures.agency_id = ? AND metric_id = ? AND figures.year = ? AND scope IS ? AND measure = '决算数' AND rank <= 1
    AND split IS NULL AND subject IS NULL AND figures.report_id != ? AND unit IS ?
"""


def find_between(connection: sqlite3.Connection) -> Iterator[StoredFinding]:
    """Values of a year that its own report prints otherwise than the next year's report implies."""
    for row in connection.execute(_SAID_BEFORE, {"metrics": json.dumps(sorted(STABLE))}):
        before = Decimal(row["value"]) - Decimal(row["change"])
        keys = [row["agency_id"], row["metric_id"], row["year"], row["scope"], row["report_id"], row["unit"]]
        printed = connection.execute(_PRINTED, keys).fetchall()
        if printed and all(abs(Decimal(other["value"]) - before) > _slack(row["value"]) for other in printed):
            yield _finding(row, before, printed[0])


def _slack(value: str) -> Decimal:
    """Rounding of both numbers: two units of the last printed digit."""
    return Decimal(2).scaleb(int(Decimal(value).as_tuple().exponent))


def _finding(row: sqlite3.Row, before: Decimal, printed: sqlite3.Row) -> StoredFinding:
    unit = row["unit"] or ""
    return StoredFinding(
        document=row["document"],
        rule="restated",
        severity="warning",
        message=(
            f"按本报告“{row['metric']}”的增减额推算，{row['year']} 年应为 {before}{unit}，"
            f"而 {printed['document']} 写作 {printed['value']}{unit}。"
        ),
        places=({"page": row["page"]} if row["page"] else {"line": row["line"]},),
        printed=(f"{row['value']}{unit}", f"{row['change']}{unit}"),
        expected=f"{printed['value']}{unit}",
        figures=(row["id"], row["change_id"]),
    )
