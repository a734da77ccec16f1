"""Scope (口径): 财政拨款, 一般公共预算财政拨款, 政府性基金预算财政拨款 …, where the words are no part of a metric's name."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from bot.questions.spans import KEPT, Found, keep_longest
from bot.questions.words import compile_words
from knowledge.models import Scope


@lru_cache(maxsize=KEPT)
def find_scopes(text: str) -> tuple[Found[Scope], ...]:
    """Every scope that a normalized question names, in order."""
    return tuple(
        keep_longest(
            Found(match.start(), match.end(), cast(Scope, scope))
            for scope, pattern in compile_words("scopes").items()
            for match in pattern.finditer(text)
        )
    )
