"""Points that a row alone does not tell: a score printed once for a level, a lone number that is the weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.rules.forms.rows import Group, Indicator, Total
from knowledge.rules.forms.values import Item, Value


@dataclass(frozen=True, slots=True)
class PointsRow:
    """An indicator with all the numbers of its row."""

    indicator: Indicator
    items: Sequence[Item]

    def lone(self) -> Value | None:
        """The one bare number of the row that no column took."""
        taken = {value.start for value in self.indicator.values.values()}
        left = [item.value for item in self.items if item.value is not None and item.value.start not in taken]
        return left[0] if len(left) == 1 and left[0].bare else None


def share_scores(rows: Sequence[PointsRow], groups: list[Group]) -> None:
    """A score printed once for a level with several indicators, on a line of its own, is the level's.

    A score above the points of its level is none: 产出指标（40分） has no 得分 96.
    """
    for points in [group for group in groups if group.parent is None and group.measure == "权重"]:
        inside = [row for row in rows if row.indicator.levels[:1] == (points.name,)]
        scored = [row for row in inside if "得分" in row.indicator.values]
        for row in scored:
            score = row.indicator.values["得分"]
            alone = len(scored) == 1 and row.items[-1].words[0].first
            if score.number > points.value.number:
                del row.indicator.values["得分"]
            elif alone and (len(inside) > 1 or score.number == points.value.number):
                del row.indicator.values["得分"]
                groups.append(Group(points.name, None, "得分", score, (score.begin, score.stop)))


def tell_lone_weights(rows: Sequence[PointsRow], totals: Sequence[Total]) -> None:
    """A lone number is the weight where completion and score were left blank and all of them add up to the total."""
    lone = [(row, value) for row in rows if (value := row.lone()) is not None and "权重" not in row.indicator.values]
    printed = [total.values.get("权重", total.values.get("")) for total in totals]
    known = sum(row.indicator.values["权重"].number for row in rows if "权重" in row.indicator.values)
    whole = known + sum(value.number for _, value in lone)
    if lone and any(value is not None and whole in (value.number, value.number - 10) for value in printed):
        for row, value in lone:
            row.indicator.values["权重"] = value
