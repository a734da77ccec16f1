"""The commands of the menu for everyone."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.channels.telegram.access import may_ask
from bot.channels.telegram.answering import answer_question
from bot.channels.telegram.context import Context, TelegramApplication, message_of, user_of
from bot.channels.telegram.deep_links import linked_figure
from bot.channels.telegram.details import send_workbook
from bot.channels.telegram.keyboards import question_buttons
from bot.channels.telegram.lists import KINDS, render_list
from bot.channels.telegram.messages import asked_in
from bot.channels.telegram.rendering import render_lines
from bot.channels.telegram.sending import Target, send_page
from bot.wording import phrase

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


async def start(update: Update, context: Context) -> None:
    """Greets with questions that the loaded reports answer; a deep link shows its figure at once."""
    if context.args and await _answer_link(context.args[0], update, context):
        return
    services = context.services
    reports, agencies, figures = services.catalogue.totals()
    lines = [phrase("telegram.start.greeting", reports=reports, agencies=agencies, figures=figures)]
    if services.catalogue.only_samples():
        lines.append(phrase("telegram.start.samples"))
    examples = services.catalogue.examples()
    if examples:
        lines.append(phrase("telegram.start.examples"))
    await say(update, context, lines, buttons=[(example, example) for example in examples])


async def _answer_link(payload: str, update: Update, context: Context) -> bool:
    """Shows the figure that a link names; False if it names none."""
    figure_id = linked_figure(payload)
    answer = context.services.catalogue.figure_answer(figure_id) if figure_id else None
    if answer is None:
        return False
    await answer_question(asked_in(update, answer.question.text), context, figure=answer)
    return True


async def say(
    update: Update, context: Context, lines: list[str], *, buttons: list[tuple[str, str]] | None = None
) -> None:
    """Answers a command with lines and, below them, buttons that ask."""
    rows = question_buttons(context.services.state.turns, buttons or [])
    keyboard = InlineKeyboardMarkup(rows) if rows else None
    await send_page(context.bot, Target.beside(message_of(update)), render_lines(lines), keyboard)


async def help_(update: Update, context: Context) -> None:
    """How to ask."""
    await say(update, context, phrase("telegram.help").splitlines())


async def about(update: Update, context: Context) -> None:
    """Where the figures come from, and what the bot promises."""
    reports, agencies, figures = context.services.catalogue.totals()
    text = phrase("telegram.about", reports=reports, agencies=agencies, figures=figures)
    await say(update, context, text.splitlines())


async def new(update: Update, context: Context) -> None:
    """Forgets the conversation."""
    message = message_of(update)
    context.services.state.turns.forget_conversation(message.chat_id, user_of(update).id)
    await say(update, context, [phrase("channels.forgotten")])


async def export(update: Update, context: Context) -> None:
    """The last answer of the conversation as an Excel file."""
    message = message_of(update)
    turn = context.services.state.turns.current(message.chat_id, user_of(update).id)
    if turn and turn.answer.figures:
        await send_workbook(turn, Target.beside(message), context)
    else:
        await say(update, context, [phrase("telegram.nothing_to_export")])


async def unknown(update: Update, context: Context) -> None:
    """Says in private that there is no such command; in groups it is another bot's."""
    if message_of(update).chat_id == user_of(update).id:
        await say(update, context, [phrase("telegram.unknown_command")])


def _list(kind: str) -> Callback:
    async def show(update: Update, context: Context) -> None:
        html, keyboard = render_list(kind, 0, context)
        await send_page(context.bot, Target.beside(message_of(update)), html, keyboard)

    return show


def _asking(name: str) -> Callback:
    """A command that asks what stands behind it: /ask 渠县2022三公; /compare, /rank say what they are for."""

    async def ask(update: Update, context: Context) -> None:
        if not context.args:
            await say(update, context, phrase(f"telegram.usage.{name}").splitlines())
        elif await may_ask(update, context):
            question = phrase(f"telegram.command_questions.{name}", text=" ".join(context.args))
            await answer_question(asked_in(update, question), context)

    return ask


def _for_allowed(callback: Callback) -> Callback:
    async def checked(update: Update, context: Context) -> None:
        if await may_ask(update, context):
            await callback(update, context)

    return checked


def add_commands(application: TelegramApplication) -> None:
    """The commands for everyone who may use the bot."""
    plain: dict[str, Callback] = {"start": start, "help": help_, "about": about, "new": new, "export": export}
    lists = {kind: _list(kind) for kind in KINDS}
    for name, callback in (plain | lists).items():
        application.add_handler(CommandHandler(name, _for_allowed(callback)))
    for name in ("ask", "compare", "rank"):
        application.add_handler(CommandHandler(name, _asking(name)))


def add_fallback(application: TelegramApplication) -> None:
    """What takes the commands that nothing else takes."""
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, unknown))
