"""Report → figures: every family reads its blocks, overlaps are settled in one place, and every number is accounted for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from knowledge.layout.blocks import Block, FormBlock, Paragraph, Report, TableBlock
from knowledge.ledger import build_ledger
from knowledge.models import Absence, Definition, Figure, LedgerEntry, Role, Section
from knowledge.projects import find_project, give_scores
from knowledge.rules.absences import read_absences
from knowledge.rules.base import Claim, Ignored, Reading
from knowledge.rules.forms import read_form
from knowledge.rules.glossary import read_glossary
from knowledge.rules.statements import read_paragraph
from knowledge.rules.tables import read_table


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that a report says: figures, definitions, absences, and what became of each printed number."""

    figures: tuple[Figure, ...]
    definitions: tuple[Definition, ...]
    absences: tuple[Absence, ...]
    ledger: tuple[LedgerEntry, ...]
    pieces: dict[str, tuple[tuple[str, str], ...]]

    def count(self, fate: str) -> int:
        """Numbers of the ledger with one fate: figure, ignored or unread."""
        return sum(entry.fate == fate for entry in self.ledger)


def extract_figures(report: Report) -> Extraction:
    """Read every block of a report. Raises nothing on any input: what no rule understands is listed as unread."""
    figures: list[Figure] = []
    total = Reading()
    pieces: dict[str, tuple[tuple[str, str], ...]] = {}
    settled: list[tuple[Claim, Block]] = []
    for block in report.blocks:
        reading = read_block(block, report)
        total.extend(reading)
        settled += [(claim, block) for claim in settle(reading.claims)]
    for claim, block in give_scores(settled):
        figure = build_figure(claim, block, report)
        if figure.id not in pieces:
            figures.append(figure)
            pieces[figure.id] = claim.pieces
    return Extraction(
        figures=tuple(figures),
        definitions=tuple(total.definitions),
        absences=tuple(total.absences),
        ledger=tuple(build_ledger(report, figures, total.ignored)),
        pieces=pieces,
    )


def read_block(block: Block, report: Report) -> Reading:
    """What the family of a block reads in it."""
    if isinstance(block, TableBlock):
        return read_table(block, report)
    if isinstance(block, FormBlock):
        return read_form(block, report)
    return _read_paragraph(block, report)


def _read_paragraph(paragraph: Paragraph, report: Report) -> Reading:
    if paragraph.section.role is Role.GLOSSARY:
        reading = read_glossary(paragraph, report)
        reading.ignored.append(Ignored(paragraph.flow.offsets[0], paragraph.flow.offsets[-1] + 1, "名词解释"))
        return reading
    reading = read_paragraph(paragraph, report)
    reading.extend(read_absences(paragraph, report))
    return reading


def settle(claims: Iterable[Claim]) -> list[Claim]:
    """One reading for each number: the highest priority stays, and all claims of the rule that made it.

    >>> settle([])
    []
    """
    best: dict[int, Claim] = {}
    ordered = sorted(claims, key=lambda claim: claim.start)
    for claim in ordered:
        held = best.get(claim.start)
        if held is None or claim.priority > held.priority:
            best[claim.start] = claim
    kept = [
        claim
        for claim in ordered
        if claim.rule == best[claim.start].rule and claim.priority == best[claim.start].priority
    ]
    starts = sorted(best)
    return [claim for claim in kept if not _swallowed(claim, best, starts)]


def _swallowed(claim: Claim, best: dict[int, Claim], starts: list[int]) -> bool:
    """Whether a longer or better claim covers this one's number (``55.4`` inside ``55.47`` broken over lines)."""
    before = [best[start] for start in starts[bisect_left(starts, claim.start - 12) : bisect_left(starts, claim.start)]]
    return bool(before) and any(claim.start < other.end and other.priority >= claim.priority for other in before)


def build_figure(claim: Claim, block: Block, report: Report) -> Figure:
    """A claim with what its section and report say, and its place."""
    section = block.section
    year = claim.year or report.identity.year
    subject = find_project(claim, block)
    agency = claim.agency or report.identity.agency
    quote_start, quote_end = claim.quote
    return Figure(
        id=figure_id(claim, report.source.document, agency, year, subject),
        document=report.source.document,
        agency=agency,
        year=year,
        metric=claim.metric,
        aliases=claim.aliases,
        parent=claim.parent,
        code=claim.code,
        scope=claim.scope,
        subject=subject,
        measure=claim.measure,
        split=claim.split,
        value=claim.value,
        unit=claim.unit,
        comparator=claim.comparator,
        place=report.place(claim.start, claim.end, box=claim.box, cell=claim.cell),
        printed=report.printed(claim.start, claim.end),
        section=section.path,
        quote=" ".join(report.printed(quote_start, quote_end).split()),
        quote_start=quote_start,
        quote_end=quote_end,
        rule=claim.rule,
        rank=find_rank(block, section),
        approximate=claim.approximate,
        confidence=_confidence(claim, report),
        note=claim.note,
    )


def find_rank(block: Block, section: Section) -> int:
    """0 for a main table, 1 for a main section, 2 for a form or an appended performance report."""
    if isinstance(block, FormBlock) or section.role is not Role.MAIN:
        return 2
    return 0 if isinstance(block, TableBlock) else 1


def figure_id(claim: Claim, document: str, agency: str, year: int, subject: str | None) -> str:
    """A stable id: the same number of the same document read the same way has the same one."""
    said = f"{claim.metric}\x1f{claim.measure}\x1f{claim.scope}\x1f{claim.split}\x1f{subject}"
    identity = f"{document}\x1f{agency}\x1f{year}\x1f{claim.start}\x1f{said}"
    return blake2b(identity.encode(), digest_size=8).hexdigest()


def _confidence(claim: Claim, report: Report) -> float:
    if not report.source.doubts:
        return 1.0
    return min(
        (doubt.confidence for doubt in report.source.doubts if doubt.start < claim.end and claim.start < doubt.end),
        default=1.0,
    )
