"""Tables flattened to three lines: measures (预算数 决算数), the same columns once under each, one row of numbers.

The row is read only where it prints a number for every column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.layout.delimited import Span, build_table
from knowledge.layout.spaced_words import join_letters, read_words
from knowledge.models import Line, Table
from knowledge.text import squeeze
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.columns import column_words

_VALUE = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?")
_LEAST = 3


def find_repeated_tables(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables whose columns stand once under each of several measures, with their one row of numbers."""
    printed = [line for line in lines if text[line.start : line.end].strip()]
    for index in range(len(printed) - 2):
        measures = read_words(text, printed[index])
        if not 2 <= len(measures) <= 3 or not all(_is_measure(text, word) for word in measures):
            continue
        columns = join_letters(text, read_words(text, printed[index + 1]))
        numbers = read_row(text, printed[index + 2 : index + 4], len(columns))
        if numbers and _repeats(text, columns, len(measures)):
            width = len(columns) // len(measures)
            yield build_table([[word for word in measures for _ in range(width)], columns, numbers], "tabs")


def _is_measure(text: str, word: Span) -> bool:
    known = column_words().get(text[slice(*word)])
    return known is not None and known.measure is not None


def _repeats(text: str, columns: Sequence[Span], times: int) -> bool:
    """Whether known words stand there, the same ones as often as there are measures."""
    words = [squeeze(text[slice(*word)]) for word in columns]
    width, rest = divmod(len(words), times)
    known = [word for word in words if word in column_words() or word in metric_by_alias()]
    return not rest and width >= _LEAST and words == words[:width] * times and len(known) * 3 >= len(words) * 2


def read_row(text: str, lines: Sequence[Line], count: int) -> list[Span]:
    """The numbers of the row below the columns; a line of column numbers may stand between."""
    for line in lines:
        words = read_words(text, line)
        if len(words) != count or not all(_VALUE.fullmatch(text[slice(*word)]) for word in words):
            return []
        if [text[slice(*word)] for word in words] != [str(number) for number in range(1, count + 1)]:
            return words
    return []
