"""What happens when a button is pressed: its data is a verb and what it is about, ``source:17`` or ``page:17:2``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update

from bot.channels.telegram.access import is_admin, is_allowed
from bot.channels.telegram.admin import settle_upload
from bot.channels.telegram.answering import Asked, answer_question
from bot.channels.telegram.context import Context, user_of
from bot.channels.telegram.details import send_others, send_sources, send_workbook, take_objection
from bot.channels.telegram.keyboards import answer_keyboard, button
from bot.channels.telegram.lists import KINDS, render_list
from bot.channels.telegram.rendering import render_pages
from bot.channels.telegram.sending import Target, edit_page, send_page
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
    if press is None or not await press(Pressed(update, context, query, message, user.id, rest.split(":"))):
        await query.answer(phrase("telegram.notices.too_old"), show_alert=True)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pressed button: the query, the message that it hangs on, and the numbers behind its verb."""

    update: Update
    context: Context
    query: CallbackQuery
    message: Message
    user_id: int
    words: list[str]

    @property
    def target(self) -> Target:
        """Where an answer to the press goes."""
        target = Target.beside(self.message)
        return Target(target.chat_id, target.thread_id, self.message.message_id)

    @property
    def turn(self) -> Turn | None:
        """The turn that the button belongs to, None once it is forgotten."""
        return self.context.services.state.turns.get(self.number(0))

    def number(self, position: int) -> int:
        """The number at a position of the button's data; -1 where there is none, which nothing is stored under."""
        words = self.words[position : position + 1]
        return int(words[0]) if words and words[0].isdecimal() else -1


Press = Callable[[Pressed], Awaitable[bool]]


async def press_ask(pressed: Pressed) -> bool:
    """Asks the button's question."""
    services = pressed.context.services
    question = services.state.turns.action_question(pressed.number(0))
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
    if turn is None:
        return False
    pages = render_pages(turn.answer)
    page = max(0, min(pressed.number(1), len(pages) - 1))
    turns = pressed.context.services.state.turns
    keyboard = answer_keyboard(turns, turn.id, turn.answer, page=page, pages=len(pages))
    await pressed.query.answer()
    await edit_page(pressed.context.bot, turn.chat_id, pressed.message.message_id, pages[page], keyboard)
    return True


async def press_list(pressed: Pressed) -> bool:
    """Shows another page of a list."""
    if pressed.words[0] not in KINDS:
        return False
    html, keyboard = render_list(pressed.words[0], max(0, pressed.number(1)), pressed.context)
    await pressed.query.answer()
    return await edit_page(pressed.context.bot, pressed.target.chat_id, pressed.message.message_id, html, keyboard)


def _show(send: Callable[[Turn, Target, Context], Awaitable[None]]) -> Press:
    async def press(pressed: Pressed) -> bool:
        turn = pressed.turn
        if turn is None:
            return False
        await pressed.query.answer()
        await send(turn, pressed.target, pressed.context)
        return True

    return press


async def press_wrong(pressed: Pressed) -> bool:
    """Takes an objection to a figure."""
    turn = pressed.turn
    if turn is None:
        return False
    new = await take_objection(turn, pressed.user_id, pressed.context)
    await pressed.query.answer(phrase("telegram.feedback.taken" if new else "telegram.feedback.known"), show_alert=True)
    return True


def _settle(load: bool) -> Press:
    async def press(pressed: Pressed) -> bool:
        if not is_admin(pressed.context.services.settings, pressed.user_id):
            return False
        message_id = pressed.message.message_id
        if not await settle_upload(pressed.number(0), load, pressed.target, message_id, pressed.context):
            return False
        await pressed.query.answer()
        return True

    return press


async def press_delete(pressed: Pressed) -> bool:
    """Asks an admin once more before a report is deleted."""
    report = pressed.context.services.catalogue.report(pressed.words[0])
    if report is None or not is_admin(pressed.context.services.settings, pressed.user_id):
        return False
    await pressed.query.answer()
    keyboard = InlineKeyboardMarkup([[button("drop", f"drop:{report.id}"), button("keep", f"keep:{report.id}")]])
    question = phrase("telegram.admin.really_delete", title=escape(report.title), figures=report.figures)
    await send_page(pressed.context.bot, pressed.target, question, keyboard)
    return True


async def press_drop(pressed: Pressed) -> bool:
    """Deletes a report."""
    services = pressed.context.services
    report = services.catalogue.report(pressed.words[0])
    if report is None or not is_admin(services.settings, pressed.user_id):
        return False
    await services.loader.delete(report.document)
    await pressed.query.answer()
    deleted = phrase("telegram.admin.deleted", title=escape(report.title))
    return await edit_page(pressed.context.bot, pressed.target.chat_id, pressed.message.message_id, deleted)


async def press_none(pressed: Pressed) -> bool:
    """Does nothing: the button only shows where one is."""
    await pressed.query.answer()
    return True


async def press_keep(pressed: Pressed) -> bool:
    """Lets a report stand."""
    await pressed.query.answer()
    kept = phrase("telegram.admin.kept")
    return await edit_page(pressed.context.bot, pressed.target.chat_id, pressed.message.message_id, kept)


PRESSES: dict[str, Press] = {
    "ask": press_ask,
    "page": press_page,
    "list": press_list,
    "source": _show(send_sources),
    "others": _show(send_others),
    "export": _show(send_workbook),
    "wrong": press_wrong,
    "load": _settle(load=True),
    "discard": _settle(load=False),
    "delete": press_delete,
    "drop": press_drop,
    "keep": press_keep,
    "none": press_none,
}
