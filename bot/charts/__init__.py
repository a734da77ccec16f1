"""Which answers are worth a picture: a trend or a composition with at least three points of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec

from bot.charts.drawing import Bar, draw_composition, draw_trend
from bot.models import Answer, ShownFigure
from bot.wording import phrase
from bot.wording.places import render_place

MIN_POINTS = 3
_NEEDED = ("matplotlib", "pylopdf_fonts_zh_cn")


def draw_chart(answer: Answer) -> bytes | None:
    """A PNG of what the answer says, None where it is no trend or composition, or the extra ``charts`` is missing."""
    if answer.status != "answered" or not answer.figures or not all(map(find_spec, _NEEDED)):
        return None
    if answer.question.operation == "trend":
        return _draw_trend(answer)
    if answer.question.operation == "composition":
        return _draw_composition(answer)
    return None


def _draw_trend(answer: Answer) -> bytes | None:
    first = answer.figures[0]
    alike = [figure for figure in answer.figures if _kind(figure) == _kind(first)]
    bars = {figure.year: _bar(f"{figure.year}年", figure.value) for figure in reversed(alike)}
    for result in answer.results:
        if result.year is not None and result.unit == first.unit and result.agency in (None, first.agency):
            bars.setdefault(result.year, _bar(f"{result.year}年", result.value, worked_out=True))
    drawn = [bar for _, bar in sorted(bars.items()) if bar]
    if len(drawn) < MIN_POINTS:
        return None
    title = phrase("charts.trend", agency=first.agency, metric=first.metric, measure=first.measure)
    return draw_trend(title, drawn, first.unit or "", _sources(alike))


def _draw_composition(answer: Answer) -> bytes | None:
    whole, parts = answer.figures[0], [figure for figure in answer.figures[1:] if figure.unit == answer.figures[0].unit]
    drawn = [bar for figure in parts if (bar := _bar(figure.metric, figure.value))]
    if len(drawn) < MIN_POINTS:
        return None
    title = phrase("charts.composition", agency=whole.agency, year=whole.year, metric=whole.metric)
    return draw_composition(title, drawn, whole.unit or "", _sources(parts))


def _kind(figure: ShownFigure) -> tuple[str | None, ...]:
    return figure.agency, figure.metric, figure.measure, figure.unit, figure.scope, figure.split, figure.subject


def _bar(label: str, value: str, *, worked_out: bool = False) -> Bar | None:
    try:
        return Bar(label, Decimal(value), value, worked_out)
    except InvalidOperation:
        return None


def _sources(figures: Sequence[ShownFigure]) -> str:
    places = {
        f"《{citation.title}》{render_place(citation.section, citation.line, citation.page)}": None
        for figure in figures
        for citation in figure.citations[:1]
    }
    shown = "；".join(list(places)[:3])
    return phrase("charts.sources", sources=shown) if len(places) <= 3 else phrase("charts.more_sources", sources=shown)
