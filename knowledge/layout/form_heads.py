"""The head of a form: project (项目名称), body (实施单位), owner (主管部门), from labelled cells or lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.layout.form_words import Label, Word, find_labels, join_words
from knowledge.vocabulary.forms import any_of, form_words

_CODE = re.compile(
    r"^(?:[（\[【]?\d[0-9A-Za-z]{5,}[）\]】]?[-—_:：]*|[（\[【]\d{1,8}[）\]】]|\d{3,6}[-—_])(?=[\u4e00-\u9fff“《（]|\d{4}年)"
)
_SEAL = re.compile(r"^(?:（(?:盖章|公章|签章)）|[：:])+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BOX = re.compile(r"[□■√☑✓]")
HEAD_WORDS = 80


@dataclass(frozen=True, slots=True)
class FormHead:
    """What the head of a form says, None where it does not. ``owners`` are the 主管部门 of every level."""

    project: str | None = None
    agency: str | None = None
    owners: tuple[str, ...] = ()


@cache
def _field_pattern() -> re.Pattern[str]:
    words = form_words()
    return any_of(
        (
            *words.project_fields,
            *words.agency_fields,
            *words.owner_fields,
            *words.other_fields,
            *words.labels,
            *words.zones["goals"],
            *words.zones["goal"],
            *words.zones["text"],
            *(word for level in words.levels.values() for word in level if word.endswith("指标")),
            "一级指标",
            "年度预算数",
            "年初预算",
            "预算数",
        )
    )


def strip_code(name: str) -> str:
    """A name without the code printed before it.

    >>> strip_code("51172522R000000257337-在职社保缴费（行政）")
    '在职社保缴费（行政）'
    """
    return _CODE.sub("", name.strip("：: 　"))


def read_head(words: Sequence[Word]) -> FormHead:
    """The head of a flattened form; a label may be wrapped (项目支 / 出名称), and so may its value."""
    found: dict[str, list[str]] = {}
    for _, kind, value in _fields(words[:HEAD_WORDS]):
        found.setdefault(kind, []).append(value)
    project, agency = (next(iter(found.get(kind, ())), None) for kind in ("project", "agency"))
    return FormHead(project, agency, tuple(found.get("owner", ())))


def find_projects(words: Sequence[Word]) -> list[int]:
    """The words that open the forms of further projects, printed below each other under one title."""
    named = [(label, name) for label, kind, name in _fields(words) if kind == "project" and words[label.first].first]
    return [label.first for (_, before), (label, name) in pairwise(named) if name != before]


def _fields(words: Sequence[Word]) -> Iterator[tuple[Label, str, str]]:
    """Labels of project, body and owner, with what they label and its name."""
    known = form_words()
    labels = list(find_labels(words, _field_pattern()))
    for position, label in enumerate(labels):
        kind = _kind(label.name, known.project_fields, known.agency_fields, known.owner_fields)
        if kind is None:
            continue
        end = labels[position + 1].first if position + 1 < len(labels) else min(label.last + 3, len(words))
        value = clean_value(words[label.last].text[label.rest :] + join_words(words[label.last + 1 : end]))
        if value:
            yield label, kind, value


def _kind(name: str, project: Sequence[str], agency: Sequence[str], owner: Sequence[str]) -> str | None:
    if name in project:
        return "project"
    if name in owner:
        return "owner"
    return "agency" if name in agency else None


def clean_value(text: str) -> str:
    """A field's value as a name: without seal, code and tick boxes."""
    value = strip_code(_SEAL.sub("", _BOX.sub("", text)))
    return "" if len(value) > 80 or not _CHINESE.search(value) else value


def field_kind(name: str) -> str | None:
    """What a labelled cell of a ruled form names: project, agency, owner, or None."""
    words = form_words()
    return _kind(
        re.sub(r"（(?:盖章|公章)）|[：:]$", "", name), words.project_fields, words.agency_fields, words.owner_fields
    )
