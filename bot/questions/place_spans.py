"""A stretch of a question that names regions, where such a stretch may begin and end, and regions inside others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.models import MatchKind
from knowledge.regions import LOCAL, is_within, level
from knowledge.spelling import Spelling

_LEFT = frozenset("年度和与跟同比较及或、的查问看下请在给对把是谁哪各跟还那")
_LEFT_WORDS = frozenset({"没有", "还有", "都有", "有关", "关于", "载入", "收录", "包括", "知道", "想要"})
_RIGHT = re.compile(r"[的年度和与跟同比较去今前上近本各谁哪有是在那这呢吗花用\d]|二〇|二零")
SUFFIXES = frozenset("省市区县州旗盟")


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` names these regions. ``score`` 100: as printed; less for short names and sounds."""

    start: int
    end: int
    codes: tuple[int, ...]
    score: float
    kind: MatchKind
    contradictory: bool = False

    def overlaps(self, other: Place) -> bool:
        """Whether two places have a character in common."""
        return self.start < other.end and other.start < self.end


def is_boundary(plain: Spelling, position: int) -> bool:
    """Whether no word goes on at this place of the text: the end, a gap, a year, 的, 和, 比 …"""
    return position >= len(plain.text) or position in plain.gaps or _RIGHT.match(plain.text, position) is not None


def starts_word(plain: Spelling, position: int) -> bool:
    """Whether a word may begin at this place: the beginning, behind a gap, a number, 的, 和, 查 …"""
    return (
        position == 0
        or position in plain.gaps
        or plain.text[position - 1] in _LEFT
        or plain.text[max(position - 2, 0) : position] in _LEFT_WORDS
        or plain.text[position - 1].isdigit()
    )


def join_places(plain: Spelling, places: list[Place]) -> list[Place]:
    """A region inside the one right before it (达州市渠县) is one place with it."""
    joined: list[Place] = []
    for place in places:
        if joined and _follows(plain, joined[-1], place):
            joined[-1] = _inner(joined[-1], place)
        else:
            joined.append(place)
    return joined


def _follows(plain: Spelling, outer: Place, inner: Place) -> bool:
    between = plain.text[outer.end : inner.start]
    if between not in ("", "的") or any(place in plain.breaks for place in range(outer.end, inner.start + 1)):
        return False
    return min(map(level, outer.codes)) < max(map(level, inner.codes))


def _inner(outer: Place, inner: Place) -> Place:
    codes = tuple(code for code in inner.codes if code >= LOCAL or any(is_within(code, one) for one in outer.codes))
    if not codes:
        return replace(inner, start=outer.start, contradictory=True)
    return replace(inner, start=outer.start, codes=codes, score=min(outer.score, inner.score))
