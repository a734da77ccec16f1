"""Ruling lines in pictures of pages, level and slanted; no recognition is needed for them."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.readers.grids import find_grids

pytest.importorskip("cv2")

SCALE = 2.0


def draw_page(angle: float = 0.0) -> Any:
    """A table of three columns and four rows at (60, 100), with strokes of characters in its first column."""
    import numpy
    from PIL import Image, ImageDraw

    picture = Image.new("L", (1190, 1684), 255)
    draw = ImageDraw.Draw(picture)
    for y in (100, 120, 140, 160, 180):
        draw.line((120, 2 * y, 960, 2 * y), 0, 2)
    for x in (60, 200, 340, 480):
        draw.line((2 * x, 200, 2 * x, 360), 0, 2)
    for y in (110, 130, 150, 170):
        draw.line((2 * 80, 2 * y, 2 * 90, 2 * y), 0, 3)
        draw.line((2 * 110, 2 * y - 8, 2 * 110, 2 * y + 8), 0, 3)
    turned = picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC).convert("RGB")
    return numpy.asarray(turned)[:, :, ::-1].copy()


def test_a_table_is_found_without_the_strokes_of_its_text() -> None:
    from knowledge.readers.picture_rulings import find_picture_rulings

    (grid,) = find_grids(*find_picture_rulings(draw_page(), SCALE))
    assert ([round(x) for x in grid.xs], [round(y) for y in grid.ys]) == (
        [60, 200, 340, 480],
        [100, 120, 140, 160, 180],
    )
    assert len(grid.cells) == 12


@pytest.mark.parametrize("angle", [-3.0, -0.7, 0.0, 1.2, 4.0])
def test_a_slanted_page_islevelled(angle: float) -> None:
    from knowledge.readers.picture_rulings import find_picture_rulings
    from knowledge.readers.picture_turns import levelled

    level, turned = levelled(draw_page(angle))
    assert turned == pytest.approx(-angle, abs=0.11)
    (grid,) = find_grids(*find_picture_rulings(level, SCALE))
    assert len(grid.cells) == 12


def test_boxes_go_back_to_the_page_as_shown() -> None:
    from knowledge.readers.picture_turns import rotated, turned_back

    assert turned_back((10, 20, 30, 40), 1, 595, 842) == (20, 842 - 30, 40, 842 - 10)
    assert turned_back((10, 20, 30, 40), 2, 595, 842) == (565, 802, 585, 822)
    assert turned_back((10, 20, 30, 40), 3, 595, 842) == (555, 10, 575, 30)
    x0, top, x1, bottom = rotated((290, 400, 310, 440), 90, 600, 840)
    assert [round(edge) for edge in (x0, top, x1, bottom)] == [280, 410, 320, 430]
