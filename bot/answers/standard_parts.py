"""What is part of what by the classification itself, where a report does not say so: 邮电费 of 公用经费."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.answers.matching import plain
from bot.questions.words import load_words
from knowledge.vocabulary import metrics
from knowledge.vocabulary.classification import names_by_code


def is_standard_part(name: str, whole: str) -> bool | None:
    """Whether a standard term is part of another one, at any depth; None where the classification does not say.

    >>> is_standard_part("公务用车运行维护费", "三公经费"), is_standard_part("邮电费", "人员经费"), is_standard_part("邮电费", "基本支出")
    (True, False, None)
    """
    wanted = plain(whole)
    if any(plain(above) == wanted for above in (*_above(name), *_above_by_code(name))):
        return True
    of_another_class = name in _codes() and any(wanted in map(plain, wholes) for wholes in _wholes().values())
    return False if of_another_class else None


def _above(name: str) -> Iterator[str]:
    known = metrics()
    while name in known and (parent := known[name].parent):
        yield parent
        name = parent


def _above_by_code(name: str) -> list[str]:
    return _wholes().get(_codes().get(name, "")[:3], [])


def _wholes() -> dict[str, list[str]]:
    wholes: dict[str, list[str]] = load_words("wholes")["wholes"]
    return wholes


@cache
def _codes() -> dict[str, str]:
    """The economic items (款) by name."""
    return {name: code for code, name in names_by_code().items() if code[0] == "3" and len(code) == 5}
