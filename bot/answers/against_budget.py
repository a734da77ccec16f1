"""What was spent against what was planned (比预算少多少): as printed, else worked out from two figures of one body and year."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.amounts import amount, comparable, in_base, in_unit, percent, printed
from bot.answers.changes import find_figure
from bot.answers.drafts import Draft
from bot.answers.find import find
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import begin
from bot.answers.nothing import explain_nothing
from bot.answers.outcome import Outcome
from bot.answers.showing import plain_decimal
from bot.answers.totals import family_names
from bot.models import Answer, Mention, Question, Result, ShownFigure
from bot.questions.words import load_words
from knowledge.models import Measure


def answer_against_budget(base: KnowledgeBase, question: Question) -> Answer:
    """Spent less planned, with both figures; or what is missing."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    for agency_id in chosen.ids:
        for mention in question.mentions:
            if not _show_printed(draft, agency_id, mention):
                _work_out(draft, agency_id, mention)
    return draft.finish()


def _year(question: Question) -> int | None:
    return question.years[0] if question.years else None


def _show_printed(draft: Draft, agency_id: int, mention: Mention) -> bool:
    """A difference from the budget that the report itself prints, in money or in per cent as it is asked."""
    measures: tuple[Measure, ...] = ("增减率", "增减额") if _asks_rate(draft.question) else ("增减额",)
    found = (
        find(draft.base, agency_id, mention, draft.question, year=_year(draft.question), measure=measure)
        for measure in measures
    )
    shown = any(bool(each.groups) and draft.show(each.groups[0], asked=True) is not None for each in found)
    if shown:
        draft.note("against_budget")
    return shown


def _asks_rate(question: Question) -> bool:
    return any(word in question.text for word in load_words("budget")["pieces"]["rate"])


def _work_out(draft: Draft, agency_id: int, mention: Mention) -> None:
    pairs = (_find_pair(draft, Outcome(agency_id, named)) for named in _names(mention))
    pair = next((pair for pair in pairs if pair), None)
    if pair is None:
        _explain(draft, agency_id, mention)
        return
    draft.results.append(_difference(*pair))
    if _asks_rate(draft.question) and in_base(pair[1]) != 0:
        draft.results.insert(0, _rate(*pair))


def _names(mention: Mention) -> Iterator[Mention]:
    """The words, and where they mean everything that was spent its other names: reports plan under one of them."""
    yield mention
    yield from (Mention(text=name) for name in family_names(mention))


def _find_pair(draft: Draft, outcome: Outcome) -> tuple[ShownFigure, ShownFigure] | None:
    """What was spent and what was planned of one metric, in one scope: that of the budget, printed for fewer scopes."""
    question, which = draft.question, draft.question.measures[0]
    known = Draft(draft.base, question.model_copy(update={"measures": ()}))
    spent = find_figure(known, outcome, _year(question), "决算数")
    planned = find_figure(known, outcome, spent.year, which) if spent else None
    if spent is None or planned is None:
        return None
    if planned.scope != spent.scope and planned.scope is not None:
        known.question = known.question.model_copy(update={"scope": planned.scope})
        spent = find_figure(known, outcome, spent.year, "决算数")
    if spent is None or (spent.metric, spent.subject) != (planned.metric, planned.subject) or spent.id == planned.id:
        return None
    if not comparable((spent, planned)):
        return None
    draft.figures += [spent, planned]
    draft.asked += 2
    return spent, planned


def _explain(draft: Draft, agency_id: int, mention: Mention) -> None:
    question = draft.question
    spent = find(draft.base, agency_id, mention, question, year=_year(question), measure="决算数")
    if not spent.groups:
        explain_nothing(draft, spent)
        return
    metric, year = spent.groups[0].first.metric, spent.year or ""
    draft.note("no_budget", agency=spent.groups[0].first.agency, year=year, metric=metric, measure=question.measures[0])


def _rate(spent: ShownFigure, planned: ShownFigure) -> Result:
    rate = percent(in_base(spent) - in_base(planned), in_base(planned))
    return Result(
        label=f"{spent.metric}{spent.measure}比{planned.measure}增减率",
        value=str(rate),
        unit="%",
        formula=f"（{printed(spent)} − {printed(planned)}）÷ {printed(planned)} ≈ {rate}%",
        from_=(spent.id, planned.id),
        agency=spent.agency,
        year=spent.year,
    )


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
