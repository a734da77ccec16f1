"""The words around each figure of a body: its names and clause, the opening of its sentence, and what else stands near.

``聚焦基金安全，全年检查定点医药机构901家次，处理150家次`` gives 150 家次 its own clause 处理, the opening 聚焦基金安全, and 全年检查
定点医药机构 as words near by.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.narrowing import is_row
from knowledge.spelling import shorten_text
from knowledge.text import fold_text

KEPT_BODIES = 8
_APART = "\x1f"
_NOISE = re.compile(rf"[^\w%{_APART}]")
_SEPARATOR = re.compile(r"[，,。；;]")
_LISTED = re.compile(r"[^，,。；;：:]*、[^，,。；;：:]*等")
"""Examples (办公费、印刷费等), which no figure is of alone."""


class Around(NamedTuple):
    """A figure with the words around it, each for comparison: ``own`` to it, the ``lead`` of its sentence or row with its
    project, what the sentence says ``earlier`` of other figures, and what stands ``near`` by (the rest of it, its heading)."""

    record: Record
    own: str
    lead: str
    earlier: str
    near: str


class _Sentence(NamedTuple):
    """A sentence or row with its figures: where their numbers start, and the stretches to compare, which are its opening,
    the clause of each number, and what is left at the end."""

    records: list[Record]
    starts: list[int]
    stretches: tuple[str, ...]

    @classmethod
    def cut(cls, source: str, records: list[Record]) -> _Sentence:
        """The sentence of a source that prints these figures."""
        begin, text = records[0].quote_start, source[records[0].quote_start : records[0].quote_end]
        numbers = sorted({(record.start - begin, record.end - begin) for record in records})
        lead = text[: _last_break(text, numbers[0][0])] if len(numbers) > 1 else ""
        starts = [start + begin for start, _ in numbers]
        return cls(records, starts, (lead, *_clauses(text, numbers, is_row=is_row(text))))


def surroundings(base: KnowledgeBase, agency_id: int) -> list[Around]:
    """All figures of a body with the words around them; kept until the knowledge base changes."""
    kept: dict[int, list[Around]] = base.connection.room("surroundings", KEPT_BODIES)
    if agency_id not in kept:
        sentences: dict[tuple[str, int, int], list[Record]] = {}
        for record in base.body_records(agency_id):
            sentences.setdefault((record.report_id, record.quote_start, record.quote_end), []).append(record)
        sources = {report: base.source(report) for report, _, _ in sentences}
        kept[agency_id] = _read_all(
            [_Sentence.cut(sources[report], records) for (report, _, _), records in sentences.items()]
        )
    return kept[agency_id]


def _read_all(sentences: Sequence[_Sentence]) -> list[Around]:
    """The words around the figures of sentences; all stretches are brought into one form at once."""
    compared = iter(_compared_each([stretch for sentence in sentences for stretch in sentence.stretches]))
    return [
        around for sentence in sentences for around in _read(sentence, tuple(islice(compared, len(sentence.stretches))))
    ]


def _read(sentence: _Sentence, compared: Sequence[str]) -> Iterator[Around]:
    lead, *said = compared
    for record in sentence.records:
        index = sentence.starts.index(record.start)
        own = _own(sentence.stretches[index + 1], said[index])
        yield Around(
            record,
            f"{own}|{_compared_names(record.metric, record.aliases)}",
            "|".join((lead, *map(_compared_name, filter(None, (record.subject, record.parent, record.split))))),
            "|".join(said[:index]),
            "|".join((*said[index + 1 :], _compared_name(record.section))),
        )


@lru_cache(maxsize=16384)
def _compared_names(metric: str, aliases: str | None) -> str:
    return "|".join(map(_compared_name, (metric, *(json.loads(aliases) if aliases else ()))))


def _own(clause: str, compared: str) -> str:
    """A clause for comparison without lists of examples."""
    return _compared_name(_LISTED.sub("", clause)) if "、" in clause else compared


def _compared_each(stretches: Sequence[str]) -> list[str]:
    """Stretches without punctuation and spaces, in half width, long forms shortened, as ``plain`` has names."""
    together = _APART.join(stretch.replace(_APART, "") for stretch in stretches)
    return shorten_text(_NOISE.sub("", fold_text(together))).split(_APART)


@lru_cache(maxsize=16384)
def _compared_name(name: str) -> str:
    return _compared_each((name,))[0]


def _clauses(sentence: str, numbers: list[tuple[int, int]], *, is_row: bool) -> list[str]:
    """For each number the stretch from the number before it to the next comma behind it, and what is left at the end; of a
    row of a table to the number itself, since the next label stands behind it."""
    cuts = [0]
    for (_, end), following in zip(numbers, [*(start for start, _ in numbers[1:]), len(sentence)], strict=True):
        comma = None if is_row else _SEPARATOR.search(sentence, end, following)
        cuts.append(end if is_row else comma.start() if comma else following)
    return [sentence[start:stop] for start, stop in pairwise((*cuts, len(sentence)))]


def _last_break(sentence: str, number: int) -> int:
    """Where the clause of a number begins."""
    return max((match.start() for match in _SEPARATOR.finditer(sentence, 0, number)), default=0)
