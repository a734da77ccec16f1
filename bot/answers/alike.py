"""Figures that a report prints under another wording of the same name: 各级财政补助资金 and 各项财政补助资金."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from bot.answers.drafts import Draft
from bot.answers.find import find_item
from bot.answers.groups import Group
from bot.answers.knowledge_base import Item
from bot.answers.matching import bare, opposite, pairs, plain_names
from bot.answers.outcome import Outcome
from bot.answers.projects import PROJECT_TOTALS
from knowledge.vocabulary import metrics

_SHORTEST = 6
_MORE = 2
_SHARED = 3


def show_alike(draft: Draft, outcome: Outcome) -> bool:
    """Add the other values; true where there is one. Which is meant the words do not say."""
    first = outcome.groups[0]
    record = first.first
    if record.metric in metrics() or record.metric in PROJECT_TOTALS or record.code or record.cell:
        return False
    others = {group.first.sort_key: group for group in reversed(list(_other_values(draft, outcome)))}
    others.pop(first.first.sort_key, None)
    for group in others.values():
        draft.show(group, asked=True)
    if others:
        draft.note("alike", metric=first.first.metric)
    return bool(others)


def _other_values(draft: Draft, outcome: Outcome) -> Iterator[Group]:
    first = outcome.groups[0].first
    own = next((item for item in draft.base.items(outcome.agency_id) if _is_of(item, outcome)), None)
    for item in draft.base.items(outcome.agency_id) if own else ():
        if own and item.metric_id != own.metric_id and set(item.units) & set(own.units) and _says_the_same(own, item):
            found = find_item(draft.base, outcome, draft.question.model_copy(update={"years": (first.year,)}), item)
            yield from (group for group in found.groups[:1] if group.first.measure == first.measure)


def _is_of(item: Item, outcome: Outcome) -> bool:
    first = outcome.groups[0].first
    return (item.metric_id, item.subject) == (first.metric_id, first.subject)


def _says_the_same(left: Item, right: Item) -> bool:
    if len(_pairs_of(left.names) & _pairs_of(right.names)) < _SHARED:
        return False
    return any(are_alike(one, other) for one in plain_names(left.names) for other in plain_names(right.names))


@lru_cache(maxsize=4096)
def _pairs_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(pairs(bare(name)) for name in plain_names(names)))


def are_alike(left: str, right: str) -> bool:
    """Whether two plain names are one name but for an opening or the order of its words; a narrower name is another.

    >>> are_alike("各级财政补助资金", "筹集各项财政补助资金"), are_alike("财政补助资金", "地方财政补助资金")
    (True, False)
    """
    short, long = sorted((bare(left), bare(right)), key=len)
    if pairs(short).isdisjoint(pairs(long)) or opposite(short, long) or opposite(long, short):
        return False
    turned = LCSseq.similarity(short, long) < len(short)
    same = len(long) - len(short) <= _MORE and not Counter(short) - Counter(long)
    return short == long or (len(short) >= _SHORTEST and turned and same)
