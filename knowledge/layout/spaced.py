"""Tables flattened to lines whose cells single spaces part: 本年收入合计 27 615.55 本年支出合计 57 618.66.

Which column a number belongs to is known where a row prints every column, or where line numbers (行次) part its two sides.
Rows that leave columns out are no rows of the table found here, unless sums say where their numbers stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import Span, build_table
from knowledge.layout.spaced_rows import LostRow, RowShape, join_letters, place_lost, read_words
from knowledge.models import Line, Table
from knowledge.text import squeeze
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.columns import column_words

_OPENING = re.compile(
    r"\s*(?:项\s?目|序\s?号\s+(?:项目|单位)|科目名称|科目编码|科目代码|支出功能分类|功能分类|支出经济分类|经济分类)"
)
_NUMBERING = re.compile(r"\s*(?:栏\s?次)?((?:\s*\d{1,2}){3,})\s*|\s*栏\s?次\s+1\s+栏\s?次\s+2.*")
_SENTENCE = re.compile("[。；！？]")
_YEAR = re.compile(r"^20\d\d年度?(?=.)")
_REACH = 14


def find_spaced_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables whose header is one printed line of words, each with the rows below it that fill every column."""
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not _OPENING.match(text, line.start, line.end):
            continue
        header, index = _read_header(text, lines, index)
        shape = RowShape.of([squeeze(text[a:b]) for a, b in header]) if _is_header(text, header) else None
        if shape is None:
            continue
        rows, after = _read_body(text, lines, index, shape, header, totalled=_is_total(text, header, shape))
        if len(rows) > 1:
            yield build_table([header, *rows], "tabs")
            index = after


def _read_header(text: str, lines: Sequence[Line], index: int) -> tuple[list[Span], int]:
    """The words of the header that the line before ``index`` opens, and the index of the line after it; 项目 alone stands
    beside the columns that the next line prints."""
    header = join_letters(text, read_words(text, lines[index - 1]))
    if len(header) == 1 and squeeze(text[slice(*header[0])]) == "项目":
        for below in range(index, min(index + 2, len(lines))):
            words = join_letters(text, read_words(text, lines[below]))
            if words:
                return [*header, *words], below + 1
    return header, index


def _is_header(text: str, header: Sequence[Span]) -> bool:
    """Whether a line is a header: three or more words without digits, half of them known ones."""
    words = [_YEAR.sub("", squeeze(text[start:end])) for start, end in header]
    if len(words) < 3 or any(re.search(r"\d|[，。；：]", word) for word in words):
        return False
    return sum(word in column_words() or word in metric_by_alias() for word in words) * 2 >= len(words)


def _is_total(text: str, header: Sequence[Span], shape: RowShape) -> bool:
    """Whether the first column of numbers is the total of the others: 合计, 本年支出合计."""
    word = squeeze(text[slice(*header[shape.lead])]) if len(shape.sides) == 1 else ""
    known = column_words().get(word)
    return word.endswith("合计") or (known is not None and known.total)


def _read_body(
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
        printed = text[line.start : line.end].strip()
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
        row = shape.read(text, [*held, *words]) or shape.read(text, words)
        held = words if row is None and shape.may_wrap(text, words) else []
        partial = shape.read_partial(text, words) if row is None and totalled else None
        misses = 0 if row is not None or partial is not None else misses + 1
        if partial is not None:
            lost[len(rows)] = partial
        if row is not None or partial is not None:
            rows.append(row or [])
            after = index + 1
    return place_lost(text, shape, header, rows, lost) if lost else rows, after
