"""Rows of a group → claims: which metric, measure, scope and split each figure is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.layout.blocks import Report, TableBlock
from knowledge.models import Measure, Scope
from knowledge.rules.base import Claim
from knowledge.rules.tables.amounts import CellAmount, parse_cell
from knowledge.rules.tables.columns import Column, read_column
from knowledge.rules.tables.grid import Grid
from knowledge.rules.tables.groups import Group, RowName, read_row_name
from knowledge.rules.tables.header import Part
from knowledge.rules.tables.hierarchy import Hierarchy, canonical
from knowledge.rules.tables.kinds import Kind, Subject, has_flows, total_name
from knowledge.rules.tables.labels import Label, parse_label
from knowledge.vocabulary import metric_by_alias, metrics
from knowledge.vocabulary import units as known_units
from knowledge.vocabulary.classification import find_name
from knowledge.vocabulary.columns import column_words

_SUBTOTAL = re.compile(r"(?:支出|收入)?(?:合计|小计)")
_NOTE = re.compile(r"注[：:\d]|说明[：:]|备注[：:]|填报说明|本表|制表|单位负责人|审核|填表")
_BODY = re.compile(
    r".{3,}(?:局|委|办|院|校|学|中心|站|所|队|部|厅|会|室|处|馆|园|署|社|团|政府|街道|公司|机关)(?:（.+）)?|.{2,}（?本级）?"
)
_RATES = ("增减率", "占比", "完成率")


@dataclass(frozen=True, slots=True)
class RowMeaning:
    """What the labels of a row say. ``metric`` is None where the columns name what is counted."""

    label: Label
    metric: str | None
    parent: str | None = None
    code: str | None = None
    body: str | None = None
    project: str | None = None
    unit: str | None = None
    scope: Scope | None = None
    measure: Measure | None = None
    year: int | None = None
    years: int = 0
    total: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """Metric, parent, split and other names of one figure."""

    metric: str
    parent: str | None
    split: str | None
    aliases: tuple[str, ...] = ()


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
        self._report = report
        self._side = group.side
        self._flows = has_flows(group.values)
        self._splitting = any(column.split or (inner_names(column) and not column.scope) for column in group.values)
        names = frozenset(canonical(parse_label(text).name) for row in part.body for text in grid.row_texts(row))
        self._hierarchy = Hierarchy(subject, self._side, names & {"人员经费", "公用经费"})

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
            meaning = self._read_meaning(name)
            if meaning is not None:
                claims += [claim for column, amount in amounts if (claim := self._claim(row, column, amount, meaning))]
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

    # What a row is

    def _read_meaning(self, name: RowName) -> RowMeaning | None:
        label = parse_label(name.name)
        code = name.code or label.code
        if code is not None:
            label = Label(label.name or find_name(code) or "", code, label.unit, label.level, label.among)
        body = name.body if name.body and not parse_label(name.body).is_total else None
        if name.project:
            return self._project(name, label, body)
        if label.is_total:
            return self._total(label, body, name)
        as_column = read_column(0, (label.name,))
        if (as_column.measure or as_column.year) and not as_column.names and code is None:
            return RowMeaning(label, None, measure=as_column.measure, year=as_column.year, years=as_column.years)
        if code is None and not self._group.with_role("name") and self._columns_name() and _BODY.fullmatch(label.name):
            return RowMeaning(label, None, body=label.name, total=True)
        return self._named(label, code, body, name)

    def _named(self, label: Label, code: str | None, body: str | None, name: RowName) -> RowMeaning:
        carried = self._hierarchy.carried
        scope = None
        unit = label.unit or name.unit
        metric = label.name if code else self._standard(label, unit)
        if carried and label.level and (word := column_words().get(label.name)) is not None and word.scope:
            metric, scope = carried, word.scope
        elif code is None and self._side == "收入" and label.name in _INCOME_OF:
            metric = _INCOME_OF[label.name]
        if not code and self._subject.kind is Kind.BALANCE and re.search("总计", label.name):
            metric = total_name(self._subject, label.name, self._side or label.name[:2]) or metric
        parent = self._hierarchy.parent(label, metric)
        if name.outer and parent is None and not parse_label(name.outer).is_total:
            parent = canonical(parse_label(name.outer).name)
        return RowMeaning(label, metric, parent, code, body, unit=unit, scope=scope)

    def _standard(self, label: Label, unit: str | None) -> str:
        """The standard term of a row without a code: 支出合计 under 三公经费 is 三公经费, 货物 of 政府采购 is 政府采购货物支出."""
        counted = known_units()[unit].kind == "count" if unit in known_units() else not self._block.unit
        if _SUBTOTAL.fullmatch(label.name) and label.level:
            above = self._hierarchy.above(label.level)
            if above is not None:
                return above
        if self._subject.kind is Kind.PROCUREMENT and f"政府采购{label.name}支出" in metrics():
            return f"政府采购{label.name}支出"
        return canonical(label.name, counted=counted)

    def _project(self, name: RowName, label: Label, body: str | None) -> RowMeaning | None:
        project = parse_label(name.project or "")
        if project.is_total:
            return self._total(project, body, name)
        return RowMeaning(project, project.name, "项目支出", label.code, body, project=project.name)

    def _total(self, label: Label, body: str | None, name: RowName) -> RowMeaning | None:
        if self._flows or self._goods():
            return RowMeaning(label, None, body=body, total=True)
        metric = total_name(self._subject, label.name, self._side)
        if self._subject.kind is Kind.BALANCE and not label.name:
            return None
        parent = self._hierarchy.parent(label, metric or label.name) if label.name else None
        return RowMeaning(label, metric, parent, body=body, unit=label.unit or name.unit, total=True)

    def _goods(self) -> bool:
        """Whether the columns of a table of 政府采购 are 货物, 工程 and 服务."""
        names = {name for column in self._group.values for name in column.names}
        return self._subject.kind is Kind.PROCUREMENT and bool(names & {"货物", "工程", "服务"})

    def _columns_name(self) -> bool:
        return any(column.names for column in self._group.values)

    # What a figure is

    def _claim(self, row: int, column: Column, amount: CellAmount, meaning: RowMeaning) -> Claim | None:
        naming = self._name(column, meaning)
        if naming is None:
            return None
        measure, year = self._measure(column, meaning, naming.metric)
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
            unit=self._unit(column, meaning, amount, measure),
            rule=f"table.{self._subject.kind.name.lower()}",
            quote=span,
            aliases=naming.aliases,
            parent=naming.parent,
            code=meaning.code,
            scope=self._scope(column, meaning),
            subject=meaning.project,
            split=naming.split,
            year=year,
            agency=meaning.body,
            priority=10,
            cell=cell.reference,
            box=cell.box,
            pieces=(("表", self._block.title), ("行", meaning.label.name), ("列", " > ".join(column.path))),
        )

    def _name(self, column: Column, meaning: RowMeaning) -> Naming | None:
        names = inner_names(column)
        if meaning.metric is None:
            return self._name_by_column(column, names)
        split = self._split(column, names)
        aliases = self._aliases(meaning, split)
        return Naming(meaning.metric, meaning.parent, split, aliases)

    def _name_by_column(self, column: Column, names: list[str]) -> Naming | None:
        """The header names the figure: 三公经费 tables, 国有资产占有使用情况表, columns 本年收入 | 本年支出."""
        kind = self._subject.kind
        if self._flows and names:
            split = "合计" if column.total else names[-1] if len(names) > 1 else None
            return Naming(canonical(names[0]), None, split)
        root = {Kind.THREE_PUBLIC: "三公经费", Kind.PROCUREMENT: "政府采购支出总额"}.get(kind)
        named = [
            name for name in names if canonical(name) != root and "三公" not in name and not column_words().get(name)
        ]
        if not named:
            metric = root or self._title_metric()
            return Naming(metric, None, None) if metric else None
        unit = column.unit or self._block.unit
        counted = unit not in known_units() or known_units()[unit].kind == "count"
        metric = canonical(named[-1], counted=counted)
        if kind is Kind.PROCUREMENT and f"政府采购{named[-1]}支出" in metrics():
            metric = f"政府采购{named[-1]}支出"
        standard = metrics().get(metric)
        parent = standard.parent if standard else (canonical(named[-2]) if len(named) > 1 else root)
        aliases = (named[-1],) if named[-1] != metric and _is_telling(named[-1]) else ()
        return Naming(metric, parent, None, aliases)

    def _title_metric(self) -> str | None:
        """What a table with one unnamed row is about, by its title: 机关运行经费支出决算表 → 机关运行经费."""
        core = re.sub(
            r"(?:支出)?(?:[预决]算)?(?:总|明细)?(?:情况)?表?$", "", re.sub(r"^20\d\d年?度?", "", self._block.title)
        )
        metric = metric_by_alias().get(core)
        return metric.name if metric else None

    def _split(self, column: Column, names: list[str]) -> str | None:
        """The part of a row's amount that a column holds; the outer header word too where the inner one comes twice."""
        split = self._inner_split(column, names)
        twice = any(
            other is not column
            and _facets(other) == _facets(column)
            and self._inner_split(other, inner_names(other)) == split
            for other in self._group.values
        )
        if not twice:
            return split
        return "：".join(dict.fromkeys([*names, *([column.path[-1]] if column.total else [])])) or split

    def _inner_split(self, column: Column, names: list[str]) -> str | None:
        kind = self._subject.kind
        if column.scope and kind is not Kind.INCOME:
            if names and (word := column_words().get(names[-1])) is not None and word.scope:
                return None
            names = [name for name in names if (word := column_words().get(name)) is None or not word.scope]
        if self._flows and names:
            return names[0] if column.total or len(names) == 1 else names[-1]
        if kind is Kind.INCOME and not names:
            return "合计" if self._subject.carries else "本年收入合计"
        if column.split and (not names or column_words().get(names[-1], None) is not None):
            return column.split
        if column.total or not names:
            if names and len({tuple(other.names[:1]) for other in self._group.values}) > 1 and not column.scope:
                return names[-1]
            if kind is Kind.BASIC and not self._splitting:
                return "基本支出"
            return "合计" if self._splitting and not column.scope and _is_plain(column.measure) else None
        return names[-1]

    def _aliases(self, meaning: RowMeaning, split: str | None) -> tuple[str, ...]:
        """Other names of a figure: the printed one, and for totals what a part of the total is called by itself."""
        aliases: list[str] = []
        metric = meaning.metric
        if meaning.total and split and split != "合计" and canonical(split) in metrics():
            aliases.append(canonical(split))
        elif meaning.total and self._subject.kind is Kind.EXPENDITURE:
            aliases.append("本年支出合计")
        if not meaning.total and _is_telling(meaning.label.name):
            aliases.append(meaning.label.name)
        return tuple(alias for alias in dict.fromkeys(aliases) if alias != metric)

    def _measure(self, column: Column, meaning: RowMeaning, metric: str) -> tuple[Measure, int | None]:
        measure = column.measure or meaning.measure
        years = column.years or meaning.years
        year = column.year or meaning.year
        if year is None and years:
            year = self._report.identity.year + years
        counted = self._is_counted(column, meaning, metric)
        if measure == "决算数" and counted:
            measure = "数量"
        if measure is None:
            measure = self._subject.measure
            nature = metrics()[metric].nature if metric in metrics() else None
            if counted:
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
        unit = self._row_unit(column, meaning) or column.unit or self._block.unit
        if unit in known_units():
            return known_units()[unit].kind in ("count", "area")
        return metric in metrics() and metrics()[metric].nature == "count"

    def _unit(self, column: Column, meaning: RowMeaning, amount: CellAmount, measure: Measure) -> str | None:
        if amount.unit:
            return amount.unit
        if measure in _RATES:
            return column.unit if column.unit == "%" else "%"
        return self._row_unit(column, meaning) or column.unit or self._block.unit

    def _scope(self, column: Column, meaning: RowMeaning) -> Scope | None:
        if meaning.scope:
            return meaning.scope
        if column.scope and self._subject.kind is not Kind.INCOME:
            return column.scope
        return self._subject.scope


def inner_names(column: Column) -> list[str]:
    """Words of a column's header without the side (收入, 支出) that it belongs to."""
    return [name for name in column.names if (word := column_words().get(name)) is None or word.role is None]


def _is_telling(name: str) -> bool:
    """Whether a printed name says by itself what it names; 支出合计, 货物 and 一般公共预算财政拨款 do not."""
    word = column_words().get(name)
    return len(name) > 2 and not _SUBTOTAL.fullmatch(name) and (word is None or word.scope is None)


def _facets(column: Column) -> tuple[object, ...]:
    return column.measure, column.year, column.years, column.scope


def _is_plain(measure: Measure | None) -> bool:
    return measure not in _RATES


_INCOME_OF = {
    "一般公共预算财政拨款": "一般公共预算财政拨款收入",
    "政府性基金预算财政拨款": "政府性基金预算财政拨款收入",
    "国有资本经营预算财政拨款": "国有资本经营预算财政拨款收入",
}
