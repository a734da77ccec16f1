"""Units that cannot be: a number of times in %, a whole report's amounts in 元 that are 万元 elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks.facts import Facts, group_by, show
from knowledge.models import Figure, Finding

_COUNTED = re.compile(r"(?:次数|人数|人次|户数|家数|件数|个数|批次|场次|数量|人次数)$")
_TELLING_DIGITS = 4


def check_units(facts: Facts) -> Iterator[Finding]:
    """Counts in %, and one amount in two units."""
    for figure in facts.figures:
        if figure.measure == "目标值" and figure.unit == "%" and _COUNTED.search(figure.metric):
            message = f"“{figure.metric}”是数量，单位却是“%”：{figure.comparator or ''}{show(figure)}。"
            yield facts.finding("unit", [figure], message, "数量的单位（次、人次、个等）")
    yield from _check_amounts(facts)


def _check_amounts(facts: Facts) -> Iterator[Finding]:
    """The same digits once in 元 and once in 万元 cannot both be right."""
    telling = [figure for figure in facts.figures if figure.unit in ("元", "万元") and _is_telling(figure)]
    reported: set[str] = set()
    for figures in group_by(telling, lambda figure: (figure.agency, figure.year, figure.value.normalize())).values():
        small = [figure for figure in figures if figure.unit == "元" and figure.section not in reported]
        large = [figure for figure in figures if figure.unit == "万元"]
        if small and large:
            reported.update(figure.section for figure in small)
            message = f"同一金额单位不一：{show(small[0])}，另一处为 {show(large[0])}。"
            yield facts.finding("unit", [small[0], large[0]], message, f"{small[0].printed}万元")


def _is_telling(figure: Figure) -> bool:
    """Enough digits, with a fraction, that equality is no chance."""
    value = figure.value.normalize()
    exponent = value.as_tuple().exponent
    return len(value.as_tuple().digits) >= _TELLING_DIGITS and isinstance(exponent, int) and exponent < 0
