"""Tables that go on over pages: one table again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.layout.captions import is_caption, parse_title
from knowledge.models import Cell, Source, Table
from knowledge.text import fold_text, squeeze

_CODE = re.compile(r"\d{3}(?:\d{2}){0,3}")
_FILLER = re.compile(r"[-—–\s\d第页共/]*|\s*续表\s*|(?:金额)?单位[：:]\s*\S{1,3}")


def join_continued(source: Source, tables: Iterable[Table]) -> tuple[Table, ...]:
    """Join each table to the one before it where it goes on from the page before.

    It does where it has the same columns, nothing but a page number or 续表 stands between, and it opens with a row of
    figures or repeats the header of the one before, which is then dropped.
    """
    joined: list[Table] = []
    last_page: int | None = None
    for table in tables:
        if joined and _continues(source, joined[-1], table, last_page):
            joined[-1] = _join(source.text, joined[-1], table)
        else:
            joined.append(table)
        last_page = table.page
    return tuple(joined)


def _continues(source: Source, first: Table, second: Table, last_page: int | None) -> bool:
    if last_page is None or second.page != last_page + 1 or first.columns != second.columns:
        return False
    between = source.text[first.end : second.start]
    if any(not _FILLER.fullmatch(line) for line in fold_text(between).split("\n")):
        return False
    rows = _rows(source.text, second)
    if any(parse_title(text) for text in rows[0] if text):
        return False
    return _opens_with_figures(rows) or _repeated(source.text, first, second) > 0


def _rows(text: str, table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = squeeze(fold_text(text[cell.start : cell.end]))
    return rows


def _opens_with_figures(rows: list[list[str]]) -> bool:
    """Whether the first row belongs to a body: a code, an ordinal (十六、) or a decimal among its cells."""
    opening = [cell for cell in rows[0] if cell]
    if not opening or is_caption(opening[0]):
        return False
    if all(re.fullmatch(r"\d{1,2}", cell) for cell in opening):
        return False
    return any(
        _CODE.fullmatch(cell)
        or re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", cell)
        or re.fullmatch(r"-?[\d,]+\.\d+%?", cell)
        for cell in opening
    )


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
    moved: list[Cell] = [
        cell.model_copy(update={"row": cell.row - dropped + first.rows}) for cell in second.cells if cell.row >= dropped
    ]
    return first.model_copy(
        update={
            "rows": first.rows + second.rows - dropped,
            "cells": (*first.cells, *moved),
            "end": second.end,
        }
    )
