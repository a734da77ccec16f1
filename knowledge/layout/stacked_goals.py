"""Goals and how they were met, printed with one cell on each line: 绩效目标 完成情况, then 综合参保率≥95% and 97.8% below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.layout.delimited import Span, build_table, trim
from knowledge.layout.headings import CHAPTER, parse_heading
from knowledge.layout.stacked import plain
from knowledge.models import Line, Table
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.forms import form_words

_GOAL = re.compile(r"\S*[\u4e00-\u9fff）”][≥≤<>=]{0,2}\d[\d.,]*[^\d，；]{0,8}")
_VALUE = re.compile(r"[≥≤<>=]{0,2}\d[\d.,]*[^\d，；]{0,8}")
_REACH = 6
"""Cells in a row that may be neither a goal nor its answer: levels, goals in words."""


def find_goal_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of a level, a goal and its answer in each row; a score behind its name is a row of its own."""
    cells = [cell for line in lines if (cell := trim(text, line.start, line.end, ""))[0] < cell[1]]
    done = form_words().indicator_columns["完成值"]
    for index in range(len(cells) - 3):
        opens = cells[index][1] - cells[index][0] < 10 and plain(text, cells[index]) in form_words().goal_cells
        if opens and plain(text, cells[index + 1]) in done:
            rows = list(_rows(text, cells[index + 2 :]))
            if len(rows) > 1:
                blank = (cells[index][0], cells[index][0])
                yield build_table([[blank, *cells[index : index + 2]], *rows], "tabs")


def _rows(text: str, cells: Sequence[Span]) -> Iterator[list[Span]]:
    index = misses = 0
    level = (cells[0][0], cells[0][0])
    while index + 1 < len(cells) and misses < _REACH and not _ends(text, cells[index]):
        printed, answer = (plain(text, cell) for cell in cells[index : index + 2])
        answered = bool(_VALUE.fullmatch(answer))
        if answered and (_GOAL.fullmatch(printed) or _is_score(printed)):
            goal = _GOAL.fullmatch(printed)
            row = (
                [level, *cells[index : index + 2]] if goal else [cells[index], (cells[index][1],) * 2, cells[index + 1]]
            )
            yield row
            index, misses = index + 2, 0
        else:
            level = cells[index]
            index, misses = index + 1, misses + 1


def _ends(text: str, cell: Span) -> bool:
    """Whether a cell is a heading or a sentence."""
    printed = text[slice(*cell)]
    heading = parse_heading(0, printed)
    return "。" in printed or (heading is not None and heading.level <= CHAPTER)


def _is_score(name: str) -> bool:
    metric = metric_by_alias().get(name)
    return metric is not None and metric.nature == "score"
