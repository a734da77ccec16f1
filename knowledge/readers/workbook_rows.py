"""Rows of a workbook as displayed, sheet by sheet and as a stream: for tables with very many rows."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from knowledge.readers.errors import ReaderError
from knowledge.readers.excel import Sheet, check_workbook, display, read_xls_sheets


def read_sheet_rows(path: Path, data: bytes, suffix: str) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Each sheet's name and its rows, in which no text holds a tab or a line break. Raises ReaderError."""
    if suffix == ".xls":
        for sheet in read_xls_sheets(path, data):
            yield sheet.name, _xls_rows(sheet)
        return
    check_workbook(path, data)
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    except Exception:
        raise ReaderError(f"《{path.name}》不是完整的 Excel 文件（可能已损坏），请重新下载后再载入。") from None
    for sheet in workbook.worksheets:
        yield sheet.title, _xlsx_rows(sheet)


def _xlsx_rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        texts = [
            " ".join(display(cell.value, cell.number_format).split()) if cell.value is not None else "" for cell in row
        ]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _xls_rows(sheet: Sheet) -> Iterator[list[str]]:
    height = max((row for row, _ in sheet.texts), default=-1) + 1
    width = max((column for _, column in sheet.texts), default=-1) + 1
    for row in range(height):
        yield [" ".join(sheet.texts.get((row, column), "").split()) for column in range(width)]
