"""Short forms of bodies and terms, from abbreviations.toml; everyday words, from everyday.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from knowledge.models import Frozen
from knowledge.vocabulary import metrics


class Abbreviations(Frozen):
    """``same``: each form → the one that the index keeps. ``fields``: bodies → the field that they are called by.
    The rest are lists of words, see abbreviations.toml."""

    same: dict[str, str]
    inner: tuple[str, ...]
    tail: tuple[str, ...]
    subordinate: tuple[str, ...]
    leading: tuple[str, ...]
    endings: tuple[str, ...]
    bodies: tuple[str, ...]
    fields: dict[str, str]


@cache
def abbreviations() -> Abbreviations:
    """The words of abbreviations.toml; a form in two groups is an error."""
    with files("knowledge.vocabulary").joinpath("abbreviations.toml").open("rb") as file:
        fields = tomllib.load(file)
    same: dict[str, str] = {}
    for short, *others in fields.pop("same"):
        for form in (short, *others):
            if form in same:
                raise ValueError(f"abbreviations.toml: {form} stands for both {same[form]} and {short}")
            same[form] = short
    return Abbreviations(same=same, **fields)


@cache
def everyday_words() -> dict[str, str]:
    """What people say in chat → the standard term, from everyday.toml and metrics.toml; two terms for a word: an error."""
    with files("knowledge.vocabulary").joinpath("everyday.toml").open("rb") as file:
        terms: dict[str, list[str]] = tomllib.load(file)
    for metric in metrics().values():
        terms[metric.name] = list(dict.fromkeys((*terms.get(metric.name, ()), *metric.everyday)))
    result: dict[str, str] = {}
    for term, words in terms.items():
        for word in words:
            if word in result:
                raise ValueError(f"everyday.toml: {word} stands for both {result[word]} and {term}")
            result[word] = term
    return result
