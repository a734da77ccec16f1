"""When a message is meant for the bot: always in private; in groups when it is mentioned or replied to."""

from __future__ import annotations

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType


def addressed_question(message: Message, bot: User) -> str | None:
    """What a message asks the bot, without the mention; None if it is not meant for the bot."""
    text = message.text or message.caption
    if not text or message.via_bot:
        return None
    if message.chat.type == ChatType.PRIVATE:
        return text
    without_mention = _without_mention(message, bot)
    if without_mention is not None:
        return without_mention or None
    replied_to = message.reply_to_message
    if replied_to and replied_to.from_user and replied_to.from_user.id == bot.id:
        return text
    return None


def _without_mention(message: Message, bot: User) -> str | None:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    entities = message.parse_entities(kinds) or message.parse_caption_entities(kinds)
    name = f"@{bot.username}".lower()
    mentions = [
        printed
        for entity, printed in entities.items()
        if printed.lower() == name or (entity.user and entity.user.id == bot.id)
    ]
    if not mentions:
        return None
    text = message.text or message.caption or ""
    for printed in mentions:
        text = text.replace(printed, " ")
    return " ".join(text.split())
