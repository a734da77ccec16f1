"""Running the bot: start, polling or webhook, heartbeat, a second instance told apart, graceful stop."""

from __future__ import annotations

import asyncio
import itertools
import math
import signal
import time
from typing import cast

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.application import UPDATES, build_application, build_request
from bot.channels.telegram.context import Services
from bot.channels.telegram.delivery import DurableRequest
from bot.channels.telegram.introduction import introduce
from bot.channels.telegram.updates import InboxQueue
from bot.wording import phrase

_log = structlog.get_logger("telegram")
HEARTBEAT_SECONDS = 10.0
POLL_SECONDS = 10
CONFLICT_SECONDS = 60.0
_CONFLICT_GAP = 60.0
_START_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_BEATS_PER_CLEANING = 2160


class RunError(Exception):
    """The bot cannot run; the message is for whoever started it."""


class Run:
    """One run of the bot, from start to stop."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._polling = build_request(2)
        self.application = build_application(services, self._polling)
        self._stop = asyncio.Event()
        self._failure: RunError | None = None
        self._conflicts = Conflicts()

    async def serve(self) -> None:
        """Runs until a signal or ``stop``. Raises ``RunError`` if the token is refused or another instance polls."""
        try:
            await self._initialize()
            await self._serve()
        except InvalidToken as error:
            raise RunError(phrase("telegram.run.token_refused")) from error
        finally:
            await self.application.shutdown()
        if self._failure:
            raise self._failure

    async def _initialize(self) -> None:
        for pause in _START_PAUSES:
            try:
                return await self.application.initialize()
            except InvalidToken:
                raise
            except TelegramError as error:
                _log.warning("Telegram not reached, trying again", error=str(error))
                await asyncio.sleep(pause)
        raise RunError(phrase("telegram.run.not_reached"))

    async def _serve(self) -> None:
        application = self.application
        queue = cast(InboxQueue, application.update_queue)
        _log.info("unanswered updates of the last run", count=queue.put_open_updates(application.bot))
        self._services.state.uploads.reopen()
        await application.start()
        heartbeat = asyncio.create_task(self._beat())
        try:
            await self._start_receiving()
            _log.info("ready", bot=application.bot.username)
            self._services.drawing.warm_up()
            await introduce(application, self._services)
            await self._stop.wait()
        finally:
            _log.info("stopping")
            heartbeat.cancel()
            await self._stop_receiving()
            await application.stop()

    async def _start_receiving(self) -> None:
        updater, settings = self.application.updater, self._services.settings
        assert updater is not None
        if settings.telegram_webhook_url and settings.telegram_webhook_secret:
            await updater.start_webhook(
                listen=settings.telegram_webhook_listen,
                port=settings.telegram_webhook_port,
                url_path=settings.telegram_webhook_url.split("://", 1)[-1].partition("/")[2],
                webhook_url=settings.telegram_webhook_url,
                secret_token=settings.telegram_webhook_secret.get_secret_value(),
                allowed_updates=UPDATES,
                bootstrap_retries=5,
            )
        else:
            await updater.start_polling(
                timeout=POLL_SECONDS, allowed_updates=UPDATES, bootstrap_retries=5, error_callback=self._note_failure
            )

    async def _stop_receiving(self) -> None:
        cast(DurableRequest, self.application.bot.request).stopping.set()
        if self.application.updater and self.application.updater.running:
            await self.application.updater.stop()

    def _note_failure(self, error: TelegramError) -> None:
        if not isinstance(error, Conflict):
            _log.warning("polling failed, trying again", error=str(error))
            return
        seconds = self._conflicts.note(time.monotonic())
        _log.error("another instance polls with the same token", seconds=round(seconds))
        if seconds >= CONFLICT_SECONDS:
            self.stop(RunError(phrase("telegram.run.second_instance")))

    async def _beat(self) -> None:
        state, settings = self._services.state, self._services.settings
        for count in itertools.count():
            if count % _BEATS_PER_CLEANING == 0:
                state.forget_before(settings.retention_days)
            state.beat("process", time.time())
            if not settings.telegram_webhook_url:
                state.beat("telegram", self._polling.answered_at)
                if self._polling.status in (401, 404):
                    self.stop(RunError(phrase("telegram.run.token_refused")))
            await asyncio.sleep(HEARTBEAT_SECONDS)

    def stop(self, failure: RunError | None = None) -> None:
        """Ends the run: what was received is still answered."""
        self._failure = failure
        self._stop.set()

    def stop_on_signals(self) -> None:
        """SIGINT and SIGTERM stop the run gracefully."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self.stop)


class Conflicts:
    """How long another instance has been polling without a break."""

    def __init__(self) -> None:
        self._since = self._last = -math.inf

    def note(self, now: float) -> float:
        """Notes a conflict; returns the seconds since the first of those that followed each other."""
        if now - self._last > _CONFLICT_GAP:
            self._since = now
        self._last = now
        return now - self._since
