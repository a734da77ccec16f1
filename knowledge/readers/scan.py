"""Pictures of pages → lines and tables by OCR: upright and level first, then ruling lines, then text by cell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from knowledge.models import Box, Source
from knowledge.readers.compose import Composer
from knowledge.readers.errors import ReaderError
from knowledge.readers.grids import Grid, Ruling, find_grids
from knowledge.readers.margins import drop_margins
from knowledge.readers.pages import Page, find_blocks, write_page
from knowledge.readers.picture_rulings import erase_rulings, find_ink, find_picture_rulings
from knowledge.readers.picture_turns import levelled, rotated, turned_back
from knowledge.readers.recognition import RecognitionMissingError, detect_boxes, missing_error, recognise
from knowledge.readers.runs import Run

LONG_SIDE = 842.0
PIXELS = (1700, 2600)
PLAUSIBLE = 0.9
MOST_PIXELS = 120_000_000
Rectangle = tuple[int, int, int, int]


def read_picture(path: Path, data: bytes, sha256: str) -> Source:
    """Read a png, jpg or tiff picture (each frame a page). Raises ReaderError."""
    composer = Composer()
    try:
        pages = [read_page_picture(picture, number) for number, picture in enumerate(_frames(path, data), 1)]
    except RecognitionMissingError:
        raise missing_error(path.name, []) from None
    drop_margins(pages)
    for page in pages:
        write_page(composer, page)
    source = composer.source(path.name, sha256, "scan", paged=True)
    if not source.text.strip():
        raise ReaderError(f"《{path.name}》中没有识别出文字，请检查图片是否清晰。")
    return source


def _frames(path: Path, data: bytes) -> Iterator[Any]:
    """Each frame as an array of blue, green, red."""
    try:
        import numpy
        from PIL import Image, ImageOps, ImageSequence
    except ImportError:
        raise RecognitionMissingError from None
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(BytesIO(data)) as picture:
            for frame in ImageSequence.Iterator(picture):
                yield numpy.asarray(ImageOps.exif_transpose(frame).convert("RGB"))[:, :, ::-1]
    except Image.DecompressionBombError:
        raise ReaderError(f"《{path.name}》的图片尺寸过大，请缩小后再载入。") from None
    except (OSError, SyntaxError, ValueError):
        raise ReaderError(f"《{path.name}》不是完整的图片（可能已损坏），请重新下载后再载入。") from None


def read_page_picture(picture: Any, number: int, size: tuple[float, float] | None = None) -> Page:
    """A page from its picture. ``size`` is width and height in points, for a picture without one an A4 page's."""
    height, width = picture.shape[:2]
    points = size or (width * LONG_SIDE / max(width, height), height * LONG_SIDE / max(width, height))
    upright, turns = _upright(_resized(picture))
    level, angle = levelled(upright)
    reading_width, reading_height = points if turns % 2 == 0 else (points[1], points[0])
    scale = level.shape[1] / reading_width
    horizontals, verticals = find_picture_rulings(level, scale)
    clean = erase_rulings(level, horizontals, verticals, scale)
    runs = _read_runs(clean, scale, horizontals, verticals)
    blocks = find_blocks(runs, horizontals, verticals)
    for block in blocks:
        if isinstance(block, Grid) and block.origin == "ruled":
            block.origin = "ocr"

    def to_page(box: Box) -> Box:
        return turned_back(rotated(box, -angle, reading_width, reading_height), turns, *points)

    return Page(number, reading_width, reading_height, blocks, to_page)


def _resized(picture: Any) -> Any:
    import cv2

    longest = max(picture.shape[:2])
    factor = min(max(1.0, PIXELS[0] / longest), PIXELS[1] / longest) if longest < PIXELS[0] else PIXELS[1] / longest
    if PIXELS[0] <= longest <= PIXELS[1]:
        return picture
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how)


def _upright(picture: Any) -> tuple[Any, int]:
    """The picture after the quarter turns clockwise that make its text upright."""
    import numpy

    boxes = _rough_boxes(picture)
    if not boxes:
        return picture, 0
    tall = sum(bottom - top > 1.5 * (right - left) for left, top, right, bottom in boxes)
    candidates = (1, 3) if tall > 0.6 * len(boxes) else (0, 2)
    if candidates == (0, 2) and _certainty(picture, boxes) > 0.8:
        return picture, 0
    turned = [(numpy.ascontiguousarray(numpy.rot90(picture, -turns)), turns) for turns in candidates]
    return max(turned, key=lambda pair: _certainty(pair[0], _rough_boxes(pair[0])))


def _rough_boxes(picture: Any) -> list[Rectangle]:
    """Text boxes found in the picture at half its size, which takes a quarter of the time."""
    import cv2

    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return [
        (2 * left, 2 * top, 2 * right, 2 * bottom)
        for left, top, right, bottom in (_rectangle(corners) for corners in detect_boxes(half))
    ]


