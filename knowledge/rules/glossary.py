"""名词解释 → definitions with their places."""

from __future__ import annotations

from knowledge.layout.blocks import Paragraph, Report
from knowledge.rules.base import Reading


def read_glossary(paragraph: Paragraph, report: Report) -> Reading:
    """The definition that a paragraph of the glossary gives: ``基本支出：指为保障机构正常运转…``."""
    return Reading()
