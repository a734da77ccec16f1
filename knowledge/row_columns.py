"""Which column of a table of figures holds what: the header row read with row_headings.toml and columns.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.models import Measure
from knowledge.text import fold_text, squeeze
from knowledge.vocabulary import VocabularyError, _read, units
from knowledge.vocabulary.columns import column_words


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values: its measure where the heading names one, the unit that its heading gives in brackets."""

    index: int
    measure: Measure | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers by field, and the columns of values."""

    fields: dict[str, int]
    values: tuple[ValueColumn, ...]

    def get(self, field: str, row: Sequence[str]) -> str:
        """What a row says in a field, an empty string where it says nothing."""
        index = self.fields.get(field)
        return row[index].strip() if index is not None and index < len(row) else ""


@cache
def row_headings() -> dict[str, str]:
    """Heading → field. Raises VocabularyError for a heading that stands in two lists."""
    headings: dict[str, str] = {}
    for field, words in _read("row_headings.toml").items():
        assert isinstance(words, list)
        for word in words:
            if word in headings:
                raise VocabularyError(f"row_headings.toml: {word} is listed twice")
            headings[word] = field
    return headings


def find_columns(header: Sequence[str], sample: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a header row that names body, year, metric and value; None for any other row.

    ``sample`` are the rows below: they decide whether 单位 is the body or the unit of measurement.
    """
    fields: dict[str, int] = {}
    values: list[ValueColumn] = []
    for index, heading in enumerate(header):
        name, unit = _heading(heading)
        field = row_headings().get(name)
        word = column_words().get(name)
        if field == "value":
            values.append(ValueColumn(index, None, unit))
        elif field is not None:
            fields.setdefault(field, index)
        elif word is not None and word.measure is not None and word.years == 0:
            values.append(ValueColumn(index, word.measure, unit))
    _settle_unit(fields, sample)
    if not values or not {"agency", "year", "metric"} <= fields.keys():
        return None
    return Columns(fields, tuple(values))


def _heading(text: str) -> tuple[str, str | None]:
    """A heading without its brackets, and the unit in them: 决算数（万元） → (决算数, 万元)."""
    folded = squeeze(fold_text(text)).lower()
    inside = re.search(r"（(?:单位：)?([^）]*)）", folded)
    unit = inside[1] if inside and inside[1] in units() else None
    return re.sub(r"（[^）]*）", "", folded), unit


def _settle_unit(fields: dict[str, int], sample: Sequence[Sequence[str]]) -> None:
    index = fields.pop("agency_or_unit", None)
    if index is None:
        return
    words = [row[index].strip() for row in sample if index < len(row) and row[index].strip()]
    is_unit = bool(words) and all(word in units() for word in words)
    fields.setdefault("unit" if is_unit or "agency" in fields else "agency", index)
