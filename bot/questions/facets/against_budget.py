"""What was spent set against what was planned: 比预算少多少, 与年初预算相比节约了多少, 决算和预算差多少, 超预算了吗."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from bot.questions.spans import Found
from bot.questions.words import load_words
from knowledge.models import Measure


@cache
def _pattern() -> re.Pattern[str]:
    pieces = {name: _any(words) for name, words in load_words("budget")["pieces"].items()}
    budget = _any([word for words in load_words("budget")["budgets"].values() for word in words])
    spent, apart, much, gap = (pieces[name] for name in ("spent", "apart", "much", "gap"))
    to, ends = "(?:比起?|较|与|和|跟|同|、)", rf"(?:{apart}(?:{much})?)"
    return re.compile(
        rf"{to}{budget}(?:相比(?:较|起来)?|比起来|来说|比)?(?:实际)?{ends}"
        rf"|{budget}{to}{spent}(?:之间)?的?{gap}"
        rf"|{spent}{to}{budget}(?:之间|相比)?的?(?:{gap}|{ends})"
        rf"|{to}{budget}相比(?:较|起来)?(?=.*?{apart}{much})"
        rf"|{pieces['over']}"
    )


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


@cache
def _rest() -> re.Pattern[str]:
    pieces = load_words("budget")["pieces"]
    return re.compile(f"{_any(pieces['apart'])}{_any(pieces['much'])}")


def find_against_budget(text: str) -> list[Found[Measure]]:
    """The budget that spending is set against, and every stretch that says so.

    ``与年初预算相比，三公经费节约了多少`` → 年初预算数, twice.
    """
    match = _pattern().search(text)
    if match is None:
        return []
    found = [Found(match.start(), match.end(), _budget(match.group()))]
    if match.group().endswith(("相比", "相比较", "相比起来")):
        found += [Found(rest.start(), rest.end(), found[0].value) for rest in _rest().finditer(text, match.end())]
    return found


def _budget(words: str) -> Measure:
    for measure, patterns in load_words("budget")["budgets"].items():
        if re.search(_any(patterns), words):
            return cast(Measure, measure)
    return "预算数"
