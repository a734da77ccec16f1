"""Answer → pages of Telegram HTML: the same sentences as everywhere, the number bold, quotes set off, all escaped."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from bot.models import Answer

PAGE_LINES = 30
PAGE_UNITS = 3500
_QUOTE = re.compile(r"^\s*(?:[“「『>]|原文[:：])")
_ITEM = re.compile(r"\d+\. ")
_BREAKS = "。；！？，、 "


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def render_pages(answer: Answer) -> list[str]:
    """The pages of an answer; at least one, each within Telegram's limits, none cut inside a line or a figure."""
    first, *others = paginate(answer.text.strip().splitlines() or [""])
    opening = "\n".join(filter(None, [_emphasize(first[0], answer), render_lines(first[1:])]))
    return [opening, *(render_lines(page) for page in others)]


def render_lines(lines: list[str]) -> str:
    """Lines as HTML; neighbouring quotes share one block."""
    parts = []
    for is_quote, group in groupby(lines, key=lambda line: bool(_QUOTE.match(line))):
        text = "\n".join(escape(line, quote=False) for line in group)
        parts.append(f"<blockquote>{text}</blockquote>" if is_quote else text)
    return "\n".join(parts)


def _emphasize(line: str, answer: Answer) -> str:
    """The headline with its number bold; wholly bold where it is a title."""
    amounts = [(figure.value, figure.unit) for figure in answer.figures[:1]]
    amounts += [(result.value, result.unit) for result in answer.results[:1]]
    for value, unit in amounts:
        amount = re.search(rf"(?<![\d.,]){re.escape(value)}(?![\d.,])\s*{re.escape(unit or '')}", line)
        if amount:
            before, printed, after = line[: amount.start()], amount[0], line[amount.end() :]
            return f"{escape(before, quote=False)}<b>{escape(printed, quote=False)}</b>{escape(after, quote=False)}"
    is_title = answer.status == "answered" and not _ITEM.match(line)
    return f"<b>{escape(line, quote=False)}</b>" if is_title else escape(line, quote=False)


def paginate(lines: list[str]) -> list[list[str]]:
    """Lines → pages of at most ``PAGE_LINES`` lines and ``PAGE_UNITS`` units."""
    pages: list[list[str]] = [[]]
    used = 0
    for line in (piece for whole in lines for piece in _pieces(whole)):
        size = units(escape(line)) + 1
        if pages[-1] and (len(pages[-1]) >= PAGE_LINES or used + size > PAGE_UNITS):
            pages.append([])
            used = 0
        pages[-1].append(line)
        used += size
    return pages


def _pieces(line: str) -> list[str]:
    """A line that is longer than a page, cut behind punctuation or a space, never inside a number."""
    pieces = []
    while units(escape(line)) >= PAGE_UNITS:
        cut = _cut(line[: PAGE_UNITS // 6])
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]


def _cut(head: str) -> int:
    behind_mark = max(head.rfind(mark) for mark in _BREAKS) + 1
    return behind_mark or len(head.rstrip("0123456789.,-+%")) or len(head)
