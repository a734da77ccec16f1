"""What looking for one mention at one body comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.answers.groups import Group
from bot.answers.knowledge_base import Item, Record, Statement
from bot.models import Mention
from knowledge.models import Measure

Problem = Literal["metric", "ambiguous", "year", "measure", "scope", "absent", "context"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures for one body, mention and measure, the best first; or the problem and what is nearest."""

    agency_id: int
    mention: Mention
    measure: Measure | None = None
    groups: tuple[Group, ...] = ()
    year: int | None = None
    years: tuple[int, ...] = ()
    problem: Problem | None = None
    items: tuple[Item, ...] = ()
    statement: Statement | None = None
    instead: bool = False
    records: tuple[Record, ...] = ()
    in_words: bool = False
