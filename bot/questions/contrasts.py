"""What a follow-up exchanges in the name before it: 城市的呢 after 农村低保对象 asks for 城市低保对象."""

from __future__ import annotations

import re
from functools import cache

from bot.models import Mention, Question
from bot.questions.words import load_words


@cache
def _asked() -> re.Pattern[str]:
    words = sorted({word for words in load_words("contrasts")["sets"] for word in words}, key=len, reverse=True)
    return re.compile(
        rf"(?:那么?)?(?P<word>{'|'.join(words)})的(?:呢|又?(?:有|是)?(?:多少|几)[人个户元家次名]?次?)?[？?。]?"
    )


def exchange(question: Question, previous: Question) -> Question:
    """The question about the name before it with the other word of its set, counted in the same unit."""
    match = _asked().fullmatch(question.text.strip())
    name = _exchanged(previous.mentions[0].text, match["word"]) if match and len(previous.mentions) == 1 else None
    if name is None:
        return question
    unit = question.unit or previous.unit
    return question.model_copy(
        update={"mentions": (Mention(text=name),), "metrics": (), "metric_groups": (), "agencies": (), "agency_groups": (),
                "within": None, "unit": unit, "operation": "lookup"}
    )  # fmt: skip


def _exchanged(name: str, word: str) -> str | None:
    """A name with the word of a set in the place of another one of that set, None where it has none.

    >>> _exchanged("农村低保对象", "城市")
    '城市低保对象'
    """
    for words in load_words("contrasts")["sets"]:
        others = [other for other in sorted(words, key=len, reverse=True) if other != word and other in name]
        if word in words and others:
            return name.replace(others[0], word, 1)
    return None
