"""Published web pages → ``Source``: headings, paragraphs and tables; menus, scripts and footers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from knowledge.models import Source
from knowledge.readers.compose import CellText, Composer
from knowledge.readers.errors import ReaderError
from knowledge.readers.text import decode

DROPPED = frozenset(
    {"script", "style", "nav", "header", "footer", "aside", "noscript", "iframe", "button", "select", "option",
     "form", "input", "textarea", "svg", "template", "object", "canvas", "audio", "video"}
)  # fmt: skip
BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main",
     "blockquote", "pre", "center", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "figure",
     "figcaption", "body", "html", "hr", "fieldset", "details", "summary", "address"}
)  # fmt: skip
BOILERPLATE = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|footer|foot|sidebar|breadcrumb|crumb|share|copyright|related|recommend|pager|"
    r"pagination|toolbar|search|login|banner|topbar)(?:$|[-_ ])",
    re.I,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
WIDEST = 200


def read_html(path: Path, data: bytes, sha256: str) -> Source:
    """Read an HTML page. Raises ReaderError for a page without content."""
    text = decode_html(data, path.name)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError):
        raise ReaderError(f"《{path.name}》不是可读的网页文件，请用浏览器重新保存后再载入。") from None
    composer = Composer()
    title = " ".join((root.findtext(".//title") or "").split())
    body = root.find("body")
    _drop_boilerplate(root)
    if title and not _says(root, title):
        composer.add_line(title)
    _Writer(composer).write(body if body is not None else root)
    source = composer.source(path.name, sha256, "html")
    if not source.text.strip():
        raise ReaderError(f"《{path.name}》中没有可以读取的正文。")
    return source


def decode_html(data: bytes, name: str) -> str:
    """Text of a page in its declared encoding (GB2312 and GBK as GB18030), else as any text file."""
    declared = CHARSET.search(data[:4096])
    if declared:
        encoding = declared[1].decode("ascii").lower()
        encoding = "gb18030" if encoding in {"gb2312", "gbk", "x-gbk", "gb18030"} else encoding
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            text = decode(data, name)
    else:
        text = decode(data, name)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).replace("\x00", "")


def _says(root: Any, title: str) -> bool:
    """Whether the page itself prints its title, or the part before the site's name."""
    text = "".join("".join(root.find("body").itertext()).split()) if root.find("body") is not None else ""
    return "".join(re.split(r"\s*[-_|—]\s*", title)[0].split()) in text


def _drop_boilerplate(root: Any) -> None:
    whole = max(1, len(root.text_content()))
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree() if element.getparent() is not None else None
            continue
        marks = f"{element.get('class', '')} {element.get('id', '')}"
        named = element.tag in DROPPED or BOILERPLATE.search(marks)
        if (
            element.tag in {"script", "style"}
            or HIDDEN.search(element.get("style", ""))
            or (named and element.tag not in {"html", "body"} and len(element.text_content()) < 0.4 * whole)
        ):
            _drop(element)


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


class _Writer:
    """Walks the tree and writes each block of inline text as a line and each data table as a table."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._words: list[str] = []

    def write(self, element: Any) -> None:
        """Write an element with all its children and end the line."""
        self._walk(element)
        self._end_line()

    def _end_line(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            self._composer.add_line(text)

    def _walk(self, element: Any) -> None:
        block = element.tag in BLOCKS or element.tag == "br"
        if block:
            self._end_line()
        if element.tag == "table" and _is_data(element):
            self._write_table(element)
        else:
            self._words.append(element.text or "")
            for child in element:
                self._walk(child)
                self._words.append(child.tail or "")
        if block:
            self._end_line()

    def _write_table(self, table: Any) -> None:
        for caption in table.findall("caption"):
            self._composer.add_line(" ".join(caption.text_content().split()))
        cells, rows, columns = read_grid(table)
        self._composer.add_table(cells, rows, columns, "html")


def _is_data(table: Any) -> bool:
    """A table with rows and columns of its own; one that holds other tables or one cell only arranges the page."""
    if table.find(".//table") is not None:
        return False
    rows = list(_rows(table))
    return len(rows) > 1 and max(len(_cells(row)) for row in rows) > 1


def _rows(table: Any) -> Iterator[Any]:
    return (row for row in table.iter("tr"))


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def read_grid(table: Any) -> tuple[list[CellText], int, int]:
    """Cells of a table with rowspan and colspan resolved, and its numbers of rows and columns."""
    rows = list(_rows(table))
    taken: set[tuple[int, int]] = set()
    cells: list[CellText] = []
    for index, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while (index, column) in taken:
                column += 1
            down = min(_span(cell, "rowspan") or len(rows), len(rows) - index)
            across = min(_span(cell, "colspan") or 1, WIDEST)
            cells.append(CellText(index, column, _cell_text(cell), down, across))
            taken |= {(index + i, column + j) for i in range(down) for j in range(across)}
            column += across
    return cells, len(rows), max((column + 1 for _, column in taken), default=0)


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), 10_000) if value.isdecimal() else 1


def _cell_text(cell: Any) -> str:
    """Text of a cell; paragraphs and <br> are line breaks."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        broken = element.tag in BLOCKS or element.tag == "br"
        if broken:
            parts.append("\n")
        parts.append(re.sub(r"\s+", " ", element.text or ""))
        for child in element:
            walk(child)
            parts.append(re.sub(r"\s+", " ", child.tail or ""))
        if broken:
            parts.append("\n")

    walk(cell)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
