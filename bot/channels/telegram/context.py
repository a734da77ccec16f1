"""What every callback gets: one typed context with the bot's services."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from telegram import Message, Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from bot.catalogue import Catalogue
from bot.channels.asking import AskingThread
from bot.channels.drawing import DrawingThread
from bot.channels.telegram.limits import QuestionLimit
from bot.channels.telegram.loading import ReportLoader
from bot.settings import Settings
from bot.state import State

_KEY = "services"


@dataclass(frozen=True, slots=True)
class Services:
    """What the callbacks work with."""

    settings: Settings
    state: State
    asking: AskingThread
    catalogue: Catalogue
    loader: ReportLoader
    drawing: DrawingThread = field(default_factory=DrawingThread)
    limit: QuestionLimit = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limit", QuestionLimit(self.settings.telegram_questions_per_minute))

    def close(self) -> None:
        """Ends threads and processes, and closes the state."""
        self.drawing.close()
        self.loader.close()
        self.asking.close()
        self.state.close()


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of a callback."""

    @property
    def services(self) -> Services:
        """The bot's services."""
        return cast(Services, self.application.bot_data[_KEY])


TelegramApplication = Application[ExtBot[Any], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]


def give_services(application: TelegramApplication, services: Services) -> None:
    """Makes the services known to every callback."""
    application.bot_data[_KEY] = services


def message_of(update: Update) -> Message:
    """The message of an update whose handler's filter guarantees one."""
    assert update.effective_message is not None
    return update.effective_message


def user_of(update: Update) -> User:
    """The user of an update whose handler's filter guarantees one."""
    assert update.effective_user is not None
    return update.effective_user
