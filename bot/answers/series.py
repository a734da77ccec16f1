"""Figures of several years that belong together: those that one row or sentence prints count the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.answers.groups import Group

Place = tuple[str, int]


def one_series(years: Sequence[Sequence[Group]]) -> list[Group]:
    """For each year, each with at least one figure, the one of the row that prints most of the years, where one prints
    two or more; else the first. 项目支出 238.98 273.32 312.75 of a base table beside 项目支出8857.13万元 of the text."""
    printed = Counter(place for groups in years for place in {place for group in groups for place in _places(group)})
    row, count = max(printed.items(), key=lambda found: found[1], default=(None, 0))
    if row is None or count < 2:
        return [groups[0] for groups in years]
    return [next((group for group in groups if row in _places(group)), groups[0]) for groups in years]


def _places(group: Group) -> set[Place]:
    return {(record.report_id, record.quote_start) for record in group.records}
