"""Excel workbooks (.xlsx, .xls) → ``Source``: every sheet, values as displayed, each cell with its address."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from knowledge.models import Source
from knowledge.readers.compose import CellText, Composer
from knowledge.readers.errors import ReaderError
from knowledge.readers.package import check_office_xml, open_package
from knowledge.readers.sheets import write_sheet
from knowledge.readers.spreadsheet_numbers import render_date, render_number

DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.I)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(slots=True)
class Sheet:
    """Displayed texts of a sheet by (row, column) from 0, and its merged areas as (top, left, bottom, right)."""

    name: str
    texts: dict[tuple[int, int], str]
    merged: list[tuple[int, int, int, int]]
    hidden: bool = False
    hidden_lines: bool = False


def read_xlsx(path: Path, data: bytes, sha256: str) -> Source:
    """Read an .xlsx or .xlsm workbook. Raises ReaderError where formulas have no stored result."""
    check_workbook(path, data)
    return _compose(_xlsx_sheets(path, data), path, sha256)


def check_workbook(path: Path, data: bytes) -> None:
    """Refuse an .xlsx file that is damaged, hostile, or holds formulas without a stored result."""
    package = open_package(data, path.name)
    check_office_xml(package, path.name)
    _check_formulas(package, path.name)


def read_xls(path: Path, data: bytes, sha256: str) -> Source:
    """Read an Excel 97–2003 workbook."""
    return _compose(read_xls_sheets(path, data), path, sha256)


def _compose(sheets: Sequence[Sheet], path: Path, sha256: str) -> Source:
    composer = Composer()
    for sheet in sheets:
        if not sheet.texts:
            continue
        rows, columns = _rows(sheet)
        if not DEFAULT_NAME.fullmatch(sheet.name) and sheet.name not in sheet.texts.values():
            composer.add_line(sheet.name)
        write_sheet(composer, rows, columns)
        composer.add_line("")
    if not any(sheet.texts for sheet in sheets):
        raise ReaderError(f"《{path.name}》的各个工作表都是空的，没有可以读取的内容。")
    return composer.source(path.name, sha256, "excel", notes=_notes(sheets, path.name))


def _notes(sheets: Sequence[Sheet], name: str) -> list[str]:
    hidden = "、".join(sheet.name for sheet in sheets if sheet.hidden and sheet.texts)
    partly = "、".join(sheet.name for sheet in sheets if sheet.hidden_lines and sheet.texts)
    notes = []
    if hidden:
        notes.append(f"《{name}》含有隐藏的工作表（{hidden}），已一并读取。")
    if partly:
        notes.append(f"《{name}》的工作表（{partly}）含有隐藏的行或列，已一并读取。")
    return notes


def _rows(sheet: Sheet) -> tuple[list[list[CellText]], int]:
    """All rows up to the last one in use, without the cells that a merge covers."""
    height = max(row for row, _ in sheet.texts) + 1
    width = max(column for _, column in sheet.texts) + 1
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        bottom, right = min(bottom, height), min(right, width)
        if bottom > top and right > left:
            spans[top, left] = (bottom - top, right - left)
            covered |= {(row, column) for row in range(top, bottom) for column in range(left, right)} - {(top, left)}
    rows = []
    for row in range(height):
        cells = []
        for column in range(width):
            if (row, column) not in covered:
                down, across = spans.get((row, column), (1, 1))
                reference = f"{sheet.name}!{column_letters(column)}{row + 1}"
                text = sheet.texts.get((row, column), "")
                cells.append(CellText(row, column, text, down, across, reference=reference))
        rows.append(cells)
    return rows, width


def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _clean(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("_x000D_", "").splitlines())
    return "\n".join(line for line in lines if line)


def display(value: object, pattern: str | None) -> str:
    """A cell's value as its sheet shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return render_number(value, pattern)
    if isinstance(value, date | time):
        return render_date(value)
    return _clean(str(value))


def _xlsx_sheets(path: Path, data: bytes) -> list[Sheet]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            workbook = openpyxl.load_workbook(BytesIO(data), data_only=True)
        except Exception:
            raise ReaderError(f"《{path.name}》不是完整的 Excel 文件（可能已损坏），请重新下载后再载入。") from None
    return [_xlsx_sheet(sheet) for sheet in workbook.worksheets]


def _xlsx_sheet(sheet: Any) -> Sheet:
    texts = {}
    for row in sheet.iter_rows():
        for cell in row:
            text = display(cell.value, cell.number_format) if cell.value is not None else ""
            if text:
                texts[cell.row - 1, cell.column - 1] = text
    merged = [(area.min_row - 1, area.min_col - 1, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    lines = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
    return Sheet(sheet.title, texts, merged, sheet.sheet_state != "visible", any(line.hidden for line in lines))


def _check_formulas(package: zipfile.ZipFile, name: str) -> None:
    """A formula without a stored result would be read as an empty cell: refuse such a file."""
    bare = [reference for part in package.namelist() for reference in _bare_formulas(package, part)]
    if bare:
        cells = f"{bare[0]} 等 {len(bare)} 个单元格" if len(bare) > 1 else f"{bare[0]} 单元格"
        raise ReaderError(f"《{name}》的 {cells}只有公式、没有计算结果，请用 Excel 或 WPS 打开并保存一次后再载入。")


def _bare_formulas(package: zipfile.ZipFile, part: str) -> Iterator[str]:
    if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
        return
    content = package.read(part)
    if b"<f" not in content:
        return
    for _, cell in etree.iterparse(BytesIO(content), tag=f"{MAIN}c", resolve_entities=False, no_network=True):
        is_text = cell.get("t") == "str" and cell.find(f"{MAIN}v") is not None
        if cell.find(f"{MAIN}f") is not None and not (is_text or cell.findtext(f"{MAIN}v")):
            yield str(cell.get("r"))
        cell.clear()


def read_xls_sheets(path: Path, data: bytes) -> list[Sheet]:
    """The sheets of an Excel 97–2003 workbook. Raises ReaderError for a locked or damaged one."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=BytesIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise ReaderError(f"《{path.name}》设有打开密码，请解除密码后再载入。") from None
        raise ReaderError(f"《{path.name}》不是完整的 Excel 文件（可能已损坏），请重新下载后再载入。") from None
    except Exception:
        raise ReaderError(f"《{path.name}》不是完整的 Excel 文件（可能已损坏），请重新下载后再载入。") from None
    return [_xls_sheet(book, sheet) for sheet in book.sheets()]


def _xls_sheet(book: Any, sheet: Any) -> Sheet:
    import xlrd

    texts = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            pattern = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            value: object = cell.value
            if cell.ctype == xlrd.XL_CELL_DATE:
                value = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                value = bool(cell.value)
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                value = xlrd.error_text_from_code.get(cell.value, "")
            text = display(value, pattern)
            if text:
                texts[row, column] = text
    merged = [(top, left, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    lines = [*sheet.rowinfo_map.values(), *sheet.colinfo_map.values()]
    return Sheet(sheet.name, texts, merged, sheet.visibility != 0, any(line.hidden for line in lines))
