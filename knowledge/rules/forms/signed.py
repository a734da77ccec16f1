"""Indicator rows of a flattened form whose unit and sign stand in columns of their own: 检查家数 家 ≥ 20 100 126 100% 20."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from knowledge.layout.form_words import Word, join_words
from knowledge.rules.forms.headers import Header
from knowledge.rules.forms.rows import FormRows, Indicator
from knowledge.rules.forms.values import Kind, Value, parse_value, read_items
from knowledge.vocabulary.forms import form_words

_LEAST = 2
_UNITS = ("计量单位", "度量单位", "单位", "绩效度量单位")
_SIGNS = ("指标性质", "指标方向")
_NUMBERS = ("目标值", "调整目标值", "完成值", "权重", "得分", "系数")
_IN_WORDS = ("目标值", "调整目标值", "完成值")
_LONGEST_UNIT = 6
_IN_QUALITY = "定性"
_NO_UNIT = ("无", "/", "—", "-", _IN_QUALITY)


def read_signed(words: Sequence[Word], header: Header) -> FormRows | None:
    """The rows of such a form without levels, one on a line, and the reasons behind them; None of every other form.

    A name that wrapped fills the line above its row; lines below a reason go on with that.
    """
    columns = _columns(header)
    if not {"符号", "单位"} <= {*columns} or "一级指标" in header.cells:
        return None
    result, above = FormRows(), tuple[Word, ...]()
    rest = [word.line for word in words[:1] if not word.first]
    words = [word for word in words if word.line not in rest]
    lines = [_with_unit(tuple(group), columns) for _, group in groupby(words, key=lambda word: word.line)]
    width = max((len(join_words(_own_name(line, columns))) for line in lines), default=0)
    explained = False
    for line in lines:
        reasons = len(result.reasons)
        if _read_row(line, above, columns, result):
            above, explained = (), len(result.reasons) > reasons
        elif not explained and not any(parse_value(word) for word in line):
            above = line if len(join_words(line)) >= width - 1 else ()
    return result if len(result.indicators) >= _LEAST else None


def _columns(header: Header) -> list[str]:
    """The columns behind the name, in printed order: 单位 符号 权重 目标值 完成值 系数 得分."""
    names = {**dict.fromkeys(_UNITS, "单位"), **dict.fromkeys(_SIGNS, "符号")}
    told = [names.get(cell, column) for cell, column in zip(header.cells, header.columns, strict=True)]
    return [column for column in told if column in (*_NUMBERS, "单位", "符号")]


def _own_name(line: Sequence[Word], columns: Sequence[str]) -> list[Word]:
    """The words of a row before its cells; none where its line is no row."""
    at, place = _find_sign(line), columns.index("符号")
    if at is None or at < place or len(line) - at < len(columns) - place:
        return []
    return _without_levels(line[: at - place])


def _read_row(line: Sequence[Word], above: Sequence[Word], columns: Sequence[str], rows: FormRows) -> bool:
    """Take in the row that a line is; False where its cells do not fill the columns around its sign."""
    at, place = _find_sign(line), columns.index("符号")
    after = len(columns) - place - 1
    name = [*_without_levels(above), *_own_name(line, columns)]
    if at is None or not _own_name(line, columns):
        return False
    cells = dict(zip(columns, line[at - place : at + after + 1], strict=True))
    values = _values(cells)
    unnumbered = line[at].text == _IN_QUALITY
    missing = set(columns) - {*values, "单位", "符号"}
    if missing - ({*_IN_WORDS} if unnumbered else set()) or len(cells["单位"].text) > _LONGEST_UNIT:
        return False
    if (share := values.pop("系数", None)) is not None:
        rows.coefficients.append((share.start, share.end))
    span = (name[0].start, line[at + after].end)
    rows.indicators.append(Indicator(join_words(name), (), span, values, named=(name[0].start, name[-1].end)))
    if reason := tuple(line[at + after + 1 :]):
        rows.reasons.append(reason)
    return True


def _with_unit(line: tuple[Word, ...], columns: Sequence[str]) -> tuple[Word, ...]:
    """A row of quality, which may print no unit, with 定性 in the place of the unit too."""
    at = _find_sign(line)
    before = columns[: columns.index("符号")]
    if at is None or line[at].text != _IN_QUALITY or before != ["单位"] or line[at - 1].text in _NO_UNIT:
        return line
    return (*line[: at + 1], *line[at:])


def _find_sign(line: Sequence[Word]) -> int | None:
    """Where the sign of a row stands, the second 定性 where the unit is told so too."""
    found = next((index for index, word in enumerate(line) if _is_sign(word)), None)
    twice = (
        found is not None
        and line[found].text == _IN_QUALITY
        and [word.text for word in line[found + 1 : found + 2]] == [_IN_QUALITY]
    )
    return found + 1 if found is not None and twice else found


def _is_sign(word: Word) -> bool:
    return word.text == _IN_QUALITY or read_items([word])[0].kind is Kind.COMPARATOR


def _values(cells: dict[str, Word]) -> dict[str, Value]:
    """The numbers of a row by column, with the unit and the sign that stand beside them."""
    values: dict[str, Value] = {}
    for column in (column for column in cells if column in _NUMBERS):
        value = parse_value(cells[column])
        if value is not None and column in _IN_WORDS:
            comparator = read_items([cells["符号"], cells[column]])[-1].value if column != "完成值" else None
            value = value._replace(
                unit=value.unit or cells["单位"].text,
                comparator=comparator.comparator if comparator is not None else value.comparator,
            )
        if value is not None:
            values[column] = value
    return values


def _without_levels(words: Sequence[Word]) -> list[Word]:
    known = {*form_words().levels["first"], *form_words().levels["second"], "绩效指标"}
    return [word for word in words if word.text not in known]
