"""Amounts as text that sorts like the amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sort_keys import base_unit, sort_key

amounts = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20)
units = st.sampled_from(["元", "万元", "亿元", None])


@pytest.mark.parametrize(
    ("expected", "value", "unit"),
    [
        ("10513800", "1.38", "万元"),
        ("10513800", "13800", "元"),
        ("100", "0", "万元"),
        ("100", "-0.00", None),
        ("1005", "0.50", None),
        ("09997~", "-0.02", None),
        ("09779~", "-20", None),
    ],
)
def test_key_of_a_value(expected: str, value: str, unit: str | None) -> None:
    assert sort_key(Decimal(value), unit) == expected


@given(amounts, amounts)
def test_keys_order_like_values(left: Decimal, right: Decimal) -> None:
    assert (sort_key(left) < sort_key(right)) == (left < right)
    assert (sort_key(left) == sort_key(right)) == (left == right)


@given(amounts)
def test_units_of_one_kind_compare(value: Decimal) -> None:
    assert sort_key(value, "万元") == sort_key(value * 10000, "元")


@given(amounts, units)
def test_a_number_more_is_always_later(value: Decimal, unit: str | None) -> None:
    assert sort_key(value, unit) < sort_key(value + Decimal("0.000001"), unit)


def test_number_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        sort_key(Decimal("1e99"))


@pytest.mark.parametrize(
    ("expected", "unit"), [("元", "亿元"), ("人", "万人"), ("批次", "批次"), ("斗", "斗"), (None, None)]
)
def test_base_unit(expected: str | None, unit: str | None) -> None:
    assert base_unit(unit) == expected
