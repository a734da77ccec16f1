"""Which rows of a table are caption, header, column numbers (栏次) and body."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.layout.captions import is_caption
from knowledge.rules.tables.grid import Grid
from knowledge.vocabulary.columns import column_words

_NUMERIC = re.compile(r"[-+（]?[\d,，]+(?:\.\d+)?[%）]?")
_COLUMN_NUMBER = re.compile(
    r"[（(]?(?:\d{1,2}|[A-Z]|[甲乙丙丁戊])[）)]?(?:=[\d+\-*/×÷（）()A-Z%.]+)?|[\d]{1,2}=[\d+\-*/（）.%×]+"
)
_NUMBERING_LABEL = re.compile(r"\*+|栏次|行次|[甲乙丙丁]|类|款|项|列次|栏目|关系|合计|序号|项目")
_YEAR = re.compile(r"20\d\d年?度?")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,3}")
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|（[一二三四五六七八九十]{1,3}）|\d{1,2}[、．](?!\d)|其中[：:]?"
)
_TOTAL = re.compile(r"合计|总计|本年[收支][入出]合计")


@dataclass(frozen=True, slots=True)
class Part:
    """A header and the body below it, as row numbers; ``numbering`` are rows of column numbers."""

    header: tuple[int, ...]
    numbering: tuple[int, ...]
    body: tuple[int, ...]


def find_parts(grid: Grid) -> tuple[Part, ...]:
    """Headers with their bodies, in order; usually one. A second header inside a table opens a second part."""
    parts: list[Part] = []
    row = 0
    while row < grid.rows:
        header, numbering, row = _read_header(grid, row)
        body: list[int] = []
        while row < grid.rows and not (body and _opens_part(grid, row, header)):
            if not _repeats(grid, row, header):
                body.append(row)
            row += 1
        if body:
            parts.append(Part(header, numbering, tuple(body)))
    return tuple(parts)


def _read_header(grid: Grid, row: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    header: list[int] = []
    numbering: list[int] = []
    least = row
    while row < grid.rows:
        printed = [text for _, text in grid.printed(row)]
        if is_numbering(printed):
            numbering.append(row)
        elif row >= least and (_is_body(printed) or (numbering and printed)):
            break
        elif printed and not (not header and all(map(is_caption, printed))):
            if not header:
                least = row + _height(grid, row)
            header.append(row)
        row += 1
    return tuple(header), tuple(numbering), row


def _height(grid: Grid, row: int) -> int:
    """How many rows the tallest cell of a row takes; a cell as wide as the table is no measure."""
    cells = [grid.cell(row, column) for column, _ in grid.printed(row)]
    return min(max((cell.row + cell.row_span - row for cell in cells if cell), default=1), 6)


def is_numbering(printed: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 栏次 1 2 3, 甲 乙 1 2, or 1 2 3=1+2.

    >>> is_numbering(["栏次", "1", "2"]), is_numbering(["合计", "369.24", "5.13"])
    (True, False)
    """
    rest = [text for text in printed if not _NUMBERING_LABEL.fullmatch(text)]
    if not rest:
        return any(text in ("栏次", "栏目", "列次") or "*" in text for text in printed)
    if not all(_COLUMN_NUMBER.fullmatch(text) for text in rest):
        return False
    if any(text in ("栏次", "栏目", "列次", "甲", "乙") or "*" in text for text in printed):
        return True
    numbers = [int(re.sub(r"\D.*", "", text.lstrip("（("))) for text in rest if text.lstrip("（(")[:1].isdigit()]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    return len(numbers) >= 3 and numbers[0] in (0, 1) and all(step == 1 for step in steps) and len(rest) == len(printed)


def _is_body(printed: Sequence[str]) -> bool:
    """Whether a row holds figures, or names one of a body's rows."""
    if not printed:
        return False
    numbers = [text for text in printed if _NUMERIC.fullmatch(text)]
    if numbers and not all(_YEAR.fullmatch(text) for text in numbers):
        return True
    if _CODE.match(printed[0]) and len(printed[0]) < 30 and not _YEAR.match(printed[0]):
        return True
    if _ORDINAL.match(printed[0]) and printed[0].rstrip("：:") != "其中":
        return True
    return len(printed) == 1 and bool(_TOTAL.fullmatch(printed[0]))


def _opens_part(grid: Grid, row: int, header: Sequence[int]) -> bool:
    """Whether a row in a body is the header of another part: several header words, and no figure."""
    printed = [text for _, text in grid.printed(row)]
    if len(printed) < 2 or _is_body(printed) or _repeats(grid, row, header):
        return False
    words = column_words()
    known = [text for text in printed if (word := words.get(text)) is not None and not word.total]
    return (
        len(known) >= 2
        and len(known) * 2 >= len(printed)
        and any(words[text].role == "name" or words[text].measure for text in known)
    )


def _repeats(grid: Grid, row: int, header: Sequence[int]) -> bool:
    """Whether a row prints a header row again, as at the top of a page."""
    texts = grid.row_texts(row)
    return any(texts) and any(texts == grid.row_texts(above) for above in header)
