"""Crops of pages with a figure in a frame."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from knowledge.models import Box
from knowledge.pictures import FRAME, PictureError, render_crop
from knowledge.readers import read_source
from tests.published import Printer, write_pdf


def find_box(path: Path, text: str) -> tuple[int, Box]:
    source = read_source(path)
    for table in source.tables:
        for cell in table.cells:
            if source.text[cell.start : cell.end] == text:
                assert cell.box is not None and table.page is not None
                return table.page, cell.box
    raise AssertionError(text)


def framed(png: bytes) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """The picture, and what its frame encloses."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    plain = Image.new("RGB", picture.size, FRAME)
    box = ImageChops.difference(picture, plain).convert("L").point(lambda value: 255 * (value == 0)).getbbox()
    assert box is not None
    return picture, box


def test_the_figure_stands_in_the_frame(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "report.pdf")
    page, box = find_box(path, "1,063.60")
    picture, frame = framed(render_crop(path, page, box))
    assert picture.width == 1190 and picture.height < 500
    assert abs((frame[2] - frame[0]) - 2 * (box[2] - box[0] + 4)) <= 4
    inside = picture.crop((frame[0] + 8, frame[1] + 8, frame[2] - 8, frame[3] - 8)).convert("L")
    assert inside.getextrema()[0] < 128


def test_a_sideways_page_is_turned_upright(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "report.pdf")
    printer.canvas.translate(595, 0)
    printer.canvas.rotate(90)
    for index in range(12):
        printer.canvas.drawString(100, 500 - 30 * index, f"20230{index}.75")
    printer.close()
    source = read_source(tmp_path / "report.pdf")
    line = next(line for line in source.lines if source.text[line.start : line.end] == "202305.75")
    assert line.box is not None and line.box[3] - line.box[1] > line.box[2] - line.box[0]
    _, frame = framed(render_crop(tmp_path / "report.pdf", 1, line.box))
    assert frame[2] - frame[0] > frame[3] - frame[1]


@pytest.mark.parametrize("page", [0, 9])
def test_a_page_that_is_not_there(tmp_path: Path, page: int) -> None:
    with pytest.raises(PictureError, match=f"《report.pdf》第 {page} 页无法显示"):
        render_crop(write_pdf(tmp_path / "report.pdf"), page, (0, 0, 10, 10))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="请检查文件是否还在原处"):
        render_crop(tmp_path / "gone.pdf", 1, (0, 0, 10, 10))
