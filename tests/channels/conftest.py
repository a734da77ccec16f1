"""A Bot API server on loopback and the real application talking to it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.catalogue import Catalogue
from bot.channels.asking import AskingThread, Partner
from bot.channels.telegram import delivery
from bot.channels.telegram.context import Services
from bot.channels.telegram.loading import ReportLoader
from bot.channels.telegram.running import Run
from bot.settings import Settings
from bot.state import open_state
from knowledge.samples import open_samples
from scripts.bot_api_server import TOKEN, BotApi
from tests.channels.partner import ScriptedPartner


class RunningBot:
    """The application while it runs, with what it works on."""

    def __init__(self, run: Run, services: Services, partner: ScriptedPartner) -> None:
        self.run = run
        self.services = services
        self.partner = partner
        self.task = asyncio.create_task(run.serve())

    async def stop(self) -> None:
        """Stops gracefully and closes everything."""
        self.run.stop()
        await asyncio.wait_for(self.task, 15)
        self.close()

    def close(self) -> None:
        """Closes state and threads."""
        self.services.close()


StartBot = Callable[..., Awaitable[RunningBot]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """The server."""
    server = BotApi()
    server.start()
    yield server
    await server.stop()


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries without waiting."""
    monkeypatch.setattr(delivery, "_PAUSES", (0.01, 0.01, 0.01))


@pytest.fixture
async def start_bot(api: BotApi, tmp_path: Path, short_pauses: None) -> AsyncIterator[StartBot]:
    """Starts the application against the server; settings may be overridden."""
    started: list[RunningBot] = []

    async def start(partner: Partner | None = None, **overrides: object) -> RunningBot:
        values = {"telegram_api_url": api.url, "state_database": tmp_path / "state.db", "uploads": tmp_path / "uploads"}
        values |= {"telegram_bot_token": TOKEN, "telegram_messages_per_second": 1000}
        settings = Settings.model_validate(values | overrides)
        scripted = ScriptedPartner()
        database = settings.knowledge_base or tmp_path / "knowledge.db"
        services = Services(
            settings, open_state(settings.state_database), AskingThread(lambda: partner or scripted), Catalogue(database),
            ReportLoader(database),
        )  # fmt: skip
        bot = RunningBot(Run(services), services, scripted)
        started.append(bot)
        return bot

    yield start
    for bot in started:
        with suppress(Exception):
            if not bot.task.done():
                await bot.stop()


@pytest.fixture
async def bot(start_bot: StartBot) -> RunningBot:
    """The application with the usual settings."""
    return await start_bot()


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge base of one test's own, with the samples in it."""
    return Path(shutil.copy(open_samples(), tmp_path / "knowledge.db"))
