"""Where a figure stands, said before it: 三保项目里…, 医疗救助自评表中…, 部门整体支出自评，…"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.questions.fillers import strip_fillers
from bot.questions.spans import GAP
from bot.questions.words import load_words


@dataclass(frozen=True, slots=True)
class Frame:
    """``text[:end]`` says where to look; ``where`` is the project named there, None for the body as a whole."""

    end: int
    where: str | None


@cache
def _pattern() -> re.Pattern[str]:
    words = load_words("frames")
    forms, inside, apart = ("|".join(words[name]) for name in ("forms", "inside", "apart"))
    return re.compile(
        rf"(?P<where>[^，,。；;？?]*?(?:项目)?)(?:(?:{forms})(?:{inside}|{apart})|(?<=项目)(?:{inside}|{apart}))[，, ]*"
        rf"(?!{'|'.join(words['asks'])})(?=.*[\u4e00-\u9fff]{{2}})"
    )


def find_frame(masked: str) -> Frame | None:
    """The words at the beginning of a question that say in which self-evaluation, or in which project, a figure stands.

    >>> find_frame("三保项目里参保群众满意度")
    Frame(end=5, where='三保项目')
    """
    match = _pattern().match(masked)
    where = strip_fillers(match["where"].replace(GAP, "")) if match else ""
    if match is None or (not where and not match["where"].strip()):
        return None
    return Frame(match.end(), None if where in load_words("frames")["bodies"] else where)
