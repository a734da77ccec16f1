"""Words of forms (自评表, 申报表, 基础数据表), from forms.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from knowledge.models import Frozen
from knowledge.vocabulary import VocabularyError

Words = tuple[str, ...]


class FormWords(Frozen):
    """How forms are recognised, and what their columns and rows mean. Columns map a measure to its header cells."""

    title_ends: Words
    title_words: Words
    anchors: Words
    project_fields: Words
    agency_fields: Words
    owner_fields: Words
    other_fields: Words
    labels: Words
    zones: Mapping[str, Words]
    budget_columns: Mapping[str, Words]
    indicator_columns: Mapping[str, Words]
    budget_rows: Mapping[str, Words]
    ruled_names: Words
    goal_cells: Words
    aim_cells: Words
    deed_cells: Words
    levels: Mapping[str, Words]
    under: Mapping[str, str]
    totals: Mapping[str, Words]
    data_columns: Mapping[str, Words]
    data_rows: Mapping[str, Words]


@cache
def form_words() -> FormWords:
    """The words of forms. Raises VocabularyError where one header cell would mean two columns of one part."""
    with files("knowledge.vocabulary").joinpath("forms.toml").open("rb") as file:
        words = FormWords(**tomllib.load(file))
    for columns in (words.budget_columns, words.indicator_columns, words.data_columns):
        owner: dict[str, str] = {}
        for name, cells in columns.items():
            for cell in cells:
                if cell in owner:
                    raise VocabularyError(f"forms.toml: {cell} means both {owner[cell]} and {name}")
                owner[cell] = name
    return words


@cache
def any_of(words: Words) -> re.Pattern[str]:
    """A pattern that matches the longest of some words."""
    return re.compile("|".join(map(re.escape, sorted(set(words), key=len, reverse=True))))


def meaning(columns: Mapping[str, Words]) -> dict[str, str]:
    """Header cell → what its column is."""
    return {cell: name for name, cells in columns.items() for cell in cells}
