"""Files → ``Source``: the only place that imports format libraries, each only when a file of its format comes.

A reader takes (path, data, sha256) and returns a ``Source``; ``ReaderError`` carries one Chinese sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from knowledge.models import Source
from knowledge.readers.errors import ReaderError
from knowledge.readers.formats import detect_format

Reader = Callable[[Path, bytes, str], Source]

READERS: dict[str, tuple[str, str]] = {
    ".txt": ("knowledge.readers.text", "read_text"),
    ".md": ("knowledge.readers.text", "read_text"),
    ".markdown": ("knowledge.readers.text", "read_text"),
    ".pdf": ("knowledge.readers.pdf", "read_pdf"),
    ".png": ("knowledge.readers.scan", "read_picture"),
    ".jpg": ("knowledge.readers.scan", "read_picture"),
    ".jpeg": ("knowledge.readers.scan", "read_picture"),
    ".tif": ("knowledge.readers.scan", "read_picture"),
    ".tiff": ("knowledge.readers.scan", "read_picture"),
    ".bmp": ("knowledge.readers.scan", "read_picture"),
    ".docx": ("knowledge.readers.word", "read_docx"),
    ".docm": ("knowledge.readers.word", "read_docx"),
    ".doc": ("knowledge.readers.office", "read_doc"),
    ".wps": ("knowledge.readers.office", "read_doc"),
    ".xlsx": ("knowledge.readers.excel", "read_xlsx"),
    ".xlsm": ("knowledge.readers.excel", "read_xlsx"),
    ".xls": ("knowledge.readers.excel", "read_xls"),
    ".et": ("knowledge.readers.excel", "read_xls"),
    ".html": ("knowledge.readers.html", "read_html"),
    ".htm": ("knowledge.readers.html", "read_html"),
    ".csv": ("knowledge.readers.csv", "read_csv"),
    ".tsv": ("knowledge.readers.csv", "read_csv"),
}
"""Suffix → module and function, imported when first needed."""


def read_source(path: Path) -> Source:
    """Read one file. Raises ReaderError with a sentence for whatever cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in READERS:
        raise ReaderError(
            f"《{path.name}》的格式（{suffix or '无扩展名'}）暂不支持，可读取：{'、'.join(sorted(READERS))}。"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReaderError(
            f"《{path.name}》无法打开（{error.strerror}），请检查文件是否存在、是否有读取权限。"
        ) from None
    suffix, note = detect_format(path.name, suffix, data)
    if suffix not in READERS:
        raise ReaderError(f"《{path.name}》其实是压缩包，请把扩展名改为 .zip 后再载入。")
    module, function = READERS[suffix]
    reader: Reader = getattr(import_module(module), function)
    source = reader(path, data, hashlib.sha256(data).hexdigest())
    return source if note is None else source.model_copy(update={"notes": (note, *source.notes)})


__all__ = ["READERS", "Reader", "ReaderError", "read_source"]
