"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import io
import zipfile

from knowledge.readers.errors import ReaderError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXTUAL = frozenset({".txt", ".md", ".markdown", ".csv", ".tsv", ".html", ".htm"})
IMAGES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"II*\x00": ".tif", b"MM\x00*": ".tif", b"BM": ".bmp"}
NAMES = {
    ".pdf": "PDF 文件", ".docx": "Word 文件", ".doc": "Word 97–2003 文件", ".xlsx": "Excel 文件",
    ".xls": "Excel 97–2003 文件", ".html": "网页", ".zip": "压缩包", ".png": "图片", ".jpg": "图片", ".tif": "图片",
    ".bmp": "图片",
}  # fmt: skip
SAME = {".htm": ".html", ".jpeg": ".jpg", ".tiff": ".tif", ".xlsm": ".xlsx", ".docm": ".docx", ".et": ".xls",
        ".wps": ".doc", ".tsv": ".csv", ".markdown": ".md"}  # fmt: skip


def detect_format(name: str, suffix: str, data: bytes) -> tuple[str, str | None]:
    """The suffix that the content deserves, and a note for the admin where the name says otherwise.

    Raises ReaderError for an empty file, a locked Office file, and content that its suffix cannot have.
    """
    if not data:
        raise ReaderError(f"《{name}》是空文件（0 字节），请重新下载后再载入。")
    expected = SAME.get(suffix, suffix)
    found = _by_content(name, data, expected)
    if found == expected or (found is None and suffix in TEXTUAL):
        return suffix, None
    if found == ".html" and suffix in TEXTUAL:
        return suffix, None
    if found is None or (found == ".html" and expected != ".xls"):
        content = "网页（可能是下载时的出错页面）" if found else f"{NAMES.get(expected, '这种文件')}的内容"
        verb = "是" if found else "不是"
        raise ReaderError(f"《{name}》的扩展名是 {suffix}，内容却{verb}{content}，请重新下载后再载入。")
    return found, f"《{name}》的扩展名是 {suffix}，内容却是{NAMES[found]}，已按内容读取。"


def _by_content(name: str, data: bytes, expected: str) -> str | None:
    """Suffix by content; None for plain text and for anything unknown."""
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, expected)
    if data.startswith(OLE):
        return _ole_kind(name, data)
    for magic, suffix in IMAGES.items():
        if data.startswith(magic):
            return suffix
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<table")) or (
        head.startswith((b"<?xml", b"<!--")) and b"<html" in head
    ):
        return ".html"
    return None


def _zip_kind(data: bytes, expected: str) -> str:
    """Which Office format a zip container is; a damaged one is taken for what its name says."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return expected if expected in {".docx", ".xlsx"} else ".zip"
    if "word/document.xml" in names:
        return ".docx"
    return ".xlsx" if "xl/workbook.xml" in names else ".zip"


def _ole_kind(name: str, data: bytes) -> str | None:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise ReaderError(f"《{name}》设有打开密码，请解除密码后再载入。")
    if has("WordDocument"):
        return ".doc"
    return ".xls" if has("Workbook") or has("Book") else None
