"""What a heading or title says of scope (口径), year and role."""

from __future__ import annotations

import re

from knowledge.models import Scope

_SCOPES: tuple[tuple[str, Scope], ...] = (
    ("一般公共预算", "一般公共预算财政拨款"),
    ("政府性基金", "政府性基金预算财政拨款"),
    ("国有资本经营", "国有资本经营预算财政拨款"),
    ("财政拨款", "财政拨款"),
)
_YEAR = re.compile(r"(20[0-4]\d)\s*年")


def find_scope(text: str) -> Scope | None:
    """The scope that a heading names: ``一般公共预算财政拨款支出决算表`` → 一般公共预算财政拨款; None where it names none.

    A title that names two budgets (一般公共预算和政府性基金预算财政拨款) covers all of 财政拨款.
    """
    named = [scope for word, scope in _SCOPES[:3] if word in text]
    if len(named) > 1:
        return "财政拨款"
    return named[0] if named else ("财政拨款" if "财政拨款" in text else None)


def find_year(text: str) -> int | None:
    """The one fiscal year that a heading names, None where it names none or several."""
    years = {int(year) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None
