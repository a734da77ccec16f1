"""A form whose cells are known → claims: rows by header cells, texts by the label beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from knowledge.layout.blocks import FormBlock, Report
from knowledge.layout.form_heads import FormHead
from knowledge.layout.form_tables import find_cell_values, find_projects
from knowledge.layout.form_words import Word
from knowledge.rules.base import Claim, Ignored, Reading
from knowledge.rules.forms.basics import control_columns, control_data, read_staffing
from knowledge.rules.forms.claims import Setting, build_claims, data_claims
from knowledge.rules.forms.grid import Box, Grid, build_grid, span_of
from knowledge.rules.forms.listed import find_listed, listed_claims
from knowledge.rules.forms.narrative import Text, plain_text, read_text
from knowledge.rules.forms.ruled import RuledReader
from knowledge.rules.forms.scores import read_scores
from knowledge.rules.forms.settings import find_setting
from knowledge.text import fold_text, squeeze
from knowledge.vocabulary.forms import form_words

_AIMS = ("预期目标", "年初绩效目标", "全年（调整）绩效目标", "年初设定目标", "项目年度目标", "年初目标", "绩效目标")
_DONE = (
    "实际完成情况",
    "全年完成情况",
    "年度目标完成情况",
    "全年实际完成情况",
    "目标实际完成情况",
    "全年目标实际完成情况",
    "年度总体目标完成情况综述",
)
_GOALS = (
    "当年绩效目标",
    "年度目标",
    "年度绩效目标",
    "年度总体目标",
    "总体目标",
    "中期目标",
    "长期目标",
    "整体绩效目标",
)


def read_cells(block: FormBlock, report: Report) -> Reading:
    """Claims of a ruled form, each with its cell and box."""
    source = report.source.text
    grids = [build_grid(source, table) for table in block.tables]
    project, agency = (next(_fields(source, block, kind), None) for kind in ("project", "agency"))
    head = FormHead(project, agency, tuple(_fields(source, block, "owner")))
    text = squeeze(
        fold_text(source[block.lines[0].start if block.lines else block.tables[0].start : block.tables[-1].end])
    )
    setting = replace(find_setting(text, block, head, report), cells=_places(grids))
    reader, reading = RuledReader(block.title), Reading()
    for grid in grids:
        reader.read(grid)
        reading.claims += listed_claims(grid, setting)
        _read_basics(grid, reading, setting)
        _read_texts(grid, reading, block, report, setting)
    reading.claims += build_claims(reader.rows, setting)
    for words in reader.rows.reasons:
        reading.extend(read_text(plain_text(words), block.section, report, setting))
    reading.ignored += [Ignored(*row.named, "指标名称") for row in reader.rows.indicators if row.named is not None]
    reading.ignored += [Ignored(*span, "得分系数") for span in reader.rows.coefficients]
    reading.ignored += _outside(block, report)
    own = {claim.start for claim in reading.claims if claim.rule.startswith("form-")}
    listed = [project for grid in grids for project in find_listed(grid)]
    projects = [(0, ""), *listed] if listed else find_projects(source, block.tables)
    reading.claims = [
        _of_project(claim, projects)
        for claim in reading.claims
        if claim.rule.startswith("form-") or claim.start not in own
    ]
    return reading


def _of_project(claim: Claim, projects: Sequence[tuple[int, str]]) -> Claim:
    """A claim of the project whose form it stands in, where one table holds the forms of several."""
    index = bisect_right(projects, (claim.start, "")) - 1
    return claim._replace(subject=projects[index][1]) if index > 0 else claim


def _fields(source: str, block: FormBlock, kind: str) -> Iterator[str]:
    return chain.from_iterable(find_cell_values(source, table, kind) for table in block.tables)


def _places(grids: Iterable[Grid]) -> dict[int, tuple[str | None, tuple[float, float, float, float] | None]]:
    """Address and box of the cell for every word of the grids."""
    boxes = chain.from_iterable(chain.from_iterable(grid.rows) for grid in grids)
    return {
        offset: (box.cell.reference, box.cell.box)
        for box in boxes
        for word in box.words
        for offset in range(word.start, word.end)
    }


def _outside(block: FormBlock, report: Report) -> list[Ignored]:
    """Lines of the form that are in no table: title, unit, signatures, notes."""
    inside = [(table.start, table.end) for table in block.tables]
    return [
        Ignored(line.start, line.end, "表头")
        for line in block.lines
        if line.end > line.start and not any(start <= line.start < end for start, end in inside)
    ]


def _read_basics(grid: Grid, reading: Reading, setting: Setting) -> None:
    columns: list[tuple[int, str]] = []
    for index, row in enumerate(grid.rows):
        own = [box for box in row if box.words]
        text = [word for box in own for word in box.words]
        if any("编制数" in box.text for box in own) and index + 1 < len(grid.rows):
            following = [word for box in grid.own(index + 1) for word in box.words]
            reading.claims += data_claims(read_staffing([*text, *following]), setting)
        found = [pair for box in own if (pair := control_columns(box.text))]
        if len(found) >= 2:
            columns = [pair[0] for pair in found]
        elif columns and len(own) == len(columns) + 1:
            items = [box.items()[0] for box in own[1:] if len(box.items()) == 1]
            if len(items) == len(columns):
                rows = [(own[0].text, own[0].cell.start, items)]
                reading.claims += data_claims(control_data(rows, columns), setting)


def _read_texts(grid: Grid, reading: Reading, block: FormBlock, report: Report, setting: Setting) -> None:
    """Text beside its label (存在问题 | …) and under its heading (预期目标, 实际完成情况)."""
    zones = form_words().zones
    seen: set[int] = set()
    for index, row in enumerate(grid.rows):
        own = [box for box in row if box.words]
        for position, box in enumerate(own):
            name = re.sub(r"^\d[.、]", "", box.text.strip("：:"))
            if box.cell.row != index or box.cell.start in seen:
                continue
            seen.add(box.cell.start)
            if name in _AIMS or name in _DONE:
                below = _below(grid, index, box)
                if below is not None and below.cell.start not in seen and len(below.text) > 1:
                    _read_box(below, name in _AIMS, reading, block, report, setting)
            elif name in zones["text"] or name in _GOALS:
                beside = own[position + 1] if position + 1 < len(own) else None
                if beside is not None and beside.text not in (*_AIMS, *_DONE) and "指标" not in beside.text[-2:]:
                    _read_box(beside, name in _GOALS, reading, block, report, setting)
            elif box.text.startswith(zones["notes"]) or box.text.startswith(zones["signature"]):
                reading.ignored.append(Ignored(*span_of([box]), "填表说明"))


def _below(grid: Grid, index: int, box: Box) -> Box | None:
    """The cell under a heading; in a row that a label on the left left short, the one that is as far from the right."""
    if index + 1 >= len(grid.rows):
        return None
    heads = [
        other for other in grid.rows[index] if other.words and other.text.strip("：:") in (*_AIMS, *_DONE, *_GOALS)
    ]
    held = [other for other in grid.own(index + 1) if other.words]
    if box in heads and len(heads) == len(held) > 1:
        return held[heads.index(box)]
    return grid.at(index + 1, box.cell.column, box.cell.column)


def _read_box(box: Box, aim: bool, reading: Reading, block: FormBlock, report: Report, setting: Setting) -> None:
    words: Sequence[Word] = box.words
    read_scores(words, reading, report, setting)
    lines = tuple(tuple(word for word in words if word.line == line) for line in sorted({word.line for word in words}))
    reading.extend(read_text(Text(lines, aim), block.section, report, setting))
