"""Amounts as text that sorts like the amounts: for indexes and rankings, never shown."""

from __future__ import annotations

from decimal import Context, Decimal

from knowledge.vocabulary import units

_EXACT = Context(prec=200)
_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def base_unit(unit: str | None) -> str | None:
    """The unit that amounts of this unit are compared in: 万元 → 元; an unknown unit is its own."""
    known = units().get(unit or "")
    return known.base if known else unit


def base_value(value: Decimal, unit: str | None) -> Decimal:
    """The value in its base unit, exact: 1.38 万元 → 13800."""
    known = units().get(unit or "")
    return _EXACT.multiply(value, Decimal(known.factor)) if known else value


def sort_key(value: Decimal, unit: str | None = None) -> str:
    """Text whose order is the order of the values in the base unit; equal values have equal keys.

    Sign, number of integer digits (two characters), integer digits, fraction without closing zeros; of a negative
    value every digit is taken from nine and ``~`` closes it. Exact for up to 99 integer digits.

    >>> sort_key(Decimal("1.38"), "万元"), sort_key(Decimal("-0.02"))
    ('10513800', '09997~')
    """
    amount = base_value(value, unit)
    whole, _, fraction = f"{amount.copy_abs():f}".partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    if len(whole) > 99:
        raise ValueError(f"number too large to sort: {value}")
    digits = f"{len(whole):02d}{whole}{fraction}"
    if amount < 0:
        return "0" + digits.translate(_COMPLEMENT) + "~"
    return "1" + digits
