"""What was found in a report → rows of the knowledge base: every amount as text, every tuple as JSON.

A row names bodies and metrics; the store puts their ids, and the report's, before its values. So rows can be made in
the process that reads the report, and are cheap to send.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from knowledge.models import Absence, Definition, Figure, Finding, LedgerEntry, Place
from knowledge.records import Contents, Pieces
from knowledge.search import search_terms
from knowledge.sort_keys import base_unit, sort_key

Values = tuple[Any, ...]
OwnedRow = tuple[str, Values]
"""The body that something is said about, and the values."""
SearchedRow = tuple[str, Values]
"""The terms that a passage is found by, and the values."""
FigureRow = tuple[str, str, str | None, tuple[str, ...], Values]
"""Body, metric, what the metric is part of, its other names, and the values."""

_PLACE: tuple[str, ...] = ("page", "line", "start", "end")
FIGURE: tuple[str, ...] = (
    "id", "year", "aliases", "parent", "code", "scope", "subject", "measure", "split", "value", "unit", "comparator",
    "base_unit", "sort_key", *_PLACE, "box", "cell", "printed", "section", "quote_start", "quote_end", "quote", "rule",
    "pieces", "rank", "approximate", "confidence", "note",
)  # fmt: skip
DEFINITION: tuple[str, ...] = ("year", "term", "text", "section", *_PLACE)
ABSENCE: tuple[str, ...] = ("year", "metric", "scope", "text", "section", *_PLACE)
FINDING: tuple[str, ...] = ("rule", "severity", "message", "places", "printed", "expected", "figures")
LEDGER = LedgerEntry._fields
PASSAGE: tuple[str, ...] = ("section", *_PLACE, "text")
_FATE = LEDGER.index("fate")


class FigureRows(Protocol):
    """Rows of figures: a tuple, or a stream of very many that knows its length once it was read."""

    def __iter__(self) -> Iterator[FigureRow]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Rows:
    """All that is stored of a report besides its record."""

    figures: FigureRows = ()
    definitions: Sequence[OwnedRow] = ()
    absences: Sequence[OwnedRow] = ()
    findings: Sequence[Values] = ()
    ledger: Sequence[Values] = ()
    passages: Sequence[SearchedRow] = ()

    def count(self, fate: str) -> int:
        """Numbers of the ledger with one fate: figure, ignored or unread."""
        return sum(entry[_FATE] == fate for entry in self.ledger)


def build_rows(contents: Contents) -> Rows:
    """The rows of what was found in a report."""
    figures = tuple(contents.figures)
    return Rows(
        figures=tuple([figure_row(figure, contents.pieces.get(figure.id)) for figure in figures]),
        definitions=tuple([_definition_row(definition) for definition in contents.definitions]),
        absences=tuple([_absence_row(absence) for absence in contents.absences]),
        findings=tuple([_finding_row(finding) for finding in contents.findings]),
        ledger=tuple(map(tuple, contents.ledger)),
        passages=tuple(_passages(figures, (*contents.definitions, *contents.absences))),
    )


_encode = json.JSONEncoder(ensure_ascii=False).encode


def to_json(value: object) -> str | None:
    """JSON with Chinese left readable; None for nothing."""
    return _encode(value) if value else None


def figure_row(figure: Figure, pieces: Pieces | None = None) -> FigureRow:
    """A row of ``figures``."""
    place = figure.place
    values = (
        figure.id,
        figure.year,
        to_json(figure.aliases),
        figure.parent,
        figure.code,
        figure.scope,
        figure.subject,
        figure.measure,
        figure.split,
        f"{figure.value:f}",
        figure.unit,
        figure.comparator,
        base_unit(figure.unit),
        sort_key(figure.value, figure.unit),
        *_place_values(place),
        to_json(place.box),
        place.cell,
        figure.printed,
        figure.section,
        figure.quote_start,
        figure.quote_end,
        figure.quote,
        figure.rule,
        to_json(pieces),
        figure.rank,
        int(figure.approximate),
        str(figure.confidence),
        figure.note,
    )
    return figure.agency, figure.metric, figure.parent, figure.aliases, values


def _place_values(place: Place) -> Values:
    return place.page, place.line, place.start, place.end


def _definition_row(definition: Definition) -> OwnedRow:
    values = (definition.year, definition.term, definition.text, definition.section, *_place_values(definition.place))
    return definition.agency, values


def _absence_row(absence: Absence) -> OwnedRow:
    said = (absence.year, absence.metric, absence.scope, absence.text, absence.section)
    return absence.agency, (*said, *_place_values(absence.place))


def _finding_row(finding: Finding) -> Values:
    places = to_json([place.model_dump(exclude_none=True) for place in finding.places]) or "[]"
    printed, figures = to_json(finding.printed) or "[]", to_json(finding.figures) or "[]"
    return finding.rule, finding.severity, finding.message, places, printed, finding.expected, figures


def _passages(figures: Iterable[Figure], statements: Iterable[Definition | Absence]) -> Iterator[SearchedRow]:
    """The sentences and table rows that figures and statements stand in, each once, with their search terms."""
    stretches: dict[tuple[int, int], tuple[str, Figure | Definition | Absence]] = {}
    for figure in figures:
        stretches.setdefault((figure.quote_start, figure.quote_end), (figure.quote, figure))
    for statement in statements:
        stretches.setdefault((statement.place.start, statement.place.end), (statement.text, statement))
    for (start, end), (text, item) in stretches.items():
        yield search_terms(text), (item.section, item.place.page, item.place.line, start, end, text)
