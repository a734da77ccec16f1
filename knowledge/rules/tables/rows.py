"""Rows of a group → claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from knowledge.layout.blocks import Report, TableBlock
from knowledge.rules.base import Claim
from knowledge.rules.tables.amounts import CellAmount, parse_cell
from knowledge.rules.tables.columns import Column
from knowledge.rules.tables.facets import RATES, FacetReader
from knowledge.rules.tables.grid import Grid
from knowledge.rules.tables.groups import Group, RowName, read_row_name
from knowledge.rules.tables.header import Part
from knowledge.rules.tables.hierarchy import Hierarchy, canonical, whole_of
from knowledge.rules.tables.kinds import Kind, Subject
from knowledge.rules.tables.labels import parse_label
from knowledge.rules.tables.meaning import MeaningReader, RowMeaning
from knowledge.rules.tables.naming import Namer
from knowledge.rules.tables.row_bodies import full_name

_NOTE = re.compile(r"注[：:\d]|说明[：:]|备注[：:]|填报说明|本表|制表|单位负责人|审核|填表")
_WHOLE = Decimal("1.5")
_SHORT = 40
"""Rows of a table that may be the parts of one term."""


class RowReader:
    """Reads one group of a table, row by row."""

    def __init__(
        self,
        grid: Grid,
        part: Part,
        groups: Sequence[Group],
        position: int,
        subject: Subject,
        block: TableBlock,
        report: Report,
    ) -> None:
        self._grid = grid
        self._part = part
        self._group = group = groups[position]
        self._left = groups[position - 1] if position else None
        self._subject = subject
        self._block = block
        self._agency = report.identity.agency
        texts = {text for row in part.body for text in grid.row_texts(row) if "经费" in text}
        names = frozenset(canonical(parse_label(text).name) for text in texts)
        hierarchy = Hierarchy(subject, group.side, names & {"人员经费", "公用经费"})
        short = subject.kind is Kind.OTHER and not position and len(part.body) <= _SHORT
        labels = [parse_label(next(filter(None, grid.row_texts(row)), "")) for row in part.body] if short else []
        whole = whole_of(label.name for label in labels if not label.is_total)
        self._meanings = MeaningReader(group, subject, hierarchy, block.unit, whole)
        self._namer = Namer(group, subject, block.unit)
        self._facets = FacetReader(group, subject, block.unit, report.identity.year, self._fractions())

    def read(self) -> list[Claim]:
        """Claims of all rows."""
        claims: list[Claim] = []
        parts: list[str] = []
        for row in self._part.body:
            if self._is_note(row):
                continue
            name, parts = read_row_name(self._grid, self._group, row, parts)
            amounts = list(self._amounts(row))
            if not amounts and not (name.name or name.code or name.project):
                continue
            if not name.name and not name.code and self._left is not None and self._group.labels:
                name = self._name_on_the_left(row, name)
            meaning = self._meanings.read(name)
            if meaning is not None:
                claims += _apart(self._claim(row, column, amount, meaning) for column, amount in amounts)
        return claims

    def _name_on_the_left(self, row: int, name: RowName) -> RowName:
        """The name of a row whose figure stands one group further right (公用经费合计 | | | 11.06)."""
        left = self._left
        if left is None or any(self._grid.own_text(row, column.index) for column in left.values):
            return name
        return read_row_name(self._grid, left, row, ())[0]

    def _is_note(self, row: int) -> bool:
        """A row of notes: one text over the whole table, or one that says so."""
        printed = self._grid.printed(row)
        return bool(printed) and len(printed) <= 2 and bool(_NOTE.match(printed[0][1]))

    def _amounts(self, row: int) -> Iterator[tuple[Column, CellAmount]]:
        for column in self._group.values:
            cell = self._grid.cell(row, column.index)
            if cell is None or cell.row != row or cell.column != column.index:
                continue
            if not column.path and len(self._group.values) > 1:
                continue
            amount = parse_cell(self._grid.source, cell.start, cell.end)
            if amount is not None:
                yield column, amount

    def _fractions(self) -> frozenset[int]:
        """Columns of rates that print no % and no value above 1: 0.95 may be 95 % or 0.95 %."""
        rates = [column for column in self._group.values if column.measure in RATES]
        return frozenset(column.index for column in rates if self._is_small(column))

    def _is_small(self, column: Column) -> bool:
        cells = [self._grid.cell(row, column.index) for row in self._part.body]
        amounts = [parse_cell(self._grid.source, cell.start, cell.end) for cell in cells if cell is not None]
        return all(abs(amount.value) <= _WHOLE for amount in amounts if amount is not None)

    def _claim(self, row: int, column: Column, amount: CellAmount, meaning: RowMeaning) -> Claim | None:
        naming = self._namer.name(column, meaning)
        if naming is None or min(len(naming.metric), len(naming.split or naming.metric)) < 2:
            return None
        measure, year = self._facets.measure(column, meaning, naming.metric)
        cell = self._grid.cell(row, column.index)
        span = self._grid.row_span(row)
        if cell is None or span is None:
            return None
        return Claim(
            start=amount.start,
            end=amount.end,
            metric=naming.metric,
            measure=measure,
            value=amount.value,
            unit=self._facets.unit(column, meaning, amount, measure),
            rule=f"table.{self._subject.kind.name.lower()}",
            quote=span,
            aliases=naming.aliases,
            parent=naming.parent,
            code=meaning.code,
            scope=self._facets.scope(column, meaning),
            subject=meaning.project,
            split=naming.split,
            year=year,
            agency=full_name(meaning.body, self._agency) if meaning.body else None,
            priority=10,
            cell=cell.reference,
            box=cell.box,
            pieces=(("表", self._block.title), ("行", meaning.label.name), ("列", " > ".join(column.path))),
        )


def _apart(claims: Iterable[Claim | None]) -> list[Claim]:
    """The claims of a row without those that say the same of different numbers: two columns that nothing tells apart."""
    found = [claim for claim in claims if claim is not None]
    says = [(c.metric, c.parent, c.measure, c.year, c.scope, c.split, c.agency, c.unit) for c in found]
    return [claim for claim, key in zip(found, says, strict=True) if says.count(key) == 1]
