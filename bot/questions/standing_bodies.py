"""Bodies named apart from their place, or without one: 医保局 in 2022年医保局渠县, 新妙镇, and 新秒镇 typed for it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.questions.lookup import Hit, find_prefixes, find_sounds, find_targets, keep_longest
from bot.questions.named_ends import starts_metric
from bot.questions.offices import find_pairs
from bot.questions.place_spans import Place, is_boundary
from bot.questions.question_text import Text, letter_runs
from knowledge.connection import Reader
from knowledge.name_forms import STEM
from knowledge.spelling import syllables
from knowledge.vocabulary.abbreviations import abbreviations

_SHORTEST, _LETTERS = 3, 6
_LESS = 8


def find_standing(question: Text, hits: list[Hit], places: list[Place]) -> list[Hit]:
    """Names of bodies that do not stand behind a place."""
    found = []
    for hit in hits:
        start, _ = question.plain_span(hit)
        inside = any(place.start <= start <= place.end + 1 for place in places)
        if not inside and hit.key.endswith(abbreviations().endings) and hit.end - hit.start >= _SHORTEST:
            found.append(hit)
    return keep_longest(found)


def find_mistyped_bodies(connection: Reader, question: Text) -> Iterator[tuple[tuple[int, int], dict[int, float]]]:
    """A body at the beginning of a question that sounds as written, or is typed in letters: its stretch of ``plain`` and
    the bodies that it may be."""
    for hit in find_sounds(connection, "body", syllables(question.short.text), [0]):
        start, end = question.plain_span(hit)
        if hit.end - hit.start < _SHORTEST or question.is_cut(hit) or not _ends_body(connection, question, end):
            continue
        scores = find_pairs(connection, (), find_targets(connection, "body", "pinyin", hit.key))
        if scores and max(scores.values()) > STEM:
            yield (start, end), {agency: score - _LESS for agency, score in scores.items()}
            return
    for start, end in letter_runs(question.plain):
        for key in find_prefixes(connection, "body", "letters", question.plain.text[start:end], _LETTERS):
            scores = find_pairs(connection, (), find_targets(connection, "body", "letters", key))
            if scores and max(scores.values()) > STEM:
                yield (start, start + len(key)), {agency: score - _LESS for agency, score in scores.items()}
                return


def _ends_body(connection: Reader, question: Text, end: int) -> bool:
    """Whether a name may end here as those of bodies do: 镇, 中学, with no word going on behind it."""
    ends = question.plain.text[:end].endswith(abbreviations().endings)
    return ends and (is_boundary(question.plain, end) or starts_metric(connection, question, end))
