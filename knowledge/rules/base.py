"""What every rule family takes and returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from knowledge.models import Absence, Comparator, Definition, Measure, Scope


class Claim(NamedTuple):
    """One printed number and what a rule says it is. Offsets are into the source.

    ``start``/``end`` enclose the printed number alone (a number broken over lines included), ``quote`` the sentence
    or table row that it stands in. ``year``, ``agency``, ``subject`` None mean: as the section or the report says.
    ``priority``: where two rules claim the same number the higher one stays; claims of one rule on one number all
    stay (收、支总计7413.59万元 is two figures). ``pieces`` tells ``explain`` which words decided what.
    """

    start: int
    end: int
    metric: str
    measure: Measure
    value: Decimal
    unit: str | None
    rule: str
    quote: tuple[int, int]
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    code: str | None = None
    scope: Scope | None = None
    subject: str | None = None
    split: str | None = None
    comparator: Comparator | None = None
    year: int | None = None
    agency: str | None = None
    approximate: bool = False
    note: str | None = None
    priority: int = 0
    cell: str | None = None
    box: tuple[float, float, float, float] | None = None
    pieces: tuple[tuple[str, str], ...] = ()


class Ignored(NamedTuple):
    """A printed number that is no figure, and why: 行次, 栏次, 日期, 文号, 页码, 项目编码 …"""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Reading:
    """What a family read in one block."""

    claims: list[Claim] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)

    def extend(self, other: Reading) -> None:
        """Add what another family read."""
        self.claims += other.claims
        self.ignored += other.ignored
        self.definitions += other.definitions
        self.absences += other.absences
