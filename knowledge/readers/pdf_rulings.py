"""Ruling lines of a PDF page: strokes, thin filled rectangles, and the edges of drawn rectangles."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from knowledge.readers.grids import Ruling, merge_rulings
from knowledge.readers.pdf_characters import Frame

THIN = 3.0
SHORTEST = 4.0
MOST_OBJECTS = 30_000
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
Segment = tuple[float, float, float, float]


def find_rulings(page: Any, frame: Frame) -> tuple[list[Ruling], list[Ruling]]:
    """Merged horizontal and vertical rulings of a page (raw handle) in the coordinates of the frame."""
    horizontals: list[Ruling] = []
    verticals: list[Ruling] = []
    for left, bottom, right, top in find_segments(page):
        x0, y0 = frame.point(left, bottom)
        x1, y1 = frame.point(right, top)
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= THIN and width > height:
            horizontals.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif width <= THIN and height > width:
            verticals.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return (_long_enough(horizontals), _long_enough(verticals))


def _long_enough(rulings: list[Ruling]) -> list[Ruling]:
    return [ruling for ruling in merge_rulings(rulings) if ruling.end - ruling.start > SHORTEST]


def find_segments(page: Any) -> Iterator[Segment]:
    """Straight pieces of all paths of a page, also inside form objects, in user space."""
    count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    for index in range(count):
        yield from _object_segments(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)


def _object_segments(item: Any, matrix: Matrix, depth: int) -> Iterator[Segment]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield from _path_segments(item, matrix)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 5:
        inner = _multiply(_matrix_of(item), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _object_segments(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


_bounds = [ctypes.c_float() for _ in range(4)]
_pointers = [ctypes.byref(value) for value in _bounds]


def _path_segments(item: Any, matrix: Matrix) -> Iterator[Segment]:
    """A thin path as one line, any other as the straight pieces of its outline."""
    pdfium.FPDFPageObj_GetBounds(item, *_pointers)
    left, bottom, right, top = (value.value for value in _bounds)
    count = pdfium.FPDFPath_CountSegments(item)
    if right - left <= THIN or top - bottom <= THIN:
        if _is_painted(item):
            x0, y0 = _apply(matrix, left, bottom)
            x1, y1 = _apply(matrix, right, top)
            yield x0, y0, x1, y1
    elif count <= 2000 and _is_painted(item):
        yield from _outline(item, count, _multiply(_matrix_of(item), matrix))


def _is_painted(item: Any) -> bool:
    """Whether a path is stroked or filled at all; a mere clipping path is not."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def _outline(item: Any, count: int, matrix: Matrix) -> Iterator[Segment]:
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _apply(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield (*here, *point)
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield (*here, *start)
            here = start


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    """``first`` applied before ``second``."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = second
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)
