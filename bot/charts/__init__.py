"""Which answers are worth a picture: a trend or a composition with at least three points of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.util import find_spec

from bot.charts.drawing import Bar, draw_composition, draw_trend
from bot.models import Answer, Result, ShownFigure
from bot.wording import phrase
from bot.wording.places import render_place

MIN_POINTS = 3
_ROUNDING = Decimal("1.001")
_DRAWN = ("trend", "composition")
_NEEDED = ("matplotlib", "pylopdf_fonts_zh_cn")


@cache
def is_available() -> bool:
    """Whether the libraries of the extra ``charts`` are installed."""
    return all(map(find_spec, _NEEDED))


def draw_sample() -> bytes | None:
    """A small trend that nobody sees: the first picture loads libraries and font, which takes a second or two."""
    return draw_trend("0", [Bar("0", Decimal(1), "1")], "0", "0") if is_available() else None


def has_chart(answer: Answer) -> bool:
    """Whether an answer is of a kind that a picture may go with."""
    return answer.status == "answered" and bool(answer.figures) and answer.question.operation in _DRAWN


def draw_chart(answer: Answer) -> bytes | None:
    """A PNG of what the answer says, None where it is no trend or composition, or the extra ``charts`` is missing."""
    if not has_chart(answer) or not is_available():
        return None
    if answer.question.operation == "trend":
        return _draw_trend(answer)
    return _draw_composition(answer)


def _draw_trend(answer: Answer) -> bytes | None:
    figure, points = answer.figures[0], [result for result in answer.results if result.year is not None]
    if not all(_belongs(point, figure) for point in points):
        return None
    points.sort(key=lambda point: point.year or 0)
    drawn = [_bar(f"{point.year}年", point.value, worked_out=point.formula is not None) for point in points]
    bars = [bar for bar in drawn if bar]
    if len(bars) < MIN_POINTS:
        return None
    title = phrase("charts.trend", agency=figure.agency, metric=figure.metric, measure=figure.measure)
    return draw_trend(title, bars, figure.unit or "", _sources(answer.figures))


def _belongs(point: Result, figure: ShownFigure) -> bool:
    return (point.agency, point.unit) == (figure.agency, figure.unit) and point.label.endswith(figure.metric)


def _draw_composition(answer: Answer) -> bytes | None:
    whole, parts = answer.figures[0], [figure for figure in answer.figures[1:] if _fits(figure, answer.figures[0])]
    bars = [bar for figure in parts if (bar := _bar(figure.split or figure.metric, figure.value))]
    if len(bars) < MIN_POINTS or answer.asked > 1 or not _is_whole(whole, bars):
        return None
    title = phrase("charts.composition", agency=whole.agency, year=whole.year, metric=whole.metric)
    return draw_composition(title, bars, whole.unit or "", _sources(parts))


def _is_whole(whole: ShownFigure, bars: list[Bar]) -> bool:
    """Whether the parts can be parts of one whole; parts of several divisions of it add up to more."""
    total = _bar("", whole.value)
    return total is not None and sum(bar.value for bar in bars) <= total.value * _ROUNDING


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
