"""Tables printed as lines with tabs between cells, and what all tables of lines are built with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from knowledge.layout.captions import is_caption, parse_title
from knowledge.layout.form_heads import field_kind
from knowledge.models import Cell, Line, Table
from knowledge.text import squeeze

Span = tuple[int, int]
_NUMBER_LAST = re.compile(r"\t-?[\d,]+\.\d+\s*$")
_LETTER = re.compile("[\u4e00-\u9fff]")
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
        size = next((n for n in lengths if not _parted(text, run[index : index + n])), 1)
        if counts[index] or size > 1:
            rows.append(_cells(text, run[index].start, run[index + size - 1].end))
        index += size
    return rows


def _wraps(counts: Sequence[int], size: int, usual: int) -> bool:
    return len(counts) == size and sum(counts) == usual and max(counts) < usual and counts[0] > 0 and counts[-1] > 0


def _parted(text: str, lines: Sequence[Line]) -> bool:
    """Whether lines are rows of their own: one begins anew, or a number ends one where letters begin the next."""
    return any(
        _begins_anew(text, after)
        or (_NUMBER_LAST.search(text, before.start, before.end) and _LETTER.match(text, after.start))
        for before, after in pairwise(lines)
    )


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
