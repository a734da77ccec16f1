"""The words around each figure of a body: its names and clause, the opening of its sentence, and what else stands near.

``聚焦基金安全，全年检查定点医药机构901家次，处理150家次`` gives 150 家次 its own clause 处理, the opening 聚焦基金安全, and 全年检查
定点医药机构 as words near by.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.narrowing import is_row
from knowledge.spelling import shorten_text
from knowledge.text import fold_text

KEPT_BODIES = 8
BEFORE = 80
_NOISE = re.compile(r"[^\w%]")
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
    numbers = sorted({(record.start - begin, record.end - begin) for record in records})
    clauses = _clauses(sentence, numbers, is_row=is_row(sentence))
    said = [_compared(clause) for clause in clauses]
    own = {start: (index, _compared(_LISTED.sub("", clauses[index]))) for index, (start, _) in enumerate(numbers)}
    lead = _compared(sentence[: _last_break(sentence, numbers[0][0])])
    outside = (_compared(before), _compared_name(records[0].section))
    for record in records:
        index, clause = own[record.start - begin]
        names = (record.metric, *(json.loads(record.aliases) if record.aliases else ()))
        above = filter(None, (record.subject, record.parent, record.split))
        yield Around(
            record,
            "|".join((clause, *map(_compared_name, names))),
            "|".join((lead, *map(_compared_name, above))),
            "|".join(said[:index]),
            "|".join((*said[index + 1 :], *outside)),
        )


def _compared(text: str) -> str:
    """Text without punctuation and spaces, in half width, long forms shortened, as ``plain`` has names."""
    return shorten_text(_NOISE.sub("", fold_text(text)))


_compared_name = lru_cache(maxsize=16384)(_compared)


def _clauses(sentence: str, numbers: list[tuple[int, int]], *, is_row: bool) -> list[str]:
    """For each number the stretch from the number before it to the next comma behind it, and what is left at the end; of a
    row of a table to the number itself, since the next label stands behind it."""
    cuts = [0]
    for (_, end), following in zip(numbers, [*(start for start, _ in numbers[1:]), len(sentence)], strict=True):
        comma = _SEPARATOR.search(sentence, end, following)
        cuts.append(end if is_row else comma.start() if comma else following)
    return [sentence[start:stop] for start, stop in pairwise((*cuts, len(sentence)))]


def _last_break(sentence: str, number: int) -> int:
    """Where the clause of a number begins."""
    return max((match.start() for match in _SEPARATOR.finditer(sentence, 0, number)), default=0)
