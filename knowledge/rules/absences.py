"""Sentences that say there is none → absences."""

from __future__ import annotations

from knowledge.layout.blocks import Paragraph, Report
from knowledge.rules.base import Reading


def read_absences(paragraph: Paragraph, report: Report) -> Reading:
    """What a paragraph says that there was none of: ``本年度没有“三公”经费支出``."""
    return Reading()
