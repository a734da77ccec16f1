"""Text and Markdown files → Source. Markdown marks stay in the text, so that places cite the file as it is."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from knowledge.models import Line, Source
from knowledge.readers.errors import ReaderError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str) -> str:
    """Bytes of a text file as text: UTF-8 (with or without BOM), UTF-16 with BOM, GB18030, else a detected encoding.

    Raises ReaderError for an empty file, for binary content and for an encoding that cannot be told.
    """
    if not data.strip():
        raise ReaderError(f"《{name}》是空文件，没有可以读取的内容。")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, name)
    if b"\x00" in data[:4096]:
        raise ReaderError(f"《{name}》不是文本文件（含二进制内容），请确认文件类型后重试。")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _looks_chinese(text):
            return text
    best = from_bytes(data).best()
    if best is None:
        raise ReaderError(f"《{name}》的文字编码无法识别，请另存为 UTF-8 后重试。")
    return str(best)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ReaderError(f"《{name}》的文字编码已损坏，请另存为 UTF-8 后重试。") from None


def _looks_chinese(text: str) -> bool:
    """Whether text decoded as GB18030 is plausibly Chinese: most non-ASCII characters are common ideographs."""
    wide = [character for character in text[:20_000] if character > "\x7f"]
    common = sum("\u4e00" <= character <= "\u9fa5" or character in "，。、；：（）“”《》％　" for character in wide)
    return not wide or common / len(wide) > 0.8


def split_lines(text: str, *, page: int | None = None) -> tuple[Line, ...]:
    """The lines of a text, numbered from 1; line breaks are outside the spans."""
    lines: list[Line] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        stop = end - 1 if line.endswith("\r") else end
        lines.append(Line(start, stop, number, page))
        start = end + 1
    return tuple(lines)


def read_text(path: Path, data: bytes, sha256: str) -> Source:
    """A ``.txt`` or ``.md`` file as lines; its tables are found by layout."""
    text = decode(data, path.name)
    return Source(
        document=path.name,
        format="markdown" if path.suffix.lower() in {".md", ".markdown"} else "text",
        sha256=sha256,
        text=text,
        lines=split_lines(text),
    )
