"""The national 三公经费 form flattened to lines: its header in disorder, 1 2 3 … 12, then one row of twelve numbers.

Six columns stand under 预算数 and the same six under 决算数, so that a row with every number is in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from knowledge.layout.captions import is_caption, parse_title
from knowledge.layout.delimited import Span, build_table, printed_above
from knowledge.models import Line, Table
from knowledge.vocabulary.columns import find_form

_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_ROW = re.compile(rf"\s*{_NUMBER}(?:\s+{_NUMBER}){{11}}\s*")
_REACH = 40


def find_half_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of two halves; each begins below its caption and ends with its row of numbers."""
    for index, line in enumerate(lines):
        if not _ROW.fullmatch(text, line.start, line.end) or _counts_up(text, line):
            continue
        first = _find_header(text, lines, index)
        if first is None:
            continue
        numbering = next((above for above in reversed(lines[first:index]) if _counts_up(text, above)), None)
        rows = [_numbers(text, row) for row in (numbering, line) if row is not None]
        table = build_table([[(row[0][0], row[0][0]), *row] for row in rows], "columns")
        yield table.model_copy(update={"start": lines[first].start})


def _numbers(text: str, line: Line) -> list[Span]:
    return [match.span() for match in re.compile(_NUMBER).finditer(text, line.start, line.end)]


def _counts_up(text: str, line: Line) -> bool:
    printed = text[line.start : line.end].replace("栏次", "").split()
    return printed == [str(number) for number in range(1, 13)]


def _find_header(text: str, lines: Sequence[Line], index: int) -> int | None:
    """The first line of words below the caption of a form with two halves; None where sentences or numbers come before."""
    first = index
    for above in islice(printed_above(text, lines, index), _REACH):
        printed = text[lines[above].start : lines[above].end].strip()
        title = parse_title(printed)
        form = find_form(title) if title else None
        if form is not None:
            return first if form.halves else None
        if "。" in printed or (
            re.search(r"\d", printed) and not is_caption(printed) and not _counts_up(text, lines[above])
        ):
            return None
        if printed and not is_caption(printed):
            first = above
    return None
