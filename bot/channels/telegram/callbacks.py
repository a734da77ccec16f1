"""What happens when a button is pressed: its data is ``verb:number`` or ``verb:number:page``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.access import is_allowed
from bot.channels.telegram.answering import Asked, answer_question
from bot.channels.telegram.context import Context, user_of
from bot.channels.telegram.keyboards import answer_keyboard
from bot.channels.telegram.rendering import render_pages
from bot.channels.telegram.sending import Target, edit_page
from bot.state.turns import Turn
from bot.wording import phrase


async def on_button(update: Update, context: Context) -> None:
    """Does what a button says; kindly refuses one that is too old."""
    query, user = update.callback_query, user_of(update)
    assert query is not None
    message = query.message if isinstance(query.message, Message) else None
    if message is None or not is_allowed(context.services.settings, user.id, message.chat_id):
        await query.answer(phrase("telegram.notices.too_old"), show_alert=True)
        return
    verb, _, rest = (query.data or "").partition(":")
    press = PRESSES.get(verb)
    if press is None:
        await query.answer()
    elif not await press(Pressed(update, context, query, message, user.id, rest)):
        await query.answer(phrase("telegram.notices.too_old"), show_alert=True)


class Pressed:
    """A pressed button: the query, the message that it hangs on, and the numbers behind its verb."""

    def __init__(
        self, update: Update, context: Context, query: CallbackQuery, message: Message, user_id: int, rest: str
    ) -> None:
        self.update = update
        self.context = context
        self.query = query
        self.message = message
        self.user_id = user_id
        self.numbers = [int(part) for part in rest.split(":") if part.isdigit()]

    @property
    def target(self) -> Target:
        """Where an answer to the press goes."""
        target = Target.beside(self.message)
        return Target(target.chat_id, target.thread_id, self.message.message_id)

    @property
    def turn(self) -> Turn | None:
        """The turn that the button belongs to, None once it is forgotten."""
        return self.context.services.state.turns.get(self.numbers[0]) if self.numbers else None


async def press_ask(pressed: Pressed) -> bool:
    """Asks the button's question."""
    services = pressed.context.services
    question = services.state.turns.action_question(pressed.numbers[0]) if pressed.numbers else None
    if question is None:
        return False
    if services.limit.check(pressed.user_id) != "free":
        limit = services.settings.telegram_questions_per_minute
        await pressed.query.answer(phrase("telegram.access.too_often", limit=limit), show_alert=True)
        return True
    await pressed.query.answer()
    asked = Asked(question, pressed.update.update_id, pressed.user_id, pressed.target)
    await answer_question(asked, pressed.context)
    return True


async def press_page(pressed: Pressed) -> bool:
    """Shows another page of an answer."""
    turn = pressed.turn
    if turn is None or len(pressed.numbers) < 2:
        return False
    pages = render_pages(turn.answer)
    page = min(pressed.numbers[1], len(pages) - 1)
    turns = pressed.context.services.state.turns
    keyboard = answer_keyboard(turns, turn.id, turn.answer, page=page, pages=len(pages))
    await pressed.query.answer()
    await edit_page(pressed.context.bot, turn.chat_id, pressed.message.message_id, pages[page], keyboard)
    return True


PRESSES: dict[str, Callable[[Pressed], Awaitable[bool]]] = {"ask": press_ask, "page": press_page}


def is_private(message: Message) -> bool:
    """Whether a message is in a chat with one person."""
    return message.chat.type == ChatType.PRIVATE
