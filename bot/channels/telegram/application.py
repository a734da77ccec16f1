"""The Telegram application: its network, its order of updates, its handlers."""

from __future__ import annotations

from telegram import Update
from telegram.ext import (
    AIORateLimiter,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.channels.telegram.admin import add_admin_handlers
from bot.channels.telegram.callbacks import on_button
from bot.channels.telegram.commands import add_commands, add_fallback
from bot.channels.telegram.context import Context, Services, TelegramApplication, give_services
from bot.channels.telegram.delivery import DurableRequest
from bot.channels.telegram.errors import handle_error
from bot.channels.telegram.inline import on_inline_query
from bot.channels.telegram.messages import on_edited_message, on_message, on_other_message
from bot.channels.telegram.updates import ChatOrder, InboxQueue
from bot.settings import Settings

UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
_ANSWER_SECONDS = 30.0
_POOL_SIZE = 32
_UNREADABLE = filters.PHOTO | filters.VOICE | filters.VIDEO | filters.AUDIO | filters.Sticker.ALL | filters.LOCATION


def build_application(services: Services, polling: DurableRequest) -> TelegramApplication:
    """The application, ready to be initialized. Needs a token in the settings; ``polling`` fetches the updates."""
    settings = services.settings
    assert settings.telegram_bot_token is not None
    application: TelegramApplication = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(build_request(_POOL_SIZE))
        .get_updates_request(polling)
        .rate_limiter(_build_rate_limiter(settings))
        .context_types(ContextTypes(context=Context))
        .update_queue(InboxQueue(services.state.inbox))
        .concurrent_updates(ChatOrder(services.state.inbox))
        .job_queue(None)
        .build()
    )
    give_services(application, services)
    add_handlers(application)
    return application


def build_request(pool_size: int) -> DurableRequest:
    """A connection to Telegram that waits long enough for a slow one."""
    return DurableRequest(
        connection_pool_size=pool_size,
        connect_timeout=10.0,
        read_timeout=_ANSWER_SECONDS,
        write_timeout=_ANSWER_SECONDS,
        pool_timeout=_ANSWER_SECONDS,
        media_write_timeout=60.0,
    )


def _build_rate_limiter(settings: Settings) -> AIORateLimiter:
    return AIORateLimiter(overall_max_rate=settings.telegram_messages_per_second, max_retries=10)


def add_handlers(application: TelegramApplication) -> None:
    """Which callback takes which update; the first that fits."""
    new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    add_commands(application)
    add_admin_handlers(application)
    application.add_handler(MessageHandler(new & filters.TEXT & ~filters.COMMAND, on_message))
    add_fallback(application)
    application.add_handler(MessageHandler(new & _UNREADABLE, on_other_message))
    application.add_handler(MessageHandler(edited & filters.TEXT, on_edited_message))
    application.add_handler(CallbackQueryHandler(on_button))
    application.add_handler(InlineQueryHandler(on_inline_query))
    application.add_error_handler(handle_error)
