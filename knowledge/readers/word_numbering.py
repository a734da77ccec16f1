"""Automatic numbers of Word paragraphs (一、（一）1.), which a page prints but the text does not hold."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
     "taiwaneseCountingThousand", "chineseLegalSimplified", "ideographTraditional"}
)  # fmt: skip
CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


class Numbering:
    """Counts the numbered paragraphs of a document as they pass."""

    def __init__(self, document: Any) -> None:
        self._levels = _read_levels(document)
        self._styles = _read_styles(document)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Any) -> str:
        """The number printed before a paragraph, an empty string where there is none."""
        number, level = self._number_of(paragraph)
        levels = self._levels.get(number or "", {})
        if level not in levels:
            return ""
        counts = self._counts[number or ""]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        text = levels[level][1]
        return re.sub(r"%(\d)", lambda match: self._printed(levels, counts, int(match[1]) - 1), text)

    def _printed(self, levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        if level not in levels:
            return ""
        return render_count(counts.get(level, levels[level][2]), levels[level][0])

    def _number_of(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None, 0
        style = properties.find(f"{W}pStyle")
        inherited = self._styles.get(style.get(f"{W}val"), (None, 0)) if style is not None else (None, 0)
        own = properties.find(f"{W}numPr")
        if own is None:
            return inherited
        number, level = _num_properties(own)
        return (number or inherited[0], level)


def render_count(count: int, style: str) -> str:
    """A list number in Word's number format."""
    if style in CHINESE:
        return chinese_count(count)
    if style in CIRCLED and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if style in {"lowerLetter", "upperLetter"} and 1 <= count <= 26:
        return chr((97 if style == "lowerLetter" else 65) + count - 1)
    return "" if style in {"bullet", "none"} else str(count)


def chinese_count(count: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十 (below 100)."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if not tens else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def _num_properties(element: Any) -> tuple[str | None, int]:
    number, level = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    return (
        number.get(f"{W}val") if number is not None else None,
        int(level.get(f"{W}val")) if level is not None else 0,
    )


def _read_levels(document: Any) -> dict[str, dict[int, tuple[str, str, int]]]:
    """List number → level → (number format, text with %1, start)."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {item.get(f"{W}abstractNumId"): _levels_of(item) for item in root.findall(f"{W}abstractNum")}
    numbers = {}
    for item in root.findall(f"{W}num"):
        reference = item.find(f"{W}abstractNumId")
        if reference is not None:
            numbers[str(item.get(f"{W}numId"))] = abstract.get(reference.get(f"{W}val"), {})
    return numbers


def _levels_of(item: Any) -> dict[int, tuple[str, str, int]]:
    def value(level: Any, name: str, default: str) -> str:
        element = level.find(f"{W}{name}")
        return str(element.get(f"{W}val", default)) if element is not None else default

    return {
        int(level.get(f"{W}ilvl")): (
            value(level, "numFmt", "decimal"),
            "" if value(level, "numFmt", "decimal") == "bullet" else value(level, "lvlText", ""),
            int(value(level, "start", "1")),
        )
        for level in item.findall(f"{W}lvl")
    }


def _read_styles(document: Any) -> dict[str, tuple[str | None, int]]:
    styles = {}
    for style in document.styles.element.findall(f"{W}style"):
        numbering = style.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            styles[str(style.get(f"{W}styleId"))] = _num_properties(numbering)
    return styles
