"""Figures already in rows: a CSV file or workbook with a body, a year, a metric and a value in each row.

Read as a stream, so that hundreds of thousands of rows need little memory beyond the text itself. A row that is no
figure is told with its number and the reason; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b, sha256
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from knowledge.layout.scopes import find_scope
from knowledge.models import Figure, Measure, Place, Scope
from knowledge.numbers import parse_number
from knowledge.readers.csv import find_delimiter
from knowledge.readers.excel import column_letters
from knowledge.readers.formats import detect_format
from knowledge.readers.records import Record, split_records
from knowledge.readers.text import decode
from knowledge.readers.workbook_rows import read_sheet_rows
from knowledge.row_columns import Columns, ValueColumn, find_columns
from knowledge.text import fold_text, squeeze
from knowledge.vocabulary import units
from knowledge.vocabulary.columns import column_words

HEADER_WITHIN = 10
SAMPLE = 20
YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0)?年?度?")
WITH_UNIT = re.compile(r"([-+]?[\d,，.]+)\s*([^\d\s]*)")
DELIMITED = frozenset({".csv", ".tsv"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that gives no figure: its number in the file (from 1), the sheet, and one sentence why."""

    row: int
    message: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text that is one table: a sheet of a workbook, or a whole CSV file."""

    start: int
    end: int
    sheet: str | None
    delimiter: str
    header: int
    columns: Columns


@dataclass(frozen=True, slots=True)
class RowTable:
    """A file of figures: the text that places count in, and its rows as an iterator (may be read again)."""

    document: str
    format: Literal["csv", "excel"]
    sha256: str
    text: str
    parts: tuple[Part, ...]

    def __iter__(self) -> Iterator[Figure | RowError]:
        for part in self.parts:
            yield from _PartReader(self, part).read()


def read_rows(path: Path) -> RowTable | None:
    """The table of figures in a file, None where its header names no body, year, metric and value.

    Raises ReaderError for a file that cannot be read.
    """
    if path.suffix.lower() not in DELIMITED | WORKBOOKS:
        return None
    data = path.read_bytes()
    suffix, _ = detect_format(path.name, path.suffix.lower(), data)
    if suffix in DELIMITED:
        text = decode(data, path.name)
        part = _find_part(text, 0, len(text), None, find_delimiter(text))
        return RowTable(path.name, "csv", sha256(data).hexdigest(), text, (part,)) if part else None
    return _read_workbook(path, data, suffix) if suffix in WORKBOOKS else None


def _read_workbook(path: Path, data: bytes, suffix: str) -> RowTable | None:
    """A workbook all of whose sheets are tables of figures, as tab-separated text."""
    pieces: list[str] = []
    parts: list[Part] = []
    start = 0
    for sheet, rows in read_sheet_rows(path, data, suffix):
        head = list(islice(rows, HEADER_WITHIN + SAMPLE))
        if not head:
            continue
        opening = "".join("\t".join(row) + "\n" for row in head)
        if _find_part(opening, 0, len(opening), sheet, "\t") is None:
            return None
        text = opening + "".join("\t".join(row) + "\n" for row in rows)
        pieces.append(text)
        part = _find_part(text, 0, len(text), sheet, "\t")
        assert part is not None
        parts.append(Part(start, start + len(text), sheet, "\t", part.header, part.columns))
        start += len(text)
    if not parts:
        return None
    return RowTable(path.name, "excel", sha256(data).hexdigest(), "".join(pieces), tuple(parts))


def _find_part(text: str, start: int, end: int, sheet: str | None, delimiter: str) -> Part | None:
    """The table of a text: its header is among the first rows."""
    head = list(islice(split_records(text, start, end, delimiter), HEADER_WITHIN + SAMPLE))
    for index, record in enumerate(head[:HEADER_WITHIN]):
        columns = find_columns(record.fields, [row.fields for row in head[index + 1 :]])
        if columns is not None:
            return Part(start, end, sheet, delimiter, index, columns)
    return None


class _PartReader:
    """Reads the records of one part of a table."""

    def __init__(self, table: RowTable, part: Part) -> None:
        self._table = table
        self._part = part
        self._columns = part.columns
        self._first_line = table.text.count("\n", 0, part.start)

    def read(self) -> Iterator[Figure | RowError]:
        """Figures and errors of all records below the header."""
        part = self._part
        for record in islice(
            split_records(self._table.text, part.start, part.end, part.delimiter), part.header + 1, None
        ):
            if any(field.strip() for field in record.fields):
                yield from self._read_record(record)

    def _read_record(self, record: Record) -> Iterator[Figure | RowError]:
        fields = record.fields
        agency, metric = self._columns.get("agency", fields), self._columns.get("metric", fields)
        year = YEAR.fullmatch(squeeze(self._columns.get("year", fields)))
        missing = "、".join(name for name, there in (("单位", agency), ("年度", year), ("指标", metric)) if not there)
        if year is None or missing:
            yield self._error(record, f"缺少或写错了{missing}")
            return
        values = [column for column in self._columns.values if _at(fields, column.index)]
        if not values:
            yield self._error(record, "没有数值")
        for column in values:
            yield self._read_value(record, column, (agency, int(year[1]), metric))

    def _error(self, record: Record, reason: str) -> RowError:
        return RowError(record.number, f"第 {record.number} 行{reason}，未载入。", self._part.sheet)

    def _read_value(self, record: Record, column: ValueColumn, key: tuple[str, int, str]) -> Figure | RowError:
        """The figure of one value column, or why there is none."""
        printed = _at(record.fields, column.index)
        number, own_unit = _split_unit(printed)
        value = parse_number(number)
        if value is None:
            return self._error(record, f"的数值“{printed}”不是数字")
        said = self._columns.get("measure", record.fields)
        unit = self._columns.get("unit", record.fields) or column.unit or own_unit
        measure = _measure(said, column.measure, unit)
        if measure is None:
            return self._error(record, f"的口径“{said}”不认识")
        place = self._place(record, column, number)
        return self._build_figure(record, key, value, unit, measure, place)

    def _place(self, record: Record, column: ValueColumn, number: str) -> Place:
        start, end = record.span(column.index, number)
        sheet = self._part.sheet
        cell = f"{sheet}!{column_letters(column.index)}{record.number}" if sheet is not None else None
        return Place(start=start, end=end, line=self._first_line + record.line, cell=cell)

    def _build_figure(
        self,
        record: Record,
        key: tuple[str, int, str],
        value: Decimal,
        unit: str | None,
        measure: Measure,
        place: Place,
    ) -> Figure:
        fields, get = record.fields, self._columns.get
        agency, year, metric = key
        source, aliases = get("source", fields), get("aliases", fields)
        remarks = [f"来源：{source}" if source else "", get("note", fields)]
        return Figure(
            id=_figure_id(self._table.document, place.start, *key, measure),
            document=self._table.document,
            agency=agency,
            year=year,
            metric=metric,
            aliases=tuple(filter(None, re.split(r"[、，,；;|]\s*", aliases))) if aliases else (),
            parent=get("parent", fields) or None,
            code=get("code", fields) or None,
            scope=_scope(get("scope", fields)),
            subject=get("subject", fields) or None,
            measure=measure,
            split=get("split", fields) or None,
            value=value,
            unit=unit,
            place=place,
            printed=self._table.text[place.start : place.end],
            section=source or self._part.sheet or "",
            quote=" ".join(record.text.split()),
            quote_start=record.start,
            quote_end=record.end,
            rule="rows",
            rank=0,
            note="；".join(filter(None, remarks)) or None,
        )


def _figure_id(*parts: str | int) -> str:
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def _at(fields: Sequence[str], index: int) -> str:
    return fields[index].strip() if index < len(fields) else ""


def _split_unit(printed: str) -> tuple[str, str | None]:
    """A value that carries its unit: 12.5万元 → (12.5, 万元)."""
    match = WITH_UNIT.fullmatch(printed)
    return (match[1], match[2]) if match and match[2] in units() else (printed, None)


def _measure(said: str, heading: Measure | None, unit: str | None) -> Measure | None:
    """The measure that row or heading names; a bare amount is what was spent, received or counted."""
    if said:
        name = squeeze(fold_text(said))
        word = column_words().get(name)
        if name in get_args(Measure):
            return name  # type: ignore[return-value]
        return word.measure if word is not None and word.years == 0 else None
    if heading is not None:
        return heading
    kind = units()[unit].kind if unit in units() else "money"
    return {"money": "决算数", "rate": "占比", "score": "得分"}.get(kind, "数量")  # type: ignore[return-value]


def _scope(said: str) -> Scope | None:
    if not said:
        return None
    return said if said in get_args(Scope) else find_scope(said)  # type: ignore[return-value]
