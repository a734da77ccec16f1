"""The unit of a table that gives none, where the text around it prints the table's total with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from knowledge.models import Source, Table
from knowledge.numbers import parse_number
from knowledge.text import squeeze

_MONEY = re.compile(r"(?<![\d.,，-])(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(亿元|万元|千元|元)")
_TOTAL = re.compile("合计|总计|共计|总额|三公")
_NEAR, _FAR = 3, 5
"""Digits that a number must have to be known again: in the table's own section, anywhere in the report."""


class ToldUnits:
    """The amounts of money that the running text of a report prints, with their units."""

    def __init__(self, source: Source, stretches: Sequence[tuple[int, int]]) -> None:
        self._source, self._stretches = source, stretches

    def unit_of(self, table: Table, near: Iterable[tuple[int, int]]) -> str | None:
        """The unit with which the text prints a total of a table, or two other values of it; None where it is not sure.

        ``三公经费预算安排32.6万元`` above a table that says 合计 32.6 and no unit. ``near`` is the text of its section.
        """
        return _find_unit(self._source, table, _read(self._source, near, _NEAR)) or _find_unit(
            self._source, table, self._anywhere
        )

    @cached_property
    def _anywhere(self) -> dict[Decimal, str]:
        return _read(self._source, self._stretches, _FAR)


def _read(source: Source, stretches: Iterable[tuple[int, int]], fewest: int) -> dict[Decimal, str]:
    told: dict[Decimal, str] = {}
    for start, end in stretches:
        for match in _MONEY.finditer(source.folded, start, end):
            value = parse_number(match[1])
            if value is not None and sum(map(str.isdigit, match[1])) >= fewest:
                told[value] = match[2]
    return told


def _find_unit(source: Source, table: Table, told: dict[Decimal, str]) -> str | None:
    if not told:
        return None
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(squeeze(source.folded[cell.start : cell.end]))
    found = {row: {value for text in texts if (value := _value(text)) in told} for row, texts in rows.items()}
    values = {value for row in found.values() for value in row if value is not None}
    sure = len(values) > 1 or any(found[row] and _TOTAL.search("".join(rows[row])) for row in rows)
    given = {told[value] for value in values}
    return given.pop() if sure and len(given) == 1 else None


def _value(text: str) -> Decimal | None:
    value = parse_number(text)
    return None if value is None else abs(value)
