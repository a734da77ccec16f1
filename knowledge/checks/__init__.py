"""Contradictions inside a report: adds Findings, never changes a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.checks.directions import check_directions
from knowledge.checks.facts import Facts
from knowledge.checks.parts import check_parts
from knowledge.checks.rates import check_rates
from knowledge.checks.restated import check_restated
from knowledge.checks.rows import check_rows
from knowledge.checks.scores import check_scores
from knowledge.checks.sums import check_sums
from knowledge.checks.told import check_told
from knowledge.checks.units import check_units
from knowledge.checks.wording import check_wording
from knowledge.extract import Extraction
from knowledge.layout.blocks import Report
from knowledge.models import Finding

FAMILIES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    check_rates,
    check_rows,
    check_sums,
    check_parts,
    check_restated,
    check_directions,
    check_units,
    check_scores,
    check_told,
    check_wording,
)


def check_report(report: Report, extraction: Extraction) -> tuple[Finding, ...]:
    """Everything in a report that cannot all be true or is odd, in printed order."""
    facts = Facts(report, extraction)
    found = {
        (finding.rule, finding.places[0].start, finding.printed): finding
        for family in FAMILIES
        for finding in family(facts)
    }
    return tuple(sorted(found.values(), key=lambda finding: finding.places[0].start))
