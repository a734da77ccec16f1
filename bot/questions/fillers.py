"""Takes words without a facet (请问, 查一下, 多少, 的, 呢) off the edges of a stretch of a question."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.questions.spans import KEPT
from bot.questions.words import load_words

_PUNCTUATION = re.compile(r"^(?:[^\w（(]|_)+|(?:[^\w）)]|_)+$")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def alternatives(name: str) -> str:
        return "|".join(map(re.escape, sorted(load_words("fillers")[name], key=len, reverse=True)))

    return re.compile(f"^(?:{alternatives('leading')})"), re.compile(f"(?:{alternatives('trailing')})$")


@lru_cache(maxsize=KEPT)
def strip_fillers(stretch: str, *, leading: bool = True, trailing: bool = True) -> str:
    """What is left of a stretch without fillers at its edges, or at one of them.

    >>> strip_fillers("请问三公经费是多少呢")
    '三公经费'
    """
    first, last = _words()
    while True:
        plain = _PUNCTUATION.sub("", stretch)
        plain = first.sub("", plain, count=1) if leading else plain
        plain = last.sub("", plain, count=1) if trailing else plain
        if plain == stretch:
            return plain
        stretch = plain


def is_filler(stretch: str) -> bool:
    """Whether nothing of a stretch names anything."""
    return not strip_fillers(stretch).strip("（）()")
