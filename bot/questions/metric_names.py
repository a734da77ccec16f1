"""Metrics and projects named in a question: printed names, aliases, everyday words, pinyin, and mistyped names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.models import MatchKind, NameMatch
from bot.questions.fillers import is_filler
from bot.questions.lookup import Form, Hit, Kind, find_hits, find_prefixes, find_sounds, find_targets, keep_longest
from bot.questions.mistyped import find_mistyped, read_names
from bot.questions.offices import marks
from bot.questions.question_text import Text, letter_runs, read_text
from knowledge.connection import Reader, keep
from knowledge.spelling import short_form, spell, syllables
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.abbreviations import everyday_words

Groups = tuple[tuple[NameMatch, ...], ...]
EVERYDAY, PART = 96, 80.0
PINYIN = {2: 80.0, 3: 88.0}


def find_metric_groups(connection: Reader, text: str) -> Groups:
    """The metrics that a question names, one group per stretch, in order, the best candidate first.

    Scores: 100 the printed name, 98 an alias, 96 an everyday word (80 inside another word), 92 by sound, 86 mistyped;
    under 85 ask before using it. A standard term that no report has is found with id 0.
    Years and bodies are best masked with spaces.
    """
    return _find_groups(connection, "metric", read_text(text))


def find_subject_groups(connection: Reader, text: str, agency_ids: Sequence[int] = ()) -> Groups:
    """The projects (项目名称) that a question names, of these bodies, or of any when none is given."""
    groups = _find_groups(connection, "subject", read_text(text))
    if not agency_ids:
        return groups
    owned = {
        number
        for (number,) in connection.execute(
            f"SELECT id FROM subjects WHERE agency_id IN ({marks(agency_ids)})", tuple(agency_ids)
        )
    }
    kept = (tuple(match for match in group if match.id in owned) for group in groups)
    return tuple(group for group in kept if group)


def _find_groups(connection: Reader, kind: Kind, question: Text) -> Groups:
    short = question.short.text
    spelled = [hit for hit in find_hits(connection, kind, short) if not question.is_cut(hit)]
    if kind == "metric":
        spelled += [hit for hit in _standard_hits(short) if not question.is_cut(hit)]
    spelled = keep_longest(spelled)
    sounding = _sounding(connection, kind, question, spelled)
    groups = [_spelled_group(connection, kind, question, hit) for hit in spelled if not _covered(hit, sounding)]
    groups += [_group(connection, kind, question, hit, "pinyin", "pinyin") for hit in sounding]
    groups += _latin(connection, kind, question)
    taken = [(group[0].start, group[0].end) for group in groups if group]
    mistyped = [group for group in find_mistyped(connection, kind, question, taken) if group]
    groups = [group for group in groups if group and not _is_inside(group[0], mistyped)]
    return tuple(sorted((*groups, *mistyped), key=lambda group: group[0].start))


def _is_inside(match: NameMatch, longer: Iterable[tuple[NameMatch, ...]]) -> bool:
    return any(other[0].start <= match.start and match.end <= other[0].end for other in longer)


@cache
def _standard_terms() -> dict[str, tuple[str, int]]:
    """Standard terms, their aliases and everyday words, as the index spells them → term and weight."""
    terms = {short_form(word): (term, EVERYDAY) for word, term in everyday_words().items()}
    for alias, metric in metric_by_alias().items():
        terms[short_form(alias)] = (metric.name, 100 if alias == metric.name else 98)
    return terms


@cache
def _terms_by_pair() -> dict[str, list[str]]:
    """The first two characters of standard terms → those that begin so, the longest first."""
    found: dict[str, list[str]] = {}
    for term in sorted(_standard_terms(), key=len, reverse=True):
        found.setdefault(term[:2], []).append(term)
    return found


def _standard_hits(short: str) -> Iterator[Hit]:
    terms = _terms_by_pair()
    for start in range(len(short) - 1):
        for term in terms.get(short[start : start + 2], ()):
            if short.startswith(term, start):
                yield Hit(start, start + len(term), term)


def _sounding(connection: Reader, kind: Kind, question: Text, spelled: list[Hit]) -> list[Hit]:
    """Hits by sound where no longer or equal one is spelled out."""
    if spelled and not _words_left(question, spelled):
        return []
    short = question.short.text
    exact = {index for hit in spelled if hit.end - hit.start >= 4 for index in range(hit.start, hit.end)}
    starts = [index for index, character in enumerate(short) if not character.isascii()]
    hits = [
        hit
        for hit in find_sounds(connection, kind, syllables(short), starts)
        if hit.end - hit.start >= 3
        and not question.is_cut(hit)
        and not all(index in exact for index in range(hit.start, hit.end))
        and not any(_overlap(one, hit) and one.end - one.start >= hit.end - hit.start for one in spelled)
        and _half_written(short[hit.start : hit.end], connection, kind, hit)
    ]
    return keep_longest(hits)


def _words_left(question: Text, spelled: list[Hit]) -> bool:
    """Whether anything but words like 请问 and 多少 stands beside what is spelled out."""
    left = list(question.original)
    for hit in spelled:
        start, end = question.original_span(hit)
        left[start:end] = " " * (end - start)
    return not all(map(is_filler, _CHINESE.findall("".join(left))))


_CHINESE = re.compile("[\u4e00-\u9fff]+")


def _half_written(written: str, connection: Reader, kind: Kind, hit: Hit) -> bool:
    """Whether the name shares enough characters with what is written: a typing error, not another word."""
    names = read_names(connection, kind, tuple(find_targets(connection, kind, "pinyin", hit.key)))
    return (
        any(
            2 * sum(left == right for left, right in zip(written, short_form(name), strict=False)) >= len(written)
            for name in names.values()
        )
        or len(written) >= 4
    )


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _covered(hit: Hit, longer: Iterable[Hit]) -> bool:
    return any(_overlap(hit, other) for other in longer)


def _spelled_group(connection: Reader, kind: Kind, question: Text, hit: Hit) -> tuple[NameMatch, ...]:
    group = _group(connection, kind, question, hit, "text", "alias")
    term, weight = _standard_terms().get(hit.key, ("", 0)) if kind == "metric" else ("", 0)
    if not term or any(match.name == term for match in group):
        return group
    start, end = question.original_span(hit)
    standard = NameMatch(
        id=_standard_id(connection, term),
        name=term,
        start=start,
        end=end,
        kind="exact" if weight == 100 else "alias",
        score=_alias_score(question, hit, weight) if weight < 100 else 100,
    )
    return tuple(sorted((*group, standard), key=lambda match: -match.score))


@keep
def _standard_id(connection: Reader, term: str) -> int:
    """The metric of this name, 0 where no report has it."""
    row = connection.execute("SELECT id FROM metrics WHERE name = ?", (term,)).fetchone()
    return row[0] if row else 0


def _alias_score(question: Text, hit: Hit, weight: int) -> float:
    """An everyday word inside another word (培训 in 培训班次) may mean something else."""
    return min(98, weight) if weight > EVERYDAY or _is_word(question, hit) else PART


def _is_word(question: Text, hit: Hit) -> bool:
    first, last = question.short.span(hit.start, hit.end)
    text, gaps = question.plain.text, question.plain.gaps
    before = first == 0 or first in gaps or _BEFORE.match(text, first - 1)
    after = last == len(text) or last in gaps or _AFTER.match(text, last)
    return bool(before and after)


_BEFORE = re.compile("[^\u4e00-\u9fff]|[的年度在花用于上了查问看下局心委办厅区县市和与及跟、共总给把是有发交买付缴]")
_AFTER = re.compile("[^\u4e00-\u9fff]|[的花用了呢吗嘛啊是多少有在上和与及跟、共总一合比占各能怎几哪谁还给支开费情最]")


def _group(
    connection: Reader, kind: Kind, question: Text, hit: Hit, form: Form, called: MatchKind
) -> tuple[NameMatch, ...]:
    targets = find_targets(connection, kind, form, hit.key)
    start, end = question.original_span(hit)
    first, last = question.short.span(hit.start, hit.end)
    written = question.plain.text[first:last]
    matches = []
    for number, name in read_names(connection, kind, tuple(targets)).items():
        exact = form == "text" and spell(name).text == written
        score = 100 if exact else _alias_score(question, hit, targets[number]) if form == "text" else _sound_score(hit)
        matches.append(
            NameMatch(id=number, name=name, start=start, end=end, kind="exact" if exact else called, score=score)
        )
    return tuple(sorted(matches, key=lambda match: (-match.score, match.id)))


def _sound_score(hit: Hit) -> float:
    return PINYIN.get(hit.end - hit.start, 92.0)


def _latin(connection: Reader, kind: Kind, question: Text) -> list[tuple[NameMatch, ...]]:
    groups = []
    for first, last in letter_runs(question.plain):
        letters = question.plain.text[first:last]
        keys = find_prefixes(connection, kind, "letters", letters, shortest=4)
        form: Form = "letters" if keys else "initials"
        key = keys[0] if keys else letters
        targets = find_targets(connection, kind, form, key)
        score = 90.0 if keys else 86.0 if len(key) > (3 if len(targets) == 1 else 4) else 72.0
        start, end = question.plain.span(first, first + len(key))
        called: MatchKind = "pinyin" if keys else "initials"
        groups.append(
            tuple(
                NameMatch(id=number, name=name, start=start, end=end, kind=called, score=score)
                for number, name in read_names(connection, kind, tuple(targets)).items()
            )
        )
    return groups
