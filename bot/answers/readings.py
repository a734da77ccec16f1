"""What words may mean of a body's figures: a metric with its items, or a project as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.counts import counted_unit, same_unit
from bot.answers.fits import Fit
from bot.answers.knowledge_base import Item
from bot.models import Question
from bot.questions.facets.units import is_money

CLEAR = 6.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a mention: items of one metric, or one project. ``rest``: words that must fit the context;
    ``unsure``: ask before it is used."""

    items: tuple[Item, ...]
    score: float
    exact: bool = False
    project: bool = False
    rest: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """Readings, the best first; ``near`` are items that fit less."""

    readings: tuple[Reading, ...] = ()
    near: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Items of the best reading."""
        return self.readings[0].items if self.readings else ()


def build_readings(good: list[Fit], question: Question | None) -> list[Reading]:
    """Fits of one metric or project put together, the best first; of equals those of the kind that is asked for."""
    groups: dict[tuple[object, ...], list[Fit]] = {}
    for fit in good:
        key = ("project", fit.item.subject) if fit.project else ("metric", fit.item.metric_id, fit.rest)
        groups.setdefault(key, []).append(fit)
    readings = [_reading(group) for group in groups.values()]
    if question is not None and len(readings) > 1:
        readings.sort(
            key=lambda reading: (-round(reading.score / CLEAR), not right_kind(reading, question), -reading.score)
        )
    return readings


def _reading(group: list[Fit]) -> Reading:
    best = group[0]
    items = tuple(dict.fromkeys(fit.item for fit in group))
    items = (whole_project(items),) if best.project else items
    return Reading(items, best.score, best.exact, best.project, best.rest, best.unsure)


def whole_project(items: Sequence[Item]) -> Item:
    """A project as one item that is called as the project."""
    subject = items[0].subject or ""
    return Item(
        metric_id=items[0].metric_id,
        metric=subject,
        subject=subject,
        names=(subject,),
        years=tuple(sorted({year for item in items for year in item.years})),
        parents=(),
        units=tuple(dict.fromkeys(unit for item in items for unit in item.units)),
    )


def reading_of(item: Item) -> Reading:
    """What an item that is offered as a choice means."""
    return Reading((item,), 100.0, project=item.is_project)


def right_kind(reading: Reading, question: Question) -> bool:
    """Whether the items count what is asked: money unless a counting unit is said."""
    bases = {unit for item in reading.items for unit in item.units}
    unit = counted_unit(question.unit)
    return any(same_unit(base, unit) for base in bases) if unit else any(map(is_money, bases))
