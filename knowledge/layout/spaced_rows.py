"""One line of a flattened table → its cells, by the shape that the header gives to rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.layout.delimited import Span
from knowledge.layout.lost_columns import PartialRow, settle_columns
from knowledge.models import Line
from knowledge.numbers import parse_number
from knowledge.text import is_chinese, squeeze
from knowledge.vocabulary.classification import is_listed
from knowledge.vocabulary.columns import column_words

_WORD = re.compile(r"[^\s\u3000]+")
_VALUE = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?%?|[-—–－]+")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_ORDINAL = "行次"
_COUNTED = ("序号", "编号")
_LISTED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．](?!\d)")
_RECEIVED = re.compile("收入$|拨款$|^年初|^上年")


def read_words(text: str, line: Line) -> list[Span]:
    """The words of a line, parted by white space."""
    return [match.span() for match in _WORD.finditer(text, line.start, line.end)]


def join_letters(text: str, words: Sequence[Span]) -> list[Span]:
    """Words whose letters were spaced out, joined: ``项 目`` is one word, ``合 计`` too."""
    joined: list[Span] = []
    for start, end in words:
        single = end - start == 1 and is_chinese(text[start])
        if joined and single and joined[-1][1] - joined[-1][0] == 1 and is_chinese(text[joined[-1][0]]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True, slots=True)
class LostRow:
    """A row whose empty cells were lost: its code and name, and the numbers that it prints."""

    name: Sequence[Span]
    numbers: Sequence[Span]


@dataclass(frozen=True, slots=True)
class RowShape:
    """What a row of a table prints: a name and ``values`` numbers, once or for each of two sides, there with line numbers or without.

    ``lead`` is how many words of the header stand above names (项目; 科目编码 and 科目名称); ``counted`` says that the first
    of them stands above the number of the row (序号).
    """

    sides: tuple[int, ...]
    numbered: bool
    lead: int = 1
    counted: bool = False

    @classmethod
    def of(cls, header: Sequence[str]) -> RowShape | None:
        """The shape that header words give; None where they give none."""
        if _ORDINAL in header:
            return cls._of_sides(header)
        opened = [i for i, word in enumerate(header) if _names(word)]
        if len(opened) == 2 and opened[0] == 0 and len(header) == 2 * opened[1] >= 4:
            return cls((opened[1] - 1, opened[1] - 1), numbered=False)
        lead = next((i for i, word in enumerate(header) if not _leads(word)), len(header))
        values = len(header) - lead
        counted = header[0] in _COUNTED
        return cls((values,), numbered=False, lead=lead, counted=counted) if lead > counted and values >= 2 else None

    @classmethod
    def _of_sides(cls, header: Sequence[str]) -> RowShape | None:
        """``项目 行次 金额 项目 行次 合计 …``: every side a name, a line number, values."""
        opened = [i for i, word in enumerate(header) if _names(word)]
        ends = [*opened[1:], len(header)]
        if not opened or opened[0] or any(header[i + 1 : i + 2] != [_ORDINAL] for i in opened):
            return None
        return cls(tuple(end - start - 2 for start, end in zip(opened, ends, strict=True)), numbered=True)

    def fits_numbering(self, text: str, words: Sequence[Span]) -> bool:
        """Whether 栏次 1 2 3 … counts as many columns as the header prints."""
        numbers = [word for word in words if text[word[0] : word[1]].isdigit()]
        return len(numbers) == sum(self.sides)

    def numbering(self, text: str, words: Sequence[Span]) -> list[Span]:
        """The cells of the row of column numbers."""
        numbers = [word for word in words if text[word[0] : word[1]].isdigit()]
        label = [words[0]] if words[0] not in numbers else [(words[0][0], words[0][0])]
        if len(self.sides) == 1 and not self.numbered:
            return [*label, *_blanks(words[0], self.lead - 1), *numbers]
        cells: list[Span] = []
        for values in self.sides:
            cells += [*label, *_blanks(words[0], int(self.numbered)), *numbers[:values]]
            numbers = numbers[values:]
        return cells

    def may_wrap(self, text: str, words: Sequence[Span]) -> bool:
        """Whether words are a name that goes on in the next line: a code and letters, no number."""
        first = text[words[0][0] : words[0][1]]
        rest = [text[start:end] for start, end in words[1:]]
        return bool(_CODE.fullmatch(first)) and bool(rest) and not any(_VALUE.fullmatch(word) for word in rest)

    def read(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        """The cells of a row that prints all that its shape asks for, else None."""
        if self.numbered:
            return self._read_sides(text, words)
        return self._read_plain(text, words) if len(self.sides) == 1 else self._read_halves(text, words)

    def _read_halves(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        """Names and values of two sides without line numbers. A side may print no value (its cell was empty); a row of
        one name belongs to the side that its name says."""
        count = self.sides[0]
        pieces = _split_names(text, words)
        if not 0 < len(pieces) <= 2 or any(len(values) not in (0, count) for _, values in pieces):
            return None
        if not any(values for _, values in pieces):
            return None
        cells: list[Span] = []
        for name, values in pieces:
            cells += [(name[0][0], name[-1][1]), *(values or _blanks(name[-1], count))]
        if len(pieces) == 2:
            return cells
        side = side_of(text, pieces[0][0])
        if side is None:
            return None
        return cells if side == 0 else [*_blanks((words[0][0], words[0][0]), count + 1), *cells]

    def _read_plain(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        values = self.sides[0]
        name, numbers = words[:-values], words[-values:]
        if not name or not all(_VALUE.fullmatch(text[a:b]) for a, b in numbers):
            return None
        first = text[slice(*name[0])]
        counted = self.counted and first.isdigit() and len(first) <= 2
        letters = name[1:] if counted or _CODE.fullmatch(first) else name
        if not letters or any(_VALUE.fullmatch(text[a:b]) for a, b in letters) or not _tidy(text, letters):
            return None
        if not self.counted:
            return [(name[0][0], name[-1][1]), *_blanks(name[-1], self.lead - 1), *numbers]
        opening = name[0] if counted else (name[0][0], name[0][0])
        return [opening, (letters[0][0], name[-1][1]), *_blanks(name[-1], self.lead - 2), *numbers]

    def read_partial(self, text: str, words: Sequence[Span]) -> LostRow | None:
        """A row of a coded item, or the row of totals, that prints fewer numbers than there are columns."""
        total = squeeze(text[slice(*words[0])]) in ("合计", "总计")
        if len(self.sides) > 1 or self.numbered or not (total or _CODE.fullmatch(text[slice(*words[0])])):
            return None
        opened = next((i for i in range(1, len(words)) if _VALUE.fullmatch(text[slice(*words[i])])), len(words))
        name, numbers = words[:opened], words[opened:]
        if not 0 < len(numbers) < self.sides[0] or len(name) < 2 - total:
            return None
        if len(name) > 1 and (total or not _tidy(text, name[1:])):
            return None
        return LostRow(name, numbers) if all(_amount(text, word) is not None for word in numbers) else None

    def _read_sides(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        """Names, line numbers and values of both sides; a side may have no value, a row may lack its right side."""
        cells: list[Span] = []
        position = 0
        for values in self.sides:
            name = position
            while position < len(words) and not _VALUE.fullmatch(text[slice(*words[position])]):
                position += 1
            numbers = position
            while position < len(words) and _VALUE.fullmatch(text[slice(*words[position])]):
                position += 1
            printed = words[numbers:position]
            if not printed and name == position and cells:
                return cells
            if (
                name == numbers
                or not printed
                or len(printed) - 1 not in (0, values)
                or not _line_number(text, printed[0])
            ):
                return None
            rest = printed[1:] or _blanks(printed[0], values)
            cells += [(words[name][0], words[numbers - 1][1]), printed[0], *rest]
        return cells if position == len(words) else None


Piece = tuple[list[Span], list[Span]]
"""The words of a name and the numbers behind it."""


def _split_names(text: str, words: Sequence[Span]) -> list[Piece]:
    """Names with the values behind them; an ordinal (二、) opens a name where no value parts it from the one before."""
    pieces: list[Piece] = []
    for word in words:
        printed = text[slice(*word)]
        if _VALUE.fullmatch(printed):
            if not pieces:
                return []
            pieces[-1][1].append(word)
        elif not pieces or pieces[-1][1] or _LISTED.match(printed):
            pieces.append(([word], []))
        else:
            pieces[-1][0].append(word)
    return pieces


def side_of(text: str, name: Sequence[Span]) -> int | None:
    """0 for what is received, 1 for what is spent, None where a name says neither."""
    printed = _LISTED.sub("", squeeze(text[name[0][0] : name[-1][1]]))
    received, spent = bool(_RECEIVED.search(printed)), printed.endswith("支出") or is_listed(printed)
    return int(spent) if received != spent else None


def place_lost(
    text: str, shape: RowShape, header: Sequence[Span], rows: Sequence[list[Span]], lost: Mapping[int, LostRow]
) -> list[list[Span]]:
    """All rows with their cells; of a lost row the total, and the other numbers where sums settle their columns."""
    count = shape.sides[0]
    settled = {
        index: PartialRow(
            _code(text, row.name[0]), tuple(_amounts(text, row.numbers)), _said_columns(text, header[-count:], row)
        )
        for index, row in lost.items()
    }
    for index, cells in enumerate(rows):
        numbers = list(_amounts(text, cells[-count:])) if cells else []
        if len(numbers) == count and numbers != list(range(1, count + 1)):
            settled[index] = PartialRow(_code(text, cells[0]), tuple(numbers))
    settle_columns([settled[index] for index in sorted(settled)], count)
    return [
        _lost_cells(shape, lost[index], settled[index].columns or (0,)) if index in lost else cells
        for index, cells in enumerate(rows)
    ]


def _said_columns(text: str, header: Sequence[Span], row: LostRow) -> tuple[int, ...] | None:
    """The columns of the row of totals, where the report says elsewhere what each of its numbers is: 基本支出1,462.38万元."""
    if _code(text, row.name[0]) is not None:
        return None
    columns = [0]
    for start, end in row.numbers[1:]:
        printed = text[start:end]
        said = [i for i, word in enumerate(header) if i and _is_said(text, squeeze(text[slice(*word)]), printed)]
        if len(said) != 1 or said[0] <= columns[-1]:
            return None
        columns += said
    return tuple(columns)


def _is_said(text: str, name: str, printed: str) -> bool:
    """Whether a number follows a name somewhere, with no more than a line number or 为 between."""
    return (
        re.search(
            rf"{re.escape(name)}(?:决算|支出)?(?:数|为|是)?(?:\s+\d{{1,2}})?\s*{re.escape(printed)}(?![\d.])", text
        )
        is not None
    )


def _lost_cells(shape: RowShape, row: LostRow, columns: Sequence[int]) -> list[Span]:
    held = dict(zip(columns, row.numbers, strict=False))
    before = row.name[-1]
    cells = [(row.name[0][0], before[1]), *_blanks(before, shape.lead - 1)]
    for column in range(shape.sides[0]):
        before = held.get(column, (before[1], before[1]))
        cells.append(before)
    return cells


def _code(text: str, cell: Span) -> str | None:
    match = re.match(r"\d+", text[slice(*cell)])
    return match[0] if match else None


def _amount(text: str, word: Span) -> Decimal | None:
    return parse_number(text[slice(*word)])


def _amounts(text: str, words: Sequence[Span]) -> Iterator[Decimal]:
    return (amount for word in words if (amount := _amount(text, word)) is not None)


def _names(word: str) -> bool:
    known = column_words().get(word)
    return known is not None and known.role in ("name", "code")


def _leads(word: str) -> bool:
    known = column_words().get(word)
    return word in _COUNTED or (known is not None and known.role in ("name", "code", "project"))


def _tidy(text: str, letters: Sequence[Span]) -> bool:
    name = _LISTED.sub("", squeeze(text[letters[0][0] : letters[-1][1]]))
    return bool(name) and (is_chinese(name[0]) or name[0] in "（[【“")


def _line_number(text: str, word: Span) -> bool:
    printed = text[word[0] : word[1]]
    return printed.isdigit() and 1 <= int(printed) <= 99


def _blanks(after: Span, count: int) -> list[Span]:
    return [(after[1], after[1])] * count
