"""Standard forms that a conversion flattened to lines: header words in disorder, then 栏次 1 2 3 …, then rows of numbers.

Which column a number belongs to is lost where cells are empty; the table found here keeps the numbers of a row in
printed order, and rules work out their columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from knowledge.layout.captions import is_caption, parse_title
from knowledge.layout.delimited import Span, build_table, printed_above
from knowledge.models import Line, Table
from knowledge.vocabulary.columns import find_form

_NUMBERING = re.compile(r"\s*栏\s*次((?:\s+\d{1,2}){3,})\s*")
_LABEL = re.compile(r"\s*([\u4e00-\u9fff]{2,12})(?=\s|$)")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_NUMBERS = re.compile(r"[\s\d.,-]+")
_REACH = 60


def find_numbered_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of the forms of columns.toml; each begins at its header and ends with the last number of its rows."""
    for index, line in enumerate(lines):
        match = _NUMBERING.fullmatch(text, line.start, line.end)
        if match is None or not _counts_up(match[1].split()):
            continue
        first = _find_header(text, lines, index)
        if first is None:
            continue
        rows = list(_rows(text, lines[index + 1 :]))
        if rows:
            numbering = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[line.start : line.end])]
            header = [(line.start + start, line.start + end) for start, end in numbering]
            table = build_table([header, *rows], "columns")
            yield table.model_copy(update={"start": lines[first].start})


def _counts_up(numbers: Sequence[str]) -> bool:
    return [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


def _find_header(text: str, lines: Sequence[Line], index: int) -> int | None:
    """The first line below the caption of a known form; None where sentences or no such title stand above."""
    count = len(text[lines[index].start : lines[index].end].split()) - 1
    first = index
    for above in islice(printed_above(text, lines, index), _REACH):
        printed = text[lines[above].start : lines[above].end].strip()
        title = parse_title(printed)
        form = find_form(title) if title else None
        if form is not None:
            return first if len(form.columns) == count else None
        if len(printed) > 24 or "。" in printed:
            return None
        if printed and not is_caption(printed):
            first = above
    return None


def _rows(text: str, lines: Sequence[Line]) -> Iterator[list[Span]]:
    """Rows: a name, then numbers on its line and on the lines below it that hold numbers alone."""
    row: list[Span] = []
    for line in lines:
        printed = text[line.start : line.end]
        if not printed.strip():
            continue
        label = _LABEL.match(printed)
        rest = printed[label.end() :] if label else printed
        if rest.strip() and not _NUMBERS.fullmatch(rest):
            break
        if label:
            if len(row) > 1:
                yield _join_broken(text, row)
            row = [(line.start + label.start(1), line.start + label.end(1))]
        elif not row:
            break
        offset = line.start + (label.end() if label else 0)
        row += [(offset + m.start(), offset + m.end()) for m in _NUMBER.finditer(rest)]
    if len(row) > 1:
        yield _join_broken(text, row)


def _join_broken(text: str, row: list[Span]) -> list[Span]:
    """Join numbers that wrapped in a narrow cell: 55.4 above 7 is 55.47 where the others have two decimals."""
    decimals = [len(text[start:end].partition(".")[2]) for start, end in row[1:]]
    joined: list[Span] = []
    for start, end in row:
        last = joined[-1] if joined else None
        broken = last is not None and re.fullmatch(r"-?[\d,]+\.\d", text[last[0] : last[1]]) and 2 in decimals
        if last is not None and broken and re.fullmatch(r"\d", text[start:end]) and "\n" in text[last[1] : start]:
            joined[-1] = (last[0], end)
        else:
            joined.append((start, end))
    return joined
