"""Tables of two sides printed with one cell on each line: 收入支出决算总表.

With line numbers (行次) a name is followed by its number and, where it is not empty, its value; line numbers count up on
either side, so that it is certain which side a row belongs to. Without them a row must print both sides, or its name say
whether it is received or spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.layout.delimited import Span, build_table
from knowledge.layout.spaced_words import side_of
from knowledge.layout.stacked import is_value, plain
from knowledge.models import Table

_SIDE = re.compile(r"项目(?:（.*）)?\n行次\n(?:金额|决算数|预算数|年初预算数|调整预算数)")
_NUMBERED = re.compile(r"\d{1,2}")
_LABEL = "栏次"


def find_two_sided_tables(text: str, runs: Iterable[Sequence[Span]]) -> Iterator[Table]:
    """Tables whose header prints 项目, 行次 and one amount for each of two sides; ``runs`` are cells of one a line."""
    for run in runs:
        if sum(text.startswith("行次", start) for start, _ in run) < 2:
            yield from _find_plain(text, run)
            continue
        cells = [cell for cell in run if cell[0] < cell[1]]
        words = [plain(text, cell) for cell in cells]
        for first in range(len(cells) - 6):
            if _SIDE.fullmatch("\n".join(words[first : first + 3])) and _SIDE.fullmatch(
                "\n".join(words[first + 3 : first + 6])
            ):
                rows = list(_rows(text, cells[first + 6 :], words[first + 6 :]))
                if rows:
                    yield build_table([cells[first : first + 6], *rows], "tabs")


def _rows(text: str, cells: Sequence[Span], words: Sequence[str]) -> Iterator[list[Span]]:
    """One row for each name with a value, on the side that its line number belongs to."""
    index = 4 if words[:1] == [_LABEL] and words[2:3] == [_LABEL] else 0
    left, right, opened = 0, 0, 0
    while index + 1 < len(cells) and not is_value(text, cells[index]) and _NUMBERED.fullmatch(words[index + 1]):
        number = int(words[index + 1])
        if left < number < (opened or left + 2):
            side, left = 0, number
        elif left and number > right:
            side, right, opened = 1, number, opened or number
        else:
            return
        valued = index + 2 < len(cells) and is_value(text, cells[index + 2])
        if valued:
            start = cells[index][0]
            blank = [(start, start)] * 3
            row = list(cells[index : index + 3])
            yield [*row, *blank] if side == 0 else [*blank, *row]
        index += 3 if valued else 2


_PLAIN = re.compile(r"项目(?:（.*）)?\n(?:金额|决算数|预算数|年初预算数|调整预算数)")


def _find_plain(text: str, run: Sequence[Span]) -> Iterator[Table]:
    """Tables whose header prints 项目 and an amount for each of two sides, and no line numbers."""
    words = [plain(text, cell) for cell in run]
    for first in range(len(run) - 6):
        sides = ("\n".join(words[first + side : first + side + 2]) for side in (0, 2))
        if words[first].startswith("项目") and all(map(_PLAIN.fullmatch, sides)):
            rows = list(_plain_rows(text, run[first + 4 :]))
            if len(rows) > 1:
                yield build_table([run[first : first + 4], *rows], "tabs")


def _plain_rows(text: str, cells: Sequence[Span]) -> Iterator[list[Span]]:
    """Rows of a name and an amount on both sides, or on the side that the name says; the first thing else ends them."""
    index = 0
    while index < len(cells):
        shape = "".join("v" if is_value(text, cell) else "n" for cell in cells[index : index + 4])
        side = side_of(text, cells[index : index + 1]) if shape.startswith("n") else None
        if shape == "nvnv" and side != 1:
            yield list(cells[index : index + 4])
            index += 4
        elif shape.startswith("nv") and side is not None:
            blank = [(cells[index][0], cells[index][0])] * 2
            yield [*cells[index : index + 2], *blank] if side == 0 else [*blank, *cells[index : index + 2]]
            index += 2
        elif shape.startswith("nn") and side is not None:
            index += 1
        else:
            return
