"""Measure, year, unit and scope of a figure, from its column, its row, and the table."""

from __future__ import annotations

from knowledge.layout.scopes import find_year
from knowledge.models import Measure, Scope
from knowledge.rules.tables.amounts import CellAmount
from knowledge.rules.tables.columns import Column
from knowledge.rules.tables.groups import Group
from knowledge.rules.tables.kinds import Kind, Subject
from knowledge.rules.tables.meaning import RowMeaning
from knowledge.vocabulary import metrics
from knowledge.vocabulary import units as known_units

RATES = ("增减率", "占比", "完成率")


class FacetReader:
    """Facets of the figures of one group. ``unit`` is the printed unit of the table, ``year`` that of the report.

    ``fractions`` are the columns of rates whose values may be fractions of 1, so that no % can be added.
    """

    def __init__(self, group: Group, subject: Subject, unit: str | None, year: int, fractions: frozenset[int]) -> None:
        self._group = group
        self._subject = subject
        self._table_unit = unit
        self._year = year
        self._title_year = find_year(subject.title)
        self._fractions = fractions

    def measure(self, column: Column, meaning: RowMeaning, metric: str) -> tuple[Measure, int | None]:
        """Measure and, where column or row name one, year."""
        measure = column.measure or meaning.measure
        years = column.years or meaning.years
        year = column.year or meaning.year
        if year is None and years:
            year = (self._title_year or self._year) + years
        year = year or self._title_year
        counted = self._is_counted(column, meaning, metric)
        if measure == "决算数" and counted:
            measure = "数量"
        if measure is None:
            measure = self._subject.measure
            nature = metrics()[metric].nature if metric in metrics() else None
            if nature == "score":
                measure = "得分"
            elif metric.endswith("率"):
                measure = "完成值"
            elif counted:
                measure = "数量"
            elif metric == "年末结转和结余" or (
                nature == "stock" and "资产" in metric + (meaning.parent or "") + self._subject.title
            ):
                measure = "期末数"
        return measure, year

    def _row_unit(self, column: Column, meaning: RowMeaning) -> str | None:
        """The unit that a row gives; beside a column of counts (数量) it is of those alone, not of the money."""
        counts = any(other.measure == "数量" for other in self._group.values)
        return meaning.unit if not counts or column.measure == "数量" else None

    def _is_counted(self, column: Column, meaning: RowMeaning, metric: str) -> bool:
        """Whether a row counts persons, vehicles or square metres instead of money."""
        unit = self._row_unit(column, meaning) or column.unit or self._table_unit
        if unit in known_units():
            return known_units()[unit].kind in ("count", "area")
        return metric in metrics() and metrics()[metric].nature == "count"

    def unit(self, column: Column, meaning: RowMeaning, amount: CellAmount, measure: Measure) -> str | None:
        """The unit: of the cell, else of row, column or table; money is never guessed."""
        if amount.unit:
            return amount.unit
        if measure in RATES:
            return None if column.unit != "%" and column.index in self._fractions else "%"
        if measure in ("得分", "权重"):
            return "分"
        own = self._row_unit(column, meaning) or column.unit
        table = known_units().get(self._table_unit or "")
        money = measure == "数量" and table is not None and table.kind == "money"
        return own or (None if money else self._table_unit)

    def scope(self, column: Column, meaning: RowMeaning) -> Scope | None:
        """The scope: of the row, else of the column, else of the table."""
        if meaning.scope:
            return meaning.scope
        if column.scope and self._subject.kind is not Kind.INCOME:
            return column.scope
        return self._subject.scope
