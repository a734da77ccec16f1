"""What Telegram shows of the bot before anyone has asked: its menu and its description. The bot runs without them too."""

from __future__ import annotations

from collections.abc import Awaitable

import structlog
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.channels.telegram.context import Services, TelegramApplication
from bot.wording import phrase

_log = structlog.get_logger("introduction")
COMMANDS = ("start", "help", "agencies", "years", "metrics", "sources", "compare", "rank", "export", "new", "about")
ADMIN_COMMANDS = ("load", "reports", "delete", "stats", "unanswered")


def menu(names: tuple[str, ...]) -> list[BotCommand]:
    """Commands with their Chinese descriptions."""
    return [BotCommand(name, phrase(f"telegram.menu.{name}")) for name in names]


async def introduce(application: TelegramApplication, services: Services) -> None:
    """Sets menu and descriptions, for admins with their own commands."""
    bot = application.bot
    await _try(bot.set_my_commands(menu(COMMANDS)))
    for admin in sorted(services.settings.telegram_admins):
        await _try(bot.set_my_commands(menu(COMMANDS + ADMIN_COMMANDS), scope=BotCommandScopeChat(admin)))
    await _try(bot.set_my_description(phrase("telegram.menu.description")))
    await _try(bot.set_my_short_description(phrase("telegram.menu.short_description")))


async def _try(request: Awaitable[bool]) -> None:
    try:
        await request
    except TelegramError as error:
        _log.warning("menu or description not set", error=str(error))
