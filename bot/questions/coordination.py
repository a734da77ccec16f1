"""Words joined by 和 or 、 to a name that is known: 货物、工程和服务采购, 住院人次和门诊人次."""

from __future__ import annotations

import re

_AND = "、和与及跟"
_BEFORE = re.compile(rf"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{{2}}[{_AND}])+$")
_AFTER = re.compile(rf"[{_AND}](?P<name>[\u4e00-\u9fff]{{3,}})$")


def joined_before(before: str, name: str) -> tuple[str, ...]:
    """What stands before a name and shares its end.

    >>> joined_before("货物、工程和", "服务采购")
    ('货物采购', '工程采购')
    """
    match = _BEFORE.search(before)
    if match is None or len(name) < 4:
        return ()
    return tuple(part + name[len(part) :] for part in re.split(f"[{_AND}]", match.group()) if part)


def joined_after(name: str, after: str) -> str | None:
    """A name like the known one behind it, which ends as it does.

    >>> joined_after("住院人次", "和门诊人次")
    '门诊人次'
    """
    match = _AFTER.match(after)
    return match["name"] if match and match["name"][-1] == name[-1] else None
