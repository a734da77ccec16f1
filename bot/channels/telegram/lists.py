"""Lists that can be browsed page by page: bodies, years, metrics, and the loaded reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.catalogue import Catalogue, Entry
from bot.channels.telegram.context import Context
from bot.channels.telegram.keyboards import page_buttons, question_buttons
from bot.channels.telegram.rendering import render_lines
from bot.wording import phrase

PER_PAGE: Final = 8
_READ: Final[dict[str, Callable[[Catalogue, int, int], list[Entry]]]] = {
    "agencies": lambda catalogue, limit, offset: catalogue.agencies(limit, offset),
    "years": lambda catalogue, limit, offset: catalogue.years(limit, offset),
    "metrics": lambda catalogue, limit, offset: catalogue.metrics(limit, offset),
}
KINDS: Final = (*_READ, "sources")


def render_list(kind: str, page: int, context: Context) -> tuple[str, InlineKeyboardMarkup | None]:
    """One page of a list as HTML, with its buttons."""
    if kind == "sources":
        return render_reports(page, context)
    services = context.services
    entries = _READ[kind](services.catalogue, PER_PAGE, page * PER_PAGE)
    labels = [(_label(entry), entry.question) for entry in entries]
    rows = question_buttons(services.state.turns, labels) + _turn_pages(kind, page, context)
    text = phrase(f"telegram.lists.{kind}" if entries else "telegram.lists.empty")
    return render_lines([text]), InlineKeyboardMarkup(rows) if rows else None


def _label(entry: Entry) -> str:
    return phrase("telegram.lists.entry", label=entry.label, count=entry.count) if entry.count else entry.label


def render_reports(page: int, context: Context) -> tuple[str, InlineKeyboardMarkup | None]:
    """One page of the loaded reports."""
    reports = context.services.catalogue.reports(PER_PAGE, page * PER_PAGE)
    total, _, figures = context.services.catalogue.totals()
    lines = [
        phrase("telegram.lists.sources", count=total, figures=figures) if reports else phrase("telegram.lists.empty")
    ]
    lines += [
        phrase(
            "telegram.lists.sources_entry", number=page * PER_PAGE + index, title=report.title,
            kind=report.kind, figures=report.figures, sample=phrase("telegram.lists.sample") if report.is_sample else "",
        )
        for index, report in enumerate(reports, start=1)
    ]  # fmt: skip
    rows = _turn_pages("sources", page, context)
    return render_lines(lines), InlineKeyboardMarkup(rows) if rows else None


def _turn_pages(kind: str, page: int, context: Context) -> list[list[InlineKeyboardButton]]:
    size = context.services.catalogue.sizes()[kind]
    return page_buttons(f"list:{kind}", page, -(-size // PER_PAGE))
