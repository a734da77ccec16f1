"""Forms printed as tables whose cells are known: which tables they are, which of them belong together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.layout.form_heads import clean_value, field_kind
from knowledge.layout.form_titles import parse_title
from knowledge.models import Cell, Line, Source, Table
from knowledge.text import fold_text, squeeze
from knowledge.vocabulary.forms import any_of, form_words, meaning

_TITLE_LINES = 5
_GAP_LINES = 3


@dataclass(frozen=True, slots=True)
class RuledForm:
    """A form as one or more tables (a form may go on over a page break)."""

    start: int
    end: int
    title: str
    subject: str | None
    tables: tuple[Table, ...]


def is_grid(table: Table, source: Source) -> bool:
    """Whether the cells of a table are known, not guessed from the columns of flattened text."""
    if table.origin == "markdown" and _is_ragged(table):
        return False
    return table.origin != "columns" or source.format not in ("text", "markdown") or _set_apart(table, source.text)


def _is_ragged(table: Table) -> bool:
    """Whether rows differ so much in how many cells they print that a cell does not say its column."""
    widths = Counter(Counter(cell.row for cell in table.cells).values())
    return widths.most_common(1)[0][1] * 2 < widths.total() and not keeps_empty_cells(table)


def keeps_empty_cells(table: Table) -> bool:
    """Whether rows print the empty cells before their first word, so that a cell stands in its column."""
    return sum(cell.start == cell.end and cell.column == 0 for cell in table.cells) > 1


def _set_apart(table: Table, source: str) -> bool:
    """Whether at least two spaces part all cells of the rows, as where the layout of the page was kept."""
    gaps = []
    cells = sorted((cell for cell in table.cells if cell.end > cell.start), key=lambda cell: cell.start)
    for before, after in pairwise(cells):
        if before.row == after.row:
            gaps.append(source[before.end : after.start])
    return bool(gaps) and all(len(gap) >= 2 and not gap.strip() for gap in gaps)


def cell_text(source: str, cell: Cell) -> str:
    """A cell folded and without any white space: 年初 / 预算数 → 年初预算数."""
    return squeeze(fold_text(source[cell.start : cell.end]))


def is_form_table(texts: Sequence[str]) -> bool:
    """Whether the cells of a table are those of a form, not of a list of projects."""
    held = set(texts)
    anchors = set(any_of(form_words().anchors).findall("\n".join(texts)))
    named = "指标名称" in held and len(anchors & {"目标值", "指标值", "完成值", "权重", "分值", "得分"}) >= 2
    levels = named or "三级指标" in held or "二级指标" in held or {"指标值", "一级指标"} <= anchors
    staffing = "控制率" in anchors and ("编制数" in anchors or "经费控制情况" in anchors)
    head = bool(anchors & {"项目名称", "执行率", "项目资金", "资金总额"}) and bool(
        anchors & {"数量指标", "绩效指标", "年度总体目标"}
    )
    return len(anchors) >= 3 and (levels or staffing or head)


def find_ruled_forms(
    source: Source, tables: Sequence[Table], lines: Sequence[Line], texts: Sequence[str]
) -> Iterator[RuledForm]:
    """Tables of forms, grouped: a table that goes on where the form before it stopped belongs to it."""
    starts = [line.start for line in lines]
    group: list[Table] = []
    head: Table | None = None
    for table in sorted(tables, key=lambda item: item.start):
        cells = [text for cell in table.cells if (text := cell_text(source.text, cell))]
        if group and _goes_on(group, table, cells, starts, texts, source):
            group.append(table)
            continue
        if group:
            yield _build(source, group, lines, texts, starts)
            group = []
        if is_form_table(cells):
            headed = head is not None and _goes_on([head], table, cells, starts, texts, source)
            group = [head, table] if head is not None and headed else [table]
        head = table if not group and _is_head(table, cells, source) else None
    if group:
        yield _build(source, group, lines, texts, starts)


def _is_head(table: Table, cells: Sequence[str], source: Source) -> bool:
    """Whether a table is the upper part of a form: the project and its budget, the indicators being a table below."""
    anchors = set(any_of(form_words().anchors).findall("\n".join(cells)))
    return len(anchors) >= 2 and find_cell_value(source.text, table, "project") is not None


def _goes_on(
    group: Sequence[Table],
    table: Table,
    cells: Sequence[str],
    starts: Sequence[int],
    texts: Sequence[str],
    source: Source,
) -> bool:
    between = texts[bisect_left(starts, group[-1].end) : bisect_right(starts, table.start) - 1]
    if any(field_kind(text) == "project" for text in cells):
        return not between and not _HEADER & set(cells) and _is_headed(group, source)
    if _has_title(cells):
        return False
    if len([text for text in between if not text.isdigit()]) > _GAP_LINES or _has_title(between):
        return False
    words = form_words()
    levels = {*words.levels["second"], *words.totals["rows"], "一级指标", "三级指标"}
    return table.columns == group[-1].columns or bool(levels & set(cells))


_HEADER = frozenset(("一级指标", "二级指标", "三级指标"))


def _is_headed(group: Sequence[Table], source: Source) -> bool:
    """Whether tables print the header that a project's rows right below them, which print none, stand under too."""
    return any(cell_text(source.text, cell) in _HEADER for table in group for cell in table.cells)


