"""What each row is part of: by code, by ordinal (一、 > （一） > 1.), by 其中, by the totals of its table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.rules.tables.kinds import Kind, Subject, total_name
from knowledge.rules.tables.labels import Label
from knowledge.vocabulary import metric_by_alias, metrics
from knowledge.vocabulary.classification import find_name
from knowledge.vocabulary.columns import column_words

_CARRIED = re.compile(r"结转|结余")
_BESIDE = re.compile(r"结转|结余|弥补|总计|合计|上年|下年")
"""Rows without an ordinal that stand beside the numbered ones, not below the last of them."""
_QUOTES = re.compile(r"[“”\"]")
_PERSONNEL = ("301", "303")


def canonical(name: str, *, counted: bool = True) -> str:
    """The standard term for a printed name, else the name itself; a count's term only for what is counted."""
    metric = metric_by_alias().get(name) or metric_by_alias().get(_QUOTES.sub("", name))
    if metric is None or (metric.nature == "count" and not counted):
        return name
    return metric.name


def whole_of(names: Iterable[str]) -> str | None:
    """The standard term whose parts all these rows are: 三公经费 of 因公出国（境）费, 公务接待费 …; None where there is none."""
    terms = {canonical(name) for name in names}
    parents = {metrics()[term].parent if term in metrics() else None for term in terms}
    outer = parents - terms
    return outer.pop() if len(terms) > 1 and len(outer) == 1 else None


def _is_fund(name: str) -> bool:
    word = column_words().get(name)
    return word is not None and word.scope is not None


class Hierarchy:
    """Follows the rows of one group and tells each row's parent."""

    def __init__(self, subject: Subject, side: str | None, totals: frozenset[str]) -> None:
        self._subject = subject
        self._side = side
        self._totals = totals
        self._codes: dict[str, str] = {}
        self._levels: list[tuple[int, str]] = []
        self._carried: tuple[int, str] | None = None
        self._last: str | None = None

    def above(self, level: int) -> str | None:
        """The row under which a row of a level stands, by ordinals alone."""
        return next((name for depth, name in reversed(self._levels) if depth < level), None)

    def carried(self, level: int, name: str = "") -> str | None:
        """The row of 年初结转和结余 that a row of a level below it parts, or that a fund without an ordinal follows; None
        elsewhere."""
        if self._carried is None:
            return None
        below = level > self._carried[0] or (level == self._carried[0] == 0 and _is_fund(name))
        return self._carried[1] if below else None

    def parent(self, label: Label, metric: str) -> str | None:
        """The parent of the next row."""
        if label.code is not None:
            parent = self._by_code(label.code)
            self._codes[label.code] = metric
            return parent
        parent = self._by_level(label, metric)
        if not label.among:
            self._last = metric
        return parent if parent != metric else None

    def _by_code(self, code: str) -> str | None:
        for size in (7, 5, 3):
            if size < len(code) and code[:size] in self._codes:
                return self._codes[code[:size]]
        outer = find_name(code[:3]) if code[0] == "3" and len(code) > 3 else None
        if outer is not None and self._subject.kind is not Kind.BALANCE:
            return outer
        if code[0] == "3" and self._subject.kind is not Kind.BALANCE:
            group = "人员经费" if code[:3] in _PERSONNEL else "公用经费"
            return group if group in self._totals else "基本支出"
        return total_name(self._subject, "合计", self._side)

    def _by_level(self, label: Label, metric: str) -> str | None:
        depth = label.level
        if label.among:
            return self._last
        if depth == 0:
            return self._by_position(label, metric)
        while self._levels and self._levels[-1][0] >= depth:
            self._levels.pop()
        above = self._levels[-1][1] if self._levels else self.carried(depth)
        self._levels.append((depth, metric))
        self._carry(label, metric)
        known = metrics().get(metric)
        if known is not None and known.parent and self._subject.kind is not Kind.BALANCE:
            return known.parent
        if above is not None:
            return above
        if self._subject.kind is Kind.BALANCE and self._side:
            year = f"本年{self._side}合计"
            beside = metric == year or _CARRIED.search(label.name)
            return total_name(self._subject, "总计", self._side) if beside else year
        return known.parent if known is not None else total_name(self._subject, "合计", self._side)

    def _carry(self, label: Label, metric: str) -> None:
        if _CARRIED.search(label.name) and not label.is_total:
            self._carried = (label.level, metric)
        elif self.carried(label.level, label.name) is None:
            self._carried = None

    def _by_position(self, label: Label, metric: str) -> str | None:
        if self._levels and not label.is_total and not _BESIDE.search(label.name):
            return self._levels[-1][1]
        self._levels.clear()
        carried = self.carried(label.level, label.name)
        self._carry(label, metric)
        if carried is not None and not _CARRIED.search(label.name):
            return carried
        if self._subject.kind is Kind.BALANCE and self._side:
            total = total_name(self._subject, "总计", self._side)
            return total if metric != total else None
        known = metrics().get(metric)
        return known.parent if known is not None else None
