"""Tables printed as lines whose columns line up: two or more spaces between cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import build_table, trim
from knowledge.models import Line, Table
from knowledge.text import display_width, is_chinese
from knowledge.vocabulary.columns import column_words

_GAP = re.compile(r"(?:[ \u00a0]{2,}|\u3000+[ \u00a0]*)")
_NUMBER = re.compile(r"[-－−]?[\d,，]+(?:\.\d+)?[%％]?|[-—–]+")
_SENTENCE = re.compile(r"[。；]|，.*，")
_GOES_ON = re.compile(r"\d\s+(?:(?:万|亿|千)?元[\u4e00-\u9fff，、；（）]|(?:辆|批次|人次|家|个|人|项)[，、；）])")
"""A number of a sentence whose spaces are wide: 支出　3　万元，其中."""
_LEADERS = re.compile(r"[.．·…]{4,}")

_NO_ROW = (_SENTENCE, _LEADERS, _GOES_ON)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line that stand together, with the columns of the screen that they take."""

    start: int
    end: int
    left: int
    right: int


def find_aligned_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Stretches of lines with cells set apart by spaces, at least two rows of which hold numbers."""
    for run in _runs(text, lines):
        body = [row for row in run if _is_body(text, row)]
        if len(body) >= 2:
            columns = _find_columns(body)
            if len(columns) >= 2:
                yield build_table([_place(row, columns) for row in run], "columns")


def _runs(text: str, lines: Sequence[Line]) -> Iterator[list[list[Piece]]]:
    run: list[list[Piece]] = []
    blanks = 0
    for line in lines:
        printed = text[line.start : line.end]
        if not printed.strip():
            blanks += 1
            continue
        if not run and not _GAP.search(printed.strip()):
            blanks = 0
            continue
        pieces = split_line(text, line)
        row = len(pieces) >= 2 and not any(mark.search(printed) for mark in _NO_ROW)
        alone = len(pieces) == 1 and bool(run) and _is_wrapped(printed)
        if blanks > 1 or not (row or alone) or "\t" in printed:
            yield from [run] if run else []
            run = []
        if (row and "\t" not in printed) or (alone and run and blanks <= 1):
            run.append(pieces)
        blanks = 0
    if run:
        yield run


def _is_wrapped(printed: str) -> bool:
    """A line that may be the rest of a name: short, set in, and no caption."""
    bare = printed.strip()
    return printed[:2].isspace() and len(bare) <= 16 and not _SENTENCE.search(bare) and not is_caption(bare)


def split_line(text: str, line: Line) -> list[Piece]:
    """Pieces of a line that two or more spaces part; single characters spread wide (合    计) stay one piece."""
    pieces: list[Piece] = []
    at, column = line.start, 0
    for match in [*_GAP.finditer(text, line.start, line.end), None]:
        stop = match.start() if match else line.end
        right = column + display_width(text[at:stop])
        start, end = trim(text, at, stop)
        if start < end:
            pieces.append(
                Piece(start, end, column + display_width(text[at:start]), right - display_width(text[end:stop]))
            )
        if match:
            column = right + display_width(match[0])
            at = match.end()
    return _join_spread(text, pieces)


def _join_spread(text: str, pieces: list[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        single = piece.end - piece.start == 1 and is_chinese(text[piece.start])
        last = joined[-1] if joined else None
        if (
            single
            and last
            and last.end - last.start == 1
            and is_chinese(text[last.start])
            and (
                piece.left - last.right <= 8
                or text[last.start : last.end] + text[piece.start : piece.end] in column_words()
            )
        ):
            joined[-1] = Piece(last.start, piece.end, last.left, piece.right)
        else:
            joined.append(piece)
    return joined


def _is_body(text: str, row: Sequence[Piece]) -> bool:
    return len(row) >= 2 and any(_NUMBER.fullmatch(text[piece.start : piece.end].replace(" ", "")) for piece in row)


def _find_columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """Columns: what stands above each other on the body's rows, white gutters between."""
    spans = sorted((piece.left, piece.right) for row in rows for piece in row)
    columns: list[tuple[int, int]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _place(row: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A row's pieces in the columns that they stand in; the widest overlap decides, then the nearest."""
    placed: list[tuple[int, int]] = [(row[0].start, row[0].start)] * len(columns)
    taken = -1
    for piece in row:
        free = range(taken + 1, len(columns))
        if not free:
            placed[-1] = (placed[-1][0] if placed[-1][1] > placed[-1][0] else piece.start, piece.end)
            continue
        best = min(free, key=lambda index: _distance(piece, columns[index]))
        placed[best] = (piece.start, piece.end)
        taken = best
    return placed


def _distance(piece: Piece, column: tuple[int, int]) -> tuple[float, float]:
    overlap = min(piece.right, column[1]) - max(piece.left, column[0])
    middle = abs((piece.left + piece.right) / 2 - (column[0] + column[1]) / 2)
    return (-overlap if overlap > 0 else 0.0, middle)
