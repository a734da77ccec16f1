"""Contradictions inside a report: adds Findings, never changes a value."""

from __future__ import annotations

from knowledge.extract import Extraction
from knowledge.layout.blocks import Report
from knowledge.models import Finding


def check_report(report: Report, extraction: Extraction) -> tuple[Finding, ...]:
    """Everything in a report that cannot all be true, in printed order."""
    return ()
