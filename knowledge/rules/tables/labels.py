"""The name cells of a row → ordinal, code, name, unit, and how deep it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.vocabulary import units
from knowledge.vocabulary.columns import counted_units

_CODE = re.compile(r"^[\[［(（]?(?P<code>[2-5]\d{2}(?:\d{2}){0,3})[\]］)）]?(?:[-—_:：、.]|(?=[^\d.,%-]))(?P<rest>.+)$")
_CODE_AFTER = re.compile(r"^(?P<rest>.+?)[（(\[](?P<code>[2-5]\d{2}(?:\d{2}){0,2})[)）\]]$")
_ORDINALS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"^[一二三四五六七八九十]{1,3}[、．.]")),
    (2, re.compile(r"^（[一二三四五六七八九十]{1,3}）[、．.]?")),
    (3, re.compile(r"^\d{1,2}(?:[、．]|\.(?!\d))")),
    (4, re.compile(r"^（\d{1,2}）[、．.]?")),
    (5, re.compile(r"^[①-⑳]|^\d{1,2}）")),
)
_AMONG = re.compile(r"^其中[：:]?")
_UNIT = re.compile(r"[（(](?:单位[：:])?([^（）()]{1,6})[）)]$")
_LEVEL_MARK = re.compile(r"[（(][类款项][）)]$")
_TAIL = re.compile(r"[：:]$")
SUBTOTAL = re.compile(r"(?:支出|收入)?(?:合计|小计)")
TOTAL = re.compile(r"合计|总计|小计|总额|共计|累计|总额?合计|合计数|总计数")


class Label(NamedTuple):
    """What names a row. ``level`` is 0 without an ordinal, 1 for 一、 … 5 for ①; ``among`` marks 其中."""

    name: str
    code: str | None = None
    unit: str | None = None
    level: int = 0
    among: bool = False

    @property
    def is_total(self) -> bool:
        """Whether the row has no name but a total's (合计), or none at all."""
        return not self.name or bool(TOTAL.fullmatch(self.name))


def parse_label(text: str) -> Label:
    """A row's name as printed, without spaces.

    ``1.因公出国（境）团组数（个）`` → 因公出国（境）团组数, 个, level 3; ``2080102一般行政管理事务`` → code and name.
    """
    among = bool(_AMONG.match(text))
    rest = _AMONG.sub("", text)
    level = 0
    for depth, pattern in _ORDINALS:
        if match := pattern.match(rest):
            level, rest = depth, rest[match.end() :]
            break
    if not among and _AMONG.match(rest):
        among, rest = True, _AMONG.sub("", rest)
    code = None
    if match := _CODE.match(rest) or _CODE_AFTER.match(rest):
        code, rest = match["code"], match["rest"]
    rest, unit = _split_unit(_TAIL.sub("", _LEVEL_MARK.sub("", rest)))
    return Label(rest.strip("*"), code, unit, level, among)


def _split_unit(name: str) -> tuple[str, str | None]:
    match = _UNIT.search(name)
    if match is not None and match[1] in units() and match.start():
        return name[: match.start()], match[1]
    return name, counted_units().get(name)
