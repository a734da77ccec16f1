"""The text before an indicator's values → its name, and the qualitative cells (一个月内, 明显提高) printed after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.layout.form_words import Word, join_words

_ORDINAL = re.compile(r"(?:(?:三级)?指标\d{1,2}[：:.、]?|\d{1,2}[.、](?!\d)|[①-⑳]|（\d{1,2}）)")
_NUMBERED = re.compile(r"指标\d{1,2}[：:]")
_VERBS = ("达到", "达", "为", "至", "不低于", "不少于", "不高于", "不超过", "控制在")


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator's name with the words it is printed in; ``cells`` are the texts after it; ``outer`` a level before it."""

    words: tuple[Word, ...]
    cells: tuple[tuple[Word, ...], ...] = ()
    outer: str | None = None

    @property
    def text(self) -> str:
        """The name joined, without ordinal and full stop."""
        return clean_name(join_words(self.words))


def clean_name(name: str) -> str:
    """A name without what numbers it and stands before that: 原因分析 指标1：培训人数 → 培训人数."""
    numbered = list(_NUMBERED.finditer(name))
    if numbered and len(name) > numbered[-1].end():
        name = name[numbered[-1].end() :]
    return _ORDINAL.sub("", name, count=1).strip("。；：") if _ORDINAL.match(name) else name.rstrip("。；")


def split_name(words: Sequence[Word], cells: int, width: int, *, single: bool = False) -> Name:
    """The name and up to ``cells`` qualitative cells after it.

    A name that comes twice is name and target (保障困难群众基本医疗需求 printed again as the target). Words on one line
    are cells of their own, and so are lines where a text prints one cell a line (``single``). What ends in the same
    words twice has them as target and completion. A wrapped cell fills its lines: a line clearly shorter than ``width``
    ends it.
    """
    words = [word for word in words if not _ORDINAL.fullmatch(word.text)] or words
    if cells == 0:
        return _name_only(words)
    repeated = _repeated(words)
    if repeated:
        return Name(tuple(words[:repeated]), (tuple(words[repeated:]),))
    twice = _twice(words) if cells > 1 else 0
    if twice and len({word.line for word in words}) > 1:
        return Name(tuple(words[: len(words) - 2 * twice]), (tuple(words[-2 * twice : -twice]), tuple(words[-twice:])))
    if single and len(words) == cells + 1:
        return Name(tuple(words[:1]), tuple((word,) for word in words[1:]))
    parts = _cells(words, width)
    if len(parts) <= 1:
        return Name(tuple(words))
    if len(parts) > cells + 1 and len({word.line for word in words}) == 1:
        extra = len(parts) - cells - 1
        return Name(parts[extra], tuple(parts[extra + 1 :]), "".join(join_words(part) for part in parts[:extra]))
    return Name(parts[0], tuple(parts[1:]))


def _name_only(words: Sequence[Word]) -> Name:
    """All words are the name, but for a verb of the target at its end and a level on the same line before it."""
    kept = list(words)
    while len(kept) > 1 and kept[-1].text.endswith(_VERBS) and not kept[-1].first:
        kept.pop()
    starts = [index for index, word in enumerate(kept) if index and not word.first]
    chinese = [index for index in starts if not (kept[index - 1].text[-1:].isascii() or kept[index].text[:1].isascii())]
    if len(chinese) == 1 and len(kept[0].text) >= 2 and kept[0].first and chinese[0] == 1:
        return Name(tuple(kept[1:]), outer=kept[0].text)
    return Name(tuple(kept))


def _repeated(words: Sequence[Word]) -> int:
    """How many leading words come again right after themselves; 0 where none do."""
    texts = [word.text for word in words]
    whole = "".join(texts)
    for count in range(1, len(texts)):
        head = "".join(texts[:count])
        if len(head) >= 3 and whole.startswith(head, len(head)):
            return count
    return 0


def _twice(words: Sequence[Word]) -> int:
    """How many of the last words are the same as those before them, a name being left; 0 where none are."""
    texts = [word.text for word in words]
    for count in range(1, (len(texts) - 1) // 2 + 1):
        if texts[-count:] == texts[-2 * count : -count]:
            return count
    return 0


def _cells(words: Sequence[Word], width: int) -> list[tuple[Word, ...]]:
    cells: list[list[Word]] = []
    for word in words:
        before = cells[-1][-1] if cells else None
        full = before is not None and len(before.text) >= (width if len(cells) == 1 else _line_width(cells[-1])) - 2
        if before is not None and word.first and full and before.line < word.line:
            cells[-1].append(word)
        else:
            cells.append([word])
    return [tuple(cell) for cell in cells]


def _line_width(cell: Sequence[Word]) -> int:
    return max(len(word.text) for word in cell)


def last_lines(words: Sequence[Word], width: int) -> tuple[Word, ...]:
    """The words of the last cell of a text: from its last line back over lines that were full."""
    index = len(words) - 1
    while index > 0 and (words[index].line == words[index - 1].line or len(words[index - 1].text) >= width - 1):
        index -= 1
    return tuple(words[index:])
