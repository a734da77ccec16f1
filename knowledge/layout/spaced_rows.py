"""One line of a flattened table → its cells, by the shape that the header gives to rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.layout.delimited import Span
from knowledge.layout.lost_rows import LostRow
from knowledge.layout.spaced_words import (
    VALUE,
    blanks,
    fill_side,
    is_tidy,
    read_amount,
    read_amounts,
    side_of,
    split_names,
)
from knowledge.text import squeeze
from knowledge.vocabulary.columns import column_words

_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}|\d{6}(?:[-—–]\d{6})?")
_COUNT = re.compile(r"\d{1,2}|\d{6}(?:[-—–]\d{6})?")
_LONGEST = 4
_SKIPPED = 5
"""How far line numbers count on at most from one printed row to the next."""
_ORDINAL = "行次"
_TOTALS = ("合计", "总计")
_COUNTED = ("序号", "编号")


@dataclass(frozen=True, slots=True)
class RowShape:
    """What a row of a table prints: a name and ``values`` numbers, once or for each of two sides, there with line numbers or without.

    ``lead`` is how many words of the header stand above names (项目; 科目编码 and 科目名称); ``counted`` says that the first
    of them stands above the number of the row (序号) or the code of a body (单位代码), which are no part of its name.
    ``funded`` are the columns of the last side that have money, where rows lost their empty cells. ``notes`` are
    the columns of words (等级, 备注) behind the values.
    """

    sides: tuple[int, ...]
    numbered: bool
    lead: int = 1
    counted: bool = False
    funded: tuple[int, ...] = ()
    notes: int = 0

    @classmethod
    def of(cls, header: Sequence[str]) -> RowShape | None:
        """The shape that header words give; None where they give none."""
        if _ORDINAL in header:
            return cls._of_sides(header)
        opened = [i for i, word in enumerate(header) if _names(word)]
        halves = (opened[1] - 1, len(header) - opened[1] - 1) if len(opened) == 2 and opened[0] == 0 else (0, 0)
        if min(halves) > 0:
            return cls(halves, numbered=False)
        lead = next((i for i, word in enumerate(header) if not _leads(word)), len(header))
        values = len(header) - lead
        counted = header[0] in _COUNTED or (lead == 2 and _role(header[1]) == "body")
        return cls((values,), numbered=False, lead=lead, counted=counted) if lead > counted and values >= 2 else None

    def with_notes(self, count: int) -> RowShape:
        """The shape of rows whose last columns hold words."""
        return replace(self, sides=(self.sides[0] - count,), notes=count)

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
        return len(numbers) in (sum(self.sides), sum(self.sides) + self.notes)

    def numbering(self, text: str, words: Sequence[Span]) -> list[Span]:
        """The cells of the row of column numbers."""
        numbers = [word for word in words if text[word[0] : word[1]].isdigit()]
        label = [words[0]] if words[0] not in numbers else [(words[0][0], words[0][0])]
        if len(self.sides) == 1 and not self.numbered:
            return [*label, *blanks(words[0], self.lead - 1), *numbers]
        cells: list[Span] = []
        for values in self.sides:
            cells += [*label, *blanks(words[0], int(self.numbered)), *numbers[:values]]
            numbers = numbers[values:]
        return cells

    def hold(self, text: str, held: Sequence[Span], words: Sequence[Span]) -> list[Span]:
        """The words of a name that goes on in the next line: a code, with letters or alone, then lines of letters; else
        none."""
        first = text[slice(*words[0])]
        opens = bool(_CODE.fullmatch(first)) or bool(self.notes and self.counted and _COUNT.fullmatch(first))
        rest = words[1:] if opens else words
        if (not opens and not 0 < len(held) < _LONGEST) or any(VALUE.fullmatch(text[slice(*word)]) for word in rest):
            return []
        return list(words) if opens else [*held, *words]

    def read(self, text: str, words: Sequence[Span], before: Sequence[Span] = ()) -> list[Span] | None:
        """The cells of a row that prints all that its shape asks for, else None; ``before`` is the row above."""
        if self.numbered:
            return self._read_numbered(text, words, before)
        if self.notes:
            return self._read_noted(text, words)
        return self._read_plain(text, words) if len(self.sides) == 1 else self._read_halves(text, words)

    def _read_noted(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        """The cells of a row whose last columns hold words, dashes or nothing."""
        last = max((i + 1 for i, (a, b) in enumerate(words) if VALUE.fullmatch(text[a:b])), default=0)
        amounts = max((i + 1 for i, word in enumerate(words[:last]) if read_amount(text, word) is not None), default=0)
        for end in range(last, max(amounts, last - self.notes) - 1, -1):
            if cells := self._read_plain(text, words[:end]):
                note = (words[end][0], words[-1][1]) if end < len(words) else (words[-1][1], words[-1][1])
                return [*cells, note, *blanks(note, self.notes - 1)]
        return None

    def _read_halves(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        """Names and values of two sides without line numbers. A side may print no value (its cell was empty); a row of
        one name belongs to the side that its values fill, else to the one that its name says."""
        pieces = split_names(text, words)
        if not 0 < len(pieces) <= 2 or not any(values for _, values in pieces):
            return None
        fits = [[fill_side(text, piece, count) for count in self.sides] for piece in pieces]
        if len(pieces) == 2:
            left, right = fits[0][0], fits[1][1]
            return None if left is None or right is None else [*left, *right]
        sides = [side for side, cells in enumerate(fits[0]) if cells is not None]
        side = sides[0] if len(sides) == 1 else side_of(text, pieces[0][0])
        if side is None or (cells := fits[0][side]) is None:
            return None
        return cells if side == 0 else [*blanks((words[0][0], words[0][0]), self.sides[0] + 1), *cells]

    def _read_plain(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        values = self.sides[0]
        name, numbers = words[:-values], words[-values:]
        if not name or not all(VALUE.fullmatch(text[a:b]) for a, b in numbers):
            return None
        first = text[slice(*name[0])]
        counted = self.counted and bool(_COUNT.fullmatch(first))
        letters = name[1:] if counted or _CODE.fullmatch(first) else name
        if not letters or any(VALUE.fullmatch(text[a:b]) for a, b in letters) or not is_tidy(text, letters):
            return None
        if not self.counted:
            return [(name[0][0], name[-1][1]), *blanks(name[-1], self.lead - 1), *numbers]
        opening = name[0] if counted else (name[0][0], name[0][0])
        return [opening, (letters[0][0], name[-1][1]), *blanks(name[-1], self.lead - 2), *numbers]

    def read_partial(self, text: str, words: Sequence[Span]) -> LostRow | None:
        """A row of a coded item, or of the total of all, that prints fewer numbers than there are columns."""
        coded = bool(_CODE.fullmatch(text[slice(*words[0])]))
        if len(self.sides) > 1 or self.numbered or not (coded or squeeze(text[slice(*words[0])]) in _TOTALS):
            return None
        opened = next((i for i in range(1, len(words)) if VALUE.fullmatch(text[slice(*words[i])])), len(words))
        name, numbers = words[:opened], words[opened:]
        named = len(name) > 1 if coded else len(name) == 1
        if not named or not 0 < len(numbers) < self.sides[0] or not is_tidy(text, name[coded:]):
            return None
        return (
            LostRow(name, numbers, self.lead, self.counted)
            if all(read_amount(text, word) is not None for word in numbers)
            else None
        )

    def _read_numbered(self, text: str, words: Sequence[Span], before: Sequence[Span]) -> list[Span] | None:
        """The cells of two sides; line numbers may stand alone on the right side, or on both, and count on from those of
        the row above."""
        cells = self._read_sides(text, words)
        alone = self.sides[0] + 2
        if len(self.sides) != 2 or cells is None or len(cells) == sum(self.sides) + 4:
            return cells or self._read_bare(text, words, before)
        return cells if not _line_number(text, cells[alone - 1]) else self._read_bare(text, words, before)

    def _read_bare(self, text: str, words: Sequence[Span], before: Sequence[Span]) -> list[Span] | None:
        """The cells of a row that prints the line number of the right side alone."""
        if len(self.sides) != 2 or len(before) != sum(self.sides) + 4 or len(words) < 2:
            return None
        left = self._read_sides(text, words[:-1])
        follows = _follows(text, before[-self.sides[-1] - 1], words[-1])
        if not follows or left is None or len(left) != self.sides[0] + 2:
            return None
        return [*left, (words[-1][0], words[-1][0]), words[-1], *blanks(words[-1], self.sides[-1])]

    def _fill(self, text: str, printed: Sequence[Span], values: int) -> list[Span] | None:
        """The values behind a line number. Of fewer values than columns the first is the total of the others, which stand
        in the columns that have money."""
        numbers = list(printed[1:])
        if len(numbers) in (0, values):
            return numbers or blanks(printed[0], values)
        amounts = list(read_amounts(text, numbers))
        if not self.funded or len(amounts) > values or len(amounts) < 2 or amounts[0] != sum(amounts[1:]):
            return None
        others = dict(zip(self.funded, numbers[1:], strict=True)) if len(numbers) - 1 == len(self.funded) else {}
        return [numbers[0], *(others.get(i, (numbers[0][1], numbers[0][1])) for i in range(1, values))]

    def _read_sides(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        """Names, line numbers and values of both sides; a side may have no value, or a line number alone, a row may lack
        its right side."""
        cells: list[Span] = []
        position = 0
        for values in self.sides:
            name = position
            while position < len(words) and not VALUE.fullmatch(text[slice(*words[position])]):
                position += 1
            numbers = position
            while position < len(words) and VALUE.fullmatch(text[slice(*words[position])]):
                position += 1
            printed = words[numbers:position]
            if not printed and name == position and cells:
                return cells
            if (name == numbers and len(printed) != 1) or not printed or not _line_number(text, printed[0]):
                return None
            rest = self._fill(text, printed, values)
            if rest is None:
                return None
            opening = (words[name][0], words[numbers - 1][1]) if name < numbers else (printed[0][0], printed[0][0])
            cells += [opening, printed[0], *rest]
        return cells if position == len(words) else None


def _role(word: str) -> str | None:
    known = column_words().get(word)
    return known.role if known is not None else None


def _names(word: str) -> bool:
    return _role(word) in ("name", "code")


def _leads(word: str) -> bool:
    return word in _COUNTED or _role(word) in ("name", "code", "project", "body")


def _follows(text: str, number: Span, word: Span) -> bool:
    """Whether a word is a line number soon after another one."""
    before, printed = text[slice(*number)], text[slice(*word)]
    return before.isdigit() and printed.isdigit() and 0 < int(printed) - int(before) <= _SKIPPED


def _line_number(text: str, word: Span) -> bool:
    printed = text[word[0] : word[1]]
    return printed.isdigit() and 1 <= int(printed) <= 99
