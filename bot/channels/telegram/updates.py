"""How updates come in: stored before they are confirmed, one at a time in a chat, many chats at once."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Awaitable
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.channels.telegram.delivery import Delivery, current_delivery
from bot.state.inbox import Inbox

_log = structlog.get_logger("updates")


class InboxQueue(asyncio.Queue[object]):
    """The queue between Telegram and the handlers. ``put`` returns once the update is stored; known ones are dropped."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    async def put(self, item: object) -> None:
        """Stores a new update and queues it."""
        if isinstance(item, Update) and not self._is_new(item):
            _log.info("update known already", update=item.update_id)
            return
        await super().put(item)

    def _is_new(self, update: Update) -> bool:
        try:
            return self._inbox.receive(update.update_id, update.to_json())
        except sqlite3.Error as error:
            _log.error("update could not be stored", update=update.update_id, error=str(error))
            return True

    def put_open_updates(self, bot: Bot) -> int:
        """Queues what an earlier run left unanswered; returns how many."""
        payloads = self._inbox.open_payloads()
        for payload in payloads:
            self.put_nowait(Update.de_json(json.loads(payload), bot))
        return len(payloads)


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of one chat in their order, those of different chats at once."""

    def __init__(self, inbox: Inbox, max_concurrent_updates: int = 1024) -> None:
        super().__init__(max_concurrent_updates)
        self._inbox = inbox
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for the chat's turn, handles the update, and notes that it is done."""
        if not isinstance(update, Update):
            await coroutine
            return
        key = _chat_key(update)
        self._waiting[key] += 1
        try:
            async with self._locks.setdefault(key, asyncio.Lock()):
                await self._deliver(update, coroutine)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]

    async def _deliver(self, update: Update, coroutine: Awaitable[Any]) -> None:
        delivery = Delivery(update.update_id, self._inbox)
        token = current_delivery.set(delivery)
        try:
            await coroutine
        finally:
            current_delivery.reset(token)
        if delivery.undelivered:
            _log.error("answer not delivered, kept for the next start", update=update.update_id)
        else:
            self._inbox.finish(update.update_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""


def _chat_key(update: Update) -> int:
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0
