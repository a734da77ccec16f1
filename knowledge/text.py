"""Width, spaces and wrapped lines, with a map back to the original offsets.

``Flow`` is running text as a person reads it: wrapped lines joined, full-width letters and digits made half-width,
spaces between Chinese characters and around numbers dropped. Every character knows where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

# Compared and matched in one form; Chinese punctuation keeps its own shape except where width alone differs.
_KEEP = frozenset("，。；：？！（）【】“”‘’《》〔〕、…—～·①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳％　")
_FOLD = {"％": "%", "﹪": "%", "（": "（", "(": "（", ")": "）", ":": "：", ";": "；", "?": "？", "!": "！",
         "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "≥": "≥", "≤": "≤", "＜": "<", "＞": ">", "＝": "=", "═": "=",
         "－": "-", "−": "-", "–": "-", "‐": "-", "﹣": "-", "〈": "《", "〉": "》", "\"": "”"}  # fmt: skip


def fold(character: str) -> str:
    """One character in the form that rules match: half-width digits and letters, Chinese brackets and colon.

    Always returns exactly one character, so that offsets stay one to one.
    """
    if character in _FOLD:
        return _FOLD[character]
    if character in _KEEP or "\u4e00" <= character <= "\u9fff" or character < "\u0080":
        return character
    normal = unicodedata.normalize("NFKC", character)
    if len(normal) != 1:
        return character
    return _FOLD.get(normal, normal)


_AS_IT_IS = "".join(sorted(_KEEP.union(map(chr, range(128))) - _FOLD.keys()))
_FOLDED = re.compile(f"[^{re.escape(_AS_IT_IS)}\u4e00-\u9fff]")


def fold_text(text: str) -> str:
    """``fold`` over a whole string; the length does not change."""
    return _FOLDED.sub(_fold_match, text)


def _fold_match(match: re.Match[str]) -> str:
    return _fold_once(match[0])


_fold_once = cache(fold)


def is_chinese(character: str) -> bool:
    """Whether the character is a Chinese ideograph."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


def squeeze(text: str) -> str:
    """A printed name without any white space: ``一般公共预算 财政拨款`` → ``一般公共预算财政拨款``."""
    return "".join(text.split())


_WIDE = re.compile("[\u2e80-\U0010ffff]+")


def display_width(text: str) -> int:
    """Columns that text takes, outer spaces included: two for a Chinese character, one for the rest."""
    return len(text) if text.isascii() else 2 * len(text) - len(_WIDE.sub("", text))


_QUOTES = re.compile(r"[“”‘’\"'\s]")


def plain_name(text: str) -> str:
    """A name for comparison: without quotation marks and spaces."""
    return _QUOTES.sub("", text)


class Flow(NamedTuple):
    """Running text with the offset of each of its characters in the source.

    ``text`` has the length of ``offsets``. A space is kept only where dropping it would join two numbers or two
    Latin words.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of ``text[start:end]`` (not empty)."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def part(self, start: int, end: int) -> Flow:
        """A slice of the flow."""
        return Flow(self.text[start:end], self.offsets[start:end])


def _needs_space(left: str, right: str) -> bool:
    """Whether white space between two characters separates two words or numbers."""
    return (left.isascii() and right.isascii()) and (left.isalnum() and right.isalnum())


_PRINTED = re.compile(r"[^\s\u200b\ufeff\u00ad]+")


_SPACE = r"\s\u200b\ufeff\u00ad"
_GAP = re.compile(f"[{_SPACE}]+")
_NO_GAP = re.compile(f"(?<![0-9A-Za-z{_SPACE}])[{_SPACE}]+|[{_SPACE}]+(?![0-9A-Za-z{_SPACE}])")


def flow_text(text: str) -> str:
    """The text of the flow that ``join_lines`` makes of a stretch, where its offsets are not wanted.

    >>> flow_text("收入 7413.59\\n万元 1 2 ")
    '收入7413.59万元1 2'
    """
    return _GAP.sub(" ", _NO_GAP.sub("", fold_text(text)))


def join_lines(source: str, spans: Iterable[tuple[int, int]]) -> Flow:
    """Join stretches of the source (lines of a paragraph) to one flow.

    >>> join_lines("收入 7413.59\\n\\n万元", [(0, 10), (12, 14)]).text
    '收入7413.59万元'
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in spans:
        for run in _PRINTED.finditer(fold_text(source[start:end])):
            printed, offset = run[0], start + run.start()
            if pieces and _needs_space(pieces[-1][-1], printed[0]):
                pieces.append(" ")
                offsets.append(offset - 1 if offset else 0)
            pieces.append(printed)
            offsets.extend(range(offset, offset + len(printed)))
    return Flow("".join(pieces), tuple(offsets))
