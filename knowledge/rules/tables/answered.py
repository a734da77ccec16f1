"""Tables of goals and how they were met: 综合参保率≥95% in one column, 97.8% in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.layout.form_words import Word
from knowledge.models import Cell
from knowledge.rules.base import Claim, Ignored, Reading
from knowledge.rules.forms.claims import Setting, claim, score_claim
from knowledge.rules.forms.columns import read_completion
from knowledge.rules.forms.names import clean_name
from knowledge.rules.forms.values import Value, parse_value
from knowledge.rules.tables.grid import Grid
from knowledge.text import fold_text, is_chinese
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.forms import form_words

_ORDINAL = re.compile(r"(?:(?:指标|目标|任务)\s*)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[:：、.．](?!\d)\s*")
_REACHED = re.compile(r"(?:达到?|为|在|控制在)$")
_LEAST = 2
_LONGEST = 40


def read_answered(grid: Grid) -> Reading | None:
    """What goals and answers claim; None where a table has no such two columns."""
    columns: tuple[int, int] | None = None
    reading = Reading()
    for row in range(grid.rows):
        columns = _read_header(grid, row) or columns
        if columns is not None:
            reading.claims += [*_indicator(grid, row, *columns), *_score(grid, row)]
            reading.ignored += _ordinal(grid, row, columns[0])
    goals = {claim.quote for claim in reading.claims if claim.measure == "目标值"}
    return reading if len(goals) >= _LEAST else None


def _read_header(grid: Grid, row: int) -> tuple[int, int] | None:
    """The columns of goals and of answers, where a row names them."""
    printed = grid.printed(row)
    goals = [column for column, text in printed if text in form_words().goal_cells]
    answers = [column for column, text in printed if text in form_words().indicator_columns["完成值"]]
    named = len(goals) == len(answers) == 1 and goals[0] < answers[0] == printed[-1][0]
    return (goals[0], answers[0]) if named else None


def _indicator(grid: Grid, row: int, goal: int, done: int) -> Iterator[Claim]:
    word = _word(grid, row, goal)
    parsed = _parse_goal(word) if word is not None else None
    if word is None or parsed is None:
        return
    name, target = parsed
    parent = re.sub(r"（.*）|[:：]$", "", grid.text(row, goal - 1)) if goal else None
    answer = _word(grid, row, done)
    value = None
    if answer is not None:
        value = parse_value(answer) or read_completion([answer], target)
    quote = (word.start, answer.end if answer is not None else word.end)
    for measure, number in (("目标值", target), ("完成值", value)):
        if number is not None:
            unit = target.unit if measure == "完成值" else None
            yield claim(
                Setting(), number, name, measure, "form-indicator", quote, unit,
                parent=parent or None, comparator=measure == "目标值", pieces=(("indicator", name),),
            )  # fmt: skip


def _parse_goal(word: Word) -> tuple[str, Value] | None:
    """The name and the target that one cell prints: 指标1：综合参保率≥95%."""
    ordinal = _ORDINAL.match(word.text)
    first = ordinal.end() if ordinal else 0
    for at in range(first + 2, min(len(word.text), _LONGEST)):
        value = parse_value(word.part(at, len(word.text))) if not word.text[at - 1].isdigit() else None
        name = _REACHED.sub("", word.text[first:at])
        if value is None or not name or not (is_chinese(name[-1]) or name[-1] in "）”"):
            continue
        told = value.comparator is not None or not any(map(str.isdigit, name))
        return (clean_name(name), value) if told and (value.unit or value.comparator) else None
    return None


def _score(grid: Grid, row: int) -> Iterator[Claim]:
    """The score that stands in a row of its own: 绩效自评综合得分 | 96.5."""
    printed = [(column, text) for column, text in grid.printed(row) if _word(grid, row, column) is not None]
    metric = metric_by_alias().get(printed[0][1]) if len(printed) == 2 else None
    word = _word(grid, row, printed[1][0]) if metric is not None and metric.nature == "score" else None
    value = parse_value(word) if word is not None else None
    span = grid.row_span(row)
    if value is not None and span is not None:
        yield score_claim(Setting(), value, span)


def _ordinal(grid: Grid, row: int, goal: int) -> Iterator[Ignored]:
    word = _word(grid, row, goal)
    match = _ORDINAL.match(word.text) if word is not None else None
    if word is not None and match is not None:
        yield Ignored(word.start, word.start + match.end(), "序号")


def _word(grid: Grid, row: int, column: int) -> Word | None:
    """The cell that begins in a square, as one word."""
    cell: Cell | None = grid.cell(row, column)
    if cell is None or (cell.row, cell.column) != (row, column) or cell.start == cell.end:
        return None
    return Word(fold_text(grid.source[cell.start : cell.end]), cell.start, cell.end, row, first=True)
