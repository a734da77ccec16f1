"""Contradictions inside a report: adds Findings, never changes a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.checks.facts import Facts
from knowledge.checks.rates import check_rates
from knowledge.checks.rows import check_rows
from knowledge.checks.sums import check_sums
from knowledge.extract import Extraction
from knowledge.layout.blocks import Report
from knowledge.models import Finding

FAMILIES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (check_rates, check_rows, check_sums)


def check_report(report: Report, extraction: Extraction) -> tuple[Finding, ...]:
    """Everything in a report that cannot all be true or is odd, in printed order."""
    facts = Facts(report, extraction)
    found = {
        (finding.rule, finding.places[0].start, finding.printed): finding
        for family in FAMILIES
        for finding in family(facts)
    }
    return tuple(sorted(found.values(), key=lambda finding: finding.places[0].start))
