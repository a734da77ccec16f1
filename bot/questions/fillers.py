"""Takes words without a facet (请问, 查一下, 多少, 的, 呢) off the edges of a stretch of a question."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.questions.spans import GAP, KEPT
from bot.questions.words import load_words

_CLAUSE = re.compile(r"[^，,。；;！!？?…：:]*[^，,。；;！!？?…：:\s][^，,。；;！!？?…：:]*")
_PUNCTUATION = re.compile(r"^(?:[^\w（(]|_)+|(?:[^\w）)]|_)+$")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def alternatives(name: str) -> str:
        return "|".join(map(re.escape, sorted(load_words("fillers")[name], key=len, reverse=True)))

    return (
        re.compile(f"^(?:(?P<whole>{alternatives('begun')})|{alternatives('leading')})"),
        re.compile(f"(?:(?P<whole>{alternatives('ended')})|{alternatives('trailing')})$"),
    )


def _take_off(pattern: re.Pattern[str], stretch: str) -> str:
    return pattern.sub(lambda match: match["whole"] or "", stretch, count=1)


@lru_cache(maxsize=KEPT)
def strip_fillers(stretch: str, *, leading: bool = True, trailing: bool = True) -> str:
    """What is left of a stretch without fillers at its edges, or at one of them.

    >>> strip_fillers("请问三公经费是多少呢")
    '三公经费'
    """
    first, last = _words()
    while True:
        plain = _PUNCTUATION.sub("", stretch)
        plain = _take_off(first, plain) if leading else plain
        plain = _take_off(last, plain) if trailing else plain
        if plain == stretch:
            return plain
        stretch = plain


@cache
def _inner() -> re.Pattern[str]:
    return re.compile("|".join(sorted(load_words("fillers")["inner"], key=len, reverse=True)))


def find_inner_fillers(text: str) -> list[tuple[int, int]]:
    """Words that say nothing wherever they stand: 一年下来, 到底."""
    return [match.span() for match in _inner().finditer(text)]


@cache
def _asides() -> re.Pattern[str]:
    return re.compile("|".join(load_words("asides")["patterns"]))


def find_asides(text: str) -> list[tuple[int, int]]:
    """Clauses that say why someone asks (我是记者，…), where others stand beside them."""
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    if len(clauses) < 2:
        return []
    aside = [(start, end) for start, end in clauses if _asides().fullmatch(text[start:end].replace(GAP, ""))]
    return aside if len(aside) < len(clauses) else []


def is_filler(stretch: str) -> bool:
    """Whether nothing of a stretch names anything."""
    return not strip_fillers(stretch).strip("（）()")
