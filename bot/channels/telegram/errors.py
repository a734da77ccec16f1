"""The one error handler: the user gets a sentence with a short id, the log gets the rest under that id."""

from __future__ import annotations

import secrets
import traceback

import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.channels.telegram.context import Context
from bot.wording import phrase

_log = structlog.get_logger("errors")
_HARMLESS = ("query is too old", "message is not modified")


async def handle_error(update: object, context: Context) -> None:
    """Logs an error of a callback and apologizes, where the error leaves a way to."""
    error = context.error
    if error is None or _is_harmless(error):
        return
    error_id = secrets.token_hex(3)
    _log.error(
        "callback failed",
        error_id=error_id,
        update=update.update_id if isinstance(update, Update) else None,
        error=_without_text(traceback.format_exception(error), update, context),
    )
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return
    if isinstance(update, Update):
        await _apologize(update, phrase("telegram.errors.failed", id=error_id))


def _is_harmless(error: Exception) -> bool:
    return isinstance(error, Forbidden) or any(words in str(error).lower() for words in _HARMLESS)


def _without_text(lines: list[str], update: object, context: Context) -> str:
    printed = "".join(lines)
    if context.services.settings.log_questions or not isinstance(update, Update):
        return printed
    message = update.effective_message
    texts = [message.text if message else None, update.inline_query.query if update.inline_query else None]
    for text in filter(None, texts):
        printed = printed.replace(text, "…").replace(repr(text)[1:-1], "…")
    return printed


async def _apologize(update: Update, sentence: str) -> None:
    try:
        if update.callback_query:
            await update.callback_query.answer(sentence, show_alert=True)
        elif update.effective_message:
            await update.effective_message.reply_text(sentence)
    except TelegramError as error:
        _log.warning("apology not delivered", error=type(error).__name__)
