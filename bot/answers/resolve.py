"""From the words of a question to what a body has figures of: one item, several (then the bot asks), or none."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.knowledge_base import Item, KnowledgeBase
from bot.answers.matching import Fit, fit, plain
from bot.models import Mention

CLEAR = 6.0
GOOD = 84.0


@dataclass(frozen=True, slots=True)
class Resolution:
    """``items`` answer the words together (same metric, same project); ``others`` fit nearly as well; ``near`` less."""

    items: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()
    near: tuple[Item, ...] = ()
    exact: bool = False
    project: bool = False
    context: str = ""


def resolve(base: KnowledgeBase, agency_id: int, mention: Mention) -> Resolution:
    """What a body's figures a mention means. Words left over must fit the context, else nothing is resolved."""
    items = base.items(agency_id)
    if not items:
        return Resolution()
    known = {match.id: match.score for match in mention.matches}
    names = base.metric_names(tuple({item.metric_id for item in items}))
    asked = plain(mention.text)
    fits = [found for item in items if (found := fit(asked, item, tuple(names.get(item.metric_id, ()))))]
    if mention.matches:
        fits += _known_fits(items, mention, known)
    fits.sort(key=lambda found: -found.score)
    return _settle(fits, mention)


def _known_fits(items: tuple[Item, ...], mention: Mention, known: dict[int, float]) -> list[Fit]:
    """Items that the name index found in the words; what is left over lowers them unless it fits their project."""
    rest = plain(mention.rest)
    found = []
    for item in items:
        if item.metric_id not in known:
            continue
        score = known[item.metric_id] - (2 if item.subject else 0)
        if len(rest) >= 2:
            subject = fit(rest, item, ()) if item.subject else None
            score = min(score, 96.0) if subject and subject.project else score - 12
        found.append(Fit(item, score, exact=score >= 99.5))
    return found


def _settle(fits: list[Fit], mention: Mention) -> Resolution:
    if not fits:
        return Resolution()
    best = fits[0]
    near = tuple(dict.fromkeys(found.item for found in fits))[:6]
    if best.score < GOOD and not _stands_alone(fits, plain(mention.text)):
        others = _contained(fits, plain(mention.text))
        return Resolution(others=others, near=near) if others else Resolution(near=near)
    same = tuple(
        dict.fromkeys(found.item for found in fits if _same(found, best) and found.score >= best.score - CLEAR)
    )
    others = tuple(
        dict.fromkeys(
            found.item
            for found in fits
            if not _same(found, best) and not best.exact and found.score >= best.score - CLEAR
        )
    )
    return Resolution(same, others, near, best.exact, best.project)


def _same(found: Fit, best: Fit) -> bool:
    if best.project:
        return found.project and found.item.subject == best.item.subject
    return found.item.metric_id == best.item.metric_id and not found.project


def _contained(fits: list[Fit], asked: str) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(found.item for found in fits if asked in plain(found.item.label)))


def _stands_alone(fits: list[Fit], asked: str) -> bool:
    """One item alone contains all the words: 疫苗接种费用 and only 新冠病毒疫苗接种费用."""
    if len(asked) < 4:
        return False
    names = {found.item.metric for found in fits if found.score >= 66}
    return len(names) == 1 and fits[0].score >= 66
