"""Runs of characters on a page and the lines that they form; shared by PDF text and OCR.

All coordinates are points of the page as it is read: x to the right, y downwards from the top edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.models import Box

NUMERIC = re.compile(r"[-+−－]?[\d０-９][\d０-９,，.．]*[%％]?$")

Doubtful = tuple[int, int, float]
"""Start and end within a piece of text, and the confidence of its reading."""


@dataclass(slots=True)
class Run:
    """Characters written next to each other. ``doubts`` are stretches of the text that OCR is not sure of."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    doubts: tuple[Doubtful, ...] = ()

    @property
    def box(self) -> Box:
        """(x0, top, x1, bottom)."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def height(self) -> float:
        """Height of the characters, about one em."""
        return self.bottom - self.top


@dataclass(slots=True)
class TextLine:
    """Runs on one baseline, from left to right."""

    runs: list[Run]

    @property
    def text(self) -> str:
        """What is printed, with one space where the runs stand apart."""
        return join_runs(self.runs)

    @property
    def box(self) -> Box:
        """What encloses the runs."""
        return enclosing(run.box for run in self.runs)


def enclosing(boxes: Iterable[Box]) -> Box:
    """The smallest box around all boxes (at least one)."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def join_runs(runs: Sequence[Run]) -> str:
    """Text of runs on one line, with a space where two of them stand apart."""
    parts = [runs[0].text]
    for left, right in pairwise(runs):
        parts.append(" " + right.text if needs_space(left, right) else right.text)
    return "".join(parts)


def needs_space(left: Run, right: Run) -> bool:
    """Whether two neighbours stand apart: a gap wider than a quarter of an em, or one written over the other."""
    return right.x0 - left.x1 > 0.25 * min(left.height, right.height) or right.x1 < left.x0


def find_lines(runs: Iterable[Run]) -> list[TextLine]:
    """Group runs by baseline, from top to bottom; each line from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        if lines and run.baseline - lines[-1][0].baseline <= 0.4 * min(run.height, lines[-1][0].height):
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        line.sort(key=lambda run: run.x0)
    return [TextLine(line) for line in lines]
