"""``python -m bot``: Telegram where a token is set, else a chat in the terminal."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from bot.assistant import Assistant
from bot.catalogue import Catalogue
from bot.channels import terminal
from bot.channels.asking import AskingThread, Partner
from bot.logs import configure_logs
from bot.settings import Settings
from bot.state import open_state
from bot.wording import phrase
from knowledge.connection import StoreError, open_reader
from knowledge.paths import find_database
from knowledge.samples import open_samples


def main() -> int:
    """Runs the channel that the settings ask for. Returns the exit status."""
    try:
        settings = Settings()
    except ValidationError as error:
        return _fail(_name_bad_settings(error))
    try:
        database = find_knowledge_base(settings)
        if settings.telegram_bot_token:
            return run_telegram(settings, database, lambda: Assistant(database))
        configure_logs(settings)
        logging.disable(logging.NOTSET if settings.log_level == "DEBUG" else logging.CRITICAL)
        return terminal.chat(Assistant(database), terminal_opening(database), settings.history_file)
    except StoreError as error:
        return _fail(str(error))


def find_knowledge_base(settings: Settings) -> Path:
    """The configured knowledge base, else ``knowledge.db`` here, else the samples. Raises StoreError if unusable."""
    database = settings.knowledge_base or find_database()
    if database is None:
        return open_samples()
    open_reader(database).close()
    return database


def terminal_opening(database: Path) -> str:
    """What the chat in the terminal says first."""
    catalogue = Catalogue(database)
    lines = [phrase("run.samples")] if catalogue.only_samples() else []
    return "\n".join([*lines, phrase("terminal.opening")])


def run_telegram(settings: Settings, database: Path, open_partner: Callable[[], Partner]) -> int:
    """Runs the Telegram bot until it is stopped."""
    from bot.channels.telegram.context import Services
    from bot.channels.telegram.loading import ReportLoader
    from bot.channels.telegram.running import Run, RunError

    configure_logs(settings)
    try:
        state = open_state(settings.state_database)
    except (OSError, sqlite3.Error) as error:
        return _fail(phrase("run.state_unusable", path=settings.state_database, reason=error))
    services = Services(settings, state, AskingThread(open_partner), Catalogue(database), ReportLoader(database))

    async def serve() -> None:
        run = Run(services)
        run.stop_on_signals()
        await run.serve()

    try:
        asyncio.run(serve())
    except RunError as error:
        return _fail(str(error))
    finally:
        services.close()
    return 0


def _name_bad_settings(error: ValidationError) -> str:
    problems = [f"{'.'.join(map(str, item['loc'])).upper() or ''} {item['msg']}".strip() for item in error.errors()]
    return phrase("run.bad_settings", problems="；".join(problems))


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
