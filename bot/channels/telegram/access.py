"""Who may use the bot: everyone, or those on the lists; admins always."""

from __future__ import annotations

from telegram import Update

from bot.channels.telegram.context import Context, message_of, user_of
from bot.settings import Settings
from bot.wording import phrase


def is_admin(settings: Settings, user_id: int) -> bool:
    """Whether a user is an admin."""
    return user_id in settings.telegram_admins


def is_allowed(settings: Settings, user_id: int, chat_id: int | None) -> bool:
    """Whether a user may ask in a chat; ``chat_id`` is None for inline questions."""
    is_open = not settings.telegram_allowed_users and not settings.telegram_allowed_chats
    return (
        is_open
        or is_admin(settings, user_id)
        or user_id in settings.telegram_allowed_users
        or chat_id in settings.telegram_allowed_chats
    )


async def may_ask(update: Update, context: Context) -> bool:
    """Whether to answer: on the lists, and not too often. Says kindly why not."""
    services, message, user = context.services, message_of(update), user_of(update)
    if not is_allowed(services.settings, user.id, message.chat_id):
        if message.chat_id == user.id:
            await message.reply_text(phrase("telegram.access.not_allowed", user=user.id))
        return False
    verdict = services.limit.check(user.id)
    if verdict == "warn":
        await message.reply_text(
            phrase("telegram.access.too_often", limit=services.settings.telegram_questions_per_minute)
        )
    return verdict == "free"
