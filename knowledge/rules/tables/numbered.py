"""Standard forms flattened to rows of numbers: which column each number belongs to, by number and by sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from knowledge.layout.blocks import TableBlock
from knowledge.models import Measure
from knowledge.rules.base import Claim, Ignored, Reading
from knowledge.rules.tables.amounts import CellAmount, parse_cell
from knowledge.rules.tables.grid import Grid
from knowledge.rules.tables.header import is_numbering
from knowledge.rules.tables.hierarchy import canonical
from knowledge.rules.tables.labels import parse_label
from knowledge.text import squeeze
from knowledge.vocabulary.columns import NumberedForm, find_form

_MOST = 20_000


def read_numbered(grid: Grid, block: TableBlock) -> Reading | None:
    """What a flattened form claims (栏次 1 … 11 / 合计 1 55.47 17.28 38.19 …); None for every other table."""
    form = find_form(block.title)
    if form is not None and form.halves:
        return _read_halves(grid, form, block)
    if form is None or grid.table.origin != "columns" or not is_numbering(grid.row_texts(0)[: len(form.columns) + 1]):
        return None
    reading = Reading(ignored=[Ignored(grid.table.start, grid.table.cells[0].end, "表头")])
    reading.ignored += [Ignored(cell.start, cell.end, "栏次") for cell in grid.table.cells if cell.row == 0]
    for row in range(1, grid.rows):
        _read_row(grid, row, form, block, reading)
    return reading


_PLANS: dict[str, Measure] = {"年初预算": "年初预算数", "全年预算": "调整预算数", "调整预算": "调整预算数"}


def _read_halves(grid: Grid, form: NumberedForm, block: TableBlock) -> Reading | None:
    """What a row of two halves claims: the six numbers under 预算数, then the six under 决算数, where both add up."""
    if grid.table.origin != "columns":
        return None
    header = squeeze(grid.source[grid.table.start : grid.table.cells[0].start])
    plan = next((measure for word, measure in _PLANS.items() if word in header), None)
    reading = Reading()
    for row in range(grid.rows):
        cells = [cell for cell in grid.table.cells if cell.row == row and cell.column]
        amounts = [amount for cell in cells if (amount := parse_cell(grid.source, cell.start, cell.end))]
        if is_numbering([grid.source[cell.start : cell.end] for cell in cells]):
            reading.ignored += [Ignored(cell.start, cell.end, "栏次") for cell in cells]
        elif len(amounts) == len(cells) == len(form.columns) * len(form.halves):
            reading.claims += _claims_of_halves(form, amounts, plan, block, (cells[0].start, cells[-1].end))
    return reading


def _claims_of_halves(
    form: NumberedForm, amounts: Sequence[CellAmount], plan: Measure | None, block: TableBlock, span: tuple[int, int]
) -> Iterator[Claim]:
    count = len(form.columns)
    for half, measure in enumerate(form.halves):
        row = amounts[half * count : (half + 1) * count]
        if not _sums_hold(form, {name: amount.value for name, amount in zip(form.columns, row, strict=True)}):
            continue
        for name, amount in zip(form.columns, row, strict=True):
            known = plan if plan is not None and measure == "预算数" else measure
            for claim in _claims(form, amount, frozenset((name,)), block, span):
                yield claim._replace(measure=known)


def _read_row(grid: Grid, row: int, form: NumberedForm, block: TableBlock, reading: Reading) -> None:
    cells = [cell for cell in grid.table.cells if cell.row == row and cell.column]
    amounts = [amount for cell in cells if (amount := parse_cell(grid.source, cell.start, cell.end))]
    if len(amounts) != len(cells):
        return
    if amounts and amounts[0].value == row:
        reading.ignored.append(Ignored(amounts[0].start, amounts[0].end, "行次"))
        amounts = amounts[1:]
    span = grid.row_span(row)
    if span is None or not parse_label(grid.text(row, 0)).is_total:
        return
    places = possible_columns(form, [amount.value for amount in amounts])
    for amount, columns in zip(amounts, places, strict=True):
        reading.claims += _claims(form, amount, columns, block, span)


def _claims(
    form: NumberedForm, amount: CellAmount, columns: frozenset[str], block: TableBlock, span: tuple[int, int]
) -> Iterator[Claim]:
    """A claim where the column is known, or at least what it is part of."""
    parents = {form.parent(column) for column in columns}
    parent = next(iter(parents)) if len(parents) == 1 else None
    if len(columns) != 1 and parent is None:
        return
    known = len(columns) == 1
    yield Claim(
        start=amount.start,
        end=amount.end,
        metric=canonical(next(iter(columns)), counted=False) if known else f"{parent}其中项（列名不明）",
        measure="期末数" if "资产" in block.title else "决算数",
        value=amount.value,
        unit=amount.unit or block.unit,
        rule="table.numbered",
        quote=span,
        parent=canonical(parent) if parent else None,
        scope=block.scope,
        note=None if known else f"原表列位在转换中已失，为{'、'.join(sorted(columns, key=form.columns.index))}之一",
        priority=10,
        pieces=(("表", block.title), ("列", "、".join(sorted(columns, key=form.columns.index)))),
    )


def possible_columns(form: NumberedForm, values: Sequence[Decimal]) -> list[frozenset[str]]:
    """For each value of a row the columns in which it may stand.

    All columns filled: one each. Otherwise every way to leave columns empty for which the form's sums hold.
    """
    found: list[set[str]] = [set() for _ in values]
    if len(values) > len(form.columns):
        return [frozenset() for _ in values]
    for tried, chosen in enumerate(combinations(form.columns, len(values))):
        if tried >= _MOST:
            return [frozenset() for _ in values]
        row = dict(zip(chosen, values, strict=True))
        if len(values) == len(form.columns) or _sums_hold(form, row):
            for names, column in zip(found, chosen, strict=True):
                names.add(column)
    return [frozenset(names) for names in found]


def _sums_hold(form: NumberedForm, row: dict[str, Decimal]) -> bool:
    """Whether each total is the sum of its parts; a total must be there where a part is."""
    for total, parts in form.sums.items():
        present = [row[part] for part in parts if part in row]
        if present and (total not in row or abs(sum(present) - row[total]) > Decimal("0.02")):
            return False
        if total in row and not present:
            return False
    return True
