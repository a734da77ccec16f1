"""基础数据表: 编制数, 实际在职人数, 控制率; 经费控制情况 by year and measure (2020年决算数 2021年预算数 2021年决算数)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.layout.form_words import Word
from knowledge.models import Measure
from knowledge.rules.forms.headers import find_header
from knowledge.rules.forms.rows import Span
from knowledge.rules.forms.values import Item, Kind, Value, read_items
from knowledge.vocabulary.forms import form_words

_COLUMN = re.compile(r"(?P<year>20\d\d)年(?:度)?(?P<measure>年初预算数|调整预算数|预算数|决算数|执行数|实际数)")
_DATED = re.compile(r"20\d\d年(?=实际|末|在职|编制)")
_MEASURES: dict[str, Measure] = {
    "年初预算数": "年初预算数", "调整预算数": "调整预算数", "预算数": "预算数", "决算数": "决算数", "执行数": "执行数", "实际数": "决算数",
}  # fmt: skip
_TITLE = re.compile(r"经费控制情况(?:（(?:单位：)?万?元）)?|……")
_ORDINAL = re.compile(r"^(?:\d{1,2}[、.]|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]、)")


@dataclass(frozen=True, slots=True)
class Datum:
    """One number of a 基础数据表."""

    metric: str
    measure: Measure
    value: Value
    span: Span
    year: int | None = None
    parent: str | None = None


def read_staffing(words: Sequence[Word]) -> list[Datum]:
    """编制数, 实际在职人数, 控制率: as many numbers as columns, else none."""
    words = list(_undated(words))
    header = find_header(words, 0, len(words), form_words().data_columns, 2)
    if header is None:
        return []
    numbers = [item for item in read_items(words[header.end :]) if item.value is not None and item.kind is Kind.VALUE]
    if len(numbers) != len(header.columns):
        return []
    span = (numbers[0].words[0].start, numbers[-1].words[-1].end)
    return [
        Datum(column, "完成值" if column.endswith("率") else "数量", item.value, span)
        for column, item in zip(header.columns, numbers, strict=True)
        if item.value is not None
    ]


def _undated(words: Sequence[Word]) -> Iterator[Word]:
    """Words without the year before a column's name: 2021年实际在职人数, 2021 年实际在职人数."""
    dated = False
    for word, following in zip(words, [*words[1:], None], strict=True):
        glued = following is not None and _DATED.match(word.text + following.text) is not None
        if glued and len(word.text) == 4:
            dated = True
            continue
        yield word.part(1, len(word.text)) if dated else _without_year(word)
        dated = False


def _without_year(word: Word) -> Word:
    return word.part(5, len(word.text)) if _DATED.match(word.text) else word


def read_control(words: Sequence[Word]) -> list[Datum]:
    """Rows of 经费控制情况: a label and one cell for each year's column; —— is an empty cell."""
    text = "".join(word.text for word in words)
    columns = control_columns(text)
    if not columns:
        return []
    body = [word for word in _below_columns(words, text) if not _TITLE.fullmatch(word.text)]
    return control_data(_rows(body), columns)


def _below_columns(words: Sequence[Word], text: str) -> Iterator[Word]:
    """The words that are no part of a column's name, which spaces may part: 2021 年决算数."""
    taken = {offset for match in _COLUMN.finditer(text) for offset in range(*match.span())}
    at = 0
    for word in words:
        if at not in taken and at + len(word.text) - 1 not in taken:
            yield word
        at += len(word.text)


def control_columns(text: str) -> list[tuple[int, str]]:
    """(year, measure) of the columns that a header says: 2021年预算数 2021年决算数."""
    return [(int(match["year"]), match["measure"]) for match in _COLUMN.finditer(text)]


def control_data(rows: Iterable[tuple[str, int, Sequence[Item]]], columns: Sequence[tuple[int, str]]) -> list[Datum]:
    """Numbers of rows of 经费控制情况, given as label, where it starts, and cells; parents by ordinals and 其中."""
    data: list[Datum] = []
    above: list[tuple[int, str]] = []
    for label, start, run in rows:
        name, depth = _place(label)
        while above and above[-1][0] >= depth:
            above.pop()
        parent = above[-1][1] if above else None
        above.append((depth, name))
        if len(run) != len(columns):
            continue
        span = (start, run[-1].words[-1].end)
        data += [
            Datum(name, _measure(measure), item.value, span, year, parent)
            for item, (year, measure) in zip(run, columns, strict=True)
            if item.value is not None
        ]
    return data


def _measure(name: str) -> Measure:
    return _MEASURES[name]


def _rows(words: Sequence[Word]) -> Iterator[tuple[str, int, list[Item]]]:
    """Label, where it starts, and cells of each row."""
    label, start, run = "", 0, list[Item]()
    for item in read_items(words):
        if item.kind in (Kind.VALUE, Kind.PLACEHOLDER):
            run.append(item)
            continue
        if run and label:
            yield label, start, run
        if run:
            label, run = "", []
        start = start if label else item.words[0].start
        label += item.text
    if run and label:
        yield label, start, run


def _place(label: str) -> tuple[str, int]:
    """A row's name and its depth: 三公经费 0, 1、公务用车购置和维护经费 1, 其中：公车购置 under the row before."""
    name = _ORDINAL.sub("", re.sub(r"^其中：", "", label)).strip("：:")
    if name in form_words().data_rows["top"]:
        return name, 0
    return name, 1 if _ORDINAL.match(label) else 2
