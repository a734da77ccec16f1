"""Sending and editing answers: HTML, plain where Telegram does not accept it, into the right chat and topic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import structlog
from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ExtBot

_log = structlog.get_logger("sending")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Target:
    """Where an answer goes: chat, topic, and in groups the message that it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None

    @classmethod
    def beside(cls, message: Message) -> Target:
        """Where an answer to ``message`` goes."""
        in_group = message.chat.type != ChatType.PRIVATE
        return cls(
            chat_id=message.chat_id,
            thread_id=message.message_thread_id if message.is_topic_message else None,
            reply_to=message.message_id if in_group else None,
        )

    def arguments(self) -> dict[str, Any]:
        """The keyword arguments of every send method."""
        reply = ReplyParameters(self.reply_to, allow_sending_without_reply=True) if self.reply_to else None
        return {"chat_id": self.chat_id, "message_thread_id": self.thread_id, "reply_parameters": reply}


def plain(html: str) -> str:
    """Telegram HTML without its marks."""
    return unescape(re.sub(r"</?(?:b|i|blockquote|code|a)\b[^>]*>", "", html))


async def send_page(
    bot: ExtBot[Any], target: Target, html: str, keyboard: InlineKeyboardMarkup | None = None
) -> Message:
    """Sends one page; as plain text where its HTML is refused, to the new chat where the group has moved."""
    arguments = target.arguments() | {"reply_markup": keyboard, "link_preview_options": _NO_PREVIEW}
    try:
        return await bot.send_message(text=html, parse_mode=ParseMode.HTML, **arguments)
    except ChatMigrated as moved:
        return await send_page(bot, Target(moved.new_chat_id), html, keyboard)
    except BadRequest as error:
        if "parse" not in str(error).lower():
            raise
        _log.warning("html refused, sent as plain text", error=str(error))
        return await bot.send_message(text=plain(html), **arguments)


async def send_picture(bot: ExtBot[Any], target: Target, picture: bytes, caption: str) -> None:
    """Sends a PNG with a line of HTML below it."""
    await bot.send_photo(
        photo=InputFile(picture, "chart.png"), caption=caption, parse_mode=ParseMode.HTML, **target.arguments()
    )


async def edit_page(
    bot: ExtBot[Any], chat_id: int, message_id: int, html: str, keyboard: InlineKeyboardMarkup | None = None
) -> bool:
    """Replaces a message's text; False if it cannot be edited any more."""
    try:
        await bot.edit_message_text(
            text=html, chat_id=chat_id, message_id=message_id, parse_mode=ParseMode.HTML,
            reply_markup=keyboard, link_preview_options=_NO_PREVIEW,
        )  # fmt: skip
    except BadRequest as error:
        return "not modified" in str(error).lower()
    return True
