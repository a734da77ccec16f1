"""Which bodies a question is about: those it names, the one there is, or those that have the figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.answers.find import find_asked
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.outcome import Outcome
from bot.answers.resolve import resolve
from bot.models import NameMatch, Question
from bot.questions.parts import of_body
from knowledge.vocabulary.abbreviations import abbreviations

FEW = 6
COMPARED = 4
"""How many bodies of one place are looked into for what is asked; of more it is asked which is meant."""
MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of the bodies in the order named; ``unclear`` holds the groups where several bodies fit as well, ``below`` the
    bodies whose figures the body in charge reports beside its own."""

    ids: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    unclear: tuple[tuple[NameMatch, ...], ...] = ()
    named: bool = True
    more: bool = False


def choose_bodies(base: KnowledgeBase, question: Question) -> Chosen:
    """The bodies of a question. Of several that one place may mean, those that have what is asked."""
    if question.agency_groups:
        ids: list[int] = []
        below: list[int] = []
        unclear = []
        for group in question.agency_groups:
            asked = of_body(question, group[0].id)
            close = _close(base, group, asked)
            chief, *others = _having(base, close, asked) if 1 < len(close) <= COMPARED else close
            if others and not all(_reports_for(base, chief.id, other.id) for other in others):
                unclear.append(close)
                continue
            ids.append(chief.id)
            below += [other.id for other in others]
        return Chosen(tuple(dict.fromkeys(ids)), tuple(below), tuple(unclear))
    if question.strangers:
        return Chosen()
    known = base.agencies(2)
    if len(known) == 1:
        return Chosen((known[0][0],), named=False)
    metrics = tuple({match.id for mention in question.mentions for match in mention.matches if match.score >= 85})
    year = question.years[0] if len(question.years) == 1 else None
    ids = base.metric_bodies(metrics, year, FEW + 1) if metrics else []
    return Chosen(tuple(ids[:FEW]), named=False, more=len(ids) > FEW)


def _close(base: KnowledgeBase, group: tuple[NameMatch, ...], question: Question) -> tuple[NameMatch, ...]:
    close = _without_offices(tuple(match for match in group if match.score >= group[0].score - MARGIN))
    if len(close) == 1 or close[0].kind == "exact":
        return close[:1]
    filled = tuple(match for match in close[:12] if base.has_figures(match.id)) or close
    fitting = tuple(
        match for match in filled
        if question.mentions and all(resolve(base, match.id, mention).items for mention in question.mentions)
    )  # fmt: skip
    return fitting or filled


def _having(base: KnowledgeBase, close: tuple[NameMatch, ...], question: Question) -> tuple[NameMatch, ...]:
    """Those of several bodies of a place that have what is asked, the body in charge first; it alone where they agree."""
    found = {match: [find_asked(base, match.id, mention, question) for mention in question.mentions] for match in close}
    having = [match for match in close if found[match] and all(outcome.groups for outcome in found[match])]
    having = [match for match in having if not any(map(_is_target, found[match]))] or having
    if not having:
        return close
    values: dict[NameMatch, tuple[Decimal, ...]] = {
        match: tuple(outcome.groups[0].value for outcome in found[match]) for match in having
    }
    ordered = sorted(having, key=lambda match: not match.name.endswith(abbreviations().leading))
    return tuple(ordered[:1] if len(set(values.values())) == 1 else ordered)


def _is_target(outcome: Outcome) -> bool:
    """Whether a body has nothing but what it aimed at, which was not asked for."""
    return outcome.instead and outcome.groups[0].first.measure == "目标值"


def _reports_for(base: KnowledgeBase, chief: int, below: int) -> bool:
    """Whether all figures of a body stand in reports of another one, as those of a centre in its bureau's."""
    query = """SELECT 1 FROM figures JOIN reports ON reports.id = report_id
               WHERE figures.agency_id = ? AND reports.agency_id <> ? LIMIT 1"""
    return base.connection.execute(query, (below, chief)).fetchone() is None


def _without_offices(close: tuple[NameMatch, ...]) -> tuple[NameMatch, ...]:
    """Bodies without the office of one of them that only its full name means: 曹县卫生健康局机关 beside 曹县卫生健康局."""
    offices = {f"{match.name}{tail}" for match in close for tail in abbreviations().tail}
    return tuple(match for match in close if match.name not in offices)
