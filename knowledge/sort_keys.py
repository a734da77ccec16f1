"""Amounts as text that sorts like the amounts: for indexes and rankings, never shown."""

from __future__ import annotations

from decimal import Decimal

from knowledge.vocabulary import units

_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def base_unit(unit: str | None) -> str | None:
    """The unit that amounts of this unit are compared in: 万元 → 元; an unknown unit is its own."""
    known = units().get(unit or "")
    return known.base if known else unit


def base_value(value: Decimal, unit: str | None) -> Decimal:
    """The value in its base unit, exact: 1.38 万元 → 13800."""
    known = units().get(unit or "")
    factor = Decimal(known.factor) if known else Decimal(1)
    sign, digits, exponent = value.as_tuple()
    product = int("".join(map(str, digits))) * int(factor.scaleb(4))
    return Decimal((sign, tuple(map(int, str(product))), int(exponent) - 4))


def sort_key(value: Decimal, unit: str | None = None) -> str:
    """Text whose order is the order of the values in the base unit; equal values have equal keys.

    Sign, number of integer digits (two characters), integer digits, fraction without closing zeros; of a negative
    value every digit is taken from nine and ``~`` closes it. Exact for up to 99 integer digits.

    >>> sort_key(Decimal("1.38"), "万元"), sort_key(Decimal("-0.02"))
    ('10513800', '09997~')
    """
    amount = base_value(value, unit)
    whole, _, fraction = f"{abs(amount):f}".partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    if len(whole) > 99:
        raise ValueError(f"number too large to sort: {value}")
    digits = f"{len(whole):02d}{whole}{fraction}"
    if amount < 0:
        return "0" + digits.translate(_COMPLEMENT) + "~"
    return "1" + digits
