"""The national 决算 and 预算 tables and any other table with named rows and columns → claims."""

from __future__ import annotations

from knowledge.layout.blocks import Report, TableBlock
from knowledge.rules.base import Reading


def read_table(block: TableBlock, report: Report) -> Reading:
    """What a table claims, cell by cell."""
    return Reading()
