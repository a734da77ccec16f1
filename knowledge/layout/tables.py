"""Tables of text documents: tab-separated, Markdown and column-aligned lines → Table; what stands around a table."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.layout.blocks import TableBlock
from knowledge.models import Section, Source, Table


def find_text_tables(source: Source) -> tuple[Table, ...]:
    """Tables that a text document prints as lines: tab-separated rows, Markdown rows, aligned columns."""
    return ()


def build_table_block(source: Source, table: Table, section: Section, before: Sequence[str]) -> TableBlock:
    """A table with its title, unit and body; ``before`` are the printed lines above it, nearest last."""
    return TableBlock(table=table, title="", section=section)
