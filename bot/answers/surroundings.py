"""The words around each figure of a body: its names and clause, the opening of its sentence, and what else stands near.

``聚焦基金安全，全年检查定点医药机构901家次，处理150家次`` gives 150 家次 its own clause 处理, the opening 聚焦基金安全, and 全年检查
定点医药机构 as words near by.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain

KEPT_BODIES = 8
BEFORE = 80
_SEPARATOR = re.compile(r"[，,。；;]")
_LISTED = re.compile(r"[^，,。；;：:]*、[^，,。；;：:]*等")
"""Examples (办公费、印刷费等), which no figure is of alone."""
_Sentence = tuple[str, int, int]


class Around(NamedTuple):
    """A figure with the words around it, each for comparison: ``own`` to it, the ``lead`` of its sentence or row with its
    project, what the sentence says ``earlier`` of other figures, and what stands ``near`` by."""

    record: Record
    own: str
    lead: str
    earlier: str
    near: str


def surroundings(base: KnowledgeBase, agency_id: int) -> list[Around]:
    """All figures of a body with the words around them; kept until the knowledge base changes."""
    kept: dict[int, list[Around]] = base.connection.room("surroundings", KEPT_BODIES)
    if agency_id not in kept:
        sentences: dict[_Sentence, list[Record]] = {}
        for record in base.body_records(agency_id):
            sentences.setdefault((record.report_id, record.quote_start, record.quote_end), []).append(record)
        kept[agency_id] = [around for place in sentences.items() for around in _read_sentence(base, *place)]
    return kept[agency_id]


def _read_sentence(base: KnowledgeBase, place: _Sentence, records: list[Record]) -> Iterator[Around]:
    report, begin, end = place
    source = base.source(report)
    sentence, before = source[begin:end], source[max(begin - BEFORE, 0) : begin]
    clauses = _clauses(sentence, sorted({(record.start - begin, record.end - begin) for record in records}))
    lead = sentence[: _last_break(sentence, min(clauses))]
    for record in records:
        start, stop = clauses[record.start - begin]
        own = (_LISTED.sub("", sentence[start:stop]), *_names(record))
        above = (lead, record.subject or "", record.parent or "", record.split or "")
        near = (sentence[stop:], record.section, before)
        yield Around(record, _joined(own), _joined(above), plain(sentence[:start]), _joined(near))


def _joined(stretches: Iterable[str]) -> str:
    return "|".join(map(plain, stretches))


def _names(record: Record) -> Iterator[str]:
    yield record.metric
    yield from json.loads(record.aliases) if record.aliases else ()


def _clauses(sentence: str, numbers: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """By the start of each number, the stretch from the number before it to the next comma behind it."""
    clauses, begin = {}, 0
    for (start, end), following in zip(numbers, [*(start for start, _ in numbers[1:]), len(sentence)], strict=True):
        comma = _SEPARATOR.search(sentence, end, following)
        clauses[start] = (begin, comma.start() if comma else following)
        begin = clauses[start][1]
    return clauses


def _last_break(sentence: str, number: int) -> int:
    """Where the clause of a number begins."""
    return max((match.start() for match in _SEPARATOR.finditer(sentence, 0, number)), default=0)
