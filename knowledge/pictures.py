"""Pictures of printed figures: a stretch of the page around a figure, with the figure in a frame."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageOps, ImageSequence

from knowledge.models import Box
from knowledge.readers.pdf_characters import reading_turns

SCALE = 2.0
ABOVE_AND_BELOW = 90.0
BESIDE = 230.0
PAD = 4.0
FRAME = (208, 32, 32)
LONG_SIDE = 842.0


class PictureError(ValueError):
    """The page cannot be shown; one Chinese sentence says why."""


def render_crop(path: Path, page: int, box: Box, *, whole_width: bool = True) -> bytes:
    """A PNG of the page around ``box`` (points of the page as shown, see ``Cell.box``), which is framed in red.

    ``page`` counts from 1; ``path`` is a PDF or a picture. A page printed sideways is turned upright. Raises
    PictureError when there is no such page.
    """
    picture, scale, turns = _render_page(path, page)
    left, top, right, bottom = (edge * scale for edge in box)
    frame = (left - PAD, top - PAD, right + PAD, bottom + PAD)
    ImageDraw.Draw(picture).rectangle(frame, outline=FRAME, width=3)
    upright = picture.rotate(-90 * turns, expand=True)
    output = BytesIO()
    upright.crop(_area(_turned(frame, turns, picture.size), upright.size, scale, whole_width)).save(output, "PNG")
    return output.getvalue()


def _area(frame: Box, size: tuple[int, int], scale: float, whole_width: bool) -> tuple[int, int, int, int]:
    """What is cut out around the frame, in pixels."""
    left, top, right, bottom = frame
    width, height = size
    beside, around = width if whole_width else BESIDE * scale, ABOVE_AND_BELOW * scale
    return (
        round(max(0.0, left - beside)),
        round(max(0.0, top - around)),
        round(min(width, right + beside)),
        round(min(height, bottom + around)),
    )


def _turned(frame: Box, turns: int, size: tuple[int, int]) -> Box:
    """A box after quarter turns clockwise of the picture around it."""
    width, height = size
    for _ in range(turns % 4):
        left, top, right, bottom = frame
        frame = (height - bottom, left, height - top, right)
        width, height = height, width
    return frame


def _render_page(path: Path, page: int) -> tuple[Image.Image, float, int]:
    """A page as a picture, its pixels per point, and the quarter turns clockwise that make it upright."""
    read = _pdf_page if path.suffix.lower() == ".pdf" else _picture_page
    try:
        return read(path, page)
    except (OSError, IndexError, pypdfium2.PdfiumError, SyntaxError):
        raise PictureError(f"《{path.name}》第 {page} 页无法显示，请检查文件是否还在原处。") from None


def _pdf_page(path: Path, page: int) -> tuple[Image.Image, float, int]:
    with pypdfium2.PdfDocument(path) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        opened = document[page - 1]
        picture = opened.render(scale=SCALE).to_pil().convert("RGB")
        text_page = opened.get_textpage()
        shown = opened.get_rotation() // 90
        turns = reading_turns(text_page.raw, text_page.count_chars(), shown) - shown
        return picture, SCALE, turns % 4


def _picture_page(path: Path, page: int) -> tuple[Image.Image, float, int]:
    """A frame of a picture, in the points that the reader gives to pictures: 842 along the longer side."""
    with Image.open(path) as opened:
        frames = ImageSequence.Iterator(opened)
        picture = ImageOps.exif_transpose(frames[page - 1]).convert("RGB")
    factor = min(1.0, SCALE * LONG_SIDE / max(picture.size))
    if factor < 1:
        picture = picture.resize((round(picture.width * factor), round(picture.height * factor)))
    return picture, max(picture.size) / LONG_SIDE, 0
