"""Buttons under an answer. A button carries a verb and the number of a stored turn or question, never text."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.models import Answer, ShownFigure
from bot.state.turns import Turns
from bot.wording import phrase

MAX_CHOICES = 8
PER_ROW = 3
CHANGES = ("增减额", "增减率", "完成率")


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
    buttons = [button("source", f"source:{turn_id}")]
    for name, question in further_questions(answer).items():
        buttons.append(button(name, f"ask:{turns.action(question)}"))
    if other_scopes(answer):
        buttons.append(button("others", f"others:{turn_id}"))
    buttons += [button("export", f"export:{turn_id}"), button("wrong", f"wrong:{turn_id}")]
    return [buttons[start : start + PER_ROW] for start in range(0, len(buttons), PER_ROW)]


def other_scopes(answer: Answer) -> list[ShownFigure]:
    """Figures of the metric asked for in other scopes and places, without its changes and parts."""
    beside = answer.figures[max(answer.asked, 1) :]
    first = answer.figures[0]
    return [
        figure
        for figure in beside
        if (figure.metric, figure.subject) == (first.metric, first.subject) and figure.measure not in CHANGES
    ]


def further_questions(answer: Answer) -> dict[str, str]:
    """Button → the complete question that goes on from an answer about one body; what it shows already is left out."""
    figure, operation = answer.figures[0], answer.question.operation
    agency, year, metric = figure.agency, figure.year, figure.metric
    questions = {}
    if len({shown.agency for shown in answer.figures}) == 1:
        if operation != "composition" and any(beside.parent == metric for beside in answer.figures):
            questions["parts"] = phrase("telegram.questions.parts", agency=agency, year=year, metric=metric)
        if operation != "trend":
            questions["years"] = phrase("telegram.questions.years", agency=agency, metric=metric)
    if operation not in ("ranking", "comparison"):
        questions["compare"] = phrase("telegram.questions.compare", year=year, metric=metric)
    return questions
