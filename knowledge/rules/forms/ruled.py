"""A ruled form (cells known) → the same rows as a flattened one; columns come from the header cells above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from knowledge.layout.form_heads import field_kind
from knowledge.rules.forms.budget import asks_for_money, clean_label, find_label, request_row
from knowledge.rules.forms.columns import read_completion
from knowledge.rules.forms.grid import Box, Grid, span_of, with_unit
from knowledge.rules.forms.names import clean_name
from knowledge.rules.forms.rows import BudgetRow, FormRows, Group, Indicator, Total
from knowledge.rules.forms.values import Kind, Value
from knowledge.vocabulary.forms import Words, form_words, meaning

Columns = dict[str, tuple[int, int]]
_BARE = re.compile(r"（(?:万元|元|分|%|\d+分(?:[*×xX][^（）]*)?|[A-C](?:/[A-C])?(?:×100%)?)）$")
_POINTS = re.compile(r"(.+?)（(\d+(?:\.\d+)?)分?）")


@cache
def _means(kind: str) -> dict[str, str]:
    words = form_words()
    tables: Mapping[str, Mapping[str, Words]] = {"budget": words.budget_columns, "indicators": words.indicator_columns}
    names = dict.fromkeys(words.ruled_names, "级次") if kind == "indicators" else {}
    return names | meaning(tables[kind])


def header_columns(row: Sequence[Box], kind: str) -> list[tuple[str, str, tuple[int, int]]]:
    """(meaning, cell, first and last column) of the header cells in a row."""
    means = _means(kind)
    found = []
    for box in row:
        text = box.text
        bare = _BARE.sub("", text)
        name = means.get(text) or means.get(bare) or means.get(bare.removeprefix("执行率"))
        if name is not None:
            found.append((name, bare, (box.cell.column, box.cell.column + box.cell.column_span - 1)))
    return found


class RuledReader:
    """Reads the grids of one form in printed order; a table that goes on keeps the columns of the one before."""

    def __init__(self, title: str) -> None:
        self.rows = FormRows()
        self.asks = asks_for_money(title)
        self.budget: Columns = {}
        self.levels: list[tuple[int, int]] = []
        self.columns: Columns = {}
        self.level_points: tuple[int, int] | None = None
        self.mode = ""
        self.beside: list[Box] = []
        self.held: list[str] = []
        self.groups_seen: set[int] = set()

    def read(self, grid: Grid) -> None:
        """Add the rows of a grid."""
        for index, row in enumerate(grid.rows):
            if not any(box.words for box in row):
                continue
            if self._open_header(row):
                continue
            self._read_score(grid, index)
            if self._is_total(grid, index) or (self.asks and self._read_request(grid, index)):
                continue
            if self.mode == "budget":
                self._read_budget(grid, index)
            elif self.mode == "indicators":
                self._read_indicator(grid, index)

    def _open_header(self, row: Sequence[Box]) -> bool:
        indicator = header_columns(row, "indicators")
        names = {name for name, _, _ in indicator}
        if "级次" in names and names & {"目标值", "完成值", "权重", "得分"}:
            self._set_indicators(indicator)
            return True
        budget = header_columns(row, "budget")
        names = {name for name, _, _ in budget}
        if len(names & {"年初预算数", "调整预算数", "预算数", "到位数", "执行数", "完成率"}) >= 2:
            if {"年初预算数", "调整预算数"} & names:
                budget = [column for column in budget if column[0] != "预算数"]
            self.budget = {name: span for name, _, span in reversed(budget) if name != "原因"}
            first = min(span[0] for span in self.budget.values())
            self.beside = [box for box in row if box.cell.column < first and box.words]
            self.mode = "budget"
            return True
        return False

    def _set_indicators(self, columns: Sequence[tuple[str, str, tuple[int, int]]]) -> None:
        named = [(cell, span) for name, cell, span in columns if name == "级次"]
        numbered = [span for cell, span in named if cell.endswith("级指标") or cell == "指标名称"]
        self.levels = numbered or [span for _, span in named]
        last = max(span[1] for span in self.levels)
        first = min(span[0] for span in self.levels)
        self.columns, self.level_points = {}, None
        for name, cell, span in columns:
            if name == "权重" and first < span[0] < last:
                self.level_points = span
            elif name == "性质":
                self.columns.setdefault("单位" if "单位" in cell or "度量" in cell else cell, span)
            elif name != "级次":
                self.columns.setdefault(name, span)
        self.mode, self.held = "indicators", [""] * len(self.levels)

    def _is_total(self, grid: Grid, index: int) -> bool:
        if self.mode != "indicators":
            return False
        own = list(grid.own(index))
        if not own or own[0].text.strip("：:") not in form_words().totals["rows"]:
            return False
        total = Total(span_of(own))
        for name in ("权重", "得分"):
            value = self._value(grid, index, name)
            if value is not None:
                total.values[name] = value
        if not total.values:
            numbers = [value for box in own[1:] if (value := box.value()) is not None]
            if len(numbers) in (1, 2):
                total.values = (
                    {"": numbers[0]} if len(numbers) == 1 else dict(zip(("权重", "得分"), numbers, strict=True))
                )
        self.rows.totals.append(total)
        return True

    def _read_score(self, grid: Grid, index: int) -> None:
        """自评总分（分） | 98 beside the project's name, above the indicators."""
        own = list(grid.own(index))
        if self.mode == "indicators" and not any(field_kind(box.text) == "project" for box in own):
            return
        for label, box in pairwise(own):
            if _BARE.sub("", label.text) in form_words().totals["rows"] and (value := box.value()) is not None:
                unit = "分" if label.text.endswith("（分）") else value.unit
                self.rows.totals.append(Total(span_of([label, box]), {"得分": value._replace(unit=unit)}))

    def _value(self, grid: Grid, index: int, name: str) -> Value | None:
        span = self.columns.get(name)
        box = grid.at(index, *span) if span else None
        return box.value() if box is not None else None

    def _read_request(self, grid: Grid, index: int) -> bool:
        """A row of a form that asks for money: labels with one amount each, 项目金额 | 48.00 | 其中：财政拨款 | 48.00."""
        own = list(grid.own(index))
        pairs = [(label, box, value) for label, box in pairwise(own) if (value := box.value()) is not None]
        rows = [row for label, box, value in pairs if (row := request_row(label.words, value, span_of([label, box])))]
        self.rows.budget += rows
        return bool(rows) and len(rows) == len(pairs)

    def _read_budget(self, grid: Grid, index: int) -> None:
        """A row of the budget; the first one below the header is the whole where the label stands in the header alone."""
        first = min(span[0] for span in self.budget.values())
        labels = [box for box in grid.rows[index] if box.cell.column < first and box.words]
        whole = not labels
        labels, self.beside = labels or self.beside, []
        if not labels or field_kind(labels[0].text) is not None:
            self.mode = ""
            return
        found = find_label(labels[-1].words)
        boxes = {name: box for name, span in self.budget.items() if (box := grid.at(index, *span)) is not None}
        values = {name: value for name, box in boxes.items() if (value := box.value()) is not None}
        if found is None or not values or len({id(box) for box in boxes.values()}) < len(boxes):
            return
        label, total, group = found
        self.rows.budget.append(
            BudgetRow(clean_label(label), total or whole, group, span_of([labels[-1], *boxes.values()]), values)
        )

    def _read_indicator(self, grid: Grid, index: int) -> None:
        named = [grid.at(index, *span) for span in self.levels]
        boxes = list(dict.fromkeys(box for box in named if box is not None))
        if not boxes or self._leaves(boxes):
            self.mode = ""
            return
        levels = self._hold_levels(named)
        name = named[-1]
        if name is None or name.cell.row != index:
            return
        self._read_level_points(grid, index, boxes)
        values, held = self._values(grid, index, levels)
        reason = self.columns.get("原因")
        beside = grid.at(index, *reason) if reason else None
        if beside is not None and beside.cell.row == index:
            self.rows.reasons.append(beside.words)
        if not values:
            return
        text = clean_name(name.name)
        outer = tuple(level for level in levels if level and level != text)
        span = span_of([name, *held])
        self.rows.indicators.append(Indicator(text, outer, span, values, named=(name.cell.start, name.cell.end)))

    def _leaves(self, boxes: Sequence[Box]) -> bool:
        zones = form_words().zones
        text = boxes[0].text.strip("：:")
        return text in zones["text"] or text.startswith((*zones["notes"], *zones["signature"]))

    def _hold_levels(self, named: Sequence[Box | None]) -> list[str]:
        """Names of the levels of a row; an empty cell goes on with the level above it."""
        for position, box in enumerate(named[:-1]):
            if box is not None:
                match = _POINTS.fullmatch(box.text)
                self.held[position] = match[1] if match else box.name
                for inner in range(position + 1, len(named) - 1):
                    if named[inner] is None:
                        self.held[inner] = ""
        return self.held[:-1]

    def _read_level_points(self, grid: Grid, index: int, boxes: Sequence[Box]) -> None:
        """Points printed in a level's cell (数量指标（15）) or in a column of their own beside it."""
        for position, box in enumerate(boxes[:-1]):
            scores = [item.value for item in box.items() if item.kind is Kind.SCORE and item.value is not None]
            match = _POINTS.fullmatch(box.text)
            value = scores[-1] if scores else _glued(box) if match else None
            if match and value is not None and box.cell.start not in self.groups_seen:
                self.groups_seen.add(box.cell.start)
                parent = self.held[position - 1] if position else None
                self.rows.groups.append(Group(match[1], parent or None, "权重", value, span_of([box])))
        beside = grid.at(index, *self.level_points) if self.level_points else None
        if beside is not None and (value := beside.value()) is not None and beside.cell.start not in self.groups_seen:
            self.groups_seen.add(beside.cell.start)
            self.rows.groups.append(Group(self.held[0], None, "权重", value, span_of([boxes[0], beside])))

    def _values(self, grid: Grid, index: int, levels: Sequence[str]) -> tuple[dict[str, Value], list[Box]]:
        boxes = {name: box for name, span in self.columns.items() if (box := grid.at(index, *span)) is not None}
        values: dict[str, Value] = {}
        for name in ("目标值", "完成值", "权重", "得分"):
            box = boxes.get(name)
            if box is None:
                continue
            value = box.value()
            if name == "目标值" and value is not None:
                value = with_unit(value, boxes.get("指标性质") or boxes.get("指标方向"), boxes.get("单位"))
            elif name == "完成值" and value is None:
                value = read_completion(box.words, values.get("目标值"))
            elif name == "目标值" and value is None:
                value = read_completion(box.words, None)
            if value is None or (name in ("权重", "得分") and not self._is_own(box, name, value, levels, index)):
                continue
            values[name] = value
        if (box := boxes.get("系数")) is not None and box.value() is not None:
            self.rows.coefficients.append(span_of([box]))
        self._read_adjusted(boxes, values)
        return values, list(boxes.values())

    def _read_adjusted(self, boxes: Mapping[str, Box], values: dict[str, Value]) -> None:
        """The target as it was adjusted; it holds in place of the one of the year's beginning where they differ."""
        box = boxes.get("调整目标值")
        value = box.value() if box is not None else None
        if value is None:
            return
        values["调整目标值"] = with_unit(value, boxes.get("指标性质") or boxes.get("指标方向"), boxes.get("单位"))
        if "目标值" in values and values["目标值"].number != value.number:
            del values["目标值"]

    def _is_own(self, box: Box, name: str, value: Value, levels: Sequence[str], index: int) -> bool:
        """Points of a merged cell belong to the level whose rows it covers, not to the first of them."""
        if value.comparator is not None or value.unit not in (None, "分"):
            return False
        if box.cell.row_span == 1:
            return True
        if box.cell.row == index and box.cell.start not in self.groups_seen:
            self.groups_seen.add(box.cell.start)
            level = next((level for level in reversed(levels) if level), "")
            if level:
                self.rows.groups.append(Group(level, None, name, value, span_of([box])))
        return False


def _glued(box: Box) -> Value | None:
    """The points of a level's cell that is one word: 数量指标（15）."""
    word = box.words[-1]
    match = re.search(r"(\d+(?:\.\d+)?)分?）$", word.text)
    if match is None:
        return None
    return Value(word.start + match.start(1), word.start + match.end(1), word.end, Decimal(match[1]), begin=word.start)
