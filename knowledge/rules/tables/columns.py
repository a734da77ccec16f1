"""The header above a column → what its cells hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.layout.captions import unit_alone
from knowledge.models import Measure, Scope
from knowledge.rules.tables.grid import Grid
from knowledge.rules.tables.header import Part
from knowledge.vocabulary import units
from knowledge.vocabulary.columns import ColumnWord, Role, column_words, counted_units

_UNIT = re.compile(r"[（(](?:单位[：:])?([^（）()]{1,6})[）)]|[，,]?单位[：:](\S{1,4})$")
_YEAR = re.compile(r"^(20\d\d)(?:年度?)?")
_NOISE = re.compile(r"[“”\"'‘’：:]|^其中|^（\d+）|^\d+[、．.]")
_SUFFIXES = (
    "年初预算数", "调整预算数", "全年预算数", "上年决算数", "上年预算数", "年初预算", "调整预算", "全年预算", "预算数", "决算数",
    "执行数", "上年数", "期末数", "年末数", "决算", "预算",
)  # fmt: skip
_LEADING = ("本年", "当年")


@dataclass(slots=True)
class Column:
    """What a column holds. ``names`` are the words of its header that are neither measure, scope, side nor total.

    ``total`` says that the innermost word is a total (合计, 小计). ``side`` is 收入 or 支出 in tables with both.
    """

    index: int
    path: tuple[str, ...]
    role: Role | None = None
    measure: Measure | None = None
    year: int | None = None
    years: int = 0
    scope: Scope | None = None
    split: str | None = None
    names: list[str] = field(default_factory=list)
    total: bool = False
    side: str | None = None
    unit: str | None = None

    @property
    def is_value(self) -> bool:
        """Whether its cells may be figures."""
        return self.role is None


def read_columns(grid: Grid, part: Part) -> list[Column]:
    """What each column of a part holds, by its header."""
    paths = find_paths(grid, part)
    return [read_column(index, path) for index, path in enumerate(paths)]


def find_paths(grid: Grid, part: Part) -> list[tuple[str, ...]]:
    """The header texts above each column, outermost first.

    Where a format prints no spans, an empty header square takes what stands to its left, as far as the row below it
    goes on and the row above does not change.
    """
    above: list[list[str]] = []
    keys: list[tuple[object, ...]] = [()] * grid.columns
    for position, row in enumerate(part.header):
        texts = [grid.text(row, column) for column in range(grid.columns)]
        below = part.header[position + 1 :] + part.numbering
        for column in range(1, grid.columns):
            if texts[column] or grid.table.origin in ("ruled", "html", "docx") or keys[column] != keys[column - 1]:
                continue
            if any(grid.text(under, column) for under in below):
                texts[column] = texts[column - 1]
        keys = [(*key, text) for key, text in zip(keys, texts, strict=True)]
        above.append(texts)
    return [_distinct([texts[column] for texts in above]) for column in range(grid.columns)]


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


_COMPARISON = re.compile(r"[比较与].*(?:增减|比|相比|对比)|.(?:比|较|与)(?:20\d\d年|上年)")


def read_column(index: int, path: tuple[str, ...]) -> Column:
    """A column by its header path: ``(决算数, 公务用车购置及运行费, 小计)`` → 决算数, 公务用车购置及运行费, total."""
    column = Column(index, path)
    for text in path:
        _add(column, text)
    if column.measure == "增减额" and column.unit == "%":
        column.measure = "增减率"
    if column.role in ("income", "expenditure") or (
        column.role is not None and (column.measure or column.split or column.total) and not _named(path[-1])
    ):
        column.role = None
    return column


def _named(text: str) -> bool:
    word = column_words().get(_plain(text))
    return word is not None and word.role is not None


def _add(column: Column, text: str) -> None:
    """Take in one header text, the outer ones first."""
    if (alone := unit_alone(text)) is not None:
        column.unit, column.role = alone, "note"
        return
    bare, unit = _split_unit(text)
    column.unit = unit or column.unit
    bare = _NOISE.sub("", bare)
    if _COMPARISON.search(bare) and find_word(bare) is None:
        column.measure, column.year = "增减额", None
        return
    if match := _YEAR.match(bare):
        column.year = int(match[1])
        bare = bare[match.end() :]
    if bare.strip("%"):
        _add_word(column, bare)


def _split_unit(text: str) -> tuple[str, str | None]:
    """Header text without its unit: ``决算数（万元）`` → 决算数, 万元."""
    for match in _UNIT.finditer(text):
        unit = match[1] or match[2]
        if unit in units():
            return text[: match.start()] + text[match.end() :], unit
    return text, ("%" if text.endswith("%") or "（%）" in text else None)


def _plain(text: str) -> str:
    return _NOISE.sub("", _split_unit(text)[0])


def find_word(text: str) -> ColumnWord | None:
    """The meaning of a header word, its unit in brackets left aside."""
    words = column_words()
    found = words.get(text)
    if found is None and "（" in text:
        bare = words.get(re.sub(r"（[^（）]*）", "", text))
        found = bare if bare is not None and bare.role is not None else None
    if found is None and text.startswith(_LEADING):
        found = words.get(text[2:])
        found = found if found is not None and found.measure is not None else None
    return found


_COUNTS = {
    "人次": "人次",
    "人数": "人",
    "户数": "户",
    "批次": "批次",
    "次数": "次",
    "件数": "件",
    "家数": "家",
    "场次": "场次",
}
_COUNTED = re.compile("(?:人次/人数|人数/人次|人次|人数|户数|批次|次数|件数|家数|场次)$")
"""How headers end whose columns count: 享受待遇人次; persons or times together have no unit of their own."""


def _add_word(column: Column, text: str) -> None:
    word = find_word(text)
    if word is None:
        suffix = next((s for s in _SUFFIXES if text.endswith(s) and len(text) > len(s)), None)
        if suffix is not None:
            _add_word(column, text[: -len(suffix)])
            _add_word(column, suffix)
            return
        column.names.append(text)
        column.role, column.total = None, False
        counted = _COUNTED.search(text)
        if counted is not None and column.unit is None:
            column.measure = column.measure or "数量"
        column.unit = column.unit or counted_units().get(text) or (_COUNTS.get(counted[0]) if counted else None)
        return
    _apply(column, word, text)


def _apply(column: Column, word: ColumnWord, text: str) -> None:
    if word.role in ("income", "expenditure"):
        column.side = "收入" if word.role == "income" else "支出"
        column.names.append(text)
    elif word.role is not None:
        column.role = word.role
        return
    if word.measure == "占比" and column.measure == "增减额":
        column.measure = "增减率"
    elif word.measure is not None:
        column.measure, column.years = word.measure, word.years
        if word.measure == "数量" and text in counted_units():
            column.unit = column.unit or counted_units()[text]
    if word.split is not None:
        column.split = word.split
        column.names.append(text)
    if word.scope is not None:
        column.scope = word.scope
        column.names.append(text)
    column.total = word.total
    column.role = None
