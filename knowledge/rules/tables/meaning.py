"""What the labels of a row say: its metric and what that is part of, or the body, project or year that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.models import Measure, Scope
from knowledge.rules.tables.columns import read_column
from knowledge.rules.tables.groups import BODY, Group, RowName
from knowledge.rules.tables.hierarchy import Hierarchy, canonical
from knowledge.rules.tables.kinds import Kind, Subject, has_flows, total_name
from knowledge.rules.tables.labels import SUBTOTAL, Label, parse_label
from knowledge.rules.tables.row_bodies import is_all
from knowledge.vocabulary import metrics
from knowledge.vocabulary import units as known_units
from knowledge.vocabulary.classification import find_name
from knowledge.vocabulary.columns import column_words


def _fund(name: str) -> Scope | None:
    """The fund that a row names as what is received: 一般公共预算拨款."""
    word = column_words().get(name)
    return word.scope if word is not None and not name.endswith("资金") else None


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


_VEHICLES = "辆"


class MeaningReader:
    """Reads the labels of the rows of one group, from top to bottom.

    ``unit`` is the printed unit of the table, ``whole`` the term whose parts all its rows are.
    """

    def __init__(
        self, group: Group, subject: Subject, hierarchy: Hierarchy, unit: str | None, whole: str | None = None
    ) -> None:
        self._whole = whole
        self._group = group
        self._subject = subject
        self._hierarchy = hierarchy
        self._unit = unit
        self._side = group.side
        self._flows = has_flows(group.values)
        self._counts: list[tuple[int, str]] = []
        self._summed = False

    def read(self, name: RowName) -> RowMeaning | None:
        """What a row says; None where it has no name that tells what its figures are."""
        label = parse_label(name.name)
        code = name.code or label.code
        if code is not None:
            label = Label(label.name or find_name(code) or "", code, label.unit, label.level, label.among)
        self._summed = self._summed or label.name in ("本年收入合计", "本年支出合计")
        body = name.body if name.body and not is_all(name.body) else None
        if name.project:
            return self._project(name, label, body)
        if label.is_total:
            return self._total(label, body, name)
        as_column = read_column(0, (label.name,))
        if as_column.measure and label.level and self._side is not None:
            label = label._replace(name=f"{label.name}{self._side}")
        elif (as_column.measure or as_column.year) and not as_column.names and code is None:
            return RowMeaning(label, None, measure=as_column.measure, year=as_column.year, years=as_column.years)
        if code is None and not self._group.with_role("name") and self._columns_name() and BODY.fullmatch(label.name):
            return RowMeaning(label, None, body=label.name, total=True)
        return self._named(label, code, body, name)

    def _named(self, label: Label, code: str | None, body: str | None, name: RowName) -> RowMeaning:
        carried = self._hierarchy.carried(label.level, label.name)
        scope = None
        inherited = self._inherited(label)
        unit = label.unit or name.unit or inherited
        metric = label.name if code else self._standard(label, unit)
        if carried and (word := column_words().get(label.name)) is not None and word.scope:
            metric, scope = carried, word.scope
        elif code is None and self._side == "收入" and (fund := _fund(label.name)) is not None:
            metric = canonical(f"{fund}收入")
        if not code and self._subject.kind is Kind.BALANCE and re.search("总计", label.name):
            metric = total_name(self._subject, label.name, self._side or label.name[:2]) or metric
        parent = self._hierarchy.parent(label, metric)
        if name.outer and parent is None and not parse_label(name.outer).is_total:
            parent = canonical(parse_label(name.outer).name)
        return RowMeaning(label, metric, parent, code, body, unit=unit, scope=scope)

    def _inherited(self, label: Label) -> str | None:
        """The unit of the row of a count (车辆数合计（辆）) that the rows below it with terms of counts part."""
        if not label.level:
            return next(
                (unit for _, unit in self._counts[-1:] if unit == _VEHICLES and label.name.endswith("用车")), None
            )
        while self._counts and self._counts[-1][0] >= label.level:
            self._counts.pop()
        if label.unit and known_units()[label.unit].kind == "count":
            self._counts.append((label.level, label.unit))
        known = metrics().get(canonical(label.name))
        counted = label.name.endswith("用车") or (known is not None and known.nature == "count")
        return self._counts[-1][1] if self._counts and counted else None

    def _standard(self, label: Label, unit: str | None) -> str:
        """The standard term of a row without a code: 支出合计 under 三公经费 is 三公经费, 货物 of 政府采购 is 政府采购货物支出."""
        counted = known_units()[unit].kind == "count" if unit in known_units() else not self._unit
        if SUBTOTAL.fullmatch(label.name) and label.level:
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
        if self._subject.kind is Kind.PROCUREMENT:
            return RowMeaning(project, project.name, "政府采购支出总额", None, body)
        total = total_name(self._subject, "合计", None) if self._subject.kind is Kind.PROJECTS else "项目支出"
        return RowMeaning(project, project.name, total, label.code, body, project=project.name)

    def _total(self, label: Label, body: str | None, name: RowName) -> RowMeaning | None:
        if self._flows or self._goods():
            return RowMeaning(label, None, body=body, total=True)
        metric = self._sum_of_side(label) or total_name(self._subject, label.name, self._side)
        if metric is None and label.name and self._subject.kind is Kind.OTHER:
            metric = self._whole or self._evaluated()
        if self._subject.kind is Kind.BALANCE and not label.name:
            return None
        parent = self._hierarchy.parent(label, metric or label.name) if label.name else None
        return RowMeaning(label, metric, parent, body=body, unit=label.unit or name.unit, total=True)

    def _sum_of_side(self, label: Label) -> str | None:
        """What 合计 is below 本年收入合计: the total with what was carried over."""
        below = self._summed and label.name == "合计" and self._side is not None
        return total_name(self._subject, "总计", self._side) if below else None

    def _evaluated(self) -> str | None:
        """The total of a list of projects with their scores."""
        scored = any(column.measure == "得分" for column in self._group.values)
        evaluated = scored or "评" in self._subject.title
        return "自评项目合计" if evaluated and self._group.with_role("project") else None

    def _goods(self) -> bool:
        """Whether the columns of a table of 政府采购 are 货物, 工程 and 服务."""
        names = {name for column in self._group.values for name in column.names}
        return self._subject.kind is Kind.PROCUREMENT and bool(names & {"货物", "工程", "服务"})

    def _columns_name(self) -> bool:
        return any(column.names for column in self._group.values)
