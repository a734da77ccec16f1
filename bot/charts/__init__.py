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
    first = answer.results[0] if answer.results else None
    if first is None or any(
        (r.label, r.agency, r.unit) != (first.label, first.agency, first.unit) for r in answer.results
    ):
        return None
    points = sorted((result for result in answer.results if result.year), key=lambda result: result.year or 0)
    drawn = [_bar(f"{result.year}年", result.value, worked_out=result.formula is not None) for result in points]
    bars = [bar for bar in drawn if bar]
    if len(bars) < MIN_POINTS:
        return None
    title = phrase("charts.trend", agency=first.agency or "", metric=first.label, measure=answer.figures[0].measure)
    return draw_trend(title, bars, first.unit or "", _sources(answer.figures))


def _draw_composition(answer: Answer) -> bytes | None:
    whole, parts = answer.figures[0], [figure for figure in answer.figures[1:] if _fits(figure, answer.figures[0])]
    bars = [bar for figure in parts if (bar := _bar(figure.split or figure.metric, figure.value))]
    if len(bars) < MIN_POINTS or answer.asked > 1:
        return None
    title = phrase("charts.composition", agency=whole.agency, year=whole.year, metric=whole.metric)
    return draw_composition(title, bars, whole.unit or "", _sources(parts))


def _fits(part: ShownFigure, whole: ShownFigure) -> bool:
    return (part.agency, part.year, part.measure, part.unit) == (whole.agency, whole.year, whole.measure, whole.unit)


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
