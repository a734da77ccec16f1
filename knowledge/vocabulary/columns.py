"""Words of table headers (columns.toml): what a column under them holds."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast, get_args

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


@cache
def form_columns() -> dict[str, tuple[str, ...]]:
    """Titles of standard forms → their columns by number."""
    forms = cast(dict[str, dict[str, list[str]]], _read("columns.toml")["forms"])
    return {title: tuple(fields["columns"]) for title, fields in forms.items()}


def _sections() -> dict[str, dict[str, list[str]]]:
    data = _read("columns.toml")
    known = {"roles", "measures", "measures_of_last_year", "totals", "splits", "scopes", "units", "forms"}
    if set(data) != known:
        raise VocabularyError(f"columns.toml: unknown or missing sections {sorted(set(data) ^ known)}")
    return cast(dict[str, dict[str, list[str]]], data)
