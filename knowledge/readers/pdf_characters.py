"""Characters of a PDF page through pdfium's bulk functions, joined to runs in the coordinates of the page as read."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from knowledge.models import Box
from knowledge.readers.grids import Ruling
from knowledge.readers.runs import Run

WORD_GAP = 0.25
BLANK = 0.12
RUN_GAP = 0.6


@dataclass(frozen=True, slots=True)
class Frame:
    """From PDF user space to the page as shown (``turns`` quarter turns clockwise) with y downwards."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """Width of the page as shown."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as shown."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space on the page as shown."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box_in(self, other: Frame, box: Box) -> Box:
        """A box of this frame in another frame of the same page."""
        if other.turns == self.turns:
            return box
        width, height = self.width, self.height
        x0, top, x1, bottom = box
        for _ in range((other.turns - self.turns) % 4):
            x0, top, x1, bottom = height - bottom, x0, height - top, x1
            width, height = height, width
        return (x0, top, x1, bottom)


def frame_of(page: Any) -> Frame:
    """The frame of a loaded page (raw handle)."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page))


def reading_turns(text_page: Any, count: int, shown: int) -> int:
    """Quarter turns after which most characters stand upright (a table may be printed sideways on an upright page)."""
    sample = range(0, count, max(1, count // 24))
    angles = Counter(
        round(-pdfium.FPDFText_GetCharAngle(text_page, index) / (math.pi / 2)) % 4
        for index in sample
        if pdfium.FPDFText_GetUnicode(text_page, index) > 32
    )
    return angles.most_common(1)[0][0] if angles else shown


Character = tuple[int, str, float, float, float, float, float]
"""Index, character, x0, top, x1, bottom, baseline."""


def find_characters(text_page: Any, count: int, frame: Frame) -> Iterator[Character]:
    """All visible characters in the order of the content."""
    rectangle = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    box_pointer, x_pointer, y_pointer = ctypes.byref(rectangle), ctypes.byref(x), ctypes.byref(y)
    unicode_of, box_of, origin_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharOrigin,
    )
    upright, left, top = frame.turns == 0, frame.left, frame.top
    for index in range(count):
        code = unicode_of(text_page, index)
        if code <= 32 or code == 0xA0 or code == 0x3000:
            continue
        box_of(text_page, index, box_pointer)
        origin_of(text_page, index, x_pointer, y_pointer)
        character = chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd"
        if upright:
            yield (
                index,
                character,
                rectangle.left - left,
                top - rectangle.top,
                rectangle.right - left,
                top - rectangle.bottom,
                top - y.value,
            )
        else:
            x0, y0 = frame.point(rectangle.left, rectangle.bottom)
            x1, y1 = frame.point(rectangle.right, rectangle.top)
            baseline = frame.point(x.value, y.value)[1]
            yield index, character, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), baseline


def find_runs(text_page: Any, characters: Iterator[Character], verticals: Sequence[Ruling]) -> list[Run]:
    """Join characters that follow each other on one baseline.

    A run ends at a wide gap and where the content starts a new text object on the other side of a ruling line.
    Slanted text is a watermark and is left out.
    """
    positions = [ruling.position for ruling in verticals]
    runs: list[Run] = []
    run: Run | None = None
    previous = -1
    for index, character, x0, top, x1, bottom, baseline in characters:
        if run is not None and abs(baseline - run.baseline) <= 0.2 * run.height:
            em, gap = run.bottom - run.top, x0 - run.x1
            if -0.5 * em <= gap <= RUN_GAP * em and not (
                _crosses(positions, verticals, run.x1 - 0.5 * em, x0 + 0.5 * em, baseline)
                and _is_cut(text_page, previous, index, gap / em)
            ):
                spaced = gap > 0.5 * em or (index > previous + 1 and gap > BLANK * em)
                run.text += " " + character if spaced else character
                run.x1 = max(run.x1, x1)
                if top < run.top:
                    run.top = top
                if bottom > run.bottom:
                    run.bottom = bottom
                previous = index
                continue
        run = Run(character, x0, top, x1, bottom, baseline)
        if not _is_slanted(text_page, index):
            runs.append(run)
        previous = index
    return runs


def _is_slanted(text_page: Any, index: int) -> bool:
    """Whether a character stands at an angle that is no quarter turn."""
    quarters = pdfium.FPDFText_GetCharAngle(text_page, index) / (math.pi / 2)
    return bool(abs(quarters - round(quarters)) > 0.05)


def _crosses(positions: list[float], verticals: Sequence[Ruling], x0: float, x1: float, y: float) -> bool:
    """Whether a vertical ruling stands between two x at the height y."""
    index = bisect_left(positions, x0)
    while index < len(positions) and positions[index] < x1:
        if verticals[index].start <= y - 1 <= verticals[index].end:
            return True
        index += 1
    return False


def _is_cut(text_page: Any, left: int, right: int, gap: float) -> bool:
    """Whether two neighbours on both sides of a ruling line belong to different cells."""
    if gap > WORD_GAP:
        return True
    first, second = (pdfium.FPDFText_GetTextObject(text_page, index) for index in (left, right))
    return ctypes.addressof(first.contents) != ctypes.addressof(second.contents)
