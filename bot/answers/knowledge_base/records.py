"""What is read of the knowledge base: printed numbers, reports, sentences, and what a body has figures of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from knowledge.models import Measure, Scope


class Record(NamedTuple):
    """One printed number of the knowledge base, as a row of ``figures``."""

    id: str
    report_id: str
    agency_id: int
    year: int
    metric_id: int
    aliases: str | None
    parent: str | None
    code: str | None
    scope: Scope | None
    subject: str | None
    measure: Measure
    split: str | None
    value: str
    unit: str | None
    comparator: str | None
    base_unit: str | None
    sort_key: str
    page: int | None
    line: int | None
    start: int
    end: int
    box: str | None
    cell: str | None
    printed: str
    section: str
    quote_start: int
    quote_end: int
    quote: str
    rank: int
    approximate: int
    confidence: str
    note: str | None
    agency: str
    metric: str


class Amount(NamedTuple):
    """What an order of amounts needs of a figure."""

    agency_id: int
    metric_id: int
    year: int
    value: str
    unit: str | None
    base_unit: str | None
    sort_key: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A loaded report as shown in citations and lists."""

    id: str
    document: str
    title: str
    agency: str | None
    agency_id: int | None
    year: int | None
    kind: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A definition or a sentence that says there is none, with its place."""

    report_id: str
    agency: str
    year: int
    term: str
    scope: Scope | None
    text: str
    page: int | None
    line: int | None
    start: int
    end: int
    section: str


class Item(NamedTuple):
    """What a body has figures of: a metric, of the body itself or of one of its projects (项目).

    ``printed`` are other names that the body's reports print it by; ``names`` are these and those of the vocabulary.
    """

    metric_id: int
    metric: str
    subject: str | None
    names: tuple[str, ...]
    years: tuple[int, ...]
    parents: tuple[str, ...]
    units: tuple[str, ...]
    printed: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """How the item is called in a choice."""
        return f"{self.subject}：{self.metric}" if self.subject and not self.is_project else self.metric

    @property
    def is_project(self) -> bool:
        """Whether a project as a whole is meant, and not one of its metrics."""
        return self.subject == self.metric
