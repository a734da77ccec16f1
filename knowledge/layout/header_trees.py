"""Headers whose words were printed level by level: how the words of the lower levels may stand under those above.

支出合计 其中： 结余 | 基本支出 项目支出 当年结余 累计结余: 其中 and 结余 stand above words of the next level. Several trees are possible;
what the columns below add up to tells which is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from knowledge.layout.spaced_words import flow_of
from knowledge.vocabulary import metric_by_alias, metrics

AMONG = "其中"
_TOTALS = ("合计", "小计")
_OTHERS = "其他"
_MOST_WORDS, _MOST_GROUPS = 20, 4
_ROUNDING = Decimal("0.02")


@dataclass(frozen=True)
class HeaderTree:
    """Words, which of them stand on the first level, and which stand under which."""

    words: tuple[str, ...]
    roots: tuple[int, ...]
    children: Mapping[int, tuple[int, ...]]

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """The words right above the columns, from left to right."""
        return tuple(leaf for root in self.roots for leaf in self.under(root))

    def under(self, word: int) -> tuple[int, ...]:
        """The words above columns that stand under a word, or the word itself."""
        return (
            tuple(leaf for child in self.children[word] for leaf in self.under(child))
            if self.is_group(word)
            else (word,)
        )

    def is_group(self, word: int) -> bool:
        """Whether words stand under a word."""
        return word in self.children

    def sums(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Totals and their parts: what stands before 其中 and under it, 合计 and what stands beside it."""
        for level in (self.roots, *self.children.values()):
            amongs = [i for i, word in enumerate(level) if self.words[word] == AMONG]
            for i in amongs:
                yield level[max(i - 1, 0)], self.children[level[i]]
            if self.words[level[0]] in _TOTALS and len(level) > 2 and not amongs:
                yield level[0], level[1:]


def find_trees(words: Sequence[str], columns: int) -> Iterator[HeaderTree]:
    """Every tree of words above so many columns that makes sense."""
    amongs = {i for i, word in enumerate(words) if word == AMONG}
    more = len(words) - columns - len(amongs)
    if len(words) > _MOST_WORDS or not 0 <= more <= _MOST_GROUPS or not (more or amongs):
        return
    candidates = [i for i in range(len(words)) if i not in amongs and _may_hold(words, i)]
    for chosen in combinations(candidates, more):
        groups = sorted([*amongs, *chosen])
        for first in range(1, len(words)):
            for children in _chunks(words, groups, first):
                tree = HeaderTree(tuple(words), tuple(range(first)), children)
                if _is_sound(tree):
                    yield tree


def _chunks(words: Sequence[str], groups: Sequence[int], start: int) -> Iterator[dict[int, tuple[int, ...]]]:
    """The ways to deal the words from ``start`` on to the groups, in order; all words are dealt."""
    if not groups:
        if start == len(words):
            yield {}
        return
    if groups[0] >= start:
        return
    for stop in range(start + 1, len(words) - len(groups) + 2):
        chunk = tuple(range(start, stop))
        if _holds(words, groups[0], chunk):
            yield from ({groups[0]: chunk, **rest} for rest in _chunks(words, groups[1:], stop))


def _may_hold(words: Sequence[str], group: int) -> bool:
    named = any(word != words[group] and word.endswith(words[group]) for word in words)
    return named or words[group] == _OTHERS or any(word in _TOTALS for word in words[group + 1 :])


def _holds(words: Sequence[str], group: int, chunk: Sequence[int]) -> bool:
    """Whether words may stand under a word: any under 其中 and 其他, a total and its parts, kinds of what it names."""
    if words[group] in (AMONG, _OTHERS):
        return True
    kinds = all(words[i] != words[group] and words[i].endswith(words[group]) for i in chunk)
    return (words[chunk[0]] in _TOTALS or kinds) and len(chunk) > 1


def _is_sound(tree: HeaderTree) -> bool:
    """Whether 其中 stands behind a total everywhere, and no word beside it is a part like those under it.

    Under another 其中 the words beside it are parts themselves: 基本支出 其中 项目支出.
    """
    for group in tree.children:
        if tree.words[group] != AMONG:
            continue
        above, level = next((a, level) for a, level in ((-1, tree.roots), *tree.children.items()) if group in level)
        place = level.index(group)
        if not place or tree.is_group(level[place - 1]):
            return False
        parts = [tree.words[part] for part in tree.children[group]]
        beside = [tree.words[other] for other in level[place + 1 :] if not tree.is_group(other)]
        if (above < 0 or tree.words[above] != AMONG) and any(_are_alike(o, part) for o in beside for part in parts):
            return False
    return True


def _are_alike(first: str, second: str) -> bool:
    """Whether two words are parts of one term, or both received or spent."""
    flows = flow_of(first), flow_of(second)
    parents = [metrics()[metric.name].parent for word in (first, second) if (metric := metric_by_alias().get(word))]
    return (flows[0] is not None and flows[0] == flows[1]) or (
        len(parents) == 2 and parents[0] == parents[1] is not None
    )


def settle_tree(trees: Sequence[HeaderTree], rows: Sequence[Sequence[Decimal | None]]) -> HeaderTree | None:
    """The tree whose totals are the sums of their parts in all rows, else one whose parts do not exceed them; None where
    those left do not agree on the columns."""
    possible = [tree for tree in trees if all(_adds_up(tree, row, exact=False) for row in rows)]
    exact = [tree for tree in possible if all(_adds_up(tree, row, exact=True) for row in rows)]
    left = exact or possible
    if len({tree.leaves for tree in left}) != 1:
        return None
    return max(left, key=lambda tree: sum(not tree.is_group(part) for _, parts in tree.sums() for part in parts))


def _adds_up(tree: HeaderTree, row: Sequence[Decimal | None], *, exact: bool) -> bool:
    values = dict(zip(tree.leaves, row, strict=True))
    for total, parts in tree.sums():
        whole = values[total]
        amounts = [_amount(tree, values, part) for part in parts if tree.words[part] != AMONG]
        rest = (whole or Decimal(0)) - sum((amount or Decimal(0) for amount in amounts), Decimal(0))
        if rest < -_ROUNDING or (exact and rest > _ROUNDING):
            return False
    return True


def _amount(tree: HeaderTree, values: Mapping[int, Decimal | None], word: int) -> Decimal | None:
    """What a word's columns come to: its total where it has one."""
    if not tree.is_group(word):
        return values[word]
    inner = tree.children[word]
    if tree.words[inner[0]] in _TOTALS:
        return values[inner[0]]
    return sum((values[leaf] or Decimal(0) for leaf in tree.under(word)), Decimal(0))
