"""Words of table headers (columns.toml): what a column under them holds."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast, get_args

from pydantic import Field

from knowledge.models import Frozen, Measure, Scope
from knowledge.vocabulary import VocabularyError, _read, units

Role = Literal["name", "code", "ordinal", "note", "unit", "body", "project", "income", "expenditure"]


class ColumnWord(Frozen):
    """What one header word says: the role of its column, its measure (of ``years`` before), its split or its scope."""

    role: Role | None = None
    measure: Measure | None = None
    years: int = 0
    split: str | None = None
    scope: Scope | None = None
    total: bool = False


@cache
def column_words() -> dict[str, ColumnWord]:
    """Header words without spaces → their meaning. Raises VocabularyError for a word that stands in two lists."""
    words: dict[str, ColumnWord] = {}

    def add(printed: list[str], meaning: ColumnWord) -> None:
        for word in printed:
            if word in words:
                raise VocabularyError(f"columns.toml: {word} is listed twice")
            words[word] = meaning

    data = _sections()
    for role, printed in data["roles"].items():
        if role not in get_args(Role):
            raise VocabularyError(f"columns.toml: {role} is no role")
        add(printed, ColumnWord(role=cast(Role, role)))
    for section, years in (("measures", 0), ("measures_of_last_year", -1)):
        for measure, printed in data[section].items():
            add(printed, ColumnWord(measure=cast(Measure, measure), years=years))
    for printed in data["totals"].values():
        add(printed, ColumnWord(total=True))
    for split, printed in data["splits"].items():
        add(printed, ColumnWord(split=split))
    for scope, printed in data["scopes"].items():
        add(printed, ColumnWord(scope=cast(Scope, scope)))
    return words


@cache
def counted_units() -> dict[str, str]:
    """Header words of counts (在职人数) → the unit that they count in (人)."""
    result: dict[str, str] = {}
    for unit, printed in _sections()["units"].items():
        if unit not in units():
            raise VocabularyError(f"columns.toml: {unit} is no unit of units.toml")
        result.update(dict.fromkeys(printed, unit))
    return result


class NumberedForm(Frozen):
    """A standard form whose columns are known by number (栏次); ``sums`` says which columns others are the sum of.

    ``halves``: measures under each of which all columns stand once (预算数, 决算数).
    """

    columns: tuple[str, ...]
    sums: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    halves: tuple[Measure, ...] = ()

    def parent(self, column: str) -> str | None:
        """The column that a column is part of."""
        return next((total for total, parts in self.sums.items() if column in parts), None)


@cache
def numbered_forms() -> dict[str, NumberedForm]:
    """Standard forms by title. Raises VocabularyError for a sum of columns that the form does not have."""
    forms = {
        title: NumberedForm.model_validate(fields)
        for title, fields in cast(dict[str, object], _read("columns.toml")["forms"]).items()
    }
    for title, form in forms.items():
        for word in (*form.sums, *(part for parts in form.sums.values() for part in parts)):
            if word not in form.columns:
                raise VocabularyError(f"columns.toml: {word} is no column of {title}")
    return forms


@cache
def column_orders() -> dict[str, list[str]]:
    """Standard forms by title, with the words above their columns of numbers in printed order."""
    return _sections()["orders"]


def find_form(title: str) -> NumberedForm | None:
    """The standard form that a title names, if any."""
    bare = re.sub(r"[“”\"]", "", title)
    return next((form for name, form in numbered_forms().items() if name in bare), None)


def _sections() -> dict[str, dict[str, list[str]]]:
    data = _read("columns.toml")
    known = {"roles", "measures", "measures_of_last_year", "totals", "splits", "scopes", "units", "forms", "orders"}
    if set(data) != known:
        raise VocabularyError(f"columns.toml: unknown or missing sections {sorted(set(data) ^ known)}")
    return cast(dict[str, dict[str, list[str]]], data)
