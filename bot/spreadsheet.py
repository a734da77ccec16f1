"""Answer → Excel workbook: a row per figure with its citation, worked-out values with their formula on a second sheet."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import xlsxwriter

from bot.models import Answer, Citation, Result, ShownFigure
from bot.wording import phrase

_EXACT_DIGITS = 15


def render_workbook(answer: Answer) -> bytes:
    """The workbook. Numbers are numbers, shown with the decimals that are printed; others stay text."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _Sheet(workbook, "figures").write([row for figure in answer.figures for row in _figure_rows(figure)])
    if answer.results:
        labels = {figure.id: f"{figure.agency}{figure.year}年{figure.metric}" for figure in answer.figures}
        _Sheet(workbook, "results").write([_result_row(result, labels) for result in answer.results])
    workbook.close()
    return file.getvalue()


def _figure_rows(figure: ShownFigure) -> list[list[Any]]:
    meaning = [
        figure.agency, figure.year, figure.subject, figure.metric, figure.measure, figure.scope, figure.split,
        f"{figure.comparator or ''}{figure.value}" if figure.comparator else _number(figure.value), figure.unit,
    ]  # fmt: skip
    return [meaning + _citation(citation) for citation in figure.citations] or [meaning]


def _result_row(result: Result, labels: dict[str, str]) -> list[Any]:
    sources = "；".join(labels.get(figure, figure) for figure in result.from_)
    return [result.label, result.agency, result.year, _number(result.value), result.unit, result.formula, sources]


def _citation(citation: Citation) -> list[Any]:
    place = citation.page if citation.page is not None else citation.line
    kind = "spreadsheet.page" if citation.page is not None else "spreadsheet.line"
    where = citation.cell or (phrase(kind, number=place) if place is not None else "")
    return [citation.title, citation.section, where, citation.printed, citation.quote, citation.document]


def _number(value: str) -> Decimal | str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if len(number.as_tuple().digits) <= _EXACT_DIGITS else value


class _Sheet:
    """A sheet with its headings, widths and a row per record."""

    def __init__(self, workbook: Any, name: str) -> None:
        self._workbook = workbook
        self._sheet = workbook.add_worksheet(phrase(f"spreadsheet.{name}.title"))
        self._headings = phrase(f"spreadsheet.{name}.columns").split()
        self._formats: dict[int, Any] = {}

    def write(self, rows: list[list[Any]]) -> None:
        """Headings, then the rows."""
        self._sheet.write_row(0, 0, self._headings, self._workbook.add_format({"bold": True}))
        self._sheet.freeze_panes(1, 0)
        for index, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._write(index, column, value)
        for column, heading in enumerate(self._headings):
            printed = [heading, *(str(row[column]) for row in rows if column < len(row) and row[column] is not None)]
            self._sheet.set_column(column, column, min(60, 2 * max(map(len, printed)) + 2))
        self._sheet.autofilter(0, 0, len(rows), len(self._headings) - 1)

    def _write(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, Decimal):
            self._sheet.write_number(row, column, float(value), self._format(value))
        elif isinstance(value, int):
            self._sheet.write_number(row, column, value)
        elif value:
            self._sheet.write_string(row, column, value)

    def _format(self, value: Decimal) -> Any:
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        if decimals not in self._formats:
            self._formats[decimals] = self._workbook.add_format(
                {"num_format": "0" + ("." + "0" * decimals if decimals else "")}
            )
        return self._formats[decimals]
