"""Source → Report: body and year, sections, and the blocks (paragraphs, tables, forms) in printed order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.layout.blocks import Block, FormBlock, Paragraph, Report, TableBlock, block_start
from knowledge.layout.forms import FormSpan, find_forms
from knowledge.layout.headings import FORM, Heading, find_headings, is_covered
from knowledge.layout.identity import find_identity
from knowledge.layout.readable import readable
from knowledge.layout.sections import build_sections
from knowledge.layout.segments import find_paragraphs, full_width, split_projects, split_sentences, without_page_marks
from knowledge.layout.tables import build_table_block, find_text_tables, settle_tables
from knowledge.layout.told_units import ToldUnits
from knowledge.models import Line, Section, Source, Table
from knowledge.text import display_width, plain_name, squeeze
from knowledge.vocabulary.columns import column_words


def build_report(
    source: Source, *, agency: str | None = None, year: int | None = None, title: str | None = None
) -> Report:
    """Find out what a source is and how it is laid out; ``agency``, ``year`` and ``title`` override what is found."""
    source = without_page_marks(readable(source))
    identity = find_identity(source, agency=agency, year=year, title=title)
    tables = source.tables or find_text_tables(source)
    forms = find_forms(source, tables)
    in_forms = [(form.start, form.end) for form in forms]
    tables = settle_tables(source, (table for table in tables if not is_covered(table.start, in_forms)))
    taken = sorted([*in_forms, *((table.start, table.end) for table in tables)])
    running = [line for line in source.lines if not is_covered(line.start, taken)]
    width = full_width([display_width(source.text[line.start : line.end].strip()) for line in running])
    headings, body = find_headings(source.lines, source.text, taken, width)
    headings = _with_forms(headings, forms, source.lines)
    sections = build_sections(headings, source.lines, len(source.text), body, identity)
    blocks = [
        *_paragraphs(source, sections, headings, taken, body, width),
        *_tables(source, tables, sections, taken),
        *_forms(forms, sections),
    ]
    return Report(
        source=source,
        identity=identity,
        sections=sections,
        blocks=tuple(sorted(blocks, key=block_start)),
        _starts=tuple(line.start for line in source.lines),
    )


def _with_forms(headings: list[Heading], forms: Sequence[FormSpan], lines: Sequence[Line]) -> list[Heading]:
    """A form is a section of its own: its title as a heading where no heading stands on its first line."""
    starts = [line.start for line in lines]
    known = {heading.line for heading in headings}
    added = []
    for form in forms:
        index = max(bisect_right(starts, form.start) - 1, 0)
        if index not in known:
            added.append(Heading(index, FORM, form.subject or form.title, form.title))
    return sorted([*headings, *added], key=lambda heading: heading.line)


def section_at(sections: Sequence[Section], offset: int) -> Section:
    """The innermost section in which an offset lies."""
    index = bisect_right(sections, offset, key=lambda section: section.start) - 1
    return sections[max(index, 0)]


def _paragraphs(
    source: Source,
    sections: Sequence[Section],
    headings: Sequence[Heading],
    taken: Sequence[tuple[int, int]],
    body: int,
    width: int,
) -> list[Block]:
    lines = [line for line in source.lines[body:] if not is_covered(line.start, taken)]
    opened = {source.lines[heading.line].number for heading in headings}
    alone = {source.lines[heading.line].number for heading in headings if not heading.run_in}
    printed = [line for line in lines if source.text[line.start : line.end].strip()]
    breaks = opened | {after.number for line, after in pairwise(printed) if line.number in alone}
    breaks |= {after.number for before, after in pairwise(lines) if _apart(before, after, taken)}
    return [
        Paragraph(flow=flow, sentences=split_sentences(flow), section=section_at(sections, flow.offsets[0]))
        for whole in find_paragraphs(source.text, lines, breaks, width)
        if whole.text
        for flow in split_projects(whole)
    ]


def _apart(before: Line, after: Line, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a table or form stands between two lines."""
    index = bisect_right(taken, (after.start, 0)) - 1
    return index >= 0 and taken[index][0] >= before.start


_ABOVE = 40
"""Lines above a table, blank ones too, among which its caption may stand."""
_HEADER = 2
"""Rows of a table in which the word above its names stands, a row of its caption the first."""
_CAPTION = 14
"""Lines that a caption may have."""


def _tables(
    source: Source, tables: Sequence[Table], sections: Sequence[Section], taken: Sequence[tuple[int, int]]
) -> list[TableBlock]:
    starts = [line.start for line in source.lines]
    told = ToldUnits(source, _outside(0, len(source.text), taken))
    blocks: list[TableBlock] = []
    last = 0
    for table in tables:
        index = bisect_right(starts, table.start) - 1
        before = [
            text
            for line in source.lines[max(index - _ABOVE, 0) : index]
            if line.start >= last
            and not is_covered(line.start, taken)
            and (text := source.text[line.start : line.end].strip())
        ]
        block = build_table_block(
            source, table, section_at(sections, table.start), before[-_CAPTION:], _lines_below(source, table, taken)
        )
        if block.unit is None and not before and blocks and _is_headed_alike(source, blocks[-1].table, table):
            block = replace(block, unit=blocks[-1].unit)
        if block.unit is None:
            block = replace(block, unit=told.unit_of(table, _outside(block.section.start, block.section.end, taken)))
        blocks.append(replace(block, section=table_section(block.section, block.title)))
        last = table.end
    return blocks


def _is_headed_alike(source: Source, table: Table, other: Table) -> bool:
    """Whether the names of two tables stand below the same word: 机构名称. One right below the other is of its unit too."""
    corners = [
        {squeeze(source.folded[cell.start : cell.end]) for cell in one.cells if cell.column == 0 and cell.row < _HEADER}
        for one in (table, other)
    ]
    return any(_is_body_word(word) for word in corners[0] & corners[1])


def _is_body_word(word: str) -> bool:
    known = column_words().get(word)
    return known is not None and known.role == "body"


def _outside(first: int, last: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a stretch outside tables and forms."""
    inside = [(start, end) for start, end in taken if start < last and end > first]
    starts = [first, *(end for _, end in inside)]
    ends = [*(start for start, _ in inside), last]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _lines_below(source: Source, table: Table, taken: Sequence[tuple[int, int]]) -> list[str]:
    """Up to four printed lines between a table and what stands next; none where one line alone parts two tables."""
    following = next((start for start, _ in taken if start >= table.end), len(source.text))
    first = bisect_right(source.lines, table.end, key=lambda line: line.start)
    lines = source.lines[first : first + 12]
    printed = [source.text[line.start : line.end].strip() for line in lines if line.end <= following]
    below = [text for text in printed if text]
    return [] if len(below) == 1 and following < len(source.text) else below[:4]


def table_section(section: Section, title: str) -> Section:
    """The section of a table: the table's own title in place of the name of another table, else below what it is in.

    Tables often follow a bare list of their names, so that the last heading above names another one.
    """
    last = section.titles[-1] if section.titles else ""
    if not title or plain_name(title) == plain_name(last):
        return section
    path, titles = section.path.split(">"), section.titles
    if last.endswith("表") and len(path) > 1:
        path, titles = path[:-1], titles[:-1]
    return section.model_copy(update={"path": ">".join([*filter(None, path), title]), "titles": (*titles, title)})


def _forms(forms: Sequence[FormSpan], sections: Sequence[Section]) -> list[Block]:
    return [
        FormBlock(
            title=form.title,
            section=section_at(sections, form.start),
            lines=form.lines,
            tables=form.tables,
            subject=form.subject,
        )
        for form in forms
    ]
