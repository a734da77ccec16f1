"""Buttons under an answer. A button carries a verb and the number of a stored turn or question, never text."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.models import Answer, ShownFigure
from bot.state.turns import Turns
from bot.wording import phrase

MAX_CHOICES = 8


def button(name: str, data: str) -> InlineKeyboardButton:
    """A button with the wording's label for ``name``."""
    return InlineKeyboardButton(phrase(f"telegram.buttons.{name}"), callback_data=data)


def question_buttons(turns: Turns, choices: Iterable[tuple[str, str]]) -> list[list[InlineKeyboardButton]]:
    """A row per (label, question): pressed, it asks that question."""
    return [[InlineKeyboardButton(label, callback_data=f"ask:{turns.action(question)}")] for label, question in choices]


def page_buttons(verb: str, page: int, pages: int) -> list[list[InlineKeyboardButton]]:
    """Back and forward through pages numbered from 0; ``verb`` is completed with the page."""
    if pages <= 1:
        return []
    row = []
    if page > 0:
        row.append(button("previous", f"{verb}:{page - 1}"))
    row.append(InlineKeyboardButton(f"{page + 1}/{pages}", callback_data="none"))
    if page + 1 < pages:
        row.append(button("next", f"{verb}:{page + 1}"))
    return [row]


def answer_keyboard(
    turns: Turns, turn_id: int, answer: Answer, *, page: int = 0, pages: int = 1
) -> InlineKeyboardMarkup | None:
    """What one can do with an answer: turn pages, pick a reading, see the source, go further, export, object."""
    rows = page_buttons(f"page:{turn_id}", page, pages)
    rows += question_buttons(turns, ((choice.label, choice.question) for choice in answer.choices[:MAX_CHOICES]))
    if answer.figures:
        rows += _figure_rows(turns, turn_id, answer)
    return InlineKeyboardMarkup(rows) if rows else None


def _figure_rows(turns: Turns, turn_id: int, answer: Answer) -> list[list[InlineKeyboardButton]]:
    figure = answer.figures[0]
    further = [
        button(name, f"ask:{turns.action(question)}")
        for name, question in further_questions(figure).items()
        if name != _shown_already(answer)
    ]
    first = [button("source", f"source:{turn_id}"), *further[:2]]
    second = further[2:]
    if len(answer.figures) > answer.asked:
        second.append(button("others", f"others:{turn_id}"))
    return [first, second, [button("export", f"export:{turn_id}"), button("wrong", f"wrong:{turn_id}")]]


def further_questions(figure: ShownFigure) -> dict[str, str]:
    """Button → the complete question that it asks about a figure's subject."""
    return {
        "parts": phrase("telegram.questions.parts", agency=figure.agency, year=figure.year, metric=figure.metric),
        "years": phrase("telegram.questions.years", agency=figure.agency, metric=figure.metric),
        "compare": phrase("telegram.questions.compare", year=figure.year, metric=figure.metric),
    }


def _shown_already(answer: Answer) -> str | None:
    return {"composition": "parts", "trend": "years", "ranking": "compare", "comparison": "compare"}.get(
        answer.question.operation
    )
