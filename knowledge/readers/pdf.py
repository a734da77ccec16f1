"""PDF → ``Source``: text and tables from the text layer; pages without a sound one go to OCR."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge.models import Source
from knowledge.readers.compose import Composer
from knowledge.readers.errors import ReaderError
from knowledge.readers.margins import drop_margins
from knowledge.readers.pages import Page, find_blocks, write_page
from knowledge.readers.pdf_characters import find_characters, find_runs, frame_of, reading_turns
from knowledge.readers.pdf_rulings import find_rulings


def read_pdf(path: Path, data: bytes, sha256: str) -> Source:
    """Read a PDF. Raises ReaderError for one that is damaged or asks for a password."""
    composer = Composer()
    with _opened(path, data) as document:
        pages = [read_page(document, index) for index in range(len(document))]
    drop_margins(pages)
    for page in pages:
        write_page(composer, page)
    return composer.source(path.name, sha256, "pdf", paged=True)


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReaderError(f"《{path.name}》设有打开密码，请解除密码后再载入。") from None
        raise ReaderError(f"《{path.name}》不是完整的 PDF 文件（可能已损坏或未下载完），请重新下载后再载入。") from None
    try:
        yield document
    finally:
        document.close()


def read_page(document: pypdfium2.PdfDocument, index: int) -> Page:
    """Lines and tables of one page from its text layer."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        return _read_text(page, text_page, index + 1)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _read_text(page: Any, text_page: Any, number: int) -> Page:
    shown = frame_of(page)
    count = pdfium.FPDFText_CountChars(text_page)
    frame = replace(shown, turns=reading_turns(text_page, count, shown.turns))
    horizontals, verticals = find_rulings(page, frame)
    runs = find_runs(text_page, find_characters(text_page, count, frame), verticals)
    return Page(
        number,
        frame.width,
        frame.height,
        find_blocks(runs, horizontals, verticals),
        lambda box: frame.box_in(shown, box),
    )
