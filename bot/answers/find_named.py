"""What the readings of a mention give: the best one's figures unless others say as much."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.cells import find_cell
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.measures import BUDGET
from bot.answers.narrowing import in_scope
from bot.answers.of_reading import choose_figures, figures_of, find_absence
from bot.answers.outcome import Outcome
from bot.answers.readings import Reading
from bot.answers.resolve import resolve
from bot.answers.rivals import NEARLY_EXACT, TRIED, agree, other_projects, printed_twice, printing, rivals, saying_all
from bot.answers.totals import family_items, says_several
from bot.models import Mention, Question
from knowledge.models import Measure

_NAMED_SO, _ALIAS_SO = 99.6, 99.5


def find_named(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, year: int | None,
               measure: Measure | None) -> Outcome:  # fmt: skip
    """Figures of a body for the best reading of a mention; problem ``ambiguous`` where others say as much."""
    cell = find_cell(base, agency_id, mention, question)
    if cell is not None:
        scoped = in_scope(cell[1], question)
        return choose_figures(base, agency_id, mention, scoped or cell[1], [], cell[0], year, measure)
    resolution = resolve(base, agency_id, mention, question)
    readings = _with_family(base, agency_id, mention, resolution.readings, measure)
    tried: Outcome | None = None
    for place, reading in enumerate(readings[:TRIED]):
        outcome = figures_of(base, agency_id, mention, question, reading, year, measure)
        if outcome.groups and reading.unsure:
            items = tuple(item for other in readings if other.unsure for item in other.items)
            return Outcome(agency_id, mention, measure, problem="ambiguous", items=items)
        if outcome.groups or outcome.problem == "ambiguous":
            others = rivals(reading, readings[place + 1 :], base, agency_id, question, literal=mention.literal)
            others += [*saying_all(reading, resolution.near), *other_projects(base, agency_id, mention, reading)]
            if outcome.groups and not outcome.instead:
                others = printing(base, agency_id, mention, question, others, year, measure)
            if others and not agree(base, agency_id, mention, question, outcome, others, year, measure):
                if printed := printed_twice(base, outcome, question, others):
                    return replace(outcome, groups=(*outcome.groups, *printed))
                return Outcome(agency_id, mention, measure, problem="ambiguous", items=(*reading.items, *others))
            return outcome
        if tried is None or (tried.problem == "context" and outcome.problem != "context"):
            tried = outcome
    if tried is not None and tried.problem != "context":
        return tried
    statement = find_absence(base, agency_id, mention, year)
    if statement:
        return Outcome(agency_id, mention, measure, problem="absent", statement=statement, year=statement.year)
    near = tuple(dict.fromkeys((*(tried.items if tried else ()), *resolution.near)))
    return Outcome(agency_id, mention, measure, problem="metric", items=near)


def _least(mention: Mention) -> float:
    """How well words must fit a name to stand before the family of totals; 收入预算总额 is the name of 收入总计 itself."""
    return _ALIAS_SO if mention.text.endswith(("总额", "总计")) else _NAMED_SO


def _with_family(
    base: KnowledgeBase, agency_id: int, mention: Mention, readings: tuple[Reading, ...], measure: Measure | None
) -> tuple[Reading, ...]:
    """Where the words are a way to say a total, the name that this body prints for it, unless they fit exactly.

    Of a budget or its completion any of the names: reports plan under another one than they spend.
    """
    several, planned = says_several(mention), measure == "完成率" or measure in BUDGET
    fit = bool(readings) and (readings[0].exact or (readings[0].score >= _least(mention) and not readings[0].rest))
    if fit and not several and (readings[0].exact or not planned):
        return readings
    family = family_items(base, agency_id, mention)
    if several:
        return (*(Reading((item,), NEARLY_EXACT) for item in family), *readings)
    named = tuple(Reading((item,), 100.0, exact=True) for item in (family if planned else family[:1]))
    if fit:
        return (*readings, *named)
    return (*named, *readings)
