"""Where the name of a body ends that may not be in the knowledge base: 财政局 in 财政局2022年三公经费."""

from __future__ import annotations

import re
from functools import cache

from bot.questions.lookup import find_prefixes
from bot.questions.place_spans import is_boundary
from bot.questions.question_text import Text
from bot.questions.words import load_words
from knowledge.connection import Reader
from knowledge.spelling import short_form
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.abbreviations import abbreviations

_CHINESE = "\u4e00-\u9fff"
_LONG = 4
_LETTERS = re.compile("[a-z]+")


@cache
def _endings() -> re.Pattern[str]:
    endings = "|".join(sorted(abbreviations().endings, key=len, reverse=True))
    return re.compile(rf"(?:(?![的是哪谁比多几呢吗了到每各给])[{_CHINESE}]){{0,16}}?(?:{endings})")


@cache
def _known_bodies() -> re.Pattern[str]:
    return re.compile("|".join(sorted(abbreviations().bodies, key=len, reverse=True)))


def find_named_end(connection: Reader, question: Text, position: int) -> int | None:
    """Where a body's name that begins at this place of ``plain`` ends; None when no body is named here."""
    if is_boundary(question.plain, position):
        return None
    letters = _LETTERS.match(question.plain.text, position)
    if letters:
        return None if find_prefixes(connection, "metric", "letters", letters.group(), 4) else letters.end()
    end = _known_end(connection, question, position) or _likely_end(connection, question, position)
    return None if end is not None and end < metric_end(connection, question, position) else end


def metric_end(connection: Reader, question: Text, position: int) -> int:
    """Where the metric that begins at a place of ``plain`` ends, 0 where none does: 政府采购 in 渠县政府采购 is no 渠县政府.

    A standard term is one also where no report prints it.
    """
    start = question.short_position(position)
    rest = question.short.text[start:]
    keys = find_prefixes(connection, "metric", "text", rest, shortest=_LONG)
    known = (len(term) for term in _standard_terms().get(rest[:_LONG], ()) if rest.startswith(term))
    length = max((len(keys[0]) if keys else 0, *known))
    return question.short.ends[start + length - 1] if length else 0


@cache
def _standard_terms() -> dict[str, list[str]]:
    """The standard terms as questions spell them, by their beginning."""
    terms: dict[str, list[str]] = {}
    for term in {short_form(alias) for alias in metric_by_alias()}:
        if len(term) >= _LONG:
            terms.setdefault(term[:_LONG], []).append(term)
    return terms


def _known_end(connection: Reader, question: Text, position: int) -> int | None:
    """The end of a body that is common everywhere, or that other places have."""
    start = question.short_position(position)
    known = _known_bodies().match(question.short.text, start)
    ends = [known.end()] if known else []
    ends += [
        start + len(key)
        for key in find_prefixes(connection, "body", "text", question.short.text[start:], shortest=3)
        if key.endswith(abbreviations().endings)
    ]
    return question.short.ends[max(ends) - 1] if ends else None


def _likely_end(connection: Reader, question: Text, position: int) -> int | None:
    """The end of words that end as a body's name does, where a year, a metric or nothing follows.

    An ending of one character (站, 处) is not enough where a metric begins: 三公经费出处.
    """
    text = question.plain.text
    metric = starts_metric(connection, question, position)
    end = position
    while match := _endings().match(text, end):
        end = match.end()
        long = text[:end].endswith(_long_endings())
        if end - position > (1 if long else 2) and (long or not metric) and _is_end(connection, question, end):
            return None if text[position:end].endswith(_not_bodies()) else end
    return None


@cache
def _long_endings() -> tuple[str, ...]:
    return tuple(ending for ending in abbreviations().endings if len(ending) > 1 or ending in "局厅委")


@cache
def _not_bodies() -> tuple[str, ...]:
    return tuple(load_words("places")["not_bodies"])


def _is_end(connection: Reader, question: Text, position: int) -> bool:
    return is_boundary(question.plain, position) or starts_metric(connection, question, position)


def starts_metric(connection: Reader, question: Text, position: int) -> bool:
    """Whether a metric's name of three characters or more begins at a place of ``plain``."""
    rest = question.short.text[question.short_position(position) :]
    return bool(find_prefixes(connection, "metric", "text", rest, shortest=3))
