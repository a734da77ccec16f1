"""What passes through the house: sources, reports, figures, findings.

All models are frozen; those made by the ten thousand are named tuples. Offsets are characters into ``Source.text``;
``source.text[start:end]`` is always exactly what is printed there. Money and counts are ``Decimal``, never ``float``.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, InstanceOf

from knowledge.text import fold_text

Measure = Literal[
    "决算数", "年初预算数", "预算数", "调整预算数", "执行数", "上年数", "增减额", "增减率", "占比",
    "完成率", "目标值", "完成值", "权重", "得分", "数量", "均值", "期末数",
]  # fmt: skip

Scope = Literal[
    "全部", "财政拨款", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"
]  # fmt: skip

Comparator = Literal["≥", "≤", "<", ">", "="]
Fate = Literal["figure", "ignored", "unread"]
Box = tuple[float, float, float, float]


class Frozen(BaseModel):
    """Base of every model: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ReportKind(StrEnum):
    """What a report is (文种)."""

    FINAL_ACCOUNT = "部门决算"
    BUDGET = "部门预算"
    PERFORMANCE_SELF_EVALUATION = "绩效自评"
    DATA = "数据表"
    OTHER = "其他"


class Role(StrEnum):
    """Where in a report something stands; main tables and sections rank before an appended performance report."""

    MAIN = "main"
    PERFORMANCE = "performance"
    GLOSSARY = "glossary"


class Line(NamedTuple):
    """One printed line of a source, without its line break."""

    start: int
    end: int
    number: int
    page: int | None = None
    box: Box | None = None


class Cell(Frozen):
    """One cell of a table as printed. An empty cell has ``start == end``.

    ``row`` and ``column`` count from 0; spans are at least 1. ``box`` is (x0, top, x1, bottom) in points of the page;
    ``reference`` is the address in a spreadsheet (``Sheet1!B7``).
    """

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None
    reference: str | None = None


class Table(Frozen):
    """A grid of cells. ``start``/``end`` enclose all cells in the source text."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    start: int
    end: int
    page: int | None = None
    origin: Literal["ruled", "columns", "tabs", "markdown", "html", "docx", "sheet", "ocr"] = "tabs"


class Doubt(Frozen):
    """A stretch of the source that was read with less than full certainty (OCR): 0 < confidence < 1."""

    start: int
    end: int
    confidence: float


class Source(Frozen):
    """A file as a reader returns it: its whole text, its lines, and the tables whose cells the format gives.

    ``document`` is the file's name as loaded. ``paged`` says that places are cited by page instead of by line.
    Lines of a table are also in ``lines``; layout decides what belongs to which block. ``notes`` are sentences for
    the admin about what was read in an unusual way (hidden sheets, pages without text). ``original`` is the text as
    printed where ``text`` is its form for reading, of the same length.
    """

    document: str
    format: Literal["text", "markdown", "pdf", "scan", "word", "excel", "html", "csv"]
    sha256: str
    text: str
    lines: tuple[InstanceOf[Line], ...]
    tables: tuple[Table, ...] = ()
    paged: bool = False
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    original: str | None = None

    @property
    def printed(self) -> str:
        """The text as the file prints it."""
        return self.text if self.original is None else self.original

    @cached_property
    def folded(self) -> str:
        """The text as rules match it (see ``knowledge.text.fold_text``); of the same length."""
        return fold_text(self.text)


class Place(Frozen):
    """Where something is printed: ``source.text[start:end]``, and what a reader of the citation needs."""

    start: int
    end: int
    line: int | None = None
    page: int | None = None
    box: Box | None = None
    cell: str | None = None


class Identity(Frozen):
    """What a report is about: body (机关单位), fiscal year (年度), kind, title, and the body's other names."""

    agency: str
    year: int
    kind: ReportKind
    title: str
    agency_aliases: tuple[str, ...] = ()
    place: str | None = None


class Figure(Frozen):
    """A claim with a place: one printed number and what it says. Fields as in the export contract.

    ``metric`` is the standard Chinese term, or the row's own name. ``metric_path`` names the item's ancestors in a
    classification, outermost first. ``rank`` orders occurrences: 0 main table, 1 main section, 2 appended report.
    """

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
    value: Decimal
    unit: str | None = None
    comparator: Comparator | None = None
    place: Place
    printed: str
    section: str
    quote: str
    quote_start: int
    quote_end: int
    rule: str
    rank: int = 1
    approximate: bool = False
    confidence: float = 1.0
    note: str | None = None


class Definition(Frozen):
    """An entry of 名词解释: the term and its explanation as printed, with its place."""

    term: str
    text: str
    place: Place
    section: str
    agency: str
    year: int


class Absence(Frozen):
    """A sentence that says there is none: 本年度没有“三公”经费支出; 2019年度我单位无政府性基金预算收入支出."""

    metric: str
    agency: str
    year: int
    text: str
    place: Place
    section: str
    scope: Scope | None = None


class Finding(Frozen):
    """A contradiction or oddity inside or between reports; never changes a value."""

    document: str
    rule: Literal[
        "percentage", "sum", "row", "restated", "direction", "unit", "zero-base", "score", "target", "year",
        "missing", "placeholder", "name",
    ]  # fmt: skip
    severity: Literal["error", "warning"]
    message: str
    places: tuple[Place, ...]
    printed: tuple[str, ...]
    expected: str
    figures: tuple[str, ...] = ()


class LedgerEntry(NamedTuple):
    """What became of one printed number: a figure, ignored by name (日期, 页码, 文号 …), or unread."""

    start: int
    end: int
    printed: str
    fate: Fate
    reason: str
    line: int | None = None
    page: int | None = None


class Section(Frozen):
    """A stretch under one heading. ``path`` is ``第三部分>四>（一）``; ``titles`` are the headings along it.

    ``subject`` is the project (项目名称) that the whole section is about, ``scope`` what its heading says.
    """

    path: str
    titles: tuple[str, ...]
    start: int
    end: int
    role: Role = Role.MAIN
    subject: str | None = None
    scope: Scope | None = None
