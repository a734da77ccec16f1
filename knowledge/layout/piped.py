"""Tables printed as lines with pipes between cells: Markdown, box-drawing lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from knowledge.layout.delimited import Span, build_table, trim
from knowledge.models import Line, Table

_BORDER = re.compile(r"[\s|│┃:：+\-—–=_─━┄┈═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬]+")
_PIPES = "|│┃"
_DRAWN = re.compile(rf"[{_PIPES}┌┬├+]")
_PAIR = 80
"""Characters that a row of two cells above a wider one may have."""


def find_pipe_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Markdown tables and tables drawn with lines of characters; their border rows are left out."""
    rows: list[_Marked] = []
    above: list[_Marked] = []
    for line in _whole_rows(text, lines):
        printed = text[line.start : line.end]
        if not rows and not _DRAWN.search(printed):
            above = []
            continue
        if (
            printed.strip()
            and _BORDER.fullmatch(printed)
            and (rows or any(mark in printed for mark in _PIPES + "┌┬├+"))
        ):
            continue
        marks = [i for i in range(line.start, line.end) if text[i] in _PIPES and text[i - 1 : i] != "\\"]
        if len(marks) >= 2 or (rows and marks and len(marks) == len(_between(text, *rows[-1])) - 1):
            rows += [*([] if rows else above), _Marked(line, marks)]
        elif rows:
            if len(rows) >= 2:
                yield _piped(text, rows)
            rows = []
        pair = not rows and len(marks) == 1 and len(printed) < _PAIR and _is_pair(_between(text, line, marks))
        above = [*above, _Marked(line, marks)] if pair else []
    if len(rows) >= 2:
        yield _piped(text, rows)


def _is_pair(cells: Sequence[Span]) -> bool:
    return len(cells) == 2 and all(start < end for start, end in cells)


_OPEN_ROW = re.compile(r"\s*[^\s|][^|]*\|.*", re.DOTALL)


def _whole_rows(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Lines, those of one row joined whose empty cells are printed as lines of a pipe alone: ``甲 |``, ``|``, ``| 乙 | 5 |``."""
    index = 0
    while index < len(lines):
        line, stop = lines[index], index + 1
        if "|" in text[line.start : line.end] and _OPEN_ROW.fullmatch(text, line.start, line.end):
            while stop < len(lines) and text[lines[stop].start : lines[stop].end].strip() == "|":
                stop += 1
        if index + 1 < stop < len(lines) and text[lines[stop].start : lines[stop].end].lstrip().startswith("|"):
            line, index = line._replace(end=lines[stop].end), stop
        yield line
        index += 1


class _Marked(NamedTuple):
    """A line with the offsets of its pipes."""

    line: Line
    marks: Sequence[int]


def _piped(text: str, rows: Sequence[_Marked]) -> Table:
    """A table of lines with pipes; where rows open and close without one, a pipe in front stands behind an empty cell."""
    opened = any(text[row.line.start : row.marks[0]].strip() for row in rows)
    closed = any(text[row.marks[-1] + 1 : row.line.end].strip() for row in rows)
    return build_table([_between(text, *row, outer=not (opened and closed)) for row in rows], "markdown")


def _between(text: str, line: Line, marks: Sequence[int], *, outer: bool = True) -> list[Span]:
    """Cells between the pipes of a line, without emphasis marks; outer pipes open and close the row."""
    edges = [line.start - 1, *marks, line.end]
    spans = [trim(text, left + 1, right, "*") for left, right in pairwise(edges)]
    if outer and spans and spans[0][0] == spans[0][1] and not text[line.start : marks[0]].strip():
        spans = spans[1:]
    if len(spans) > 1 and not text[marks[-1] + 1 : line.end].strip():
        spans = spans[:-1]
    return spans
