"""Tables printed as lines with a mark between cells: tabs, Markdown pipes, box-drawing lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from knowledge.layout.captions import is_caption, parse_title
from knowledge.layout.form_heads import field_kind
from knowledge.models import Cell, Line, Table
from knowledge.text import squeeze

Span = tuple[int, int]
_BORDER = re.compile(r"[\s|│┃:：+\-—–=_─━┄┈═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬]+")
_PIPES = "|│┃"
_DRAWN = re.compile(rf"[{_PIPES}┌┬├+]")
_TRIM = " \t\r\n\u3000\u00a0\u200b\ufeff"


def trim(text: str, start: int, end: int, marks: str = "") -> Span:
    """A stretch without outer spaces (and ``marks``); an empty one ends where it starts."""
    dropped = _TRIM + marks
    while start < end and text[start] in dropped:
        start += 1
    while end > start and text[end - 1] in dropped:
        end -= 1
    return start, end


def printed_above(text: str, lines: Sequence[Line], index: int) -> Iterator[int]:
    """The lines above one that print something, the nearest first."""
    return (above for above in range(index - 1, -1, -1) if text[lines[above].start : lines[above].end].strip())


def build_table(rows: Sequence[Sequence[Span]], origin: Literal["tabs", "markdown", "columns"]) -> Table:
    """A table of rows of cell spans; short rows are filled by nothing. At least one span must be given."""
    cells = [
        Cell(row=r, column=c, start=start, end=end) for r, row in enumerate(rows) for c, (start, end) in enumerate(row)
    ]
    return Table(
        rows=len(rows),
        columns=max(map(len, rows)),
        cells=tuple(cells),
        start=min(cell.start for cell in cells),
        end=max(cell.end for cell in cells),
        origin=origin,
    )


def find_tab_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Runs of lines whose cells tabs separate; a title row inside a run opens the next table."""
    for run in _tab_runs(text, lines):
        for part in _split_at_titles(text, _join_wrapped(text, run)):
            if len(part) >= 2 and max(map(len, part)) >= 2 and not _is_contents(text, part):
                yield build_table(part, "tabs")


def _tab_runs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Stretches of lines with tabs; a blank line, or a short one without a tab, may stand between two of them."""
    run: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        printed = text[line.start : line.end]
        if "\t" in printed.strip() or (run and "\t" in printed and printed.strip() and "。" not in printed):
            run += [*waiting, line]
            waiting = []
        elif run and not waiting and _may_wrap(printed):
            waiting = [line]
        elif run:
            yield run
            run, waiting = [], []
    if run:
        yield run


def _may_wrap(printed: str) -> bool:
    bare = printed.strip()
    return len(bare) <= 20 and not re.search(r"[。；，]|^#", bare) and not is_caption(bare)


def _join_wrapped(text: str, run: Sequence[Line]) -> list[list[Span]]:
    """Rows of cells. Lines that only together have the table's number of tabs are one row whose cell wraps; a line that
    begins with an empty cell or with the label of a form's head (主管部门) goes on with no cell above."""
    counts = [text.count("\t", line.start, line.end) for line in run]
    usual = Counter(count for count in counts if count).most_common(1)[0][0]
    rows: list[list[Span]] = []
    index = 0
    while index < len(run):
        lengths = (n for n in (2, 3) if _wraps(counts[index : index + n], n, usual))
        size = next((n for n in lengths if not any(_begins_anew(text, line) for line in run[index + 1 : index + n])), 1)
        if counts[index] or size > 1:
            rows.append(_cells(text, run[index].start, run[index + size - 1].end))
        index += size
    return rows


def _wraps(counts: Sequence[int], size: int, usual: int) -> bool:
    return len(counts) == size and sum(counts) == usual and max(counts) < usual and counts[0] > 0 and counts[-1] > 0


def _begins_anew(text: str, line: Line) -> bool:
    first = text[line.start : line.end].partition("\t")[0]
    return not first or field_kind(squeeze(first)) is not None


def _cells(text: str, start: int, end: int) -> list[Span]:
    cells: list[Span] = []
    at = start
    for offset in [i for i in range(start, end) if text[i] == "\t"] + [end]:
        cells.append(trim(text, at, offset))
        at = offset + 1
    return cells


def _split_at_titles(text: str, rows: list[list[Span]]) -> Iterator[list[list[Span]]]:
    """Cut before a row that holds nothing but a title."""
    start = 0
    for index in range(1, len(rows)):
        printed = [text[a:b] for a, b in rows[index] if b > a]
        if len(printed) == 1 and parse_title(printed[0]) is not None:
            yield rows[start:index]
            start = index
    yield rows[start:]


def _is_contents(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    """Whether rows are a table of contents: titles, each with the number of its page."""
    pages = [text[row[-1][0] : row[-1][1]] for row in rows]
    numbers = [int(page) for page in pages if page.isascii() and page.isdigit()]
    opened = [text[row[0][0] : row[0][1]] for row in rows]
    titled = sum(
        bool(re.match(r"第.{1,3}部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", name)) for name in opened
    )
    ordered = numbers == sorted(numbers)
    return max(map(len, rows)) == 2 and len(numbers) >= len(rows) - 2 and ordered and titled * 2 >= len(rows)


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
