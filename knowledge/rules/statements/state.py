"""What has been said so far in a paragraph, and the amount that is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.models import Measure
from knowledge.numbers import Amount
from knowledge.rules.statements.names import Name
from knowledge.rules.statements.phrases import Phrase
from knowledge.rules.statements.tokens import Token


@dataclass(slots=True)
class Clause:
    """The words since the last amount or punctuation: ``groups`` before the cue, ``after`` behind it."""

    groups: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    cue: Token | None = None
    compare: Token | None = None
    amounts: int = 0
    years: list[int] = field(default_factory=list)
    measure: Measure | None = None

    def add(self, text: str, joined: bool) -> None:
        """More words; ``joined`` ones go on with the group before (an enumeration)."""
        groups = self.after if self.cue is not None else self.groups
        if joined and groups:
            groups[-1] += text
        else:
            groups.append(text)


@dataclass(slots=True)
class State:
    """What has been said so far in the paragraph."""

    topic: tuple[Name, ...] = ()
    spoken: tuple[Name, ...] = ()
    whole: Name | None = None
    part_measure: Measure | None = None
    parts_from: int = 0
    last_measure: Measure | None = None
    value_measure: Measure | None = None
    base: str = ""
    sign: int = 0
    year: int | None = None
    year_age: int = 0
    past: int | None = None
    agency: str | None = None
    shared: list[Name] = field(default_factory=list)
    shared_cue: Token | None = None
    shared_years: list[int] = field(default_factory=list)
    listed: tuple[Name, ...] = ()
    row: Name | None = None
    top: Name | None = None
    money: tuple[Name, ...] = ()
    counted: tuple[Name, ...] = ()
    fresh: bool = False
    said: list[Name] = field(default_factory=list)
    listed_under: tuple[Name | None] | None = None
    theme: str = ""
    aside: bool = False
    resumed: tuple[Name, ...] = ()
    passed: bool = False
    closing: bool = False
    agreed: bool = False
    target: bool = False
    spent: str = ""
    aimed: tuple[Name, ...] = ()
    priced: list[str] = field(default_factory=list)


class Mention(NamedTuple):
    """An amount with the words that decide what it is.

    ``subject`` are the words before it that name it, ``phrase`` what they name, ``after`` the words right behind it,
    ``shared_of`` those between 占 and the amount. ``base`` is the comparison right before it, where the amount is what is
    compared with (比上年``10.15万元``减少); ``weight`` marks points in brackets behind a name (投入``（15分）``);
    ``yearly`` says that the words before it name the year, ``planned`` is the budget that the clause began with,
    ``aimed`` that what was reached follows or words of an aim stand before the year, ``full`` that the points that were got do, ``target`` that the words behind it call it one.
    """

    token: Token
    amount: Amount
    phrase: Phrase
    subject: str
    after: str
    cue: Token | None = None
    shared_of: tuple[str, ...] = ()
    base: Token | None = None
    weight: bool = False
    yearly: bool = False
    planned: Measure | None = None
    aimed: bool = False
    full: bool = False
    target: bool = False

    def cued(self, *kinds: str) -> bool:
        """Whether the cue before the amount is of one of these kinds."""
        return self.cue is not None and self.cue.kind in kinds
