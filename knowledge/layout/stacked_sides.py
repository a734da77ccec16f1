"""Tables of two sides with line numbers (行次) printed with one cell on each line: 收入支出决算总表.

A name is followed by its line number and, where it is not empty, its value; line numbers count up on either side, so that
it is certain which side a row belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.layout.delimited import Span, build_table
from knowledge.layout.stacked import is_value, plain
from knowledge.models import Table

_SIDE = re.compile(r"项目(?:（.*）)?\n行次\n(?:金额|决算数|预算数|年初预算数|调整预算数)")
_NUMBERED = re.compile(r"\d{1,2}")
_LABEL = "栏次"


def find_two_sided_tables(text: str, runs: Iterable[Sequence[Span]]) -> Iterator[Table]:
    """Tables whose header prints 项目, 行次 and one amount for each of two sides; ``runs`` are cells of one a line."""
    for run in runs:
        if sum(text.startswith("行次", start) for start, _ in run) < 2:
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
