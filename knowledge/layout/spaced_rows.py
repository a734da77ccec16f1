"""One line of a flattened table → its cells, by the shape that the header gives to rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.layout.delimited import Span
from knowledge.models import Line
from knowledge.text import is_chinese, squeeze
from knowledge.vocabulary.columns import column_words

_WORD = re.compile(r"[^\s\u3000]+")
_VALUE = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?%?|[-—–－]+")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_ORDINAL = "行次"


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
class RowShape:
    """What a row of a table prints: a name and ``values`` numbers, once or for each of two sides, there with line numbers or without.

    ``lead`` is how many words of the header stand above names (项目; 科目编码 and 科目名称).
    """

    sides: tuple[int, ...]
    numbered: bool
    lead: int = 1

    @classmethod
    def of(cls, header: Sequence[str]) -> RowShape | None:
        """The shape that header words give; None where they give none."""
        if _ORDINAL in header:
            return cls._of_sides(header)
        opened = [i for i, word in enumerate(header) if _names(word)]
        if len(opened) == 2 and opened[0] == 0 and len(header) == 2 * opened[1] >= 4:
            return cls((opened[1] - 1, opened[1] - 1), numbered=False)
        lead = next((i for i, word in enumerate(header) if not _names(word)), len(header))
        values = len(header) - lead
        return cls((values,), numbered=False, lead=lead) if lead and values >= 2 else None

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
        """Names and values of two sides without line numbers; both must print every value."""
        cells: list[Span] = []
        names: list[Span] = []
        values: list[Span] = []
        for word in [*words, None]:
            printed = text[slice(*word)] if word is not None else ""
            if word is not None and _VALUE.fullmatch(printed):
                values.append(word)
                continue
            if values:
                if not names or len(values) != self.sides[0]:
                    return None
                cells += [(names[0][0], names[-1][1]), *values]
                names, values = [], []
            if word is not None:
                names.append(word)
        return cells if not names and len(cells) == len(self.sides) * (self.sides[0] + 1) else None

    def _read_plain(self, text: str, words: Sequence[Span]) -> list[Span] | None:
        values = self.sides[0]
        name, numbers = words[:-values], words[-values:]
        if not name or not all(_VALUE.fullmatch(text[a:b]) for a, b in numbers):
            return None
        coded = _CODE.fullmatch(text[name[0][0] : name[0][1]])
        letters = name[1:] if coded else name
        if not letters or any(_VALUE.fullmatch(text[a:b]) for a, b in letters) or not _tidy(text, letters):
            return None
        return [(name[0][0], name[-1][1]), *_blanks(name[-1], self.lead - 1), *numbers]

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


def _names(word: str) -> bool:
    known = column_words().get(word)
    return known is not None and known.role in ("name", "code")


def _tidy(text: str, letters: Sequence[Span]) -> bool:
    name = squeeze(text[letters[0][0] : letters[-1][1]])
    return is_chinese(name[0]) or name[0] in "（[【“"


def _line_number(text: str, word: Span) -> bool:
    printed = text[word[0] : word[1]]
    return printed.isdigit() and 1 <= int(printed) <= 99


def _blanks(after: Span, count: int) -> list[Span]:
    return [(after[1], after[1])] * count
