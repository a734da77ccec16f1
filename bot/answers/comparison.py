"""Comparison of bodies, years or metrics, and sums and differences of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.answers.amounts import amount, comparable, in_base, in_unit, printed
from bot.answers.bodies import choose_bodies
from bot.answers.converting import convert
from bot.answers.drafts import Draft
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import (
    answer_lookup,
    ask_body,
    ask_which_body,
    find_all,
    no_body,
    say_what_was_taken,
    show_outcome,
)
from bot.answers.outcome import Outcome
from bot.answers.showing import build_entry, plain_decimal
from bot.models import Answer, Question, Result, ShownFigure
from knowledge.models import Measure


def answer_comparison(base: KnowledgeBase, question: Question) -> Answer:
    """Figures in order, the greatest first (the smallest, when that is asked), and the difference of two."""
    draft, figures = _figures(base, question)
    if isinstance(draft, Answer):
        return draft
    if len(figures) < 2 or not comparable(figures):
        return _not_comparable(draft, figures)
    figures.sort(key=in_base, reverse=question.descending)
    worked_out = draft.results
    draft.results = [_entry(figure, worked_out) for figure in figures]
    _reorder(draft)
    if len(figures) == 2:
        draft.results.append(difference_result(figures[0], figures[1]))
    if len({figure.year for figure in figures}) > 1 and len({figure.agency for figure in figures}) > 1:
        draft.note("different_years")
    if len({figure.metric for figure in figures}) > 1 and len(question.mentions) == 1:
        draft.note("different_names")
    return draft.finish()


def answer_arithmetic(base: KnowledgeBase, question: Question) -> Answer:
    """The sum or the difference of the figures named."""
    draft, figures = _figures(base, question)
    if isinstance(draft, Answer):
        return draft
    if len(figures) < 2 and (change := _printed_change(base, question)):
        return change
    if len(figures) < 2 or not comparable(figures):
        return _not_comparable(draft, figures)
    if question.operation == "sum":
        draft.results.append(sum_result(figures))
        if len({figure.year for figure in figures}) > 1 and len({figure.agency for figure in figures}) > 1:
            draft.note("different_years")
    else:
        draft.results.append(difference_result(*_ordered(figures[:2])))
    return draft.finish()


def _printed_change(base: KnowledgeBase, question: Question) -> Answer | None:
    """The change on the year before as printed, where 2023年比2022年少多少 is asked and one of the two stands in no report."""
    years = sorted(question.years)
    if question.operation != "difference" or len(years) != 2 or years[1] - years[0] != 1 or question.measures:
        return None
    measures: tuple[Measure, ...] = ("增减额",)
    answer = answer_lookup(base, question.model_copy(update={"measures": measures, "years": (years[1],)}))
    return answer if answer.status == "answered" else None


def _ordered(figures: Sequence[ShownFigure]) -> tuple[ShownFigure, ShownFigure]:
    """Two years: the later less the earlier; else as named, the greater first."""
    left, right = figures
    if left.year != right.year and left.metric == right.metric:
        return (left, right) if left.year > right.year else (right, left)
    return (left, right) if in_base(left) >= in_base(right) else (right, left)


def _figures(base: KnowledgeBase, question: Question) -> tuple[Draft | Answer, list[ShownFigure]]:
    draft = Draft(base, question)
    chosen = choose_bodies(base, question)
    if chosen.unclear:
        return ask_body(draft, chosen), []
    if not chosen.ids:
        return no_body(draft), []
    outcomes = find_all(base, question, chosen.ids)
    if not chosen.named:
        outcomes = [outcome for outcome in outcomes if outcome.groups] or outcomes[:1]
    if chosen.more:
        return ask_which_body(draft, outcomes), []
    figures = []
    for outcome in outcomes:
        figure = _first(draft, outcome)
        if figure:
            figures.append(figure)
    say_what_was_taken(draft, outcomes)
    return draft, figures


def _first(draft: Draft, outcome: Outcome) -> ShownFigure | None:
    if outcome.groups:
        return draft.show(outcome.groups[0], asked=True)
    results = len(draft.results)
    show_outcome(draft, outcome)
    worked_out = draft.results[results:]
    if worked_out and draft.figures:
        base = draft.figures[draft.asked - 1]
        return base.model_copy(
            update={"value": worked_out[0].value, "unit": worked_out[0].unit, "year": outcome.year, "derived": True}
        )
    return None


def _not_comparable(draft: Draft, figures: Sequence[ShownFigure]) -> Answer:
    if len(figures) >= 2:
        draft.note("not_comparable")
    elif figures:
        draft.note("two_needed")
    convert(draft)
    return draft.finish()


def _entry(figure: ShownFigure, worked_out: Sequence[Result]) -> Result:
    """The line of a figure; one that is worked out has its formula already."""
    return next(
        (each for each in worked_out if figure.derived and figure.id in each.from_ and each.value == figure.value),
        build_entry(figure),
    )


def _reorder(draft: Draft) -> None:
    """The figures compared come first, in their order, and with them those that one was worked out from."""
    ids = dict.fromkeys(key for result in draft.results for key in result.from_)
    known = {figure.id: figure for figure in draft.figures}
    draft.figures = [known[key] for key in ids] + [figure for figure in draft.figures if figure.id not in ids]
    draft.asked = len(ids)


def difference_result(left: ShownFigure, right: ShownFigure) -> Result:
    """``left`` less ``right``, in the unit of the first."""
    difference = in_base(left) - in_base(right)
    return Result(
        label="相差",
        value=plain_decimal(in_unit(difference, left.unit)),
        unit=left.unit,
        formula=f"{printed(left)} − {printed(right)} = {amount(difference, left.unit)}",
        from_=(left.id, right.id),
    )


def sum_result(figures: Sequence[ShownFigure]) -> Result:
    """All figures added up, in the unit of the first."""
    total = sum((in_base(figure) for figure in figures), Decimal(0))
    unit = figures[0].unit
    return Result(
        label="合计",
        value=plain_decimal(in_unit(total, unit)),
        unit=unit,
        formula=f"{' + '.join(printed(figure) for figure in figures)} = {amount(total, unit)}",
        from_=tuple(figure.id for figure in figures),
    )
