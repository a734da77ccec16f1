"""Whole reports of tests/reports, written for this project with invented figures, and what is read in them.

Beside each report NAME.txt or NAME.md stands NAME.expected.txt: a line per figure, in printed order. Its first line
may limit it to the figures of some rules (``# rules: table.``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.extract import extract_figures
from knowledge.layout.build import build_report
from knowledge.models import Figure
from knowledge.readers import read_source

FOLDER = Path(__file__).parent / "reports"
EXPECTED = sorted(FOLDER.glob("*.expected.txt"))
RULES = "# rules: "


def render(figure: Figure) -> str:
    """A figure in one line."""
    name = " ".join(filter(None, [figure.code, figure.metric])) + (f" < {figure.parent}" if figure.parent else "")
    value = f"{figure.value} {figure.unit or ''}".strip()
    parts = [f"{figure.place.line}", name, figure.scope or "-", figure.measure, figure.split or "-", value]
    return " | ".join([*parts, f"{figure.year}", figure.agency, figure.subject or "-"])


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.txt"))
def test_report(expected: Path) -> None:
    """Exactly the expected figures come out of a report, and no number of its tables is left unread."""
    report_file = next(path for path in FOLDER.glob(expected.name.replace(".expected.txt", ".*")) if path != expected)
    report = build_report(read_source(report_file))
    extraction = extract_figures(report)
    first, *lines = expected.read_text(encoding="utf-8").splitlines()
    rules = first.removeprefix(RULES) if first.startswith(RULES) else ""
    figures = sorted(
        (figure for figure in extraction.figures if figure.rule.startswith(rules)),
        key=lambda figure: figure.place.start,
    )
    assert [render(figure) for figure in figures] == (lines if rules else [first, *lines])
    assert [entry.printed for entry in extraction.ledger if entry.fate == "unread"] == []
    for figure in figures:
        printed = report.source.text[figure.place.start : figure.place.end]
        assert printed == figure.printed
        assert printed in report.source.text[figure.quote_start : figure.quote_end]
