"""What the interpreter hands on: amounts with names and measures, still in offsets of the paragraph."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from knowledge.models import Comparator, Measure, ReportKind, Role, Scope
from knowledge.rules.statements.names import Name
from knowledge.rules.statements.tokens import Token


class Setting(NamedTuple):
    """What holds for a whole paragraph: the report's year, kind and agencies, the section's scope and topic.

    ``lead`` is what heading or paragraph before are about; it names what the text itself does not. ``heading`` is the
    heading as printed.
    """

    year: int
    kind: ReportKind = ReportKind.FINAL_ACCOUNT
    role: Role = Role.MAIN
    agencies: tuple[str, ...] = ()
    scope: Scope | None = None
    lead: tuple[Name, ...] = ()
    whole: tuple[Name, ...] = ()
    target: bool = False
    fallback: str = ""
    heading: str = ""


class Draft(NamedTuple):
    """One figure of a paragraph. ``token`` is the amount, ``whole`` what it is part of."""

    token: Token
    name: Name
    measure: Measure
    value: Decimal
    rule: str
    whole: str | None = None
    year: int | None = None
    agency: str | None = None
    note: str | None = None
    comparator: Comparator | None = None
    pieces: tuple[tuple[str, str], ...] = ()
