"""Tables of text documents (tab-separated, Markdown, column-aligned lines) and what stands around a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from knowledge.layout.aligned import find_aligned_tables
from knowledge.layout.blocks import TableBlock
from knowledge.layout.captions import is_caption, parse_title, read_caption, unit_alone, unit_noted
from knowledge.layout.continuation import join_continued, split_stacked
from knowledge.layout.delimited import find_tab_tables
from knowledge.layout.disordered import find_disordered_tables
from knowledge.layout.even_gaps import find_even_tables
from knowledge.layout.form_tables import cell_text, is_form_table, keeps_empty_cells
from knowledge.layout.grouped import find_grouped_tables
from knowledge.layout.halves import find_half_tables
from knowledge.layout.numbered import find_numbered_tables
from knowledge.layout.paired import find_paired_tables
from knowledge.layout.piped import find_pipe_tables
from knowledge.layout.pushed import straighten
from knowledge.layout.rejoined import rejoin
from knowledge.layout.repeated import find_repeated_tables
from knowledge.layout.scopes import find_scope
from knowledge.layout.spaced import find_spaced_tables
from knowledge.layout.spread import spread_groups
from knowledge.layout.stacked import find_stacked_tables, read_runs, read_words_of_lines
from knowledge.layout.stacked_counts import find_counts
from knowledge.layout.stacked_goals import find_goal_tables
from knowledge.layout.stacked_levels import find_levelled_tables
from knowledge.layout.stacked_sides import find_two_sided_tables
from knowledge.models import Line, Section, Source, Table

__all__ = ["build_table_block", "find_text_tables", "settle_tables"]

NEAR = 6
"""How many printed lines above a table may belong to its caption."""


def find_text_tables(source: Source) -> tuple[Table, ...]:
    """Tables that a text document prints as lines: flattened forms, tab-separated, Markdown, aligned rows; in order."""
    text = source.folded
    found: list[Table] = []
    runs = list(read_runs(text, source.lines))
    words = list(read_words_of_lines(text, source.lines))
    for tables in (
        find_goal_tables(text, words),
        find_levelled_tables(text, words),
        find_numbered_tables(text, source.lines),
        find_half_tables(text, source.lines),
        find_repeated_tables(text, source.lines),
        find_grouped_tables(text, source.lines),
        (spread_groups(text, table) for table in find_tab_tables(text, source.lines)),
        _straight(source, find_pipe_tables(text, source.lines)),
        find_even_tables(text, source.lines),
        find_aligned_tables(text, source.lines),
        find_paired_tables(text, source.lines),
        find_spaced_tables(text, source.lines),
        find_disordered_tables(text, source.lines),
        *_find_rejoined(text, source.lines),
        find_two_sided_tables(text, runs),
        find_counts(text, runs),
        find_stacked_tables(text, runs),
    ):
        found += [table for table in tables if not _overlaps(table, found)]
    return tuple(sorted(found, key=lambda table: table.start))


def _find_rejoined(text: str, lines: Sequence[Line]) -> list[Iterator[Table]]:
    """Tables of one cell a line, read as those of whole rows."""
    rejoined = rejoin(text, lines)
    finders = (find_half_tables, find_spaced_tables, find_paired_tables)
    return [find(text, rejoined) for find in finders] if rejoined else []


def _straight(source: Source, tables: Iterable[Table]) -> list[Table]:
    """Tables with their headers where they belong; one whose header is not certain is left out unless it is a form whose
    cells stand in their columns."""
    kept = ((table, straighten(source.text, table)) for table in tables)
    return [
        straight or table
        for table, straight in kept
        if straight is not None or (keeps_empty_cells(table) and _is_form(source, table))
    ]


def _is_form(source: Source, table: Table) -> bool:
    return is_form_table([text for cell in table.cells if (text := cell_text(source.text, cell))])


def settle_tables(source: Source, tables: Iterable[Table]) -> tuple[Table, ...]:
    """Tables as they are meant: stacked ones apart, continued ones joined."""
    return join_continued(source, split_stacked(source, tables))


def _overlaps(table: Table, others: Iterable[Table]) -> bool:
    return any(table.start < other.end and other.start < table.end for other in others)


def build_table_block(
    source: Source, table: Table, section: Section, before: Sequence[str], after: Sequence[str] = ()
) -> TableBlock:
    """A table with its title, unit and body; ``before`` are the printed lines above it, nearest last, ``after`` those below.

    The caption may stand in rows of the table itself, above its header; a unit may stand in or below the table too.
    """
    inside = _caption_cells(source, table)
    near = _near(before)
    caption = read_caption([*inside, *near])
    title = caption.title or _section_title(section)
    return TableBlock(
        table=table,
        title=title,
        section=section,
        unit=caption.unit or _unit_in(source, table) or _unit_below(after),
        scope=find_scope(title) if title else section.scope,
        agency=caption.body,
    )


def _caption_cells(source: Source, table: Table) -> list[str]:
    """Text of the cells of the rows at the top that are caption alone, nearest to the header first."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        text = source.text[cell.start : cell.end]
        if cell.row < NEAR and text.strip():
            rows.setdefault(cell.row, []).append(text)
    found: list[str] = []
    for row in sorted(rows):
        if not all(is_caption(text) for text in rows[row]):
            break
        found = [*rows[row], *found]
    return found


def _unit_in(source: Source, table: Table) -> str | None:
    """The unit that a cell at the table's end, or at the right end of its first row, gives and nothing else."""
    edge = [
        cell for cell in table.cells if cell.row == table.rows - 1 or (cell.row, cell.column) == (0, table.columns - 1)
    ]
    return next((unit for cell in edge if (unit := unit_alone(source.text[cell.start : cell.end]))), None)


def _unit_below(after: Sequence[str]) -> str | None:
    """The unit that a note below says, or a line that no other table can mean: one above a title, a sentence or the end."""
    noted = next((unit for text in after[:2] if (unit := unit_noted(text))), None)
    if noted is not None or not after:
        return noted
    ends = len(after) == 1 or after[1].endswith("。") or parse_title(after[1]) or unit_alone(after[1])
    return unit_alone(after[0]) if ends else None


def _near(before: Sequence[str]) -> list[str]:
    """Lines above a table that may be its caption, nearest first; a sentence or a note ends it."""
    near: list[str] = []
    for text in reversed(before):
        if len(near) == NEAR or text.rstrip().endswith(("。", "；")):
            break
        near.append(text)
    return near


def _section_title(section: Section) -> str:
    """The nearest heading that names a table, else an empty title."""
    return next((title for title in reversed(section.titles) if title.endswith("表")), "")
