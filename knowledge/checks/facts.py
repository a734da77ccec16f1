"""The figures of a report as the checks look at them: by paragraph, table and form, rows and sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeVar

from knowledge.extract import Extraction
from knowledge.layout.blocks import Block, FormBlock, Paragraph, Report, TableBlock
from knowledge.models import Figure, Finding, Measure, Place
from knowledge.sort_keys import base_value

Key = TypeVar("Key", bound=Hashable)
Severity = Literal["error", "warning"]
SPENT: frozenset[Measure] = frozenset({"决算数", "执行数"})
PLANNED: tuple[Measure, ...] = ("调整预算数", "预算数", "年初预算数")
TOTAL_SPLITS = frozenset({None, "合计", "小计", "总计", "本年收入合计", "本年支出合计"})


@dataclass(frozen=True, slots=True)
class Group:
    """A block of a report with the figures that stand in it, in printed order."""

    block: Block
    figures: tuple[Figure, ...]

    def sentences(self) -> list[tuple[Figure, ...]]:
        """The figures of each sentence or table row."""
        return list(group_by(self.figures, lambda figure: (figure.quote_start, figure.quote_end)).values())


class Facts:
    """A report with its figures, grouped."""

    def __init__(self, report: Report, extraction: Extraction) -> None:
        self.report = report
        self.figures = tuple(sorted(extraction.figures, key=lambda figure: (figure.place.start, figure.id)))

    @cached_property
    def groups(self) -> list[Group]:
        """Blocks in printed order with their figures."""
        spans = sorted(((*_span(block), block) for block in self.report.blocks), key=lambda item: item[:2])
        starts = [start for start, _, _ in spans]
        inside: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            index = bisect_right(starts, figure.place.start) - 1
            if index >= 0 and figure.place.start < spans[index][1]:
                inside[index].append(figure)
        return [Group(spans[index][2], tuple(figures)) for index, figures in sorted(inside.items())]

    @cached_property
    def titles(self) -> dict[str, tuple[str, ...]]:
        """The headings of each section by its path."""
        return {section.path: section.titles for section in self.report.sections}

    def section(self, figure: Figure) -> tuple[Figure, ...]:
        """The figures of running text under the same headings, three levels deep."""
        return self._sections[_top(figure.section), figure.rank]

    @cached_property
    def _sections(self) -> dict[tuple[str, int], tuple[Figure, ...]]:
        return group_by(self.figures, lambda figure: (_top(figure.section), figure.rank))

    @property
    def tables(self) -> list[Group]:
        """Tables with figures."""
        return [group for group in self.groups if isinstance(group.block, TableBlock)]

    @property
    def paragraphs(self) -> list[Group]:
        """Paragraphs of running text with figures."""
        return [group for group in self.groups if isinstance(group.block, Paragraph)]

    @cached_property
    def forms(self) -> list[tuple[Figure, ...]]:
        """Figures by form, the parts of one project's form together."""
        figures = [figure for group in self.groups if isinstance(group.block, FormBlock) for figure in group.figures]
        return list(group_by(figures, lambda figure: (figure.subject, _top(figure.section))).values())

    def finding(
        self,
        rule: Literal[
            "percentage", "sum", "row", "restated", "direction", "unit", "zero-base", "score", "target", "year",
            "missing", "placeholder", "name",
        ],
        figures: Iterable[Figure],
        message: str,
        expected: str,
        *,
        severity: Severity = "error",
    ) -> Finding:  # fmt: skip
        """A finding about figures; its places and printed numbers are theirs."""
        concerned = tuple(sorted(dict.fromkeys(figures), key=lambda figure: figure.place.start))
        return Finding(
            document=self.report.source.document,
            rule=rule,
            severity=severity,
            message=message,
            places=tuple(figure.place for figure in concerned),
            printed=tuple(show(figure) for figure in concerned),
            expected=expected,
            figures=tuple(figure.id for figure in concerned),
        )

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the source."""
        return self.report.place(start, end)


def _span(block: Block) -> tuple[int, int]:
    if isinstance(block, Paragraph):
        return block.flow.offsets[0], block.flow.offsets[-1] + 1
    if isinstance(block, TableBlock):
        return block.table.start, block.table.end
    return block.lines[0].start, block.lines[-1].end


def _top(section: str) -> str:
    """The three outermost headings of a path."""
    return ">".join(section.split(">")[:3])


def group_by(figures: Iterable[Figure], key: Callable[[Figure], Key]) -> dict[Key, tuple[Figure, ...]]:
    """Figures by key, keys and figures in the order in which they come."""
    groups: dict[Key, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(key(figure), []).append(figure)
    return {name: tuple(members) for name, members in groups.items()}


def base(figure: Figure) -> Decimal:
    """The value in its base unit."""
    return base_value(figure.value, figure.unit)


def half_unit(figure: Figure) -> Decimal:
    """Half a unit of the last printed digit, in the base unit; a printed zero is exact."""
    exponent = figure.value.as_tuple().exponent
    if not figure.value:
        return Decimal(0)
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return base_value(step, figure.unit) / 2


def show(figure: Figure) -> str:
    """The number as printed, with its unit."""
    return f"{figure.printed}{figure.unit or ''}"


def is_total(figure: Figure) -> bool:
    """Whether the figure is of a row as a whole, not of one of its columns."""
    return figure.split in TOTAL_SPLITS


def plain(value: Decimal, places: int = 2) -> str:
    """A worked-out number as text, rounded for the message alone."""
    return f"{value:.{places}f}"
