"""Names that say the same in other words: a table's column as a metric, and the ways to say everything that was spent."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.knowledge_base import Item, KnowledgeBase, Record
from bot.answers.matching import plain, plain_names
from bot.models import Mention
from bot.questions.words import load_words

_ROWS = ("本年支出合计", "支出合计", "本年收入合计", "收入合计", "合计", "支出总计", "收入总计", "本年支出", "本年收入")

_OF_BODY = re.compile("^(?:部门|单位)")


def says_score(name: str) -> bool:
    """Whether a metric is the score of a self-evaluation."""
    table = load_words("families")["绩效得分"]
    return name in table["asked"] or name in table["names"]


def says_several(mention: Mention) -> bool:
    """Whether the names of the family that the words belong to say different things."""
    return plain(mention.text) in _several()


@cache
def _several() -> frozenset[str]:
    return frozenset(
        plain(words) for table in load_words("families").values() if table.get("several") for words in table["asked"]
    )


@cache
def _families() -> list[tuple[frozenset[str], tuple[str, ...]]]:
    return [(frozenset(map(plain, table["asked"])), tuple(table["names"])) for table in load_words("families").values()]


def same_family(words: str, name: str) -> bool:
    """Whether plain words and a plain name are ways to say one total: 总支出 and 本年支出合计."""
    return any(words in asked and (name in asked or name in map(plain, names)) for asked, names in _families())


def family_names(mention: Mention) -> list[str]:
    """The names that reports print for a total, when the mention is one of its family."""
    words = (
        {plain(mention.text), *(plain(match.name) for match in mention.matches[:1])}
        if not mention.rest
        else {plain(mention.text)}
    )
    return [name for asked, names in _families() if words & asked for name in names]


def family_items(base: KnowledgeBase, agency_id: int, mention: Mention) -> tuple[Item, ...]:
    """What a body prints of a family of totals, when the mention is one of that family: first what it prints in the very
    words asked (总收入89.3万元), then in the order of the family's names."""
    wanted = list(map(plain, family_names(mention)))
    if not wanted:
        return ()
    names_wanted = frozenset(map(plain, wanted))
    items = [item for item in base.items(agency_id) if item.subject is None]
    named = [(item, names) for item in items if not names_wanted.isdisjoint(names := plain_names(item.names))]
    own: dict[str, Item] = {}
    for item, names in named:
        own.setdefault(names[0], item)
    for item, names in named:
        for name in names:
            own.setdefault(name, item)
    words = plain(mention.text)
    spoken = {words, _OF_BODY.sub("", words)}
    said = [item for item, _ in named if spoken.intersection(plain_names(item.printed))]
    return tuple(dict.fromkeys((*said, *(own[name] for name in wanted if name in own))))


def total_rows(base: KnowledgeBase) -> tuple[int, ...]:
    """The metrics whose rows hold everything, so that their columns are metrics of their own."""
    return base.named_ids(_ROWS)


def column_records(base: KnowledgeBase, agency_id: int, metrics: set[str]) -> list[Record]:
    """Figures of the total row under the column of this name: 项目支出 of the row 本年支出合计."""
    wanted = {plain(metric) for metric in metrics}
    found = base.column_records(agency_id, total_rows(base))
    return [record._replace(metric=record.split or record.metric, split=None) for record in found
            if record.split and plain(record.split) in wanted and plain(record.metric) not in wanted]  # fmt: skip
