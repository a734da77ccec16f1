"""A question in the two spellings that names are looked up in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bot.questions.lookup import Hit
from knowledge.spelling import Spelling, shorten, spell

_LETTERS = re.compile("[a-z]+")


def letter_runs(plain: Spelling) -> Iterator[tuple[int, int]]:
    """Stretches of two Latin letters or more; letters with something left out between them (a year) are two."""
    for match in _LETTERS.finditer(plain.text):
        start = match.start()
        for index in range(match.start() + 1, match.end() + 1):
            if index == match.end() or plain.starts[index] - plain.ends[index - 1] > 1:
                if index - start > 1:
                    yield start, index
                start = index


@dataclass(frozen=True, slots=True)
class Text:
    """A question as spelled, and with short forms; ``short`` has its offsets in ``plain``."""

    original: str
    plain: Spelling
    short: Spelling

    def short_position(self, position: int) -> int:
        """Where the short forms begin that stand at or behind a place of ``plain``."""
        return bisect_left(self.short.starts, position)

    def plain_span(self, hit: Hit) -> tuple[int, int]:
        """Offsets in ``plain`` of a hit in ``short``."""
        return self.short.span(hit.start, hit.end)

    def original_span(self, hit: Hit) -> tuple[int, int]:
        """Offsets in the question of a hit in ``short``."""
        return self.plain.span(*self.plain_span(hit))

    def splits_word(self, position: int) -> bool:
        """Whether a place of ``short`` lies inside one word of it: between 纪委 and 监委 of 纪律检查委员会监察委员会."""
        short = self.short
        return 0 < position < len(short.text) and short.starts[position] < short.ends[position - 1]

    def is_cut(self, hit: Hit) -> bool:
        """Whether a hit in ``short`` begins or ends inside a word, or something was masked or set apart within it."""
        return self.splits_word(hit.start) or self.splits_word(hit.end) or self.is_interrupted(*self.plain_span(hit))

    def is_interrupted(self, start: int, end: int) -> bool:
        """Whether something was masked, or a separator stands, inside a stretch of ``plain``."""
        plain = self.plain
        return any(
            start < gap < end
            and (gap in plain.breaks or "  " in self.original[plain.ends[gap - 1] : plain.starts[gap]])
            for gap in plain.gaps
        )


def read_text(text: str) -> Text:
    """A question in its two spellings."""
    plain = spell(text)
    length = len(plain.text)
    own = Spelling(plain.text, tuple(range(length)), tuple(range(1, length + 1)), plain.breaks, plain.gaps)
    return Text(text, plain, shorten(own))
