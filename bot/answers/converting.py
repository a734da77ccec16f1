"""The same amount in the unit asked for (折合多少元), exact, beside the figure as printed."""

from __future__ import annotations

from decimal import Decimal

from bot.answers.drafts import Draft
from bot.answers.showing import plain_decimal
from bot.models import Result, ShownFigure
from bot.questions.facets.units import is_money
from knowledge.vocabulary import units


def convert(draft: Draft) -> None:
    """Add a converted result for each figure asked for that is printed in another unit."""
    wanted = draft.question.unit
    if not is_money(wanted):
        return
    for figure in draft.figures[: draft.asked]:
        result = converted(figure, wanted or "")
        if result:
            draft.results.append(result)


def converted(figure: ShownFigure, wanted: str) -> Result | None:
    """A figure's amount in another money unit; None where it is the same unit or no money.

    1.38 万元 in 元 is 13800.
    """
    known, target = units().get(figure.unit or ""), units().get(wanted)
    if known is None or target is None or known.kind != "money" or known.base != target.base or figure.unit == wanted:
        return None
    value = Decimal(figure.value) * Decimal(known.factor) / Decimal(target.factor)
    return Result(
        label=f"折合{wanted}",
        value=plain_decimal(value),
        unit=wanted,
        formula=f"{figure.value}{figure.unit} = {plain_decimal(value)}{wanted}",
        from_=(figure.id,),
        agency=figure.agency,
        year=figure.year,
    )
