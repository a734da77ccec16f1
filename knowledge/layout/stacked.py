"""Tables printed with one cell on each line: the words of the header, then names and numbers row by row.

A table is found only where every word of its header is known, so that how many numbers a row prints is certain. Rows that
print another number of them are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import Span, trim
from knowledge.models import Cell, Line, Table
from knowledge.text import fold_text, squeeze
from knowledge.vocabulary import metric_by_alias, metrics
from knowledge.vocabulary.columns import column_words

_NO_CELL = re.compile(r"[|│┃\t。；！？]|\s{2}")
_TABS, _WORDS = re.compile(r"[^\t]+"), re.compile(r"\S+")
_SENTENCE = re.compile("[。；！？|│┃]")
_LINE = 120
"""Characters that a line of cells has at most."""
_VALUE = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?%?|[-—–－]+")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_LONGEST = 30
_WIDEST = 24
"""Words that a header has at most."""
_SUBTOTAL = "小计"


def find_stacked_tables(text: str, runs: Iterable[Sequence[Span]]) -> Iterator[Table]:
    """Tables of one cell a line, in order; ``runs`` are the cells (see ``read_runs``)."""
    for run in runs:
        start = 0
        values = [cell[0] < cell[1] and is_value(text, cell) for cell in run]
        for position in range(3, len(run)):
            if position <= start or values[position - 1] or not values[position]:
                continue
            near = [cell for cell in run[max(start, position - _WIDEST) : position] if cell[0] < cell[1]]
            if not all(_is_known(text, cell) for cell in near[-3:-1]):
                continue
            header = _header(text, near)
            found = _read_row(text, header, run[position:]) or _read_rows(text, header, run[position:])
            if found is not None:
                table, taken = found
                yield table
                start = position + taken


def read_runs(text: str, lines: Sequence[Line]) -> Iterator[list[Span]]:
    """Cells of lines that hold one each; a line of nothing but marks is an empty one, a blank line none."""
    run: list[Span] = []
    for line in lines:
        if line.end - line.start > 3 * _LONGEST:
            yield from [run] if run else []
            run = []
            continue
        start, end = trim(text, line.start, line.end, "|│┃")
        if start == end and not text[line.start : line.end].strip():
            continue
        if end - start > _LONGEST or _NO_CELL.search(text, start, end):
            yield from [run] if run else []
            run = []
            continue
        run.append((start, end))
    if run:
        yield run


def read_words_of_lines(text: str, lines: Sequence[Line]) -> Iterator[list[Span]]:
    """Cells of lines that hold one or several, parted by tabs or else by spaces; a line with an empty cell, whose columns
    are known, and a sentence end a run."""
    run: list[Span] = []
    for line in lines:
        start, end = trim(text, line.start, line.end)
        if start == end:
            continue
        parts = list((_TABS if "\t" in text[start:end] else _WORDS).finditer(text, start, end))
        if end - start > _LINE or _SENTENCE.search(text, start, end) or "\t\t" in text[start:end]:
            yield from [run] if run else []
            run = []
            continue
        run += [trim(text, *part.span()) for part in parts]
    if run:
        yield run


def plain(text: str, cell: Span) -> str:
    """What a cell prints, folded and without spaces and quotation marks."""
    return squeeze(fold_text(text[slice(*cell)])).strip('“”"')


def is_value(text: str, cell: Span) -> bool:
    """Whether a cell holds a number, a dash or nothing."""
    return cell[0] == cell[1] or bool(_VALUE.fullmatch(plain(text, cell)))


def _header(text: str, words: Sequence[Span]) -> list[Span]:
    """The words below the last line that belongs to a caption."""
    captions = (i + 1 for i, word in enumerate(words) if is_caption(text[slice(*word)]) and not _is_known(text, word))
    return list(words[max(captions, default=0) :])


def _is_known(text: str, cell: Span) -> bool:
    word = plain(text, cell)
    bare = word.replace("“", "").replace("”", "")
    return word in column_words() or bare in metric_by_alias() or bare.removesuffix("合计") in metric_by_alias()


def _read_row(text: str, header: Sequence[Span], rest: Sequence[Span]) -> tuple[Table, int] | None:
    """A header of amounts above one row of numbers; 小计 opens the words below the one that they are part of."""
    count = next((i for i, cell in enumerate(rest) if cell[0] == cell[1] or not is_value(text, cell)), len(rest))
    if len(header) < 3 or not all(_is_known(text, cell) for cell in header) or _leads(text, header):
        return None
    cells = _flat(header) if len(header) == count else group_header(text, header)
    columns = sum(cell.column_span == 1 for cell in cells)
    if not cells or columns != count:
        return None
    below = max(cell.row + cell.row_span for cell in cells)
    cells += [Cell(row=below, column=column, start=start, end=end) for column, (start, end) in enumerate(rest[:count])]
    return _table(cells, columns), count


def _flat(header: Sequence[Span]) -> list[Cell]:
    return [Cell(row=0, column=column, start=start, end=end) for column, (start, end) in enumerate(header)]


def group_header(text: str, header: Sequence[Span]) -> list[Cell]:
    """Cells of a header of two rows, none where it is not certain which word the second row is part of."""
    names = [plain(text, cell) for cell in header]
    if names.count(_SUBTOTAL) != 1:
        return []
    above = header[: names.index(_SUBTOTAL)]
    below = header[len(above) :]
    wholes = {_parent(name) for name in names[len(above) + 1 :]}
    groups = [i for i in range(len(above)) if {_standard(names[i])} == wholes]
    if len(groups) != 1 or len(below) < 2:
        return []
    cells, column = list[Cell](), 0
    for index, (start, end) in enumerate(above):
        width = len(below) if index == groups[0] else 1
        cells.append(
            Cell(row=0, column=column, start=start, end=end, column_span=width, row_span=1 if width > 1 else 2)
        )
        if width > 1:
            cells += [Cell(row=1, column=column + i, start=a, end=b) for i, (a, b) in enumerate(below)]
        column += width
    return cells


def _standard(name: str) -> str | None:
    metric = metric_by_alias().get(name)
    return metric.name if metric is not None else None


def _parent(name: str) -> str | None:
    standard = _standard(name)
    return metrics()[standard].parent if standard is not None else None


def _leads(text: str, header: Sequence[Span]) -> int:
    """How many words at the front of a header stand above names and codes."""
    roles = [word.role if (word := column_words().get(plain(text, cell))) else None for cell in header]
    return next((i for i, role in enumerate(roles) if role not in ("name", "code")), len(roles))


def _read_rows(text: str, header: Sequence[Span], rest: Sequence[Span]) -> tuple[Table, int] | None:
    """A header with names in front above rows of a name and numbers; the first name may stand behind the header."""
    first = next((i for i, cell in enumerate(header) if _leads(text, [cell])), len(header))
    words = list(header[first:])
    if len({plain(text, cell) for cell in words}) < len(words):
        return None
    lead = _leads(text, words)
    for size in (len(words) - 1, len(words)):
        if size - lead < 1 or not lead or not all(_is_known(text, cell) for cell in words[:size]):
            continue
        rows, taken = _rows(text, [*words[size:], *rest], lead, size - lead)
        if rows:
            cells = [
                Cell(row=r, column=c, start=start, end=end)
                for r, row in enumerate([words[:size], *rows])
                for c, (start, end) in enumerate(row)
            ]
            return _table(cells, size), taken - (len(words) - size)
    return None


def _rows(text: str, cells: Sequence[Span], lead: int, values: int) -> tuple[list[list[Span]], int]:
    """Rows of a code where the header has one, a name and all values; and how many cells they reach over."""
    rows: list[list[Span]] = []
    index = taken = 0
    while index < len(cells):
        coded = lead > 1 and _CODE.fullmatch(plain(text, cells[index])) is not None
        name = index + coded
        stop = name + 1 + values
        row = cells[name + 1 : stop]
        complete = len(row) == values and all(is_value(text, cell) for cell in row)
        closed = stop >= len(cells) or (_opens(text, cells[stop:], lead) and not _opens(text, cells[stop - 1 :], lead))
        apart = index == 0 or is_value(text, cells[index - 1])
        if complete and closed and apart and not is_value(text, cells[name]):
            code = cells[index] if coded else (cells[name][0], cells[name][0])
            rows.append([*([code] * (lead - 1)), cells[name], *row])
            index = taken = stop
        elif _heads_table(text, cells[index]):
            break
        else:
            index += 1
    return rows, taken


def _heads_table(text: str, cell: Span) -> bool:
    """Whether a cell belongs to the caption or the header of the next table."""
    word = column_words().get(plain(text, cell))
    return is_caption(text[slice(*cell)]) or (word is not None and word.role in ("name", "code"))


def _opens(text: str, cells: Sequence[Span], lead: int) -> bool:
    """Whether cells open a row: with a name, or with a code and a name where the header has one."""
    coded = lead > 1 and len(cells) > 1 and _CODE.fullmatch(plain(text, cells[0]))
    return not is_value(text, cells[1] if coded else cells[0])


def _table(cells: Sequence[Cell], columns: int) -> Table:
    return Table(
        rows=max(cell.row for cell in cells) + 1,
        columns=columns,
        cells=tuple(cells),
        start=min(cell.start for cell in cells),
        end=max(cell.end for cell in cells),
        origin="tabs",
    )
