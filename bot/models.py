"""What passes between questions, answers, wording and channels."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from knowledge.models import Box, Comparator, Frozen, Measure, Scope

Operation = Literal[
    "lookup", "composition", "comparison", "ranking", "trend", "growth", "sum", "difference", "ratio", "per_head",
    "definition", "overview", "catalogue", "citation", "verification", "help",
]  # fmt: skip

MatchKind = Literal["exact", "alias", "short", "place", "pinyin", "initials", "fuzzy"]


class NameMatch(Frozen):
    """A name of the knowledge base found in a question: ``text[start:end]`` is what matched it, score 0 to 100."""

    id: int
    name: str
    start: int
    end: int
    kind: MatchKind
    score: float


class Question(Frozen):
    """A question as understood. Empty tuples mean: not said. ``carried`` names the facets taken over from before."""

    text: str
    operation: Operation = "lookup"
    agencies: tuple[NameMatch, ...] = ()
    agency_groups: tuple[tuple[NameMatch, ...], ...] = ()
    metrics: tuple[NameMatch, ...] = ()
    metric_groups: tuple[tuple[NameMatch, ...], ...] = ()
    years: tuple[int, ...] = ()
    measures: tuple[Measure, ...] = ()
    scope: Scope | None = None
    split: str | None = None
    subject: str | None = None
    unit: str | None = None
    count: int | None = None
    descending: bool = True
    comparator: Comparator | None = None
    threshold: Decimal | None = None
    threshold_unit: str | None = None
    claimed: Decimal | None = None
    claimed_unit: str | None = None
    carried: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Citation(Frozen):
    """One place that prints a figure."""

    figure: str
    report: str
    document: str
    title: str
    section: str
    line: int | None = None
    page: int | None = None
    box: Box | None = None
    cell: str | None = None
    quote: str
    printed: str


class ShownFigure(Frozen):
    """A figure as shown in an answer: the fields of an exported figure, and every place that prints it."""

    id: str
    document: str
    agency: str
    year: int
    metric: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    code: str | None = None
    scope: Scope | None = None
    subject: str | None = None
    measure: Measure
    split: str | None = None
    value: str
    unit: str | None = None
    comparator: Comparator | None = None
    page: int | None = None
    line: int | None = None
    section: str
    quote: str
    derived: bool = False
    approximate: bool = False
    confidence: float = 1.0
    rank: int = 1
    citations: tuple[Citation, ...] = ()


class Result(Frozen):
    """A worked-out value: label, value, unit, the formula with its numbers, and the figures that it comes from."""

    label: str
    value: str
    unit: str | None = None
    formula: str | None = None
    from_: tuple[str, ...] = ()
    agency: str | None = None
    year: int | None = None


class Choice(Frozen):
    """One reading of an unclear question: a short label and a complete question that has this one reading."""

    label: str
    question: str


class Answer(Frozen):
    """What the bot says, for every channel. ``text`` is plain Chinese as the chat shows it.

    ``figures``: the best first; ``figures[:asked]`` answer the question, the rest stand beside them (其他口径, 构成).
    ``warnings`` are sentences about contradictions, doubtful reads, approximations.
    """

    status: Literal["answered", "needs_choice", "no_data", "not_understood"]
    question: Question
    figures: tuple[ShownFigure, ...] = ()
    results: tuple[Result, ...] = ()
    choices: tuple[Choice, ...] = ()
    warnings: tuple[str, ...] = ()
    asked: int = 1
    text: str = ""
