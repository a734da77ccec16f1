"""What passes between questions, answers, wording and channels."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from knowledge.models import Box, Comparator, Frozen, Measure, Scope

Operation = Literal[
    "lookup", "composition", "comparison", "ranking", "trend", "growth", "sum", "difference", "ratio", "per_head",
    "definition", "overview", "catalogue", "citation", "verification", "help", "greeting", "thanks", "against_budget",
    "by_value",
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


class Mention(Frozen):
    """Words that name a metric or project. ``matches`` are known names in them, the best first; ``rest`` is what the
    best of them leaves over (城乡居民医保 of 城乡居民医保财政补助资金), ``full`` the words with a measure that stands by
    them (整体支出预算完成率). ``literal``: the words stand in quotation marks and mean just what has that name."""

    text: str
    matches: tuple[NameMatch, ...] = ()
    rest: str = ""
    full: str = ""
    literal: bool = False


class Part(Frozen):
    """What belongs together of a question that names several bodies, years, metrics or measures in turns; None: all of
    the question's. ``agency`` is the id of the best match, ``mention`` the text, ``measures`` empty for an amount."""

    agency: int | None = None
    year: int | None = None
    mention: str | None = None
    measures: tuple[Measure, ...] | None = None


class BodySet(Frozen):
    """Bodies meant together: those whose name without its place is one of ``offices`` (ids of ``bodies``; None: any), in
    ``regions`` (ranges of codes; empty: anywhere). ``text`` is how the question says it."""

    text: str
    regions: tuple[tuple[int, int], ...] = ()
    offices: tuple[int, ...] | None = None


class Question(Frozen):
    """A question as understood. Empty tuples mean: not said. ``carried`` names the facets taken over from before.

    ``agency_groups`` holds one group per body that is named, each with its possible bodies, the best first;
    ``agencies`` the best of each. ``mentions`` likewise for metrics, ``metrics`` their best known names.
    ``unit`` is the one that the answer is wanted in; ``counted`` are several that are asked for at once (几批、多少人).
    ``discussed`` are names of the question before, one of which may be a project that a follow-up goes on about.
    ``carried`` are the facets taken over; ``around`` that of a whole which another body may not print.
    ``within`` is the whole that a metric is part of (基本支出里的…), ``whole`` the other side of a share (占…的比重).
    ``until`` is the day or month within the year that is asked for (截至9月30日).
    ``recent`` asks for the newest n years, 0 for all of them. ``unknown`` are words that nothing was made of;
    ``strangers`` names of bodies that are not in the knowledge base. ``parts`` say which year, metric and measure go
    with which body, where they are named in turns. ``among`` are the bodies that an order, a list or a sum is about,
    ``placed`` is the id of the one whose place in the order is asked for (渠县排第几).
    """

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
    counted: tuple[str, ...] = ()
    count: int | None = None
    descending: bool = True
    comparator: Comparator | None = None
    threshold: Decimal | None = None
    threshold_unit: str | None = None
    claimed: Decimal | None = None
    claimed_unit: str | None = None
    mentions: tuple[Mention, ...] = ()
    within: str | None = None
    discussed: tuple[str, ...] = ()
    whole: str | None = None
    recent: int | None = None
    until: str | None = None
    code: str | None = None
    carried: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    among: BodySet | None = None
    placed: int | None = None


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


class ShownStatement(Frozen):
    """A sentence as printed (名词解释, or that there is none), with its place."""

    text: str
    agency: str
    year: int
    citation: Citation


class Choice(Frozen):
    """One reading of an unclear question: a short label and a complete question that has this one reading."""

    label: str
    question: str


class Answer(Frozen):
    """What the bot says, for every channel. ``text`` is plain Chinese as the chat shows it.

    ``figures``: the best first; ``figures[:asked]`` answer the question, the rest stand beside them (其他口径, 构成).
    ``warnings`` are sentences about contradictions, doubtful reads, approximations; ``notes`` say what was understood,
    carried over or worked out, and what is nearest. ``statements`` are sentences that are themselves the answer.
    """

    status: Literal["answered", "needs_choice", "no_data", "not_understood"]
    question: Question
    figures: tuple[ShownFigure, ...] = ()
    results: tuple[Result, ...] = ()
    choices: tuple[Choice, ...] = ()
    statements: tuple[ShownStatement, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    asked: int = 1
    text: str = ""
