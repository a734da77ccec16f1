"""A flattened form → its zones: head, budget, goals, indicators, texts, notes, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from knowledge.layout.form_words import Label, Word, find_labels
from knowledge.rules.forms.alignment import POINTS
from knowledge.rules.forms.headers import Header, find_header
from knowledge.rules.forms.values import parse_value
from knowledge.vocabulary.forms import any_of, form_words

_BUDGET = ("年初预算数", "调整预算数", "预算数", "执行数", "完成率", "到位数")

_UPPER_CELLS = 16
"""Words that the upper row of a header may take."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a form's words: ``kind`` (head, budget, goals, goal, indicators, text, notes, signature), ``name`` as printed."""

    kind: str
    name: str
    start: int
    end: int
    header: Header | None = None


@cache
def _kinds() -> dict[str, str]:
    zones = form_words().zones
    kinds = {word: kind for kind, words in zones.items() for word in words}
    return kinds | {
        "一级指标": "indicators",
        "财政供养人员情况": "staffing",
        "经费控制情况": "control",
        "总体资金情况": "funds",
    }


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\d{{1,2}}[.、]|（[\d一二三四五六七八九]）|[一二三四五六七八九十]、)?({any_of(tuple(_kinds())).pattern})"
    )


def find_zones(words: Sequence[Word], above: Header | None = None) -> list[Zone]:
    """Zones of a form in printed order; they cover all its words.

    ``above`` is the header of the indicators of the form above under the same title, where this one prints none.
    """
    marks = _marks(words, above)
    zones = []
    for position, (start, kind, name, header) in enumerate(marks):
        end = marks[position + 1][0] if position + 1 < len(marks) else len(words)
        zones.append(Zone(kind, name, start, end, header))
    return zones


def find_levels(words: Sequence[Word]) -> int | None:
    """The word that opens the first indicator: 产出指标 数量指标 …; None where there is none."""
    levels = {*form_words().levels["first"], *form_words().levels["second"]}
    return next((index for index, word in enumerate(words) if word.text in levels), None)


def _marks(words: Sequence[Word], above: Header | None) -> list[tuple[int, str, str, Header | None]]:
    labels = [label for label in find_labels(words, _pattern()) if _opens(words, label)]
    first = next((label.first for label in labels if label.name == "一级指标"), len(words))
    marks: list[tuple[int, str, str, Header | None]] = [(0, "head", "", None)]
    budget = find_header(words, 0, first, form_words().budget_columns, 2)
    if budget is not None and len({*budget.columns} & {*_BUDGET}) >= 2 and not _holds_values(words, budget):
        marks.append((budget.start, "budget", "", _without_rates_of_points(_without_row_label(budget))))
    header = find_header(words, first, len(words), form_words().indicator_columns, 2)
    if header is None and (header := _without_levels(words)) is not None:
        first = header.start
    upper = find_header(words, max(first - _UPPER_CELLS, 0), first, form_words().indicator_columns, 3)
    if header is not None and upper is not None and upper.end == first and not {*POINTS} & {*header.columns}:
        header, first = _below(upper, header), upper.start
    opening = find_levels(words) if header is None and above is not None else None
    if above is not None and opening is not None:
        first, header = opening, replace(above, start=opening, end=opening)
    if header is not None:
        marks.append((first, "indicators", "", header))
    body = (first, header.end) if header is not None else (len(words), len(words))
    marks += [
        (label.first, _kinds()[label.name], label.printed, None) for label in labels if _counts(label, body, len(words))
    ]
    return sorted(marks, key=lambda mark: mark[0])


def _holds_values(words: Sequence[Word], header: Header) -> bool:
    """Whether amounts stand between the cells of a header, so that each cell labels the amount behind it."""
    return any(parse_value(word) for word in words[header.start : header.end])


def _without_levels(words: Sequence[Word]) -> Header | None:
    """The header of indicators that have no levels: 指标名称 计量单位 指标性质 指标值 完成值; 三级指标 年度指标值 完成值."""
    header = find_header(words, 0, len(words), form_words().indicator_columns, 3)
    return header if header is not None and {"级次", "目标值", "完成值"} <= {*header.columns} else None


def _below(upper: Header, header: Header) -> Header:
    """A header of two rows: 年度指标值 above 指标性质, 指标值 and 度量单位, 实际完成值 and 得分 above nothing."""
    kept = [index for index, column in enumerate(upper.columns) if column not in header.columns]
    return replace(
        header,
        columns=(*header.columns, *(upper.columns[index] for index in kept)),
        cells=(*header.cells, *(upper.cells[index] for index in kept)),
    )


def _counts(label: Label, body: tuple[int, int], length: int) -> bool:
    """Whether a label opens a zone where it stands: goals before the indicators, notes after them or late."""
    kind = _kinds()[label.name]
    if kind == "indicators" or body[0] <= label.first < body[1]:
        return False
    if kind in ("goal", "goals", "funds"):
        return label.first < body[0]
    return kind not in ("notes", "signature") or label.first > min(body[0], length // 2)


def _without_row_label(header: Header) -> Header:
    """年度预算数（万元） before 年初预算 and 调整后预算数 names the rows, it is no column."""
    if "预算数" not in header.columns or not {"年初预算数", "调整预算数"} & {*header.columns}:
        return header
    kept = [index for index, column in enumerate(header.columns) if column != "预算数"]
    return replace(header, columns=tuple(header.columns[i] for i in kept), cells=tuple(header.cells[i] for i in kept))


def _without_rates_of_points(header: Header) -> Header:
    """执行率 before 权重 or 得分 belongs to these where 执行率 has a column before them: 执行率（%） 执行率权重 执行率得分."""
    columns = header.columns
    kept = [
        index
        for index, column in enumerate(columns)
        if not (
            column == "完成率"
            and column in columns[:index]
            and columns[index + 1 : index + 2] in (("权重",), ("得分",))
        )
    ]
    return replace(header, columns=tuple(columns[i] for i in kept), cells=tuple(header.cells[i] for i in kept))


def _opens(words: Sequence[Word], label: Label) -> bool:
    """Whether a label stands at the start of a line or cell, not inside a sentence."""
    word = words[label.first]
    return word.first or label.rest == len(words[label.last].text)
