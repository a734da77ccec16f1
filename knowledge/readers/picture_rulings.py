"""Ruling lines in a picture of a page, found as long thin strokes."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from knowledge.readers.grids import JOIN, Ruling, connected_rulings, merge_rulings

SHORTEST = (15.0, 11.0)
THICKEST = 4.0
LONG = 40.0
NARROWEST = 90.0
LOWEST = 18.0


def find_ink(picture: Any) -> Any:
    """White where something is printed, on black."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)


def find_picture_rulings(picture: Any, scale: float) -> tuple[list[Ruling], list[Ruling]]:
    """Horizontal and vertical rulings in points; ``scale`` is the picture's pixels per point.

    Strokes that make no grid of the size of a table are parts of characters and are left out.
    """
    horizontals: list[Ruling] = []
    verticals: list[Ruling] = []
    strokes = [merge_rulings(_strokes(picture, scale, across=across)) for across in (True, False)]
    for across, down in connected_rulings(*strokes):
        if _reach(across) > NARROWEST and _reach(down) > LOWEST:
            horizontals += [line for line in across if _is_wall(line, down)]
            verticals += [line for line in down if _is_wall(line, across)]
    by_position = attrgetter("position")
    return sorted(horizontals, key=by_position), sorted(verticals, key=by_position)


def _is_wall(line: Ruling, crossing: list[Ruling]) -> bool:
    """A line that is long, or that goes from one crossing line to another; a part of a character does not."""
    return line.end - line.start > LONG or all(
        any(abs(other.position - end) <= JOIN for other in crossing) for end in (line.start, line.end)
    )


def _reach(lines: list[Ruling]) -> float:
    return max(line.end for line in lines) - min(line.start for line in lines)


def _strokes(picture: Any, scale: float, *, across: bool) -> list[Ruling]:
    """Long thin strokes of one direction."""
    import cv2

    ink = find_ink(picture)
    length = max(3, round(SHORTEST[0 if across else 1] * scale))
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if across else (1, length))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel))
    rulings = []
    for x, y, width, height, _ in boxes[1:count].tolist():
        along, start, thickness, position = (width, x, height, y) if across else (height, y, width, x)
        if thickness <= THICKEST * scale and along > 3 * thickness:
            rulings.append(Ruling((position + thickness / 2) / scale, start / scale, (start + along) / scale))
    return rulings


def erase_rulings(picture: Any, horizontals: list[Ruling], verticals: list[Ruling], scale: float) -> Any:
    """A copy of the picture without its rulings, so that they are not read as characters."""
    import cv2

    clean = picture.copy()
    thickness = max(2, round(1.6 * scale))
    for line in horizontals:
        y = round(line.position * scale)
        cv2.line(clean, (round(line.start * scale), y), (round(line.end * scale), y), (255, 255, 255), thickness)
    for line in verticals:
        x = round(line.position * scale)
        cv2.line(clean, (x, round(line.start * scale)), (x, round(line.end * scale)), (255, 255, 255), thickness)
    return clean
