"""Codes and names of the government's classification of revenue and expenditure (政府收支分类科目)."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from knowledge.vocabulary import VocabularyError

_FILES = ("functional_classification.csv", "economic_classification.csv")


@cache
def names_by_code() -> dict[str, str]:
    """Code → name of functional (2…) and economic (3…, 5…) items. Raises VocabularyError for a code listed twice."""
    names: dict[str, str] = {}
    for file in _FILES:
        with files(__package__).joinpath(file).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if row["code"] in names:
                    raise VocabularyError(f"{file}: {row['code']} is listed twice")
                names[row["code"]] = row["name"]
    return names


@cache
def _listed() -> frozenset[str]:
    return frozenset(names_by_code().values())


def is_listed(name: str) -> bool:
    """Whether an item of the classification is called so: 行政运行, 公立医院."""
    return name in _listed()


def find_name(code: str) -> str | None:
    """The name of an item: 2080102 → 一般行政管理事务; None for a code that is not listed."""
    return names_by_code().get(code)
