"""Columns that belong together: names and codes on the left, figures on the right; tables side by side are several groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.rules.tables.amounts import NONE, parse_cell
from knowledge.rules.tables.columns import Column
from knowledge.rules.tables.grid import Grid
from knowledge.rules.tables.header import Part
from knowledge.text import is_chinese
from knowledge.vocabulary import units
from knowledge.vocabulary.classification import is_listed
from knowledge.vocabulary.columns import Role, counted_units

BODY = re.compile(
    r".{3,}(?:局|委|办|院|校|学|中心|站|所|队|部|厅|会|室|处|馆|园|署|社|团|政府|街道|公司|机关)(?:（.+）)?|.{2,}（?本级）?"
)
"""How names of bodies end in tables."""
_CODE = re.compile(r"\d{2,3}(?:\d{2}){0,4}")
_CODES = re.compile(r"\d{3,9}[-—–~至]\d{3,9}")
_CODE_LEVEL = ("类", "款", "项")
_CODE_WORDS = ("编码", "代码")
_YEAR = re.compile(r"20\d\d年?度?")


@dataclass(slots=True)
class Group:
    """Label columns and value columns of one table, or of one of the tables printed side by side."""

    labels: list[Column] = field(default_factory=list)
    values: list[Column] = field(default_factory=list)
    named_side: str | None = None

    @property
    def side(self) -> str | None:
        """收入 or 支出, where the header says so, else where its rows do."""
        return next((column.side for column in (*self.labels, *self.values) if column.side), self.named_side)

    def with_role(self, *roles: str) -> list[Column]:
        """Label columns with one of the roles."""
        return [column for column in self.labels if column.role in roles]


def find_groups(grid: Grid, part: Part, columns: Sequence[Column]) -> list[Group]:
    """Groups of a part from left to right; columns of notes belong to none."""
    for column in columns:
        settle_role(grid, part, column)
    groups: list[Group] = []
    for column in columns:
        if column.role == "note":
            continue
        if column.is_value:
            if not groups:
                groups.append(Group())
            groups[-1].values.append(column)
        else:
            if not groups or (groups[-1].values and column.role != "unit"):
                groups.append(Group())
            groups[-1].labels.append(column)
    found = [group for group in groups if group.values]
    for group in found:
        _take_side(group)
    if len(found) > 1:
        for group in found:
            group.named_side = group.named_side or _side_of_rows(grid, part, group)
    return found


def _take_side(group: Group) -> None:
    """A head over names and figures alike (本年收入 over 项目 and 预算数) says the side; it parts nothing."""
    heads = {column.path[0] if len(column.path) > 1 else "" for column in (*group.labels, *group.values)}
    head = heads.pop() if group.labels and len(heads) == 1 else ""
    side = next((side for side in ("收入", "支出") if head.endswith(side)), None)
    if side is None or group.side is not None:
        return
    group.named_side = side
    for column in group.values:
        column.names = [name for name in column.names if name != head]
        column.split = None if column.split and not column.names else column.split


def _side_of_rows(grid: Grid, part: Part, group: Group) -> str | None:
    """收入 or 支出, where the rows of a group name one alone."""
    names = [grid.own_text(row, column.index) for row in part.body for column in group.labels]
    named = {side for side in ("收入", "支出") if any(f"本年{side}" in name or name == f"{side}总计" for name in names)}
    return named.pop() if len(named) == 1 else None


def settle_role(grid: Grid, part: Part, column: Column) -> None:
    """Correct the role that the header gives by what stands in the column's cells."""
    texts = [text for row in part.body if (text := grid.own_text(row, column.index)) and not NONE.fullmatch(text)]
    if any(grid.own_text(row, column.index) in _CODE_LEVEL for row in (*part.numbering, *part.header)):
        column.role = "code"
    if not texts:
        if column.role is None and not column.path:
            column.role = "note"
        return
    numbers = sum(_is_number(text) for text in texts)
    codes = sum(bool(_CODE.fullmatch(text)) for text in texts)
    words = sum(any(map(is_chinese, text)) and not _is_number(text) for text in texts)
    if column.role is None and not _counts(grid, part, column):
        column.role = _role_of_words(column, texts, words, codes)
    elif column.role in ("name", "body", "project") and codes == len(texts) and words == 0 and _codes_grow(texts):
        column.role = "code"
    elif column.role == "code" and words * 2 > len(texts):
        column.role = "name"
    elif column.role == "unit" and not all(text in units() for text in texts):
        column.role = None if numbers * 2 > len(texts) else "body"


