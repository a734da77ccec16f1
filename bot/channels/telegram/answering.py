"""From a question to the message that answers it: ask, remember the turn, send; or edit what was sent before."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from bot.channels.telegram.context import Context
from bot.channels.telegram.keyboards import answer_keyboard
from bot.channels.telegram.rendering import render_pages
from bot.channels.telegram.sending import Target, edit_page, send_page, send_picture
from bot.channels.telegram.tables import send_table
from bot.charts import has_chart
from bot.models import Answer
from bot.state.turns import Before, Turn

_log = structlog.get_logger("answers")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came: from whom, where, in which update and message."""

    text: str
    update_id: int
    user_id: int
    target: Target
    message_id: int | None = None


async def answer_question(asked: Asked, context: Context, *, figure: Answer | None = None) -> Turn:
    """Answers a new question with a new message; with ``figure``, an answer that shows at least this figure."""
    before = context.services.state.turns.before(asked.target.chat_id, asked.user_id)
    turn = await take_turn(asked, before, context, figure)
    await _send_answer(turn, asked.target, context)
    return turn


async def answer_edited_question(asked: Asked, earlier: Turn, context: Context) -> Turn:
    """Answers an edited question in the message that answered it before."""
    state = context.services.state
    turn = await take_turn(asked, state.turns.before_turn(earlier), context)
    pages = render_pages(turn.answer)
    keyboard = answer_keyboard(state.turns, turn.id, turn.answer, pages=len(pages))
    chat_id, message_id = asked.target.chat_id, earlier.answer_message_id
    if message_id and await edit_page(context.bot, chat_id, message_id, pages[0], keyboard):
        state.turns.note_answer_message(turn.id, message_id)
        _keep_conversation(turn, context)
    else:
        await _send_answer(turn, asked.target, context)
    return turn


async def take_turn(asked: Asked, before: Before, context: Context, figure: Answer | None = None) -> Turn:
    """The stored turn of this update; asks where an earlier run did not get that far."""
    state = context.services.state
    known = state.turns.of_update(asked.update_id)
    if known:
        return known
    reply = await context.services.asking.ask(asked.text, before.conversation)
    answer = figure if figure and not _cites(reply.answer, figure) else reply.answer
    turn = state.turns.add(
        update_id=asked.update_id,
        chat_id=asked.target.chat_id,
        user_id=asked.user_id,
        message_id=asked.message_id,
        question=asked.text,
        answer=answer,
        conversation=reply.conversation,
        previous_id=before.turn_id,
        milliseconds=reply.milliseconds,
    )
    state.notes.count_question(asked.text, reply.answer.status, reply.milliseconds)
    _log.info(
        "answered",
        status=reply.answer.status,
        milliseconds=round(reply.milliseconds, 1),
        **({"question": asked.text} if context.services.settings.log_questions else {}),
    )
    return turn


def _cites(answer: Answer, figure: Answer) -> bool:
    """Whether what an answer says first is printed where a figure stands."""
    places = {citation.figure for shown in answer.figures[:1] for citation in shown.citations}
    return figure.figures[0].id in places


async def _send_answer(turn: Turn, target: Target, context: Context) -> None:
    state = context.services.state
    pages = render_pages(turn.answer)
    keyboard = answer_keyboard(state.turns, turn.id, turn.answer, pages=len(pages))
    message = await send_table(context.bot, target, turn.answer, keyboard) if _wants_table(context, pages) else None
    message = message or await send_page(context.bot, target, pages[0], keyboard)
    state.turns.note_answer_message(turn.id, message.message_id)
    _keep_conversation(turn, context)
    picture = await context.services.drawing.chart(turn.answer) if has_chart(turn.answer) else None
    if picture:
        await send_picture(context.bot, target, picture, pages[0].splitlines()[0])


def _wants_table(context: Context, pages: list[str]) -> bool:
    return context.services.settings.telegram_tables and len(pages) == 1


def _keep_conversation(turn: Turn, context: Context) -> None:
    context.services.state.turns.set_current(turn.chat_id, turn.user_id, turn.id)
