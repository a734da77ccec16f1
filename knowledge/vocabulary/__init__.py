"""Loads and validates the words of the field: an unknown key or a duplicate alias is an error at import.

Words are data. What an admin might add (an alias, a metric, a unit) is a line in a TOML file of this folder.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from knowledge.models import Frozen, Scope


class VocabularyError(ValueError):
    """A vocabulary file contradicts itself; the message names file and word."""


class Metric(Frozen):
    """A standard term (指标): its name, its other spellings, what it is part of and how it counts.

    ``apart`` are terms that it is never part of. ``nature`` says what a bare value of it is: money spent or received, a count, a stock at year end, a rate, a score.
    """

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    nature: Literal["money", "count", "stock", "rate", "score"] = "money"
    scope: Scope | None = None
    everyday: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@cache
def _read(name: str) -> dict[str, object]:
    with files(__name__).joinpath(name).open("rb") as file:
        return tomllib.load(file)


@cache
def metrics() -> dict[str, Metric]:
    """Standard terms by name, from metrics.toml."""
    result: dict[str, Metric] = {}
    owner: dict[str, str] = {}
    for name, fields in _read("metrics.toml").items():
        if not isinstance(fields, dict):
            raise VocabularyError(f"metrics.toml: {name} must be a table")
        metric = Metric(name=name, **fields)
        for word in (name, *metric.aliases):
            if word in owner:
                raise VocabularyError(f"metrics.toml: {word} belongs to both {owner[word]} and {name}")
            owner[word] = name
        result[name] = metric
    for metric in result.values():
        if metric.parent is not None and metric.parent not in result:
            raise VocabularyError(f"metrics.toml: parent {metric.parent} of {metric.name} is not a metric")
    return result


@cache
def metric_by_alias() -> dict[str, Metric]:
    """Every name and alias of a standard term → the term."""
    return {word: metric for metric in metrics().values() for word in (metric.name, *metric.aliases)}


class Unit(Frozen):
    """A unit: its base unit and the factor to it as a decimal string, and whether it is money.

    ``not_before``: characters with which it is the beginning of another word (0.00 ``支``出).
    """

    name: str
    base: str
    factor: str = "1"
    not_before: str = ""
    kind: Literal["money", "count", "rate", "score", "area", "time", "other"] = "count"


@cache
def units() -> dict[str, Unit]:
    """Units by name, from units.toml."""
    result: dict[str, Unit] = {}
    for kind, words in _read("units.toml").items():
        if not isinstance(words, dict):
            raise VocabularyError(f"units.toml: {kind} must be a table")
        for word, fields in words.items():
            if word in result:
                raise VocabularyError(f"units.toml: {word} is listed twice")
            result[word] = Unit(name=word, kind=kind, **({"base": word} | fields))
    return result