def _certainty(picture: Any, boxes: Sequence[Rectangle]) -> float:
    """Mean certainty of a few wide boxes."""
    widest = sorted(boxes, key=lambda box: box[0] - box[2])[:6]
    readings = recognise([_crop(picture, box) for box in widest])
    return sum(mean for _, _, mean in readings) / max(1, len(readings))


def _rectangle(corners: Any) -> Rectangle:
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return (int(min(xs)), int(min(ys)), math.ceil(max(xs)), math.ceil(max(ys)))


def _crop(picture: Any, box: Rectangle) -> Any:
    left, top, right, bottom = box
    return picture[max(top, 0) : bottom, max(left, 0) : right]


def _read_runs(picture: Any, scale: float, horizontals: list[Ruling], verticals: list[Ruling]) -> list[Run]:
    """All text of a level picture; boxes that run over a vertical ruling are cut there."""
    detected = [cut for corners in detect_boxes(picture) for cut in _cut(_rectangle(corners), scale, verticals)]
    boxes = [piece for box in _distinct(detected) for piece in _stacked(box)]
    overlooked = _overlooked(picture, scale, find_grids(horizontals, verticals), boxes)
    return [*_recognised(picture, scale, boxes, 0.0), *_recognised(picture, scale, overlooked, PLAUSIBLE)]


def _recognised(picture: Any, scale: float, boxes: Sequence[Rectangle], least: float) -> list[Run]:
    """The text in each box, where it is read with at least this certainty."""
    boxes = [box for box in boxes if box[2] - box[0] > 3 and box[3] - box[1] > 3]
    runs = []
    for box, (text, doubts, mean) in zip(boxes, recognise([_crop(picture, box) for box in boxes]), strict=True):
        if text.strip() and mean >= least:
            left, top, right, bottom = (edge / scale for edge in box)
            inset = 0.12 * (bottom - top)
            runs.append(Run(text, left, top + inset, right, bottom - inset, bottom - 2 * inset, doubts))
    return runs


def _distinct(boxes: Sequence[Rectangle]) -> list[Rectangle]:
    """Boxes without those that lie mostly inside a larger one: a part of a line detected twice."""
    kept: list[Rectangle] = []
    for box in sorted(boxes, key=_area, reverse=True):
        if all(_area(_common(box, other)) < 0.4 * _area(box) for other in kept):
            kept.append(box)
    return kept


def _area(box: Rectangle) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def _common(box: Rectangle, other: Rectangle) -> Rectangle:
    return (max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3]))


def _cut(box: Rectangle, scale: float, verticals: Sequence[Ruling]) -> Iterator[Rectangle]:
    """The pieces of a box between the rulings that run through it, clear of rulings at its sides."""
    left, top, right, bottom = box
    middle = (top + bottom) / 2 / scale
    near, clear = 4 * scale, max(1, round(scale))
    for line in verticals:
        x = round(line.position * scale)
        if not line.start <= middle <= line.end or not left - clear < x < right + clear:
            continue
        if x <= left + near:
            left = max(left, x + clear)
        elif x >= right - near:
            right = min(right, x - clear)
        else:
            yield (left, top, x - clear, bottom)
            left = x + clear
    yield (left, top, right, bottom)


def _stacked(box: Rectangle) -> Iterator[Rectangle]:
    """Characters set one below the other, each in a box of its own."""
    left, top, right, bottom = box
    count = round((bottom - top) / max(1, right - left))
    if count < 2:
        yield box
        return
    step = (bottom - top) / count
    for index in range(count):
        yield (left, round(top + index * step), right, round(top + (index + 1) * step))


def _overlooked(picture: Any, scale: float, grids: Sequence[Grid], boxes: Sequence[Rectangle]) -> list[Rectangle]:
    """The ink of cells in which no text was detected: lone digits and dashes are easily overlooked."""
    import cv2

    ink = find_ink(cv2.medianBlur(picture, 3))
    middles = [((left + right) / 2 / scale, (top + bottom) / 2 / scale) for left, top, right, bottom in boxes]
    found = []
    for grid in grids:
        full = {id(cell) for x, y in middles if (cell := grid.cell_at(x, y)) is not None}
        for cell in grid.cells:
            if id(cell) in full:
                continue
            left, top, right, bottom = (round(edge * scale) for edge in cell.box)
            margin = round(1.5 * scale)
            points = cv2.findNonZero(ink[top + margin : bottom - margin, left + margin : right - margin])
            if points is None or len(points) < 3 * scale:
                continue
            x, y, width, height = cv2.boundingRect(points)
            if 3 * scale <= height <= 24 * scale:
                pad = round(2 * scale)
                x, y = x + left + margin, y + top + margin
                found.append((x - pad, y - pad, x + width + pad, y + height + pad))
    return found
