"""Header cells of a flattened form → its columns in printed order, wrapped cells joined (年初 / 预算数)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.layout.form_words import Label, Word, find_labels
from knowledge.vocabulary.forms import Words, any_of, meaning

_GAP = 7
"""Words between two header cells at most: pieces of side labels that flattening put there."""


@dataclass(frozen=True, slots=True)
class Header:
    """Columns by what they mean, and the index of the first word after the header."""

    columns: tuple[str, ...]
    cells: tuple[str, ...]
    start: int
    end: int


def find_header(
    words: Sequence[Word], start: int, stop: int, columns: Mapping[str, Words], least: int
) -> Header | None:
    """The first run of at least ``least`` header cells with different meanings between two words."""
    means = meaning(columns)
    run: list[Label] = []
    for label in find_labels(words[start:stop], any_of(tuple(means))):
        if run and label.first - run[-1].last > _GAP:
            if _count(run, means) >= least:
                break
            run = []
        run.append(label)
    if _count(run, means) < least:
        return None
    return Header(
        tuple(means[label.name] for label in run),
        tuple(label.name for label in run),
        start + run[0].first,
        start + run[-1].last + 1,
    )


def _count(run: Sequence[Label], means: Mapping[str, str]) -> int:
    return len({means[label.name] for label in run})
