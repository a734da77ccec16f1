"""Tables printed with one cell on each line, as lines of whole rows: what reads rows flattened to lines reads them then.

A row begins with a code or with a name behind a number; the words above the first row are the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import Span, trim
from knowledge.layout.stacked import is_value, plain
from knowledge.models import Line
from knowledge.text import is_chinese
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.columns import column_words

_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_SENTENCE = re.compile("[。；！？：]")
_NUMBERING, _ORDINAL = "栏次", "行次"
_DIGITS, _FEWEST = 2, 3
_LONGEST, _LEAST = 30, 12
"""Characters of a cell at most, cells of a table at least."""


def rejoin(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines of a text with those of one cell each joined to rows; none where there are no such lines."""
    joined: list[Line] = []
    found = False
    printed = [line for line in lines if not text[line.start : line.end].isspace() and line.end > line.start]
    for single, group in groupby(printed, lambda line: _is_single(text, line)):
        held = list(group)
        parts = _parts(text, held) if single and len(held) >= _LEAST else [held]
        for part in parts:
            rows = list(_rows(text, part)) if single and len(part) >= _LEAST else []
            found = found or bool(rows)
            joined += rows or part
    return joined if found else []


def _is_single(text: str, line: Line) -> bool:
    """Whether a line is short and one word, its letters spaced out or not."""
    if line.end - line.start > _LONGEST:
        return False
    parts = text[line.start : line.end].split()
    return len(parts) == 1 or all(len(part) == 1 and is_chinese(part) for part in parts)


def _parts(text: str, lines: Sequence[Line]) -> list[list[Line]]:
    """Lines parted by those that are no cells: captions, sentences."""
    parts: list[list[Line]] = [[]]
    for line in lines:
        if _is_cell(text, line):
            parts[-1].append(line)
        else:
            parts += [[line], []]
    return parts


def _is_cell(text: str, line: Line) -> bool:
    """Whether a word is no caption and no sentence."""
    cell = trim(text, line.start, line.end)
    if is_value(text, cell) or _is_known(plain(text, cell)):
        return True
    return not (_SENTENCE.search(text, *cell) or is_caption(text[slice(*cell)]))


def _is_known(word: str) -> bool:
    return word in column_words() or word in metric_by_alias()


def _rows(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """The rows that cells make up, the header first; none where they are no header and rows."""
    cells = [trim(text, line.start, line.end) for line in lines]
    values = [is_value(text, cell) for cell in cells]
    first = next((i for i, value in enumerate(values) if value), 0)
    if first < 2 or sum(values) * 3 < len(cells):
        return
    codes = [
        bool(_CODE.fullmatch(text[slice(*cell)])) and not all(values[i + 1 : i + 2]) for i, cell in enumerate(cells)
    ]
    body = first if codes[first] or _count_up(text, cells[first:]) else first - 1
    if plain(text, cells[first - 1]) == _NUMBERING:
        body = first - 1
    header = [plain(text, cell) for cell in cells[:body]]
    two_sided = header.count(_ORDINAL) == 2
    if (
        not two_sided
        and "code" not in map(_role, header)
        and any(header.count(word) > 1 and _names(word) for word in header)
    ):
        return
    starts = [*_header_starts(text, cells[:body]), body]
    if (numbered := _count_up(text, cells[body:])) and all(values[body + numbered : body + numbered + 1]):
        starts.append(body + numbered)
    if two_sided:
        starts += _numbered_starts(text, cells, values, body)
    else:
        names = (i for i in range(body + 1, len(cells)) if not values[i] and values[i - 1] and not codes[i - 1])
        starts = sorted({*starts, *names, *(i for i in range(body + 1, len(cells)) if codes[i])})
    for start, stop in zip(starts, [*starts[1:], len(cells)], strict=True):
        yield lines[start]._replace(start=cells[start][0], end=cells[stop - 1][1])


def _numbered_starts(text: str, cells: Sequence[Span], values: Sequence[bool], body: int) -> Iterator[int]:
    """Where rows of two sides begin: with the line number of the left side, or with the name before it."""
    left, opened = 0, 0
    for index in range(body, len(cells)):
        printed = text[slice(*cells[index])]
        named = not values[index - 1] and plain(text, cells[index - 1]) not in (_NUMBERING, _ORDINAL)
        if not (printed.isdigit() and len(printed) <= _DIGITS):
            continue
        number = int(printed)
        if left < number < (opened or left + 2) and (named or _leads_right(text, cells[index + 1 : index + 3], opened)):
            left = number
            yield index - named
        elif named and left and not opened:
            opened = number


def _leads_right(text: str, cells: Sequence[Span], opened: int) -> bool:
    """Whether a line number without a name is followed by the right side: by its line number, or by a name and that."""
    printed = [text[slice(*cell)] for cell in cells]
    numbers = [int(word) for word in printed if word.isdigit() and len(word) <= _DIGITS]
    return bool(numbers) and 0 < opened < numbers[0] and (printed[0].isdigit() or printed[-1].isdigit())


def _count_up(text: str, cells: Sequence[Span]) -> int:
    """How many column numbers begin here: 1, 2, 3 …; 0 for less than three."""
    count = next((i for i, cell in enumerate(cells) if text[slice(*cell)] != str(i + 1)), len(cells))
    return count if count >= _FEWEST else 0


def _header_starts(text: str, cells: Sequence[Span]) -> Iterator[int]:
    """Where lines of a header begin: at its first word, and at a name or code behind other words that did not come yet."""
    words = [plain(text, cell) for cell in cells]
    for index, word in enumerate(words):
        opens = _names(word) and word not in words[:index] and not _names(words[index - 1])
        if not index or opens:
            yield index


def _names(word: str) -> bool:
    return _role(word) in ("name", "code")


def _role(word: str) -> str | None:
    known = column_words().get(word)
    return known.role if known is not None else None
