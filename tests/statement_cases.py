"""Running text of a report from a snippet, and what is claimed in it, in one line a claim."""

from __future__ import annotations

from knowledge.layout.blocks import Paragraph, Report
from knowledge.layout.build import build_report
from knowledge.models import Source
from knowledge.readers.text import split_lines
from knowledge.rules.base import Claim, Reading
from knowledge.rules.statements import read_paragraph

HEADS = {
    "决算": "测试县水务局2023年度部门决算",
    "预算": "测试县水务局2023年部门预算",
    "绩效": "测试县水务局2023年度项目支出绩效自评报告",
}


def report_of(text: str, kind: str = "决算", heading: str = "情况说明") -> Report:
    """A text document of 测试县水务局, year 2023, that says ``text`` under ``heading``."""
    opening = [HEADS[kind], "", f"一、{heading}", ""]
    printed = "\n".join([*opening, *text.strip().split("\n")])
    source = Source(document="case.txt", format="text", sha256="0", text=printed, lines=split_lines(printed))
    return build_report(source, agency="测试县水务局", year=2023)


def read_text(report: Report) -> Reading:
    """What all paragraphs of a report claim."""
    reading = Reading()
    for block in report.blocks:
        if isinstance(block, Paragraph):
            reading.extend(read_paragraph(block, report))
    return reading


def render(claim: Claim) -> str:
    """A claim as ``rule: code metric < parent | scope | measure | value unit``, then what else is set."""
    name = " ".join(filter(None, [claim.code, claim.metric])) + (f" < {claim.parent}" if claim.parent else "")
    value = f"{claim.comparator or ''}{claim.value} {claim.unit or ''}".strip()
    extra = {
        "year": claim.year,
        "agency": claim.agency,
        "subject": claim.subject,
        "note": claim.note,
        "about": "≈" if claim.approximate else None,
    }
    parts = [name, claim.scope or "-", claim.measure, value]
    return f"{claim.rule.removeprefix('statement.')}: " + " | ".join(
        [*parts, *(f"{key}={text}" for key, text in extra.items() if text)]
    )
