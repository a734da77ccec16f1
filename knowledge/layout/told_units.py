"""The unit of a table that gives none, where the text around it prints the table's total with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from knowledge.models import Source, Table
from knowledge.numbers import parse_number
from knowledge.text import squeeze

_MONEY = re.compile(r"(?<![\d.,，-])(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(亿元|万元|千元|元)")
_TOTAL = re.compile("合计|总计|共计|总额|三公")
_FEWEST_DIGITS = 3


def unit_told(source: Source, table: Table, stretches: Iterable[tuple[int, int]]) -> str | None:
    """The unit with which running text prints a total of the table, or two other values of it; None where it is not sure.

    ``三公经费预算安排32.6万元`` above a table that says 合计 32.6 and no unit.
    """
    told: dict[Decimal, str] = {}
    for start, end in stretches:
        for match in _MONEY.finditer(source.folded, start, end):
            value = parse_number(match[1])
            if value is not None and sum(map(str.isdigit, match[1])) >= _FEWEST_DIGITS:
                told[value] = match[2]
    if not told:
        return None
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(squeeze(source.folded[cell.start : cell.end]))
    found = {row: [value for text in texts if (value := _value(text)) in told] for row, texts in rows.items()}
    values = {value for row in found.values() for value in row if value is not None}
    sure = len(values) > 1 or any(found[row] and _TOTAL.search("".join(rows[row])) for row in rows)
    given = {told[value] for value in values}
    return given.pop() if sure and len(given) == 1 else None


def _value(text: str) -> Decimal | None:
    value = parse_number(text)
    return None if value is None else abs(value)
