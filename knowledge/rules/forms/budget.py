"""The budget part of a flattened form: 年度资金总额 and its parts × 年初预算数, 全年预算数, 全年执行数, 执行率, 分值, 得分."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from knowledge.layout.form_words import Word
from knowledge.rules.forms.alignment import align_budget
from knowledge.rules.forms.headers import Header
from knowledge.rules.forms.rows import BudgetRow
from knowledge.rules.forms.values import Item, Kind, Value, read_items
from knowledge.vocabulary.forms import form_words

_GROUP = re.compile(
    r"(?:(?P<group>[\u4e00-\u9fff]{2,8})：)?(?:（[\d一二三四五]）|[\d一二三四五][.、])(?P<name>[^：]+)$"
)
_OF_YEAR = re.compile(r"20\d\d年(?:度)?(?:项目)?预算(?:数|安排|金额)?")
"""The whole budget of a project in a form that asks for money: 2023年预算."""
_REQUESTS = ("申报表", "目标表")


def read_budget(words: Sequence[Word], header: Header) -> list[BudgetRow]:
    """Rows of the budget part; a row whose columns cannot be told has no values."""
    columns = tuple(column for column in header.columns if column != "原因")
    rows: list[BudgetRow] = []
    group: str | None = None
    for text, run in _runs(read_items(words)):
        found = find_label(text)
        if found is None:
            continue
        label, total, opened = found
        group = opened or (None if total else group)
        row = BudgetRow(label, total, group, (text[-1].start, run[-1].words[-1].end))
        fit = align_budget(run, columns, part=not total)
        if fit is not None:
            row.values = {
                columns[index]: item.value for item, index in zip(run, fit, strict=True) if item.value is not None
            }
        rows.append(row)
    return rows


def read_request(words: Sequence[Word], title: str) -> list[BudgetRow]:
    """Rows of a form that asks for money (申报表, 目标表) and so has one amount a row and no columns: 年度资金总额：100."""
    if not asks_for_money(title):
        return []
    rows = []
    for text, run in _runs(read_items(words)):
        value = run[0].value if len(run) == 1 else None
        row = request_row(text, value, (text[-1].start, value.stop)) if value is not None else None
        rows += [row] if row is not None else []
    return rows


def asks_for_money(title: str) -> bool:
    """Whether a form by its title says what is planned: 绩效目标申报表, 项目支出绩效目标表."""
    return any(word in title for word in _REQUESTS)


def request_row(label: Sequence[Word], value: Value, span: tuple[int, int]) -> BudgetRow | None:
    """The row of a known label with its one amount, None of anything else."""
    named = _OF_YEAR.fullmatch(clean_label("".join(word.text for word in label)))
    found = (named[0], True, None) if named else find_label(label)
    if found is None or value.comparator is not None:
        return None
    name, total, group = found
    known = total or name in form_words().budget_rows["part"]
    money = value.unit is None or value.unit.endswith("元")
    return BudgetRow(name, total, group, span, {"预算数": value}) if known and money else None


def _runs(items: Sequence[Item]) -> Iterator[tuple[list[Word], list[Item]]]:
    """Each run of values with the words before it."""
    text: list[Word] = []
    run: list[Item] = []
    for item in items:
        if item.kind in (Kind.VALUE, Kind.PLACEHOLDER):
            run.append(item)
            continue
        if run and text:
            yield text, run
        if run:
            text, run = [], []
        if item.kind is Kind.TEXT:
            text += item.words
    if run and text:
        yield text, run


@cache
def _labels() -> tuple[tuple[str, bool], ...]:
    rows = form_words().budget_rows
    labels = [*((word, True) for word in rows["total"]), *((word, False) for word in rows["part"])]
    return tuple(sorted(labels, key=lambda label: -len(label[0])))


def find_label(words: Sequence[Word]) -> tuple[str, bool, str | None] | None:
    """The row that some words name: its label, whether it is the whole budget, the group that it opens.

    ``其中：财政资金`` → 财政资金, a part; ``资金来源：（1）财政拨款`` → 财政拨款 of 资金来源. A label that is not known counts
    when it stands on one line.
    """
    text = clean_label("".join(word.text for word in words))
    line = clean_label("".join(word.text for word in words if word.line == words[-1].line))
    match = _GROUP.search(line)
    group = match["group"] if match else None
    name = match["name"] if match else line
    for label, total in _labels():
        if text == label or name == label or (text.endswith(label) and (total or not _longer(line, label))):
            return label, total and match is None, group
    if 2 <= len(name) <= 20 and re.fullmatch(r"[\u4e00-\u9fff（）“”、]+", name):
        return name, False, group
    return None


def _longer(line: str, label: str) -> bool:
    """Whether the line says more than the label: 中央财政资金 is not 财政资金."""
    return len(line) > len(label) and line.endswith(label)


def clean_label(text: str) -> str:
    """A row's label without 其中：, unit and colon."""
    return re.sub(r"^其中：?|（万元）|（元）|[：:]$", "", re.sub(r"（\d+(?:\.\d+)?分(?:[*×].*?)?）", "", text))
