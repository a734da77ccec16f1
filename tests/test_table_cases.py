"""Every case of knowledge/rules/tables/*.cases.toml: a small table as text and all that it claims.

In a case ``|`` parts cells. A claim is written ``code metric < parent | scope | measure | split | value unit`` with
``| key=…`` for year, agency, subject and other names where they are set; the list is complete, so that a table which
claims nothing has an empty one.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from knowledge.layout.blocks import Report, TableBlock
from knowledge.layout.build import build_report
from knowledge.models import Source
from knowledge.readers.text import split_lines
from knowledge.rules.base import Claim
from knowledge.rules.tables import read_table

FILES = sorted(Path(__file__).parents[1].glob("knowledge/rules/tables/*.cases.toml"))
CASES = [
    pytest.param(case, id=f"{file.name.removesuffix('.cases.toml')}: {case['name']}")
    for file in FILES
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


def report_of(text: str) -> Report:
    """A text document of 某县某局, year 2022, in which ``|`` stands for a tab."""
    printed = "\n".join("\t".join(cell.strip() for cell in line.split("|")) for line in text.strip().split("\n"))
    source = Source(document="case.txt", format="text", sha256="0", text=printed, lines=split_lines(printed))
    return build_report(source, agency="某县某局", year=2022)


def render(claim: Claim) -> str:
    """A claim in one line."""
    name = " ".join(filter(None, [claim.code, claim.metric])) + (f" < {claim.parent}" if claim.parent else "")
    value = f"{claim.value} {claim.unit or ''}".strip()
    parts = [name, claim.scope or "-", claim.measure, claim.split or "-", value]
    extra = {"year": claim.year, "agency": claim.agency, "subject": claim.subject, "also": "、".join(claim.aliases)}
    return " | ".join([*parts, *(f"{key}={value}" for key, value in extra.items() if value)])


def claims_of(report: Report) -> list[Claim]:
    """Claims of all tables, in printed order."""
    claims = [
        claim for block in report.blocks if isinstance(block, TableBlock) for claim in read_table(block, report).claims
    ]
    return sorted(claims, key=lambda claim: claim.start)


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, object]) -> None:
    """A table claims exactly what its case lists, each at the place where it is printed."""
    report = report_of(str(case["table"]))
    claims = claims_of(report)
    assert [render(claim) for claim in claims] == case["claims"]
    for claim in claims:
        digits = "".join(report.printed(claim.start, claim.end).split()).replace(",", "")
        assert digits.lstrip("-") == str(abs(claim.value)), "the place holds the printed number"
        assert claim.quote[0] <= claim.start < claim.end <= claim.quote[1]


def test_there_are_negative_cases() -> None:
    """Each file says too what is no figure."""
    for file in FILES:
        cases = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
        assert any(case["claims"] for case in cases), file.name
        assert any(not case["claims"] for case in cases), file.name
