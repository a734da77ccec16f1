"""Tables flattened to lines whose cells single spaces part: 本年收入合计 27 615.55 本年支出合计 57 618.66.

Which column a number belongs to is known where a row prints every column, or where line numbers (行次) part its two sides.
Rows that leave columns out are no rows of the table found here, unless sums say where their numbers stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import Span
from knowledge.layout.funded import funded_columns
from knowledge.layout.lost_rows import LostRow, place_lost
from knowledge.layout.spaced_headers import SpacedHeader, is_total, read_header
from knowledge.layout.spaced_rows import RowShape
from knowledge.layout.spaced_words import join_letters, read_words
from knowledge.models import Line, Table

_NUMBERING = re.compile(r"\s*(?:栏\s?次)?\s*[01](?:\s+\d{1,2}){2,}\s*|\s*栏\s?次\s+1\s+栏\s?次\s+2.*")
_SENTENCE = re.compile("[。；！？]")
_REACH = 14
_MOST = 80
"""Lines below a header in which the rows of its funds stand."""


def find_spaced_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables whose header is a printed line of words or two, each with the rows below it that fill every column."""
    index = 0
    while index < len(lines):
        header = read_header(text, lines, index)
        index += 1
        if header is None:
            continue
        first = _line_after(lines, header.words, index - 1)
        shape = _with_funds(text, lines[first : first + _MOST], header)
        rows, after = read_body(text, lines, first, shape, header.words, totalled=header.totalled)
        if len(rows) > 1:
            yield header.over(rows)
            index = after


def _with_funds(text: str, lines: Sequence[Line], header: SpacedHeader) -> RowShape:
    """The shape of rows with the columns that have money, where the last of two sides has a total and its parts by fund."""
    columns = header.words[-header.shape.sides[-1] :]
    if not header.shape.numbered or len(columns) < 3 or not is_total(text, columns[0]):
        return header.shape
    return replace(header.shape, funded=funded_columns(text, lines, columns))


def _line_after(lines: Sequence[Line], words: Sequence[Span], index: int) -> int:
    return next(i for i in range(index, len(lines)) if lines[i].end >= words[-1][1]) + 1


def read_body(
    text: str, lines: Sequence[Line], first: int, shape: RowShape, header: Sequence[Span], *, totalled: bool
) -> tuple[list[list[Span]], int]:
    """Rows below a header, the row of column numbers among them, and the index of the line after the last one.

    Rows that lost their empty cells are read where the first column is a total and sums settle the others.
    """
    rows: list[list[Span]] = []
    lost: dict[int, LostRow] = {}
    after, misses = first, 0
    held: list[Span] = []
    for index in range(first, len(lines)):
        line = lines[index]
        printed = " ".join(text[line.start : line.end].split())
        if not printed:
            continue
        if _SENTENCE.search(printed) or is_caption(printed) or misses > _REACH:
            break
        words = join_letters(text, read_words(text, line))
        if _NUMBERING.fullmatch(printed):
            if not shape.fits_numbering(text, words):
                return [], first
            rows, held = [*rows, shape.numbering(text, words)], []
            continue
        above = rows[-1] if rows else ()
        row = shape.read(text, [*held, *words], above) or shape.read(text, words, above)
        partial = None
        if row is None and totalled:
            partial = shape.read_partial(text, [*held, *words]) or shape.read_partial(text, words)
        held = shape.hold(text, held, words) if row is None else []
        misses = 0 if row is not None or partial is not None else misses + 1
        if partial is not None:
            lost[len(rows)] = partial
        if row is not None or partial is not None:
            rows.append(row or [])
            after = index + 1
    return place_lost(text, header, rows, lost, shape.sides[0]) if lost else rows, after
