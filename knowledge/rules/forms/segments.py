"""The indicator part of a flattened form → segments in reading order: levels, names, values, totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from knowledge.layout.form_words import Label, Word, find_labels
from knowledge.rules.forms.values import Item, Kind, Value, read_items
from knowledge.vocabulary.forms import any_of, form_words

SegmentKind = Literal["level", "text", "values", "total"]
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POINTS = re.compile(r"(.{2,24}?)（(\d+(?:\.\d+)?)分?）")


class Segment(NamedTuple):
    """A level (数量指标), a run of text, a run of values, or the opening of a total row."""

    kind: SegmentKind
    items: tuple[Item, ...]
    name: str = ""
    points: Value | None = None

    @property
    def words(self) -> list[Word]:
        """All words of the segment."""
        return [word for item in self.items for word in item.words]

    @property
    def values(self) -> list[Item]:
        """Items that hold a number."""
        return [item for item in self.items if item.kind is Kind.VALUE]


@cache
def _known() -> tuple[re.Pattern[str], frozenset[str]]:
    words = form_words()
    totals = frozenset(words.totals["rows"])
    return any_of((*words.levels["first"], *words.levels["second"], *totals)), totals


def read_segments(words: Sequence[Word]) -> list[Segment]:
    """Segments up to and with the total row; what comes after it is left out."""
    pattern, totals = _known()
    labels = {
        label.first: label
        for label in find_labels(words, pattern)
        if words[label.first].first or _after_level(words, label)
    }
    segments: list[Segment] = []
    index, plain = 0, list[Word]()
    while index < len(words):
        label = labels.get(index)
        if label is None or (label.name in totals and not _is_total(words, label)):
            grouped = _POINTS.fullmatch(words[index].text) if words[index].first else None
            if grouped is not None and len(grouped[1]) < 16:
                segments += [*_runs(plain), _level(words[index], grouped[1])]
                plain = []
            else:
                plain.append(words[index])
            index += 1
            continue
        segments += _runs(plain)
        plain = []
        covered = tuple(Item(Kind.TEXT, (word,)) for word in words[index : label.last + 1])
        if label.name in totals:
            segments.append(Segment("total", covered, label.name))
            return _with_points([*segments, *_runs(_row_end(words[label.last + 1 :]))])
        last = words[label.last]
        rest = last.part(label.rest + last.text.startswith("：", label.rest), len(last.text))
        segments.append(Segment("level", covered, label.name))
        plain = [rest] if rest.text else []
        index = label.last + 1
    return _with_points([*segments, *_runs(plain)])


def _after_level(words: Sequence[Word], label: Label) -> bool:
    """A level printed on the line of the one above it (产出指标 数量指标), or behind the points of the row before it."""
    before = words[label.first - 1].text if label.first else ""
    if _NUMBER.fullmatch(before) and (label.name.endswith("指标") or label.name in form_words().totals["rows"]):
        return True
    return before.endswith(("指标", "）")) or label.rest < len(words[label.last].text) or before in _levels()


@cache
def _levels() -> frozenset[str]:
    return frozenset((*form_words().levels["first"], *form_words().levels["second"]))


def _is_total(words: Sequence[Word], label: Label) -> bool:
    following = read_items(words[label.last + 1 : label.last + 4])
    return bool(following) and following[0].kind in (Kind.VALUE, Kind.PLACEHOLDER)


def _row_end(words: Sequence[Word]) -> list[Word]:
    """Words of the total row: up to the first that is no value."""
    held: list[Word] = []
    for word in words:
        match = re.fullmatch(r"([\d.,]+分?|分|/|—+)(?:（[优良中差]）)?", word.text)
        if match is None:
            break
        held.append(word.part(0, match.end(1)))
    return held


def _level(word: Word, name: str) -> Segment:
    score = read_items([word.part(len(name), len(word.text))])[0]
    return Segment("level", (Item(Kind.TEXT, (word,)),), name, score.value)


def _runs(words: Sequence[Word]) -> Iterator[Segment]:
    """Text and values by turns; points in brackets stay by themselves until their level takes them."""
    run: list[Item] = []
    kind: SegmentKind = "text"
    for item in read_items(words):
        now: SegmentKind = "text" if item.kind in (Kind.TEXT, Kind.SCORE) else "values"
        if item.kind is Kind.SCORE and not run:
            yield Segment("text", (item,))
            continue
        if run and now != kind:
            yield Segment(kind, tuple(run))
            run = []
        kind = now
        run.append(item)
    if run:
        yield Segment(kind, tuple(run))


def _with_points(segments: Sequence[Segment]) -> list[Segment]:
    """Points printed after a level belong to it: 数量指标 / （15）."""
    merged: list[Segment] = []
    for segment in segments:
        last = merged[-1] if merged else None
        if last is not None and last.kind == "level" and segment.kind == "text" and segment.items[0].kind is Kind.SCORE:
            points = segment.items[0]
            merged[-1] = Segment("level", (*last.items, points), last.name, points.value)
            if len(segment.items) > 1:
                merged.append(Segment("text", segment.items[1:]))
            continue
        merged.append(segment)
    return merged
