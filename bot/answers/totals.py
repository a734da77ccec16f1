"""Names that say the same in other words: a table's column as a metric, and the ways to say everything that was spent."""

from __future__ import annotations

from functools import cache

from bot.answers.knowledge_base import Item, KnowledgeBase, Record
from bot.answers.matching import plain, plain_names
from bot.models import Mention
from bot.questions.words import load_words

_ROWS = ("本年支出合计", "支出合计", "本年收入合计", "收入合计", "合计", "支出总计", "收入总计", "本年支出", "本年收入")


@cache
def _families() -> list[tuple[frozenset[str], tuple[str, ...]]]:
    return [(frozenset(map(plain, table["asked"])), tuple(table["names"])) for table in load_words("families").values()]


def same_family(words: str, name: str) -> bool:
    """Whether plain words and a plain name are ways to say one total: 总支出 and 本年支出合计."""
    return any(words in asked and (name in asked or name in map(plain, names)) for asked, names in _families())


def family_items(base: KnowledgeBase, agency_id: int, mention: Mention) -> tuple[Item, ...]:
    """The first name of a family of totals that a body prints, when the mention is one of that family."""
    words = (
        {plain(mention.text), *(plain(match.name) for match in mention.matches[:1])}
        if not mention.rest
        else {plain(mention.text)}
    )
    wanted = [name for asked, names in _families() if words & asked for name in names]
    if not wanted:
        return ()
    names_wanted = frozenset(map(plain, wanted))
    items = [item for item in base.items(agency_id) if item.subject is None]
    named = [(item, names) for item in items if not names_wanted.isdisjoint(names := plain_names(item.names))]
    for name in map(plain, wanted):
        called = [item for item, names in named if names[0] == name] or [item for item, names in named if name in names]
        if called:
            return (called[0],)
    return ()


def total_rows(base: KnowledgeBase) -> tuple[int, ...]:
    """The metrics whose rows hold everything, so that their columns are metrics of their own."""
    return base.named_ids(_ROWS)


def column_records(base: KnowledgeBase, agency_id: int, metrics: set[str]) -> list[Record]:
    """Figures of the total row under the column of this name: 项目支出 of the row 本年支出合计."""
    wanted = {plain(metric) for metric in metrics}
    found = base.column_records(agency_id, total_rows(base))
    return [record._replace(metric=record.split or record.metric, split=None) for record in found
            if record.split and plain(record.split) in wanted and plain(record.metric) not in wanted]  # fmt: skip
