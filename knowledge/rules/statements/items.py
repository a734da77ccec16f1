"""类款项: ``卫生健康（类）医疗救助（款）城乡医疗救助（项）`` → the item, its parent, its code where printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STEP = re.compile(
    r"((?:[^（）；。，]|（[^（）类款项目\d]{1,6}）){2,40}?)(?:（(?:(类|款|项|目)(?:级)?)?(\d{2,7})?(?:(类|款|项|目)(?:级)?)?）)"
)
_CODE_AHEAD = re.compile(r"[\s\d.、．，：:“”]*?((?:1[01]|2\d)\d{3}(?:\d{2})?)(?=[\u4e00-\u9fff])")
_CODE_BEHIND = re.compile(r"\d{3,7}")
_LEAD = re.compile(r"^[\s\d.、．，：:“”]+|^(?:其中|其他说明)[：:]?")


@dataclass(frozen=True, slots=True)
class Item:
    """A classification item as printed, and where it ends in the text that it was found in."""

    name: str
    parent: str | None
    code: str | None
    level: str
    end: int


def parse_item(text: str) -> Item | None:
    """The item that a text opens with, None where it opens with none.

    ``社会保障和就业（类）支出`` is the class 社会保障和就业支出.
    """
    steps: list[tuple[str, str, str | None]] = []
    codes = ""
    position = 0
    while (match := _STEP.match(text, position)) is not None:
        level = match[2] or match[4] or ("码" if match[3] else "")
        if not level:
            break
        codes = codes + match[3] if match[3] and len(match[3]) == 2 else match[3] or codes
        steps.append((_LEAD.sub("", match[1]).strip(" “”"), level, codes or None))
        position = match.end()
    if not steps:
        return None
    name, level, code = steps[-1]
    if not name:
        return None
    if text.startswith("支出", position):
        position += 2
        if level == "类" and not name.endswith("支出"):
            name += "支出"
    if level == "类" and not name.endswith(("支出", "费")):
        name += "支出"
    behind = _CODE_BEHIND.match(text, position)
    if behind is not None:
        code, position = code or behind[0], behind.end()
    ahead = _CODE_AHEAD.match(text)
    code = code or (ahead[1] if ahead else None)
    parent = steps[-2][0] if len(steps) > 1 else None
    return Item(name=name, parent=parent, code=code, level=level, end=position)
