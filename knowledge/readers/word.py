"""Word documents → ``Source``: paragraphs and tables in document order, with automatic numbers and merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from knowledge.models import Source
from knowledge.readers.compose import CellText, Composer
from knowledge.readers.errors import ReaderError
from knowledge.readers.package import check_office_xml, open_package
from knowledge.readers.word_numbering import Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
UNREAD = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{COMPATIBILITY}Fallback"})


def read_docx(path: Path, data: bytes, sha256: str) -> Source:
    """Read a .docx document. Raises ReaderError for a damaged one."""
    import docx

    check_office_xml(open_package(data, path.name), path.name)
    try:
        document = docx.Document(BytesIO(data))
        body = document.element.body
    except Exception:
        raise ReaderError(f"《{path.name}》不是完整的 Word 文件（可能已损坏），请重新下载后再载入。") from None
    composer = Composer()
    _Writer(composer, Numbering(document)).write(body)
    for note in _footnotes(document):
        composer.add_line(note)
    source = composer.source(path.name, sha256, "word")
    if not source.text.strip():
        raise ReaderError(f"《{path.name}》中没有文字（可能只有图片），请另存为 PDF 后载入。")
    return source


class _Writer:
    def __init__(self, composer: Composer, numbering: Numbering) -> None:
        self._composer = composer
        self._numbering = numbering

    def write(self, parent: Any) -> None:
        """Write the paragraphs and tables of a body, a content control or a text box."""
        for element in parent:
            if element.tag == f"{W}p":
                self._write_paragraph(element)
            elif element.tag == f"{W}tbl":
                cells, rows, columns = self._read_table(element)
                if rows:
                    self._composer.add_table(cells, rows, columns, "docx")
            elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}:
                self.write(element)

    def _write_paragraph(self, paragraph: Any) -> None:
        text = self._paragraph_text(paragraph)
        for line in text.split("\n"):
            self._composer.add_line(" ".join(line.split()))
        for box in _text_boxes(paragraph):
            self.write(box)

    def _paragraph_text(self, paragraph: Any) -> str:
        text = "".join(find_text(paragraph))
        return self._numbering.label(paragraph) + text if text.strip() else ""

    def _read_table(self, table: Any) -> tuple[list[CellText], int, int]:
        """Cells with gridSpan and vMerge resolved, and the numbers of rows and columns."""
        cells: list[CellText] = []
        above: dict[int, CellText] = {}
        rows = [row for row in table.iter(f"{W}tr") if _table_of(row) is table]
        width = 0
        for index, row in enumerate(rows):
            column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in _cells_of(row):
                across = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in above:
                    above[column].row_span = index - above[column].row + 1
                else:
                    above[column] = CellText(index, column, self._cell_text(cell), 1, across)
                    cells.append(above[column])
                    if merge is None:
                        del above[column]
                column += across
            width = max(width, column)
        return cells, len(rows), width

    def _cell_text(self, cell: Any) -> str:
        """Paragraphs of a cell, those of tables inside it too."""
        texts = (self._paragraph_text(paragraph) for paragraph in cell.iter(f"{W}p"))
        lines = (" ".join(line.split()) for text in texts for line in text.split("\n"))
        return "\n".join(line for line in lines if line)


def find_text(element: Any) -> Iterator[str]:
    """Printed text of a paragraph: inserted words too, deleted words, field codes and text boxes not."""
    for child in element:
        if child.tag in UNREAD or child.tag == f"{W}txbxContent":
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield " "
        elif child.tag in {f"{W}br", f"{W}cr"}:
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            yield from find_text(child)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{W}txbxContent"):
        ancestors = {ancestor.tag for ancestor in box.iterancestors()}
        if f"{COMPATIBILITY}Fallback" not in ancestors:
            yield box


def _table_of(element: Any) -> Any:
    return next(element.iterancestors(f"{W}tbl"))


def _cells_of(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]


def _number(element: Any, default: int) -> int:
    value = element.get(f"{W}val") if element is not None else None
    return int(value) if value and value.isdecimal() else default


def _footnotes(document: Any) -> Iterator[str]:
    """Footnotes at the end of the text, in their order."""
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            for note in root.findall(f"{W}footnote"):
                text = " ".join("".join(find_text(note)).split())
                if text and note.get(f"{W}type") is None:
                    yield text
