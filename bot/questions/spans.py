"""Stretches of a question that were understood, and what is left of the text without them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

GAP = " "
KEPT = 4096
"""How many texts are remembered with what was found in them: names and common words are asked again and again."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """``text[start:end]`` says ``value``."""

    start: int
    end: int
    value: Value

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the stretch shares a character with another."""
        return self.start < end and start < self.end


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with each stretch replaced by gaps of the same length, so that offsets stay.

    >>> mask("渠县2022年三公", [(2, 7)])
    '渠县     三公'
    """
    for start, end in spans:
        text = text[:start] + GAP * (end - start) + text[end:]
    return text


def keep_longest(found: Iterable[Found[Value]]) -> list[Found[Value]]:
    """Of overlapping stretches the longest (the first of equal ones), in the order of the text."""
    kept: list[Found[Value]] = []
    for candidate in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        if not any(other.overlaps(candidate.start, candidate.end) for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda item: item.start)
