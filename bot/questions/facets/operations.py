"""What is to be done (运算): look up, compare, rank, compose, define …, and how many, in which order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from bot.models import Operation
from bot.questions.spans import KEPT, Found, keep_longest
from bot.questions.words import compile_words
from knowledge.numbers import parse_chinese_number

_ASCENDING = re.compile(
    r"最(?:低|少|小)|(?:下降|减少|降低|下滑|压减|降|减)得?(?:幅度)?最(?:多|大|快|高)|从(?:低|小|少)(?:到|往)|由(?:低|少|小)到|(?:倒数|末尾|垫底|升序)|后\s?[\d一二两三四五六七八九十]+(?:名|位|个|家)"
)
_LESS = re.compile(r"(?:谁|哪|更|要).{0,30}?(?<!多)(?<!大)(?:少|低|小)(?!数)")
_COUNT = re.compile(r"(?:前|后|倒数|末尾|排前|居前|[Tt][Oo][Pp])\s?(?P<count>\d{1,3}|[一二两三四五六七八九十]+)(?!年)")
_FIRST_FEW = re.compile(
    r"最(?:多|高|大|少|低|小|快)的?(?:前)?(?P<count>\d{1,3}|[一二两三四五六七八九十]+)(?:个|家|名|项)"
)


@lru_cache(maxsize=KEPT)
def find_operations(text: str) -> tuple[Found[Operation], ...]:
    """Every operation that a normalized question (names and years masked) asks for, in order; the longest words win."""
    return tuple(
        keep_longest(
            Found(match.start(), match.end(), cast(Operation, operation))
            for operation, pattern in compile_words("operations").items()
            for match in pattern.finditer(text)
            if match.end() > match.start()
        )
    )


def find_count(text: str) -> int | None:
    """How many are wanted: 前三 → 3, top 5 → 5; 最高 alone says nothing of it."""
    match = _COUNT.search(text) or _FIRST_FEW.search(text)
    if match is None:
        return None
    number = match["count"]
    value = int(number) if number.isdecimal() else parse_chinese_number(number.replace("两", "二"))
    return int(value) if value is not None and value > 0 else None


def is_ascending(text: str) -> bool:
    """Whether the smallest is asked for: 最少, 从低到高, 后三名, 谁少."""
    return bool(_ASCENDING.search(text) or _LESS.search(text))
