"""Standard forms flattened to lines whose header came out in disorder: its words are known by the form's title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from knowledge.layout.captions import is_caption, parse_title
from knowledge.layout.delimited import Span, build_table, printed_above
from knowledge.layout.spaced import read_body
from knowledge.layout.spaced_rows import RowShape
from knowledge.models import Line, Table
from knowledge.vocabulary.columns import column_orders

_NUMBER = r"-?\d[\d,]*\.\d+"
_TOTAL = re.compile(rf"\s*合\s?计(?:\s+{_NUMBER}){{2,}}\s*")
_TOTALS = ("合计", "小计")
_LEADS = (("科目编码", "科目代码"), ("科目名称",))
_REACH = 24


def find_disordered_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of the forms of columns.toml, from the first word of the header to the last row."""
    for index, line in enumerate(lines):
        if not _TOTAL.fullmatch(text, line.start, line.end):
            continue
        found = _find_header(text, lines, index)
        if found is None:
            continue
        header, width = found
        words = [inner if inner[0] < inner[1] else outer for outer, inner in zip(*header, strict=True)]
        totalled = text[slice(*words[len(_LEADS)])].endswith(_TOTALS)
        shape = RowShape((width,), numbered=False, lead=len(_LEADS))
        rows, after = read_body(text, lines, _numbering(text, lines, index), shape, words, totalled=totalled)
        if after > index:
            yield build_table([*header, *rows], "tabs")


def _numbering(text: str, lines: Sequence[Line], index: int) -> int:
    """The line of column numbers (栏次 1 2 3) right above a total, or the total's own."""
    above = next(iter(printed_above(text, lines, index)), index)
    return above if text[lines[above].start : lines[above].end].strip().startswith("栏次") else index


def _find_header(text: str, lines: Sequence[Line], index: int) -> tuple[list[list[Span]], int] | None:
    """The two rows of the header above a total, and how many columns of numbers it has."""
    first = index
    for above in islice(printed_above(text, lines, index), _REACH):
        printed = text[lines[above].start : lines[above].end].strip()
        title = parse_title(printed)
        if title is not None:
            order = next((words for name, words in column_orders().items() if name in title), None)
            return _header_rows(text, (lines[first].start, lines[index].start), order) if order else None
        if "。" in printed or re.search(r"\d\.\d", printed):
            return None
        if not is_caption(printed):
            first = above
    return None


def _header_rows(text: str, region: Span, order: Sequence[str]) -> tuple[list[list[Span]], int] | None:
    """Where each word of the header is printed; None where one is missing."""
    leads = [_find(text, region, *words) for words in _LEADS]
    outer = [_find(text, region, word.partition(">")[0]) for word in order]
    inner = [_find(text, region, word.partition(">")[2]) if ">" in word else (region[0], region[0]) for word in order]
    if any(span is None for span in (*leads, *outer, *inner)):
        return None
    blanks: list[Span | None] = [(region[0], region[0])] * len(_LEADS)
    rows = [[*leads, *outer], [*blanks, *inner]]
    return [[span for span in row if span is not None] for row in rows], len(order)


def _find(text: str, region: Span, *words: str) -> Span | None:
    """Where one of several words for the same is printed, its letters broken over lines or not."""
    pattern = "|".join(r"\s*".join(map(re.escape, word)) for word in words)
    match = re.compile(pattern).search(text, *region)
    return match.span() if match is not None else None
