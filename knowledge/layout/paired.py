"""Tables of two or three sides of codes, names and amounts, flattened to lines: 30101 基本工资 286.54 30201 办公费 18.35.

The header prints 科目编码 科目名称 决算数 once for each side. A row of fewer sides belongs to those that its codes say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import Span, build_table, printed_above
from knowledge.layout.spaced_words import VALUE, blanks, is_tidy, join_letters, read_words
from knowledge.layout.wrapped_headers import read_wrapped
from knowledge.models import Cell, Line, Table
from knowledge.text import squeeze
from knowledge.vocabulary.columns import column_words

_OPENING = re.compile(r"\s*(?:(?:经济|支出)?分类)?(?:科\s?目)?[编代]\s?码\s|\s*(?:(?:经济|支出)?分类)?科\s?目\s*$")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_WIDTH = 3
_PERSONS = ("301", "303")
_SUMMED = {"人员经费": 0, "公用经费": 1}
"""The sides of totals, which have no code."""
_MISSES = 3
_SENTENCE = re.compile("[。；！？]")
Piece = list[Span]
"""A code (or where none is printed the empty stretch before the name), a name and an amount, which may be empty."""


def find_paired_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables whose header names the same three columns for two sides or three."""
    for index, line in enumerate(lines):
        if not _OPENING.match(text, line.start, line.end):
            continue
        header = _header(text, lines, index)
        below = bisect_right(lines, header[-1][1], key=lambda line: line.start) if header else 0
        rows = list(_rows(text, lines[below:], len(header) // _WIDTH)) if header else []
        if len(rows) > 1:
            yield _over(text, lines, index, build_table([header, *rows], "tabs"))


def _header(text: str, lines: Sequence[Line], index: int) -> list[Span]:
    """The words of the header that a line opens, some of them broken over lines; none where it opens none."""
    words = join_letters(text, read_words(text, lines[index]))
    if _is_header(text, words):
        return words
    return next((way for way in read_wrapped(text, lines, index, least=1) if _is_header(text, way)), [])


def _is_header(text: str, header: Sequence[Span]) -> bool:
    """Whether words name the columns of two sides or three."""
    words = [squeeze(text[slice(*word)]) for word in header]
    known = [column_words().get(word) for word in words[:_WIDTH]]
    if len(words) not in (2 * _WIDTH, 3 * _WIDTH) or words != words[:_WIDTH] * (len(words) // _WIDTH):
        return False
    return [word.role if word is not None else "" for word in known] == ["code", "name", None]


def _rows(text: str, lines: Sequence[Line], sides: int) -> Iterator[list[Span]]:
    misses, last = 0, dict[str, int]()
    for line in lines:
        printed = text[line.start : line.end].strip()
        if not printed:
            continue
        if _SENTENCE.search(printed) or is_caption(printed) or misses > _MISSES:
            return
        cells = _place(text, _pieces(text, join_letters(text, read_words(text, line))), sides, last)
        misses = 0 if cells else misses + 1
        if cells:
            yield cells


def _pieces(text: str, words: Sequence[Span]) -> list[Piece]:
    """The codes, names and amounts of a line; none where it prints something else too."""
    pieces: list[Piece] = []
    position = 0
    while position < len(words):
        coded = bool(_CODE.fullmatch(text[slice(*words[position])]))
        name = stop = position + coded
        while stop < len(words) and not VALUE.fullmatch(text[slice(*words[stop])]):
            stop += 1
        if name == stop or not is_tidy(text, words[name:stop]):
            return []
        valued = stop < len(words) and not _opens(text, words, stop)
        code = words[position] if coded else (words[position][0], words[position][0])
        letters = (words[name][0], words[stop - 1][1])
        pieces.append([code, letters, words[stop] if valued else blanks(letters, 1)[0]])
        position = stop + valued
    return pieces


def _opens(text: str, words: Sequence[Span], index: int) -> bool:
    """Whether a number is the code of the next piece: a name follows it."""
    follows = index + 1 < len(words) and not VALUE.fullmatch(text[slice(*words[index + 1])])
    return follows and bool(_CODE.fullmatch(text[slice(*words[index])]))


def _place(text: str, pieces: Sequence[Piece], sides: int, last: dict[str, int]) -> list[Span]:
    """The cells of a row, its pieces on their sides; ``last`` keeps the side of every class of codes. None where a row of
    fewer pieces than sides does not say which are theirs."""
    full = len(pieces) == sides
    places = list(range(sides)) if full else [_side(text, piece, sides, last) for piece in pieces]
    if not pieces or places != sorted({*places}) or places[0] < 0:
        return []
    last.update({text[slice(*piece[0])][:3]: place for piece, place in zip(pieces, places, strict=True)})
    held = dict(zip(places, pieces, strict=True))
    before = pieces[0][0][0]
    return [cell for side in range(sides) for cell in held.get(side, [(before, before)] * _WIDTH)]


def _side(text: str, piece: Piece, sides: int, last: dict[str, int]) -> int:
    """The side of a piece by its code: where its class stood before, else 301 and 303 first and all others last; a total
    without a code stands where what it sums does."""
    group = text[slice(*piece[0])][:3]
    if not group:
        return _SUMMED.get(squeeze(text[slice(*piece[1])])[:4], -1)
    return last.get(group, 0 if group in _PERSONS else sides - 1)


def _over(text: str, lines: Sequence[Line], index: int, table: Table) -> Table:
    """The table with the line above its header, where that prints a known word for either side: 人员经费 公用经费."""
    above = next(printed_above(text, lines, index), None)
    words = read_words(text, lines[above]) if above is not None else []
    known = [column_words().get(squeeze(text[slice(*word)])) for word in words]
    if len(words) != 2 or not all(word is not None and word.split is not None for word in known):
        return table
    cells = [cell.model_copy(update={"row": cell.row + 1}) for cell in table.cells]
    spans = (_WIDTH, table.columns - _WIDTH)
    groups = [
        Cell(row=0, column=side * _WIDTH, start=start, end=end, column_span=spans[side])
        for side, (start, end) in enumerate(words)
    ]
    return table.model_copy(update={"cells": (*groups, *cells), "rows": table.rows + 1, "start": words[0][0]})
