"""Asking from an event loop: the assistant lives in one thread of its own, so that no chat waits for another's search."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

from bot.assistant import Conversation
from bot.models import Answer


class Partner(Protocol):
    """Whoever answers: ``bot.assistant.Assistant``, or a scripted one in tests."""

    def ask(self, text: str, conversation: Conversation | None = None) -> tuple[Answer, Conversation]:
        """The answer to one message, and the conversation that the next message builds on."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, the conversation after it, and how long it took."""

    answer: Answer
    conversation: Conversation
    milliseconds: float


class AskingThread:
    """Opens the partner in its thread on the first question, and asks it there one question after the other."""

    def __init__(self, open_partner: Callable[[], Partner]) -> None:
        self._open_partner = open_partner
        self._partner: Partner | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="asking")

    async def ask(self, text: str, conversation: Conversation | None = None) -> Reply:
        """Asks without holding up the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._ask, text, conversation)

    def _ask(self, text: str, conversation: Conversation | None) -> Reply:
        if self._partner is None:
            self._partner = self._open_partner()
        started = perf_counter()
        answer, following = self._partner.ask(text, conversation)
        return Reply(answer, following, (perf_counter() - started) * 1000)

    def close(self) -> None:
        """Ends the thread after the question that it is at."""
        self._executor.shutdown(wait=True)
