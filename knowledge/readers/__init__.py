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

Reader = Callable[[Path, bytes, str], Source]

READERS: dict[str, tuple[str, str]] = {
    ".txt": ("knowledge.readers.text", "read_text"),
    ".md": ("knowledge.readers.text", "read_text"),
    ".markdown": ("knowledge.readers.text", "read_text"),
    ".pdf": ("knowledge.readers.pdf", "read_pdf"),
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
    module, function = READERS[suffix]
    reader: Reader = getattr(import_module(module), function)
    return reader(path, data, hashlib.sha256(data).hexdigest())


__all__ = ["READERS", "Reader", "ReaderError", "read_source"]
