"""Names typed wrong in a question: those of the index that are nearly what is written, and no opposite of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache

from bot.models import NameMatch
from bot.questions.fillers import strip_fillers
from bot.questions.lookup import Kind
from bot.questions.offices import marks
from bot.questions.question_text import Text
from bot.questions.typos import CLOSE, likeness
from knowledge.spelling import short_form
from knowledge.vocabulary import metrics

_LIKE_LIMIT = 400
_SHORTEST = 4


def read_names(connection: sqlite3.Connection, kind: Kind, ids: Iterable[int]) -> dict[int, str]:
    """The names of metrics or projects by id."""
    table = "metrics" if kind == "metric" else "subjects"
    numbers = tuple(ids)
    rows = connection.execute(f"SELECT id, name FROM {table} WHERE id IN ({marks(numbers)})", numbers)
    return dict(rows.fetchall())


def find_mistyped(
    connection: sqlite3.Connection, kind: Kind, question: Text, taken: list[tuple[int, int]]
) -> list[tuple[NameMatch, ...]]:
    """Names that a stretch outside ``taken`` may be, one group a stretch."""
    groups = []
    for start, end in _stretches(question, taken):
        written = short_form(question.original[start:end])
        if len(written) < _SHORTEST:
            continue
        scores = {
            number: score for number, key in _like(connection, kind, written) if (score := likeness(written, key)) > 0
        }
        if kind == "metric" and max(scores.values(), default=0.0) < CLOSE:
            scores |= _like_standard(connection, written)
        best = max(scores.values(), default=0.0)
        names = read_names(connection, kind, [number for number, score in scores.items() if score >= best - 3])
        groups.append(
            tuple(
                NameMatch(id=number, name=name, start=start, end=end, kind="fuzzy", score=scores[number])
                for number, name in names.items()
            )
        )
    return groups


def _like_standard(connection: sqlite3.Connection, written: str) -> dict[int, float]:
    """Standard terms that are nearly what is written: short names share too few pairs of characters to be found by them."""
    near = {
        term: score
        for key, term in _standard_spellings()
        if abs(len(key) - len(written)) <= 1
        and len(set(written) - set(key)) <= 1
        and (score := likeness(written, key)) >= CLOSE
    }
    rows = connection.execute(f"SELECT id, name FROM metrics WHERE name IN ({marks(near)})", tuple(near)).fetchall()
    return {number: near[name] for number, name in rows}


@cache
def _standard_spellings() -> tuple[tuple[str, str], ...]:
    return tuple((short_form(name), name) for name in metrics())


def _stretches(question: Text, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of Chinese words that are not taken, without words like 请问 and 多少 at their edges."""
    masked = list(question.original)
    for start, end in taken:
        masked[start:end] = " " * (end - start)
    for match in re.finditer(r"[\u4e00-\u9fff（）()“”]{4,}", "".join(masked)):
        words = strip_fillers(match.group())
        if len(words) >= _SHORTEST:
            offset = match.start() + match.group().index(words)
            yield offset, offset + len(words)


def _like(connection: sqlite3.Connection, kind: Kind, written: str) -> list[tuple[int, str]]:
    """Names that share most pairs of characters with what is written, as (target, key)."""
    pairs = sorted({written[index : index + 2] for index in range(len(written) - 1)})
    each = " UNION ALL ".join(
        f"SELECT * FROM (SELECT target FROM name_pairs WHERE kind = '{kind}' AND pair = ? LIMIT {_LIKE_LIMIT})"
        for _ in pairs
    )
    rows = connection.execute(
        f"SELECT target FROM ({each}) GROUP BY target HAVING count(*) >= 1 ORDER BY count(*) DESC LIMIT 40", pairs
    ).fetchall()
    targets = tuple(target for (target,) in rows)
    return connection.execute(
        f"SELECT target, key FROM name_keys WHERE kind = '{kind}' AND target IN ({marks(targets)}) AND form = 'text'",
        targets,
    ).fetchall()
