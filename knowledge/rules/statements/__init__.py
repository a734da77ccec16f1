"""Running text: sentences of 部门决算, 部门预算 and 绩效自评 → claims."""

from __future__ import annotations

from knowledge.layout.blocks import Paragraph, Report
from knowledge.rules.base import Reading


def read_paragraph(paragraph: Paragraph, report: Report) -> Reading:
    """What a paragraph of running text claims."""
    return Reading()
