"""Tables that go on over pages become one again; tables stacked in one grid come apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from knowledge.layout.captions import is_caption, parse_title
from knowledge.models import Cell, Source, Table
from knowledge.text import fold_text, squeeze
from knowledge.vocabulary.columns import column_words

_BODY_CELL = re.compile(
    r"\d{3}(?:\d{2}){0,3}|[一二三四五六七八九十]{1,3}、.*|（[一二三四五六七八九十]{1,3}）.*|-?[\d,]+\.\d+%?"
)
_FILLER = re.compile(r"[-—–\s\d第页共/]*|\s*续表\s*|(?:金额)?单位[：:]\s*\S{1,3}")
_TOLERANCE = 6.0


def join_continued(source: Source, tables: Iterable[Table]) -> tuple[Table, ...]:
    """Join each table to the one before it where it goes on from the page before.

    It does where it has the same columns, nothing but a page number or 续表 stands between, and it opens with a row of
    a body or repeats the header of the one before, which is then dropped.
    """
    joined: list[Table] = []
    last_page: int | None = None
    for table in tables:
        fitted = _fit(joined[-1], table) if joined and last_page is not None and table.page == last_page + 1 else None
        if fitted is not None and _continues(source, joined[-1], fitted):
            joined[-1] = _join(source.text, joined[-1], fitted)
        else:
            joined.append(table)
        last_page = table.page
    return tuple(joined)


def _continues(source: Source, first: Table, second: Table) -> bool:
    between = source.text[first.end : second.start]
    if any(not _FILLER.fullmatch(line) for line in fold_text(between).split("\n")):
        return False
    rows = _rows(source.text, second)
    if any(parse_title(text) for text in rows[0] if text):
        return False
    return _opens_with_body(rows) or _repeated(source.text, first, second) > 0


def _fit(first: Table, second: Table) -> Table | None:
    """The second table in the columns of the first; None where they do not match.

    A page without the header may lack edges that only the header has: cells then go where their left edge stands.
    """
    if first.columns == second.columns:
        return second
    edges = _left_edges(first)
    moved: list[Cell] = []
    for cell in second.cells:
        if cell.box is None or len(edges) != first.columns:
            return None
        column = bisect_right(edges, cell.box[0] + _TOLERANCE) - 1
        last = bisect_right(edges, cell.box[2] - _TOLERANCE) - 1
        if column < 0 or abs(edges[column] - cell.box[0]) > _TOLERANCE:
            return None
        moved.append(cell.model_copy(update={"column": column, "column_span": max(last - column + 1, 1)}))
    return second.model_copy(update={"columns": first.columns, "cells": tuple(moved)})


def _left_edges(table: Table) -> list[float]:
    """Where each column begins, as far as cells that begin there tell."""
    edges: dict[int, float] = {}
    for cell in table.cells:
        if cell.box is not None:
            edges.setdefault(cell.column, cell.box[0])
    return [edges[column] for column in sorted(edges)]


def _rows(text: str, table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = squeeze(fold_text(text[cell.start : cell.end]))
    return rows


def _opens_with_body(rows: list[list[str]]) -> bool:
    """Whether a table begins without a header: its first row is no caption, no header and no row of column numbers,
    and a code, an ordinal (十六、) or an amount stands in one of its first three rows."""
    opening = [cell for cell in rows[0] if cell]
    if opening and (is_caption(opening[0]) or all(re.fullmatch(r"\d{1,2}", cell) for cell in opening)):
        return False
    words = column_words()
    if any((word := words.get(cell)) is not None and (word.role or word.measure) for cell in opening):
        return False
    return any(_BODY_CELL.fullmatch(cell) for row in rows[:3] for cell in row)


def _repeated(text: str, first: Table, second: Table) -> int:
    """How many rows at the top of the second table repeat those of the first, below its caption."""
    head = [row for row in _rows(text, first)[:8] if not (row[0] and is_caption(row[0]))]
    count = 0
    for left, right in zip(head, _rows(text, second), strict=False):
        if left != right or not any(left):
            break
        count += 1
    return count if count < second.rows else 0


def _join(text: str, first: Table, second: Table) -> Table:
    dropped = _repeated(text, first, second)
    moved = [
        cell.model_copy(update={"row": cell.row - dropped + first.rows}) for cell in second.cells if cell.row >= dropped
    ]
    rows = first.rows + second.rows - dropped
    return first.model_copy(update={"rows": rows, "cells": (*first.cells, *moved), "end": second.end})


def split_stacked(source: Source, tables: Iterable[Table]) -> Iterator[Table]:
    """Cut a grid that holds several tables, one below the other, at each row that is nothing but a title."""
    for table in tables:
        rows = _rows(source.text, table)
        cuts = [0]
        for index in range(2, len(rows) - 2):
            printed = [text for text in rows[index] if text]
            if len(printed) == 1 and parse_title(printed[0]) is not None and index - cuts[-1] > 2:
                cuts.append(index)
        if len(cuts) == 1:
            yield table
            continue
        for start, end in zip(cuts, [*cuts[1:], table.rows], strict=True):
            yield _cut(table, start, end)


def _cut(table: Table, start: int, end: int) -> Table:
    cells = tuple(
        cell.model_copy(update={"row": cell.row - start, "row_span": min(cell.row_span, end - cell.row)})
        for cell in table.cells
        if start <= cell.row < end
    )
    printed = [cell for cell in cells if cell.end > cell.start] or list(cells)
    return table.model_copy(
        update={
            "rows": end - start,
            "cells": cells,
            "start": min(cell.start for cell in printed) if start else table.start,
            "end": max(cell.end for cell in printed),
        }
    )
