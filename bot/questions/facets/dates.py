"""The day or month within a year that a figure is asked for: 截至9月30日, 到6月底. The end of the year is the year itself."""

from __future__ import annotations

import re

from bot.questions.spans import Found

_DATE = re.compile(
    r"(?:(?:截至|截止到?|到|至)(?:(?:19|20)\d\d年度?|当年|同年|年)?|(?:19|20)\d\d年)\s*(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[1-3]?\d)[日号]|(?P<end>底|末|份))?(?:为?止)?"
)


def find_dates(text: str) -> list[Found[str]]:
    """Every such date of a text, with the year before it.

    >>> [item.value for item in find_dates("截至9月30日执行数")]
    ['9月30日']
    """
    found = []
    for match in _DATE.finditer(text):
        day = f"{int(match['day'])}日" if match["day"] else ""
        found.append(Found(match.start(), match.end(), f"{int(match['month'])}月{day}"))
    return found
