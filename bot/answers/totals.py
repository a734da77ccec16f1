"""Names that say the same in other words: a table's column as a metric, and the ways to say everything that was spent."""

from __future__ import annotations

from functools import cache

from bot.answers.knowledge_base import Item, KnowledgeBase, Record
from bot.answers.matching import plain
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
    items = [item for item in base.items(agency_id) if item.subject is None]
    own: dict[str, Item] = {}
    for item in items:
        own.setdefault(plain(item.metric), item)
    for item in items:
        for name in item.names:
            own.setdefault(plain(name), item)
    return next(((own[plain(name)],) for name in wanted if plain(name) in own), ())


def column_records(base: KnowledgeBase, agency_id: int, metrics: set[str]) -> list[Record]:
    """Figures of the total row under the column of this name: 项目支出 of the row 本年支出合计."""
    wanted = {plain(metric) for metric in metrics}
    found = base.column_records(agency_id, base.named_ids(_ROWS))
    return [record._replace(metric=record.split or record.metric, split=None) for record in found
            if record.split and plain(record.split) in wanted and plain(record.metric) not in wanted]  # fmt: skip
