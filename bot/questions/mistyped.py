"""Names typed wrong in a question: those of the index that are nearly what is written, and no opposite of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from bot.models import NameMatch
from bot.questions.fillers import strip_fillers
from bot.questions.lookup import Kind
from bot.questions.offices import marks
from bot.questions.question_text import Text
from bot.questions.typos import CLOSE, are_opposite, is_mistaken, likeness
from knowledge.connection import Reader, keep
from knowledge.spelling import short_form
from knowledge.vocabulary import metric_by_alias, metrics
from knowledge.vocabulary.classification import names_by_code

_LIKE_LIMIT = 400
_MOST_LIKE = 40
_SHORTEST, _SHORT = 4, 3


@keep
def read_names(connection: Reader, kind: Kind, ids: tuple[int, ...]) -> dict[int, str]:
    """The names of metrics or projects by id."""
    table = "metrics" if kind == "metric" else "subjects"
    return dict(connection.execute(f"SELECT id, name FROM {table} WHERE id IN ({marks(ids)})", ids).fetchall())


def find_mistyped(
    connection: Reader, kind: Kind, question: Text, taken: list[tuple[int, int]]
) -> list[tuple[NameMatch, ...]]:
    """Names that a stretch outside ``taken`` may be, one group a stretch; with the names that it touches where it runs
    into them (政府性基经预算 before 财政拨款支出)."""
    groups = []
    for start, end in _stretches(question, taken):
        long = end - start >= _SHORTEST or _touches_short(start, end, taken)
        whole = _with_touching(start, end, taken) if long else (start, end)
        group = _likely(connection, kind, question, *whole) if whole != (start, end) else ()
        if not group or group[0].score < CLOSE:
            group = _likely(connection, kind, question, start, end)
        groups.append(group)
    return groups


def _with_touching(start: int, end: int, taken: list[tuple[int, int]]) -> tuple[int, int]:
    before = min((one for one, other in taken if other == start), default=start)
    return before, max((other for one, other in taken if one == end), default=end)


def _likely(connection: Reader, kind: Kind, question: Text, start: int, end: int) -> tuple[NameMatch, ...]:
    """The names that a stretch is nearly, the likeliest ones."""
    written = short_form(question.original[start:end])
    if len(written) == _SHORT and kind == "metric":
        return _like_short(connection, written, start, end)
    if len(written) < _SHORTEST:
        return ()
    scores = {
        number: score for number, key in _like(connection, kind, written) if (score := likeness(written, key)) > 0
    }
    if kind == "metric" and max(scores.values(), default=0.0) < CLOSE:
        scores |= _like_standard(connection, written)
    best = max(scores.values(), default=0.0)
    names = read_names(connection, kind, tuple(number for number, score in scores.items() if score >= best - 3))
    return tuple(
        NameMatch(id=number, name=name, start=start, end=end, kind="fuzzy", score=scores[number])
        for number, name in names.items()
    )


def _like_standard(connection: Reader, written: str) -> dict[int, float]:
    """Standard terms that are nearly what is written: short names share too few pairs of characters to be found by them."""
    characters = set(written)
    near = {
        term: score
        for length in range(len(written) - 1, len(written) + 2)
        for key, own, term in _standard_spellings().get(length, ())
        if len(characters - own) <= 1 and (score := likeness(written, key)) >= CLOSE
    }
    rows = connection.execute(f"SELECT id, name FROM metrics WHERE name IN ({marks(near)})", tuple(near)).fetchall()
    return {number: near[name] for number, name in rows}


def _like_short(connection: Reader, written: str, start: int, end: int) -> tuple[NameMatch, ...]:
    """The standard term of three characters that has one of them mistaken for its like: 退体费 for 退休费."""
    found = dict.fromkeys(name for term, name in _short_terms().items() if _has_one_mistaken(written, term))
    rows = connection.execute(f"SELECT id, name FROM metrics WHERE name IN ({marks(found)})", tuple(found)).fetchall()
    return tuple(
        NameMatch(id=number, name=name, start=start, end=end, kind="fuzzy", score=CLOSE) for number, name in rows
    )


def _has_one_mistaken(written: str, term: str) -> bool:
    """Whether two words of one length differ in one character alone, which sounds or looks like the other."""
    differing = [pair for pair in zip(written, term, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and is_mistaken(*differing[0]) and not are_opposite(written, term)


@cache
def _short_terms() -> dict[str, str]:
    """Standard terms, their aliases and rows of the classifications of three characters → what they are called."""
    terms = {name: name for name in names_by_code().values()}
    terms |= {alias: metric.name for alias, metric in metric_by_alias().items()}
    return {term: name for term, name in terms.items() if len(term) == _SHORT}


@cache
def _standard_spellings() -> dict[int, list[tuple[str, frozenset[str], str]]]:
    """Standard terms by the length of their spelling: the spelling, its characters, the term."""
    found: dict[int, list[tuple[str, frozenset[str], str]]] = {}
    for name in metrics():
        key = short_form(name)
        found.setdefault(len(key), []).append((key, frozenset(key), name))
    return found


def _stretches(question: Text, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of Chinese words that are not taken, without words like 请问 and 多少 at their edges."""
    masked = list(question.original)
    for start, end in taken:
        masked[start:end] = " " * (end - start)
    for match in re.finditer(r"[\u4e00-\u9fff（）()“”]{2,}", "".join(masked)):
        words = strip_fillers(match.group())
        offset = match.start() + match.group().index(words)
        stretch = offset, offset + len(words)
        if len(words) >= _SHORT or (len(words) == 2 and _touches_short(*stretch, taken)):
            yield stretch


def _touches_short(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a short name stands right before or behind a stretch: 人员 before 经弗."""
    return any(last - first <= _SHORT and (last == start or first == end) for first, last in taken)


def _like(connection: Reader, kind: Kind, written: str) -> list[tuple[int, str]]:
    """Names that share most pairs of characters with what is written, as (target, key)."""
    shared: Counter[int] = Counter()
    for pair in {written[index : index + 2] for index in range(len(written) - 1)}:
        shared.update(_with_pair(connection, kind, pair))
    best = sorted(shared, key=lambda target: (-shared[target], -target))[:_MOST_LIKE]
    return [(target, key) for target in best for key in _keys_of(connection, kind, target)]


@keep
def _with_pair(connection: Reader, kind: Kind, pair: str) -> tuple[int, ...]:
    query = "SELECT target FROM name_pairs WHERE kind = ? AND pair = ? LIMIT ?"
    return tuple(target for (target,) in connection.execute(query, (kind, pair, _LIKE_LIMIT)))


@keep
def _keys_of(connection: Reader, kind: Kind, target: int) -> tuple[str, ...]:
    query = "SELECT key FROM name_keys WHERE kind = ? AND target = ? AND form = 'text'"
    return tuple(key for (key,) in connection.execute(query, (kind, target)))
