"""Follow-ups that ask the same of another number, or something else of the bodies that were meant together."""

from __future__ import annotations

import re

from bot.models import Question


def of_value(question: Question, previous: Question) -> Question | None:
    """那0.07万元呢 after 渠县2022年1.38万元是什么钱 asks the same of another number."""
    if previous.operation != "by_value" or question.claimed is None or question.mentions or question.agency_groups:
        return None
    return question.model_copy(
        update={
            "operation": "by_value", "agencies": previous.agencies, "agency_groups": previous.agency_groups,
            "years": question.years or previous.years, "carried": ("agency", *(() if question.years else ("years",))),
        }
    )  # fmt: skip


_SET_OPERATIONS = ("ranking", "sum")
_OF_THEM = re.compile("[他它]们|其中|这些|那些|上面|呢|^那|^还有|^再")


def of_set(question: Question, previous: Question) -> Question | None:
    """机关运行经费呢, 前三呢, 他们的三公经费 after a question about bodies meant together: 四川有哪些单位."""
    named = question.among or question.agency_groups or question.strangers
    if previous.among is None or named or question.operation not in ("lookup", *_SET_OPERATIONS):
        return None
    again = _OF_THEM.search(question.text)
    if question.mentions and question.operation == "ranking" and not again:
        return None
    said = question.mentions or question.operation in _SET_OPERATIONS or question.years or question.measures
    if not said or not (question.mentions or previous.mentions):
        return None
    before = {"sum": "sum", "comparison": "sum"}.get(previous.operation, "ranking")
    changes: dict[str, object] = {"among": previous.among}
    changes["operation"] = before if question.operation == "lookup" else question.operation
    carried = ["among"]
    if not question.mentions:
        changes |= {name: getattr(previous, name) for name in ("mentions", "metrics", "metric_groups")}
        carried.append("metric")
    if not question.years and previous.years:
        changes["years"] = previous.years
        carried.append("years")
    return question.model_copy(update={**changes, "carried": tuple(carried)})