def _has_title(texts: Sequence[str]) -> bool:
    return any(parse_title(text) for text in texts)


def _build(
    source: Source, group: Sequence[Table], lines: Sequence[Line], texts: Sequence[str], starts: Sequence[int]
) -> RuledForm:
    first = bisect_left(starts, group[0].start)
    start, title = group[0].start, ""
    for index in range(first - 1, max(first - 1 - _TITLE_LINES, -1), -1):
        parsed = parse_title(texts[index]) or (parse_title(texts[index - 1] + texts[index]) if index else None)
        if parsed is not None:
            start = lines[index].start if parse_title(texts[index]) else lines[index - 1].start
            title = parsed
            break
    if not title:
        cells = [cell_text(source.text, cell) for table in group for cell in table.cells]
        title = next((parsed for text in cells if (parsed := parse_title(text))), "绩效自评表")
    return RuledForm(start, group[-1].end, title, find_cell_value(source.text, group[0], "project"), tuple(group))


def find_projects(source: str, tables: Sequence[Table]) -> list[tuple[int, str]]:
    """Where the forms of projects begin in tables and the projects' names, in printed order: rows that open with 项目名称."""
    found: list[tuple[int, str]] = []
    for table in tables:
        cells = sorted(
            (cell for cell in table.cells if cell.end > cell.start), key=lambda cell: (cell.row, cell.column)
        )
        for label, value in pairwise(cells):
            opens = label.row == value.row and not any(c.row == label.row and c.column < label.column for c in cells)
            if opens and field_kind(cell_text(source, label)) == "project":
                name = clean_value(cell_text(source, value))
                if name and field_kind(name) is None and name not in _columns():
                    found.append((label.start, name))
    return found


@cache
def _columns() -> frozenset[str]:
    """Cells that head a column, so that the one beside them does too: 项目名称 | 预算金额 | 绩效指标."""
    words = form_words()
    return frozenset(words.goal_cells) | {*meaning(words.budget_columns), *meaning(words.indicator_columns)}


def find_cell_value(source: str, table: Table, kind: str) -> str | None:
    """The cell right of a labelled one (项目名称 | 城乡医疗救助) in the same row, None where there is none."""
    return next(find_cell_values(source, table, kind), None)


def find_cell_values(source: str, table: Table, kind: str) -> Iterator[str]:
    """The cells right of all labelled ones of a kind (中央主管部门, 地方主管部门)."""
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    for position, cell in enumerate(cells):
        label = cell_text(source, cell)
        if field_kind(label) != kind:
            name, _, value = label.partition("：")
            if field_kind(name) == kind and clean_value(value):
                yield clean_value(value)
            continue
        for other in cells[position + 1 :]:
            if other.row != cell.row:
                break
            text = cell_text(source, other)
            if text in _columns():
                break
            if text and field_kind(text) is None:
                if value := clean_value(text):
                    yield value
                break
