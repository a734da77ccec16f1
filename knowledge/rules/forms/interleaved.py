"""Rows printed line by line across their columns, as at a page break: each line has a piece of every wrapped cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from knowledge.layout.form_words import Word
from knowledge.vocabulary import units

_SIGN = re.compile(r"[≥≤<>=]")
_NUMBER = re.compile(r"[\d.,]+")


def untangle(words: Sequence[Word]) -> list[Word]:
    """Words cell after cell where a row was printed across: name, target and unit, completion, then the points.

    ``系统故障 ≤ 60 分 全年运 8 8`` / ``响应时间 钟 行正常。`` reads 系统故障 响应时间 ≤ 60 分 钟 全年运 行正常。 8 8.
    """
    lines = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    result: list[Word] = []
    index = 0
    while index < len(lines):
        unit = _split_unit(lines[index], lines[index + 1]) if index + 1 < len(lines) else None
        if unit is None:
            result += lines[index]
            index += 1
            continue
        tail = _points(lines[index])
        goes_on, taken = _completion(lines, index + 2, lines[index + 1])
        result += [lines[index][0], lines[index + 1][0], *lines[index][1 : unit + 1], lines[index + 1][1]]
        result += [*lines[index][unit + 1 : len(lines[index]) - tail], *lines[index + 1][2:], *goes_on]
        result += lines[index][len(lines[index]) - tail :]
        index = taken
    return result


def _split_unit(line: Sequence[Word], following: Sequence[Word]) -> int | None:
    """Index of the unit whose second half stands on the next line, None where the lines do not go across."""
    if len(following) < 2 or any(_NUMBER.fullmatch(word.text) for word in following) or len(line) < 4:
        return None
    for index in range(2, len(line) - 1):
        number, sign = _NUMBER.fullmatch(line[index - 1].text), _SIGN.fullmatch(line[index - 2].text)
        if number and sign and index >= 3 and line[index].text + following[1].text in units():
            return index
    return None


def _points(line: Sequence[Word]) -> int:
    count = 0
    while count < len(line) and _NUMBER.fullmatch(line[-1 - count].text):
        count += 1
    return count


def _completion(lines: Sequence[Sequence[Word]], index: int, before: Sequence[Word]) -> tuple[list[Word], int]:
    """Lines that hold only the rest of the completion: short ones up to a full stop."""
    held: list[Word] = []
    width = len(before[-1].text)
    closed = before[-1].text.endswith("。") or len(before) < 3
    while not closed and index < len(lines) and len(lines[index]) == 1 and len(lines[index][0].text) <= width:
        held.append(lines[index][0])
        closed = held[-1].text.endswith("。")
        index += 1
    return held, index
