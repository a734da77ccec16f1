"""Which bodies a question is about: those it names, the one there is, or those that have the figure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.resolve import resolve
from bot.models import NameMatch, Question
from knowledge.vocabulary.abbreviations import abbreviations

FEW = 6
MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of the bodies in the order named; ``unclear`` holds the groups where several bodies fit as well."""

    ids: tuple[int, ...] = ()
    unclear: tuple[tuple[NameMatch, ...], ...] = ()
    named: bool = True
    more: bool = False


def choose_bodies(base: KnowledgeBase, question: Question) -> Chosen:
    """The bodies of a question. Of several that one place may mean, those that have what is asked."""
    if question.agency_groups:
        ids, unclear = [], []
        for group in question.agency_groups:
            close = _close(base, group, question)
            if len(close) == 1:
                ids.append(close[0].id)
            else:
                unclear.append(close)
        return Chosen(tuple(dict.fromkeys(ids)), tuple(unclear))
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


def _without_offices(close: tuple[NameMatch, ...]) -> tuple[NameMatch, ...]:
    """Bodies without the office of one of them that only its full name means: 曹县卫生健康局机关 beside 曹县卫生健康局."""
    offices = {f"{match.name}{tail}" for match in close for tail in abbreviations().tail}
    return tuple(match for match in close if match.name not in offices)


def body_name(base: KnowledgeBase, agency_id: int) -> str:
    """Full name of a body."""
    row = base.connection.execute("SELECT name FROM agencies WHERE id = ?", (agency_id,)).fetchone()
    return str(row[0]) if row else ""
