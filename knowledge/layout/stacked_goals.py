"""Goals and how they were met, printed with one cell on each line or all of a row: 绩效目标 完成情况, 综合参保率≥95% 97.8%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.layout.delimited import Span, build_table
from knowledge.layout.headings import CHAPTER, parse_heading
from knowledge.layout.stacked import plain
from knowledge.models import Table
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.forms import form_words

_GOAL = re.compile(r"\S*[\u4e00-\u9fff）”][≥≤<>=]{0,2}\d[\d.,]*[^\d，；]{0,8}")
_VALUE = re.compile(r"[≥≤<>=]{0,2}\d[\d.,]*[^\d，；]{0,8}")
_WORD = 10
"""Characters of a header cell at most."""
_REACH = 6
"""Cells in a row that may be neither a goal nor its answer: levels, goals in words."""


def find_goal_tables(text: str, runs: Iterable[Sequence[Span]]) -> Iterator[Table]:
    """Tables of a level, a goal and its answer in each row; a score behind its name is a row of its own. ``runs`` are the
    cells (see ``stacked.read_words_of_lines``)."""
    done = form_words().indicator_columns["完成值"]
    for cells in runs:
        for index in range(len(cells) - 3):
            opens = cells[index][1] - cells[index][0] < _WORD and plain(text, cells[index]) in form_words().goal_cells
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
    """Whether a cell is a heading."""
    heading = parse_heading(0, text[slice(*cell)])
    return heading is not None and heading.level <= CHAPTER


def _is_score(name: str) -> bool:
    metric = metric_by_alias().get(name)
    return metric is not None and metric.nature == "score"
