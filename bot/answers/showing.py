"""Records → figures as shown, each checked against the stored source once more; conversions and related figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from bot.answers.groups import Group
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.models import Citation, Result, ShownFigure

MAX_CITATIONS = 12


def is_printed(base: KnowledgeBase, record: Record) -> bool:
    """Whether the stored source has the printed number where the citation points."""
    return base.printed_at(record.report_id, record.start, record.end) == record.printed


def build_citation(base: KnowledgeBase, record: Record) -> Citation:
    """The place that prints a figure."""
    report = base.report(record.report_id)
    return Citation(
        figure=record.id,
        report=record.report_id,
        document=report.document,
        title=report.title,
        section=record.section,
        line=record.line,
        page=record.page,
        box=tuple(json.loads(record.box)) if record.box else None,
        cell=record.cell,
        quote=record.quote,
        printed=record.printed,
    )


def show_group(base: KnowledgeBase, group: Group) -> ShownFigure | None:
    """The figure of a group with every place that prints it; None when the source does not print it any more."""
    verified = [record for record in group.records[:MAX_CITATIONS] if is_printed(base, record)]
    if not verified:
        return None
    return show_record(base, verified[0], verified)


def show_record(base: KnowledgeBase, record: Record, places: Sequence[Record] = ()) -> ShownFigure:
    """A figure as shown."""
    return ShownFigure(
        id=record.id,
        document=base.report(record.report_id).document,
        agency=record.agency,
        year=record.year,
        metric=record.metric,
        aliases=tuple(json.loads(record.aliases)) if record.aliases else (),
        parent=record.parent,
        code=record.code,
        scope=record.scope,
        subject=record.subject,
        measure=record.measure,
        split=record.split,
        value=record.value,
        unit=record.unit,
        comparator=record.comparator,
        page=record.page,
        line=record.line,
        section=record.section,
        quote=record.quote,
        approximate=bool(record.approximate),
        confidence=float(record.confidence),
        rank=record.rank,
        citations=tuple(build_citation(base, place) for place in places or (record,)),
    )


def build_entry(figure: ShownFigure, label: str | None = None) -> Result:
    """A line of a list: a figure as printed, under its metric or another ``label``."""
    return Result(label=label or figure.metric, value=figure.value, unit=figure.unit, from_=(figure.id,),
                  agency=figure.agency, year=figure.year)  # fmt: skip


def plain_decimal(value: Decimal) -> str:
    """An exact decimal without exponent and without closing zeros after the point.

    >>> plain_decimal(Decimal("13800.00"))
    '13800'
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
