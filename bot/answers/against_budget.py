"""What was spent against what was planned (比预算少多少): worked out from two printed figures of one body and year."""

from __future__ import annotations

import re

from bot.answers.amounts import amount, comparable, in_base, in_unit, printed
from bot.answers.changes import find_figure
from bot.answers.drafts import Draft
from bot.answers.find import Outcome
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import answer_lookup, begin
from bot.answers.showing import plain_decimal
from bot.models import Answer, Question, Result, ShownFigure
from knowledge.models import Measure

_BUDGET = r"(?P<which>年初|全年|调整后?)?预算数?"
_ASKED = re.compile(
    rf"(?:比|较|与|和|跟|同){_BUDGET}(?:相比|比)?(?:多|少|超|节约|节余|结余|差|相差|增加|减少)"
    rf"|(?:决算|执行|支出)数?(?:和|与|跟|比|较){_BUDGET.replace('which', 'other')}(?:相?差|多|少|相比|比)"
    r"|超(?:出|过)?预算"
)
_MEASURES: dict[str, Measure] = {
    "年初": "年初预算数",
    "全年": "调整预算数",
    "调整": "调整预算数",
    "调整后": "调整预算数",
}


def asks_against_budget(question: Question) -> bool:
    """Whether one figure is to be compared with its own budget: ``三公经费比预算少多少``."""
    return len(question.mentions) == 1 and bool(_ASKED.search(question.text))


def answer_against_budget(base: KnowledgeBase, question: Question) -> Answer:
    """Spent less planned, with both figures; as an ordinary look-up where the report does not print both."""
    begun = begin(base, question.model_copy(update={"measures": ()}))
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    for agency_id in chosen.ids:
        pair = _find_pair(draft, agency_id)
        if pair is None:
            return answer_lookup(base, question)
        draft.results.append(_difference(*pair))
    return draft.finish()


def _find_pair(draft: Draft, agency_id: int) -> tuple[ShownFigure, ShownFigure] | None:
    """What was spent and what was planned, in one scope: that of the budget, which reports print for fewer scopes."""
    question = draft.question
    said = _ASKED.search(question.text)
    which = (said["which"] or said["other"] or "") if said else ""
    year = question.years[0] if question.years else None
    outcome = Outcome(agency_id, question.mentions[0])
    known = Draft(draft.base, question)
    spent = find_figure(known, outcome, year, "决算数")
    planned = find_figure(known, outcome, spent.year, _MEASURES.get(which, "预算数")) if spent else None
    if spent is None or planned is None:
        return None
    if planned.scope != spent.scope and planned.scope is not None:
        draft.question = question.model_copy(update={"scope": planned.scope})
    first = find_figure(draft, outcome, spent.year, "决算数")
    second = find_figure(draft, outcome, spent.year, _MEASURES.get(which, "预算数"))
    draft.question = question
    if first is None or second is None or first.id == second.id or not comparable((first, second)):
        return None
    return first, second


def _difference(spent: ShownFigure, planned: ShownFigure) -> Result:
    apart = in_base(spent) - in_base(planned)
    return Result(
        label=f"{spent.metric}{spent.measure}减{planned.measure}",
        value=plain_decimal(in_unit(apart, spent.unit)),
        unit=spent.unit,
        formula=f"{printed(spent)} − {printed(planned)} = {amount(apart, spent.unit)}",
        from_=(spent.id, planned.id),
        agency=spent.agency,
        year=spent.year,
    )
