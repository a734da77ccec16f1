"""The header of a table flattened to lines of words: its cells, and the shape that it gives to rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import Span, build_table, printed_above
from knowledge.layout.spaced_rows import RowShape
from knowledge.layout.spaced_words import join_letters, read_words
from knowledge.layout.wrapped_headers import read_wrapped
from knowledge.models import Line, Table
from knowledge.text import squeeze
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.columns import ColumnWord, column_words

_OPENING = re.compile(
    r"\s*(?:项\s?目|序\s?号\s+(?:项目|单位)|(?:支出)?(?:功能|经济)?科目(?:名称|编码|代码)|支出功能分类|功能分类|支出经济分类|经济分类"
    r"|单位[代编]码\s+单位名称)"
)
_YEAR = re.compile(r"^20\d\d年度?(?=.)")
_BASIC = ["基本支出", "人员经费", "公用经费"]
_ALONE = "项目"
"""The word above names that stands on a line of its own, with the words of the columns on the next."""
_BEFORE, _NEAR = 2, 4
_LEAST = 2
"""Columns of values that a table has at least."""
_BRACKETS = re.compile("[（）]")
_NO_WORD = re.compile(r"\d|[，。；：]")


@dataclass(frozen=True, slots=True)
class SpacedHeader:
    """The words of a header, of one line or of two: the ``below`` stand in equal numbers under the last words of ``above``."""

    shape: RowShape
    above: Sequence[Span]
    below: Sequence[Span] = ()
    totalled: bool = False

    @property
    def words(self) -> Sequence[Span]:
        """The words right above the rows, the last of them above the last column."""
        return self.below or self.above

    def over(self, rows: Sequence[Sequence[Span]]) -> Table:
        """The table of these rows below this header."""
        if not self.below:
            return build_table([self.above, *rows], "tabs")
        lead = self.shape.lead
        width = len(self.below) // (len(self.above) - lead)
        blanks = [(self.below[0][0], self.below[0][0])] * lead
        table = build_table([self.above, [*blanks, *self.below], *rows], "tabs")
        groups = {lead + i: lead + i * width for i in range(len(self.above) - lead)}
        cells = tuple(
            cell.model_copy(update={"column": groups[cell.column], "column_span": width})
            if cell.row == 0 and cell.column in groups
            else cell
            for cell in table.cells
        )
        return table.model_copy(update={"cells": cells})


def read_header(text: str, lines: Sequence[Line], index: int) -> SpacedHeader | None:
    """The header that a line opens, None where it opens none."""
    line = lines[index]
    if not _OPENING.match(text, line.start, line.end):
        return None
    above = join_letters(text, read_words(text, line))
    if _squeezed(text, above) == [_ALONE]:
        above = [*above, *_next_words(text, lines, index)]
    words = _squeezed(text, above)
    if len(words) == 2 and _is_value(words[1]) and _stands_below_caption(text, lines, index):
        return SpacedHeader(RowShape((1,), numbered=False), above)
    if not _is_header(words):
        return None
    if wrapped := _read_wrapped(text, lines, index):
        return wrapped[0] if len(wrapped) == 1 else None
    below = _words_below(text, lines, index)
    if below and (lead := _lead_over(words, _squeezed(text, below))):
        return SpacedHeader(RowShape((len(below),), numbered=False, lead=lead), above, below, is_total(text, below[0]))
    return _plain_header(text, above)


def _plain_header(text: str, words: Sequence[Span]) -> SpacedHeader | None:
    shape = RowShape.of(_squeezed(text, words))
    if shape is None:
        return None
    totalled = len(shape.sides) == 1 and (is_total(text, words[shape.lead]) or _divides(text, words[shape.lead :]))
    notes = 0 if totalled or len(shape.sides) > 1 or shape.numbered else _count_notes(text, words)
    return SpacedHeader(
        shape.with_notes(notes) if notes and shape.sides[0] - notes >= _LEAST else shape, words, totalled=totalled
    )


def _count_notes(text: str, words: Sequence[Span]) -> int:
    """How many of the last words of a header stand above words: 等级, 备注."""
    known = [column_words().get(squeeze(text[slice(*word)])) for word in reversed(words)]
    return next((i for i, word in enumerate(known) if word is None or word.role != "note"), len(known))


def _divides(text: str, columns: Sequence[Span]) -> bool:
    """Whether the columns are 基本支出 and its two parts."""
    return [_YEAR.sub("", word) for word in _squeezed(text, columns)] == _BASIC


def _read_wrapped(text: str, lines: Sequence[Line], index: int) -> list[SpacedHeader]:
    """The headers that broken words may be meant as; only those that fit a row below, where one does."""
    ways = (_plain_header(text, words) for words in read_wrapped(text, lines, index))
    headers = [header for header in ways if header is not None]
    return [header for header in headers if _fits(text, lines, header)] or headers


def _fits(text: str, lines: Sequence[Line], header: SpacedHeader) -> bool:
    """Whether the first row of numbers below a header, or the one below the column numbers, prints all its columns."""
    end = header.words[-1][1]
    below = (join_letters(text, read_words(text, line)) for line in lines if line.start >= end)
    rows = [words for words in islice(below, _NEAR) if words]
    numbered = [words for words in rows if squeeze(text[slice(*words[0])]) == "栏次"]
    if numbered and not all(header.shape.fits_numbering(text, words) for words in numbered):
        return False
    return any(header.shape.read(text, words) is not None for words in rows)


def _stands_below_caption(text: str, lines: Sequence[Line], index: int) -> bool:
    """Whether the nearest printed line above, of the two before, is a caption."""
    above = next(printed_above(text, lines, index), None)
    return above is not None and index - above <= _BEFORE and is_caption(text[lines[above].start : lines[above].end])


def _squeezed(text: str, words: Sequence[Span]) -> list[str]:
    return [_BRACKETS.sub("", squeeze(text[start:end])) for start, end in words]


def _is_header(printed: Sequence[str]) -> bool:
    """Whether words are a header: three or more without digits, half of them known ones."""
    words = [_YEAR.sub("", word) for word in printed]
    if len(words) < 3 or any(_NO_WORD.search(word) for word in words):
        return False
    return sum(word in column_words() or word in metric_by_alias() for word in words) * 2 >= len(words)


def _words_below(text: str, lines: Sequence[Line], index: int) -> list[Span]:
    """The words of the next printed line, where all of them are words of columns of numbers."""
    found = _next_words(text, lines, index)
    return found if len(found) > 1 and all(map(_is_value, _squeezed(text, found))) else []


def _next_words(text: str, lines: Sequence[Line], index: int) -> list[Span]:
    below = next((line for line in lines[index + 1 : index + 3] if text[line.start : line.end].strip()), None)
    return join_letters(text, read_words(text, below)) if below is not None else []


def _is_value(word: str) -> bool:
    known = column_words().get(word)
    return known is not None and known.role is None


def _lead_over(above: Sequence[str], below: Sequence[str]) -> int | None:
    """How many words of the line above stand above names, where the others part the words below evenly: 2023年预算数 over
    合计 基本支出 项目支出. Several words stand over the same words each."""
    lead = next((i for i, word in enumerate(above) if not _is_name(word)), len(above))
    groups = [column_words().get(_YEAR.sub("", word)) for word in above[lead:]]
    if not lead or not groups or not all(map(_is_group, groups)) or len(below) % len(groups):
        return None
    width = len(below) // len(groups)
    return lead if width > 1 and list(below) == list(below[:width]) * len(groups) else None


def _is_name(word: str) -> bool:
    known = column_words().get(word)
    return known is not None and known.role in ("name", "code", "body")


def _is_group(known: ColumnWord | None) -> bool:
    return known is not None and (known.measure is not None or known.split == "合计" or known.scope is not None)


def is_total(text: str, word: Span) -> bool:
    """Whether a column of numbers is the total of the others: 合计, 本年支出合计."""
    printed = squeeze(text[slice(*word)])
    known = column_words().get(printed)
    return printed.endswith("合计") or (known is not None and known.total)
