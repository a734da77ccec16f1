"""Figures of the knowledge base as records for other programs: JSON lines, CSV, Excel."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter

Record = dict[str, Any]

FIELDS = {
    "id": "编号",
    "document": "文件",
    "report": "报告",
    "agency": "单位",
    "year": "年度",
    "metric": "指标",
    "aliases": "别名",
    "parent": "上级指标",
    "code": "科目编码",
    "scope": "口径",
    "subject": "项目",
    "measure": "数据类型",
    "split": "栏目",
    "value": "数值",
    "unit": "计量单位",
    "comparator": "比较符",
    "page": "页",
    "line": "行",
    "cell": "单元格",
    "section": "章节",
    "quote": "原文",
    "printed": "原文数字",
    "derived": "推算",
    "approximate": "约数",
    "confidence": "识别可信度",
    "note": "备注",
    "rule": "提取规则",
}
"""Fields of an exported figure, with their heading in Excel."""

_SELECT = """
SELECT figures.id, reports.document, reports.title AS report, agencies.name AS agency, figures.year,
       metrics.name AS metric, figures.aliases, figures.parent, figures.code, figures.scope, figures.subject,
       figures.measure, figures.split, figures.value, figures.unit, figures.comparator, figures.page, figures.line,
       figures.cell, figures.section, figures.quote, figures.printed, figures.approximate, figures.confidence,
       figures.note, figures.rule
FROM figures
JOIN reports ON reports.id = figures.report_id
JOIN agencies ON agencies.id = figures.agency_id
JOIN metrics ON metrics.id = figures.metric_id
"""


def find_records(
    connection: sqlite3.Connection,
    *,
    agency: str | None = None,
    year: int | None = None,
    metric: str | None = None,
    ids: Iterable[str] | None = None,
) -> Iterator[Record]:
    """Figures in printed order, all or those of a body, a year, a metric, or with these ids. ``value`` is text."""
    wanted: dict[str, Any] = {"agencies.name": agency, "figures.year": year, "metrics.name": metric}
    conditions = [f"{column} = ?" for column, value in wanted.items() if value is not None]
    parameters = [value for value in wanted.values() if value is not None]
    if ids is not None:
        conditions.append("figures.id IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(list(ids)))
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = connection.execute(f"{_SELECT} {where} ORDER BY figures.report_id, figures.start, figures.id", parameters)
    names = [column[0] for column in rows.description]
    return (_record(dict(zip(names, row, strict=True))) for row in rows)


def _record(row: Record) -> Record:
    row["aliases"] = json.loads(row["aliases"] or "[]")
    row["approximate"] = bool(row["approximate"])
    row["confidence"] = float(row["confidence"])
    row["derived"] = False
    return {field: row[field] for field in FIELDS}


def write_jsonl(records: Iterable[Record], output: TextIO) -> int:
    """One JSON object a line; returns how many."""
    return sum(bool(output.write(json.dumps(record, ensure_ascii=False) + "\n")) for record in records)


def write_csv(records: Iterable[Record], output: TextIO) -> int:
    """A table that Excel opens with Chinese intact (a byte order mark first); returns how many rows."""
    output.write("\ufeff")
    writer = csv.DictWriter(output, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    rows = ({name: _safe_cell(value) for name, value in record.items()} for record in records)
    return sum(bool(writer.writerow(row)) for row in rows)


def _safe_cell(value: object) -> object:
    """A CSV cell that no spreadsheet takes for a formula."""
    plain = _plain_cell(value)
    return "'" + plain if isinstance(plain, str) and len(plain) > 1 and plain[0] in "=+@\t" else plain


def _plain_cell(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else ""
    return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def write_workbook(records: Iterable[Record], path: Path) -> int:
    """An Excel file with Chinese headings, values as numbers with their printed decimals; returns how many rows."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("数据")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, FIELDS.values(), workbook.add_format({"bold": True}))
        decimals = cache(lambda places: workbook.add_format({"num_format": f"0.{'0' * places}".rstrip(".")}))
        count = 0
        for count, record in enumerate(records, start=1):
            for column, (name, value) in enumerate(record.items()):
                if name == "value" and _fits_a_cell(value):
                    sheet.write_number(count, column, float(value), decimals(len(value.partition(".")[2])))
                elif value is not None:
                    sheet.write(count, column, _plain_cell(value))
        sheet.autofilter(0, 0, count, len(FIELDS) - 1)
    return count


def _fits_a_cell(value: str) -> bool:
    """Whether a cell holds the number exactly: a spreadsheet keeps fifteen digits."""
    return len(Decimal(value).as_tuple().digits) <= 15
