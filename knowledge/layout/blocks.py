"""What a report is made of once its layout is known: sections, paragraphs, tables and forms in printed order."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from knowledge.models import Box, Identity, Line, Place, Scope, Section, Source, Table
from knowledge.text import Flow


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: wrapped lines joined. ``sentences`` partition ``flow`` at 。；！？ outside brackets."""

    flow: Flow
    sentences: tuple[Flow, ...]
    section: Section


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with what stands around it: title (收入支出决算总表), 公开01表, 部门：…, 单位：万元.

    ``scope`` is what title or columns say; ``unit`` the printed unit of the header, None where none is printed.
    """

    table: Table
    title: str
    section: Section
    unit: str | None = None
    scope: Scope | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A form (自评表, 申报表, 基础数据表): as lines where it was flattened to text, as a table where cells are known.

    ``lines`` are the non-empty printed lines from the form's title to its end; ``table`` is set for ruled forms.
    """

    title: str
    section: Section
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    subject: str | None = None


Block = Paragraph | TableBlock | FormBlock


def block_start(block: Block) -> int:
    """Where a block begins in the source; no two begin at one place."""
    if isinstance(block, Paragraph):
        return block.flow.offsets[0]
    return block.lines[0].start if isinstance(block, FormBlock) else block.table.start


@dataclass(frozen=True, slots=True)
class Report:
    """A source whose body, year, kind, headings and blocks are known."""

    source: Source
    identity: Identity
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    _starts: tuple[int, ...] = field(default=(), repr=False)

    def printed(self, start: int, end: int) -> str:
        """What stands at a place of the source."""
        return self.source.printed[start:end]

    def line_at(self, offset: int) -> Line:
        """The printed line in which an offset lies."""
        index = bisect_right(self._starts, offset) - 1
        return self.source.lines[max(index, 0)]

    def place(self, start: int, end: int, *, box: Box | None = None, cell: str | None = None) -> Place:
        """The citation of a stretch: line in text documents, page (and box) in paged ones."""
        line = self.line_at(start)
        return Place(
            start=start,
            end=end,
            line=None if self.source.paged else line.number,
            page=line.page,
            box=box or line.box,
            cell=cell,
        )
