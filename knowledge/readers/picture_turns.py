"""Pictures made level, and boxes brought back from the turned picture to the page as shown."""

from __future__ import annotations

import math
from typing import Any

from knowledge.models import Box
from knowledge.readers.picture_rulings import find_ink


def levelled(picture: Any) -> tuple[Any, float]:
    """The picture turned by a small angle (degrees) so that its lines are level."""
    import cv2

    small = cv2.resize(find_ink(picture), None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    rough = max((step / 2 for step in range(-10, 11)), key=lambda angle: _sharpness(small, angle))
    angle = max((rough + step / 10 for step in range(-5, 6)), key=lambda angle: _sharpness(small, angle))
    if abs(angle) < 0.15:
        return picture, 0.0
    return _turn_by(picture, angle, (255, 255, 255)), angle


def _turn_by(picture: Any, angle: float, background: tuple[int, int, int] = (0, 0, 0)) -> Any:
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(picture, matrix, (width, height), borderValue=background)


def _sharpness(ink: Any, angle: float) -> float:
    """How much neighbouring rows differ in ink after a turn: most where lines of text and rulings are level."""
    import numpy

    rows = _turn_by(ink, angle).sum(axis=1, dtype=numpy.int64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def rotated(box: Box, angle: float, width: float, height: float) -> Box:
    """What encloses a box after turning it by an angle (degrees) about the middle of the page."""
    if not angle:
        return box
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x0, top, x1, bottom = box
    points = [
        (
            width / 2 + (x - width / 2) * cosine + (y - height / 2) * sine,
            height / 2 - (x - width / 2) * sine + (y - height / 2) * cosine,
        )
        for x, y in ((x0, top), (x1, top), (x0, bottom), (x1, bottom))
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def turned_back(box: Box, turns: int, width: float, height: float) -> Box:
    """A box of the turned picture on the page as shown, which has this width and height."""
    x0, top, x1, bottom = box
    if turns == 1:
        return (top, height - x1, bottom, height - x0)
    if turns == 2:
        return (width - x1, height - bottom, width - x0, height - top)
    if turns == 3:
        return (width - bottom, x0, width - top, x1)
    return box
