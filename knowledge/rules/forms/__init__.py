"""Performance forms, flattened to lines or ruled → claims."""

from __future__ import annotations

from knowledge.layout.blocks import FormBlock, Report
from knowledge.rules.base import Reading


def read_form(block: FormBlock, report: Report) -> Reading:
    """What a form claims: budget rows, indicator rows, totals, the overall score."""
    return Reading()
