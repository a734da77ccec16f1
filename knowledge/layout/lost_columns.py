"""Rows of a flattened table whose empty cells were lost → the columns of their numbers, where sums leave one way.

The first column is the total of the others (合计 基本支出 项目支出), and rows are parts of the row whose code theirs begins with:
203.46 203.46 under 合计 1408.74 997.07 can only be 基本支出 where the parts of 1408.74 need it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from math import prod

_MOST = 20_000
_ROUNDING = Decimal("0.02")
Columns = tuple[int, ...]


@dataclass(slots=True)
class PartialRow:
    """The code (None of the row of totals) and numbers of a row; ``columns`` says where each stands, once it is known."""

    code: str | None
    numbers: tuple[Decimal, ...]
    columns: Columns | None = None

    def value(self, column: int) -> Decimal:
        """The number in a column of a row whose columns are known."""
        return next((n for n, held in zip(self.numbers, self.columns or (), strict=True) if held == column), Decimal(0))


def settle_columns(rows: Sequence[PartialRow], count: int) -> None:
    """Set the columns of the rows where they are certain; ``count`` columns, of which full rows fill every one."""
    for row in rows:
        if len(row.numbers) == count:
            row.columns = tuple(range(count))
    full = [row for row in rows if row.columns is not None]
    if not full or not all(abs(sum(row.numbers[1:]) - row.numbers[0]) <= _ROUNDING for row in full):
        return
    for parent, children in _families(rows):
        if parent.columns is not None:
            _settle_children(parent, children, count)


def _ways(row: PartialRow, count: int, filled: Set[int]) -> list[Columns]:
    """The columns that a row's numbers may stand in: the first is the total, the others add up to it, and a part of
    nothing is nothing."""
    first, *parts = row.numbers
    if not parts or abs(sum(parts) - first) > _ROUNDING:
        return []
    return [(0, *chosen) for chosen in combinations(range(1, count), len(parts)) if filled >= {*chosen}]


def _families(rows: Sequence[PartialRow]) -> Iterator[tuple[PartialRow, list[PartialRow]]]:
    """Every row with the rows that are its direct parts, the outer ones first."""
    coded = [row for row in rows if row.code]
    total = next((row for row in rows if not row.code), None)
    parents = {id(row): _parent(row, coded) for row in coded}
    for parent in ([total] if total else []) + coded:
        held = [row for row in coded if parents[id(row)] is (None if parent is total else parent)]
        if held:
            yield parent, held


def _parent(row: PartialRow, coded: Sequence[PartialRow]) -> PartialRow | None:
    outer = [other for other in coded if other.code != row.code and (row.code or "").startswith(other.code or "-")]
    return max(outer, key=lambda other: len(other.code or ""), default=None)


def _settle_children(parent: PartialRow, children: Sequence[PartialRow], count: int) -> None:
    """Give the parts of a row the columns for which they add up to it, where all ways agree."""
    filled = {column for column in range(count) if parent.value(column)}
    for row in children:
        ways = _ways(row, count, filled) if row.columns is None else []
        row.columns = ways[0] if len(ways) == 1 else row.columns
    open_rows = [row for row in children if row.columns is None]
    choices = [_ways(row, count, filled) for row in open_rows]
    if not open_rows or not all(choices) or prod(map(len, choices)) > _MOST:
        return
    known = [row for row in children if row.columns is not None]
    rest = [parent.value(column) - sum(row.value(column) for row in known) for column in range(count)]
    found = [ways for ways in product(*choices) if _adds_up(open_rows, ways, rest)]
    for row, agreed in zip(open_rows, zip(*found, strict=True), strict=True) if found else ():
        row.columns = agreed[0] if len(set(agreed)) == 1 else None


def _adds_up(rows: Sequence[PartialRow], ways: Sequence[Columns], rest: Sequence[Decimal]) -> bool:
    sums = [Decimal(0)] * len(rest)
    for row, columns in zip(rows, ways, strict=True):
        for number, column in zip(row.numbers, columns, strict=True):
            sums[column] += number
    return all(abs(got - wanted) <= _ROUNDING for got, wanted in zip(sums, rest, strict=True))
