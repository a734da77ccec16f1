"""PDF → ``Source``: text and tables from the text layer; pages without a sound one are read by OCR.

Running headers, footers and page numbers are in neither text nor lines. A table that goes on over pages gives one
``Table`` per page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge.models import Source
from knowledge.readers.compose import Composer
from knowledge.readers.errors import ReaderError
from knowledge.readers.legibility import is_legible
from knowledge.readers.margins import drop_margins
from knowledge.readers.pages import Page, find_blocks, write_page
from knowledge.readers.pdf_characters import find_characters, find_runs, frame_of, reading_turns
from knowledge.readers.pdf_rulings import find_rulings

PICTURE_SIDE = 2000
MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that were read, and the numbers of those that OCR read and of those that nothing could read."""

    pages: list[Page]
    recognised: list[int]
    unread: list[int]


def read_pdf(path: Path, data: bytes, sha256: str) -> Source:
    """Read a PDF. Raises ReaderError for one that is damaged, asks for a password, or needs OCR that is missing."""
    composer = Composer()
    with _opened(path, data) as document:
        read = _read_pages(document)
    if len(read.unread) > len(read.pages):
        raise _missing(path, read.unread)
    drop_margins(read.pages)
    for page in read.pages:
        write_page(composer, page)
    notes = _notes(path, read)
    mostly_scanned = len(read.recognised) > len(read.pages) / 2
    source = composer.source(path.name, sha256, "scan" if mostly_scanned else "pdf", paged=True, notes=notes)
    if not source.text.strip():
        raise ReaderError(f"《{path.name}》中没有可以读取的文字。")
    return source


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReaderError(f"《{path.name}》设有打开密码，请解除密码后再载入。") from None
        raise ReaderError(f"《{path.name}》不是完整的 PDF 文件（可能已损坏或未下载完），请重新下载后再载入。") from None
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise ReaderError(f"《{path.name}》有 {len(document)} 页，不在可读取的范围内（1 至 {MOST_PAGES} 页）。")
        yield document
    finally:
        document.close()


def _read_pages(document: pypdfium2.PdfDocument) -> Pages:
    from knowledge.readers.recognition import RecognitionMissingError

    read = Pages([], [], [])
    for index in range(len(document)):
        page = read_text_page(document, index)
        if page is None:
            try:
                page = _recognise_page(document, index)
                read.recognised.append(index + 1)
            except RecognitionMissingError:
                read.unread.append(index + 1)
                continue
        read.pages.append(page)
    return read


def read_text_page(document: pypdfium2.PdfDocument, index: int) -> Page | None:
    """Lines and tables of one page from its text layer; None where that cannot be trusted."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        return _read_text(page, text_page, count, index + 1) if is_legible(page, text_page, count) else None
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _read_text(page: Any, text_page: Any, count: int, number: int) -> Page:
    shown = frame_of(page)
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


def _recognise_page(document: pypdfium2.PdfDocument, index: int) -> Page:
    from knowledge.readers import recognition
    from knowledge.readers.scan import read_page_picture

    recognition.engine()
    page = document[index]
    size = page.get_size()
    picture = page.render(scale=PICTURE_SIDE / max(size)).to_numpy()
    return read_page_picture(picture, index + 1, size)


def _missing(path: Path, unread: Sequence[int]) -> ReaderError:
    from knowledge.readers.recognition import missing_error

    return missing_error(path.name, unread)


def _notes(path: Path, read: Pages) -> list[str]:
    notes = []
    if read.recognised:
        pages = "、".join(map(str, read.recognised[:20]))
        notes.append(f"《{path.name}》第 {pages} 页由文字识别（OCR）读取，请留意标有疑问的数字。")
    if read.unread:
        notes.append(str(_missing(path, read.unread)))
    return notes
