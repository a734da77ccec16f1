"""Exact arithmetic on figures: differences, sums, rates, always with the formula that shows the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from bot.answers.showing import plain_decimal
from bot.models import ShownFigure
from knowledge.sort_keys import base_value
from knowledge.vocabulary import units


def base_of(unit: str | None) -> str | None:
    """The unit that amounts of a unit are compared in."""
    known = units().get(unit or "")
    return known.base if known else unit


def in_base(figure: ShownFigure) -> Decimal:
    """A figure's value in its base unit."""
    return base_value(Decimal(figure.value), figure.unit)


def comparable(figures: Sequence[ShownFigure]) -> bool:
    """Whether all figures have one base unit."""
    return len({base_of(figure.unit) for figure in figures}) == 1


def in_unit(value: Decimal, unit: str | None) -> Decimal:
    """A base value in another unit of the same kind."""
    known = units().get(unit or "")
    return value / Decimal(known.factor) if known else value


def amount(value: Decimal, unit: str | None) -> str:
    """A base value with its unit, exact: 2500000 in 万元 is 250万元."""
    return f"{plain_decimal(in_unit(value, unit))}{unit or ''}"


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` in per cent, to two places."""
    return (part * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def printed(figure: ShownFigure) -> str:
    """Value and unit as printed."""
    return f"{figure.value}{figure.unit or ''}"