def _counts(grid: Grid, part: Part, column: Column) -> bool:
    """Whether a column holds what the names left of it count: 人员编制 | 42."""
    names = {grid.own_text(row, column.index - 1) for row in part.body} if column.index else set()
    return bool(names) and names <= counted_units().keys()


def _role_of_words(column: Column, texts: list[str], words: int, codes: int) -> Role | None:
    """The role of a column whose header names none: names or notes where words stand in most of its cells."""
    years = sum(bool(_YEAR.fullmatch(text)) for text in texts)
    if years and years + words == len(texts):
        return "name"
    if words * 10 >= len(texts) * 6:
        if all(text in units() for text in texts):
            return "unit"
        return "note" if column.measure or column.total or column.scope or column.split else "name"
    if column.path and column.path[-1].endswith(_CODE_WORDS) and all(text.isdigit() for text in texts):
        return "code"
    if not column.path and codes == len(texts):
        return "code" if _codes_grow(texts) else "ordinal"
    return None


def _codes_grow(texts: Sequence[str]) -> bool:
    return any(len(text) >= 3 for text in texts)


def _is_number(text: str) -> bool:
    return parse_cell(text, 0, len(text)) is not None


@dataclass(frozen=True, slots=True)
class RowName:
    """The texts in a row's label cells: name, the outer name that several rows share, code, body, project, unit."""

    name: str = ""
    outer: str = ""
    code: str | None = None
    body: str | None = None
    project: str | None = None
    unit: str | None = None


def read_row_name(grid: Grid, group: Group, row: int, before: Sequence[str]) -> tuple[RowName, list[str]]:
    """What a row's label cells print, and its code's parts; ``before`` are those of the row above.

    A cell that spans a code column and a name column is a name (合计).
    """
    parts: list[str] = []
    names: list[str] = []
    body = project = unit = None
    for column in group.labels:
        cell = grid.cell(row, column.index)
        text = grid.text(row, column.index)
        if cell is None or not text or (cell.column != column.index and cell.column in {c.index for c in group.labels}):
            continue
        if NONE.fullmatch(text) or (column.role == "code" and _CODES.fullmatch(text)):
            continue
        if column.role == "code" and _CODE.fullmatch(text):
            parts.append(text)
        elif (
            column.role in ("name", "code")
            or (column.role in ("body", "project") and cell.column_span > 1)
            or (column.role == "body" and _is_item(text, column))
        ):
            names.append(text)
        elif column.role == "body" or (column.role == "project" and _is_body_of_projects(text, column)):
            body = text
        elif column.role == "project":
            project = text
        elif column.role == "unit":
            unit = text if text in units() else None
        elif column.role == "ordinal" and not text.isdigit():
            names.append(text)
    parts = _carry(grid, group, row, parts, before)
    outer = names[0] if len(names) > 1 else ""
    return RowName(names[-1] if names else "", outer, join_code(parts), body, project, unit), parts


def _is_item(text: str, column: Column) -> bool:
    """Whether a cell under 单位（科目名称） names an item of the classification, not a body."""
    return any("科目" in word for word in column.path) and (is_listed(text) or BODY.fullmatch(text) is None)


def _is_body_of_projects(text: str, column: Column) -> bool:
    """Whether a cell under 单位（项目）名称 names a body, whose projects stand below it."""
    return any("单位" in word for word in column.path) and BODY.fullmatch(text) is not None


def _carry(grid: Grid, group: Group, row: int, parts: list[str], before: Sequence[str]) -> list[str]:
    """Fill in the parts of a code that the rows above print (类 and 款 left empty on an 项 row)."""
    columns = group.with_role("code")
    if not parts or len(columns) < 2 or len(parts) == len(columns):
        return parts
    empty = 0
    while empty < len(columns) and not _CODE.fullmatch(grid.text(row, columns[empty].index)):
        empty += 1
    if empty and len(parts[0]) == 2 and len(before) >= empty:
        return [*before[:empty], *parts]
    return parts


def join_code(parts: Sequence[str]) -> str | None:
    """A code from its printed parts: 208, 05, 01 → 2080501; parts that repeat the ones before count once."""
    code = ""
    for part in parts:
        code = part if code and part.startswith(code) else code + part
    return code or None
