"""Questions as text messages, and questions that their authors edit."""

from __future__ import annotations

from telegram import Update

from bot.channels.telegram.access import may_ask
from bot.channels.telegram.answering import Asked, answer_edited_question, answer_question
from bot.channels.telegram.context import Context, message_of, user_of
from bot.channels.telegram.groups import addressed_question
from bot.channels.telegram.sending import Target, send_page
from bot.wording import phrase


def asked_in(update: Update, text: str) -> Asked:
    """A question as it came in a message."""
    message = message_of(update)
    return Asked(
        text=text,
        update_id=update.update_id,
        user_id=user_of(update).id,
        target=Target.beside(message),
        message_id=message.message_id,
    )


async def on_message(update: Update, context: Context) -> None:
    """Answers a message that is meant for the bot."""
    message = message_of(update)
    question = addressed_question(message, context.bot.bot)
    if not question or not await may_ask(update, context):
        return
    if question in phrase("channels.forget").split():
        context.services.state.turns.forget_conversation(message.chat_id, user_of(update).id)
        await send_page(context.bot, Target.beside(message), phrase("channels.forgotten"))
    else:
        await answer_question(asked_in(update, question), context)


async def on_edited_message(update: Update, context: Context) -> None:
    """Answers the new text of a message: in the old answer where there is one."""
    message = message_of(update)
    question = addressed_question(message, context.bot.bot)
    if not question or not await may_ask(update, context):
        return
    earlier = context.services.state.turns.of_question_message(
        message.chat_id, message.message_id, besides_update=update.update_id
    )
    if earlier is None:
        await answer_question(asked_in(update, question), context)
    elif earlier.question != question:
        await answer_edited_question(asked_in(update, question), earlier, context)


async def on_other_message(update: Update, context: Context) -> None:
    """Says what the bot reads, to whoever sends it a picture or a voice in private."""
    message = message_of(update)
    if message.chat_id == user_of(update).id and await may_ask(update, context):
        await send_page(context.bot, Target.beside(message), phrase("telegram.only_text"))
