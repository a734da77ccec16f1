"""A flattened form that repeats its columns in every row: 数量指标 培训场次 目标值 ≥4场 完成值 5场 分值 20 得分 20."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby

from knowledge.layout.form_words import Word, join_words
from knowledge.rules.forms.budget import read_budget
from knowledge.rules.forms.headers import Header
from knowledge.rules.forms.rows import BudgetRow, FormRows, Indicator, Total
from knowledge.rules.forms.values import Kind, Value, read_items
from knowledge.vocabulary.forms import Words, form_words, meaning

_LEAST = 2
_UNIT = re.compile(r"（万?元）$|：$")
_VALUES = ("目标值", "完成值", "权重", "得分")
_BUDGET = ("年初预算数", "调整预算数", "预算数", "执行数", "完成率")


@cache
def _labels(kind: str) -> dict[str, str]:
    words = form_words()
    tables: Mapping[str, Mapping[str, Words]] = {"budget": words.budget_columns, "indicators": words.indicator_columns}
    wanted = _BUDGET if kind == "budget" else _VALUES
    return {cell: name for cell, name in meaning(tables[kind]).items() if name in wanted}


def read_labelled(words: Sequence[Word]) -> FormRows | None:
    """The rows of a form whose rows label their values; None of every other form."""
    lines = [tuple(group) for _, group in groupby(words, key=lambda word: word.line)]
    rows = [(index, found) for index, line in enumerate(lines) if (found := _values(line, "indicators"))]
    if sum({"目标值", "完成值"} <= {*values} for _, (_, values) in rows) < _LEAST:
        return None
    result = FormRows()
    for index, (named, values) in rows:
        _add_row(result, lines[index], named, values)
    above = list(chain.from_iterable(lines[: rows[0][0]]))
    if (budget := _values(above, "budget")) is not None:
        span = (min(value.start for value in budget[1].values()), max(value.stop for value in budget[1].values()))
        result.budget.append(BudgetRow("年度资金总额", True, None, span, budget[1]))
    return result


def read_labelled_budget(words: Sequence[Word]) -> list[BudgetRow]:
    """The whole budget where each amount stands behind its column, and its parts below: 年度金额 45 实际支出 39 执行率 87%."""
    lines = [tuple(group) for _, group in groupby(words, key=lambda word: word.line)]
    for index, line in enumerate(lines):
        if (found := _values(line, "budget")) is not None:
            whole = BudgetRow("年度资金总额", True, None, (line[0].start, line[-1].end), found[1])
            below = list(chain.from_iterable(lines[index + 1 :]))
            return [whole, *read_budget(below, Header(tuple(found[1]), (), 0, 0))]
    return []


def _values(words: Sequence[Word], kind: str) -> tuple[Sequence[Word], dict[str, Value]] | None:
    """The words before the first label and the value behind each; None where fewer than two labels have one."""
    labels = _labels(kind)
    places = [index for index, word in enumerate(words) if _UNIT.sub("", word.text) in labels]
    if len(places) < _LEAST:
        return None
    values: dict[str, Value] = {}
    for place, end in zip(places, [*places[1:], len(words)], strict=True):
        items = [item for item in read_items(words[place + 1 : end]) if item.kind is not Kind.TEXT]
        if len(items) == 1 and items[0].value is not None:
            values[labels[_UNIT.sub("", words[place].text)]] = items[0].value
    return (words[: places[0]], values) if len(values) >= _LEAST else None


def _add_row(rows: FormRows, line: Sequence[Word], named: Sequence[Word], values: dict[str, Value]) -> None:
    span = (line[0].start, line[-1].end)
    words = list(_without_levels(named))
    name = join_words(words or named)
    if name in form_words().totals["rows"]:
        rows.totals.append(Total(span, values))
    elif name:
        levels = tuple(word.text for word in named[: len(named) - len(words)]) if words else ()
        rows.indicators.append(Indicator(name, levels, span, values))


def _without_levels(words: Sequence[Word]) -> Iterator[Word]:
    known = {*form_words().levels["first"], *form_words().levels["second"]}
    inside = False
    for word in words:
        inside = inside or word.text not in known
        if inside:
            yield word
