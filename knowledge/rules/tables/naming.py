"""What a figure is called: its metric by row or by column, the part of the total that its column holds, other names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.rules.tables.columns import Column
from knowledge.rules.tables.facets import RATES
from knowledge.rules.tables.groups import Group
from knowledge.rules.tables.hierarchy import canonical
from knowledge.rules.tables.kinds import Kind, Subject, has_flows
from knowledge.rules.tables.labels import SUBTOTAL
from knowledge.rules.tables.meaning import RowMeaning
from knowledge.vocabulary import metric_by_alias, metrics
from knowledge.vocabulary import units as known_units
from knowledge.vocabulary.columns import column_words

_ROOTS = {Kind.THREE_PUBLIC: "三公经费", Kind.PROCUREMENT: "政府采购支出总额"}
"""What a table is about as a whole: 2023年“三公”经费预算数 above its rows parts nothing."""
_LEFT = re.compile("结转$|结余$")


_MORE = re.compile(r"三公经费(?:[及和与、][^、及和与支预决]{2,8}费)+")


@dataclass(frozen=True, slots=True)
class Naming:
    """Metric, parent, split and other names of one figure."""

    metric: str
    parent: str | None
    split: str | None
    aliases: tuple[str, ...] = ()


class Namer:
    """Names the figures of one group. ``unit`` is the printed unit of the table."""

    def __init__(self, group: Group, subject: Subject, unit: str | None) -> None:
        self._group = group
        self._subject = subject
        self._unit = unit
        self._flows = has_flows(group.values)
        self._splits: dict[int, str | None] = {}
        self._splitting = any(column.split or (inner_names(column) and not column.scope) for column in group.values)

    def name(self, column: Column, meaning: RowMeaning) -> Naming | None:
        """Names of the figure in a row and a column; None where neither says what it is."""
        names = inner_names(column)
        if meaning.metric is None:
            return self._name_by_column(column, names)
        metric, parent = self._as_money(column, meaning, meaning.metric)
        if column.index not in self._splits:
            parts = [name for name in names if canonical(name) != _ROOTS.get(self._subject.kind)]
            self._splits[column.index] = self._split(column, parts)
        split = self._splits[column.index]
        if meaning.total and split and (own := self._own_name(column, split)) is not None:
            return own
        part = canonical(split) if meaning.total and split else None
        if part is not None and (_is_part(part, metric) or (self._subject.carries and part in metrics())):
            plain = self._subject.kind in (Kind.INCOME, Kind.EXPENDITURE) and not self._subject.carries
            aliases = self._aliases(meaning, metric) if plain else ()
            return Naming(part, _parent(part, metric), split, aliases)
        aliases = tuple(alias for alias in self._aliases(meaning) if alias != metric)
        return Naming(metric, parent, split, aliases)

    def _own_name(self, column: Column, split: str) -> Naming | None:
        """The name of a column that is no part of what its table counts: the money of one fund, what is left over."""
        kind = self._subject.kind
        alone = sum(other.scope == column.scope for other in self._group.values) == 1
        if kind is Kind.INCOME and column.scope and alone and f"{column.scope}收入" in metrics():
            metric = f"{column.scope}收入"
            return Naming(metric, metrics()[metric].parent, None, (split, f"{split.removesuffix('收入')}收入"))
        if kind in (Kind.INCOME, Kind.EXPENDITURE) and _LEFT.search(split) and canonical(split) not in metrics():
            return Naming(split, None, None)
        return None

    def _as_money(self, column: Column, meaning: RowMeaning, metric: str) -> tuple[str, str | None]:
        """Metric and parent of a row; one that counts (车辆) is not the count under a column of money (价值（万元）)."""
        unit = known_units().get(column.unit or "")
        if unit is None or unit.kind != "money" or not _is_count(metric):
            return metric, meaning.parent
        return meaning.label.name, None if _is_count(meaning.parent) else meaning.parent

    def _name_by_column(self, column: Column, names: list[str]) -> Naming | None:
        """The header names the figure: 三公经费 tables, 国有资产占有使用情况表, columns 本年收入 | 本年支出."""
        kind = self._subject.kind
        if self._flows and names:
            split = names[-1] if len(names) > 1 else "合计" if column.total else None
            whole, part = canonical(names[0]), canonical(names[-1])
            if len(names) > 1 and _is_part(part, whole):
                return Naming(part, _parent(part, whole), split, (whole,))
            return Naming(whole, None, split)
        root = _ROOTS.get(kind)
        named = [
            name for name in names if canonical(name) != root and "三公" not in name and not column_words().get(name)
        ]
        if not named:
            metric = self._more_than_root(column) or root or self._title_metric()
            return Naming(metric, None, None) if metric else None
        metric = self._column_term(column, named)
        standard = metrics().get(metric)
        parent = standard.parent if standard else (canonical(named[-2]) if len(named) > 1 else root)
        return Naming(metric, parent, None, (named[-1],) if metric == canonical(named[-1]) != named[-1] else ())

    def _column_term(self, column: Column, named: list[str]) -> str:
        """The standard term of a header's words: (公务用车购置及运行费, 购置费) → 公务用车购置费; 货物 → 政府采购货物支出."""
        unit = column.unit or self._unit
        counted = unit not in known_units() or known_units()[unit].kind == "count"
        metric = canonical(named[-1], counted=counted)
        if metric not in metrics() and len(named) > 1 and "公务用车" in named[-2]:
            return canonical(f"公务用车{named[-1]}")
        if self._subject.kind is Kind.PROCUREMENT and f"政府采购{named[-1]}支出" in metrics():
            return f"政府采购{named[-1]}支出"
        return metric

    def _more_than_root(self, column: Column) -> str | None:
        """What 合计 is where the title names more than 三公经费 and another column 三公经费 itself: all that it names."""
        if column.names or not any("三公" in name for other in self._group.values for name in other.names):
            return None
        match = _MORE.search(self._subject.title.replace("“", "").replace("”", ""))
        return match[0] if match else None

    def _title_metric(self) -> str | None:
        """What a table with one unnamed row is about, by its title: 机关运行经费支出决算表 → 机关运行经费."""
        core = re.sub(
            r"(?:支出)?(?:[预决]算)?(?:总|明细)?(?:情况)?表?$", "", re.sub(r"^20\d\d年?度?", "", self._subject.title)
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
        alone = (
            sum(_facets(other) == _facets(column) and inner_names(other) == names for other in self._group.values) == 1
        )
        return "：".join(names if alone else column.path) or split

    def _inner_split(self, column: Column, names: list[str]) -> str | None:
        kind = self._subject.kind
        if column.scope and kind is not Kind.INCOME:
            if names and (word := column_words().get(names[-1])) is not None and word.scope:
                return None
            names = [name for name in names if (word := column_words().get(name)) is None or not word.scope]
        if self._flows and names:
            return names[-1]
        if kind is Kind.INCOME and not names:
            return "合计" if self._subject.carries else "本年收入合计"
        if column.split and (not names or column_words().get(names[-1], None) is not None):
            return column.split
        if column.total or not names:
            if names and len({tuple(other.names[:1]) for other in self._group.values}) > 1 and not column.scope:
                return names[-1]
            if kind is Kind.BASIC and not self._splitting:
                return "基本支出"
            return "合计" if self._splitting and not column.scope and column.measure not in (*RATES, "数量") else None
        return names[-1]

    def _aliases(self, meaning: RowMeaning, *names: str) -> tuple[str, ...]:
        """Other names of a figure, the printed one among them; a part of a total answers to the total's name too."""
        aliases = list(names)
        if meaning.total and self._subject.kind is Kind.EXPENDITURE:
            aliases.append("本年支出合计")
        if not meaning.total and _is_telling(meaning.label.name):
            aliases.append(meaning.label.name)
        known = meaning.metric if not names else None
        return tuple(alias for alias in dict.fromkeys(aliases) if alias != known)


def inner_names(column: Column) -> list[str]:
    """Words of a column's header without the side (收入, 支出) that it belongs to."""
    return [name for name in column.names if (word := column_words().get(name)) is None or word.role is None]


def _is_count(name: str | None) -> bool:
    return name in metrics() and metrics()[name].nature == "count"


def _is_telling(name: str) -> bool:
    """Whether a printed name says by itself what it names; 支出合计, 货物 and 一般公共预算财政拨款 do not."""
    word = column_words().get(name)
    return len(name) > 2 and not SUBTOTAL.fullmatch(name) and (word is None or word.scope is None)


def _facets(column: Column) -> tuple[object, ...]:
    return column.measure, column.year, column.years, column.scope


def _is_part(part: str, whole: str) -> bool:
    """Whether a standard term is part of another, or of what that is itself part of: 基本支出 of 本年支出合计."""
    return part != whole and bool(_ancestors(part) & {whole, *_ancestors(whole)})


def _parent(part: str, whole: str) -> str:
    """The parent of a part of a total: the total, unless a standard term stands between them (基本支出 above 人员经费)."""
    between = metrics()[part].parent
    return whole if between is None or between in {whole, *_ancestors(whole)} else between


def _ancestors(name: str) -> set[str]:
    found: set[str] = set()
    metric = metrics().get(name)
    while metric is not None and metric.parent and metric.parent not in found:
        found.add(metric.parent)
        metric = metrics().get(metric.parent)
    return found
