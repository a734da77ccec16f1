"""Trend and composition as PNG pictures that can be read on a phone; needs the extra ``charts``.

Every bar carries its number as printed; a worked-out one is hatched and marked. The source stands below.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.wording import phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH, _DPI = 7.2, 150
_MAX_PARTS = 12
_MAX_LABEL = 14
_BAR, _WORKED_OUT, _GREY = "#2f6db5", "#9dbbe0", "#666666"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, value, the number as it is printed beside it, and whether it was worked out."""

    label: str
    value: Decimal
    printed: str
    worked_out: bool = False


def draw_trend(title: str, bars: list[Bar], unit: str, source: str) -> bytes:
    """A column per year, the oldest left. Returns a PNG."""
    figure, axes = _canvas(title, 4.6)
    positions = range(len(bars))
    columns = axes.bar(positions, [float(bar.value) for bar in bars], width=0.55, color=_colours(bars))
    _hatch(columns, bars)
    axes.axhline(0, color=_GREY, linewidth=0.8)
    axes.set_xticks(list(positions), [bar.label for bar in bars], fontproperties=_font(12))
    axes.bar_label(columns, [bar.printed for bar in bars], padding=3, fontproperties=_font(12))
    axes.margins(y=0.18)
    axes.set_yticks([])
    return _finish(figure, axes, bars, unit, source)


def draw_composition(title: str, bars: list[Bar], unit: str, source: str) -> bytes:
    """A row per part, the largest on top; more than ``_MAX_PARTS`` parts are cut, and the picture says so. Returns a PNG."""
    shown = sorted(bars, key=lambda bar: bar.value, reverse=True)[:_MAX_PARTS]
    figure, axes = _canvas(title, 1.6 + 0.42 * len(shown))
    positions = range(len(shown))
    rows = axes.barh(positions, [float(bar.value) for bar in shown], height=0.62, color=_colours(shown))
    _hatch(rows, shown)
    axes.axvline(0, color=_GREY, linewidth=0.8)
    axes.set_yticks(list(positions), [_short(bar.label) for bar in shown], fontproperties=_font(12))
    axes.bar_label(rows, [bar.printed for bar in shown], padding=4, fontproperties=_font(12))
    axes.invert_yaxis()
    axes.margins(x=0.22)
    axes.set_xticks([])
    if len(bars) > len(shown):
        source = phrase("charts.cut", shown=len(shown), total=len(bars)) + source
    return _finish(figure, axes, shown, unit, source)


def _canvas(title: str, height: float) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title, fontproperties=_font(15), x=0.02, ha="left", wrap=True)
    axes = figure.add_subplot()
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    return figure, axes


def _finish(figure: Figure, axes: Axes, bars: list[Bar], unit: str, source: str) -> bytes:
    axes.set_title(phrase("charts.unit", unit=unit), fontproperties=_font(11), color=_GREY, loc="left")
    marks = phrase("charts.worked_out") if any(bar.worked_out for bar in bars) else ""
    figure.supxlabel(marks + source, fontproperties=_font(9.5), color=_GREY, x=0.02, ha="left", wrap=True)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _colours(bars: list[Bar]) -> list[str]:
    return [_WORKED_OUT if bar.worked_out else _BAR for bar in bars]


def _hatch(patches: Any, bars: list[Bar]) -> None:
    for patch, bar in zip(patches, bars, strict=True):
        if bar.worked_out:
            patch.set_hatch("///")


def _short(label: str) -> str:
    return label if len(label) <= _MAX_LABEL else label[: _MAX_LABEL - 1] + "…"


def _font(size: float) -> Any:
    from matplotlib.font_manager import FontProperties
    from pylopdf_fonts_zh_cn import sans_path

    return FontProperties(fname=str(sans_path()), size=size)
