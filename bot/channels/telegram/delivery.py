"""Requests sent while an update is handled: none goes out twice, across retries, rate limits and restarts.

A kill between the note that a request is out and its write, some 0.1 ms, loses that request: the next run cannot tell
it from one that arrived, does not repeat it, and logs it.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import httpx
import structlog
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

from bot.state.inbox import AMBIGUOUS, Inbox

_log = structlog.get_logger("delivery")
_PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0)
_REFUSED: Final = range(400, 500)


@dataclass(slots=True)
class Delivery:
    """What is sent for one update. ``step`` counts its requests, so that a later run recognizes them."""

    update_id: int
    inbox: Inbox
    step: int = 0
    method: str = ""
    undelivered: bool = False


current_delivery: ContextVar[Delivery | None] = ContextVar("current_delivery", default=None)


def delivered_response(request_data: RequestData | None) -> bytes:
    """Stands in for the lost response to a request that went out before a restart: a message with the id 0."""
    parameters = request_data.parameters if request_data else {}
    chat = {"id": parameters.get("chat_id", 0), "type": "private"}
    return json.dumps({"ok": True, "result": {"message_id": 0, "date": 0, "chat": chat}}).encode()


async def _note_when_out(request: httpx.Request) -> None:
    """Notes that a step is out right before its body is written: nothing else runs between that note and the write."""
    delivery = current_delivery.get()
    if delivery is None or request.method == "GET":
        return

    async def trace(event: str, _: dict[str, Any]) -> None:
        if event.endswith("send_request_body.started"):
            delivery.inbox.note_out(delivery.update_id, delivery.step, delivery.method)

    request.extensions["trace"] = trace


class DurableRequest(HTTPXRequest):
    """Sends what belongs to an update once, and tries again when the network or Telegram fails."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(httpx_kwargs={"event_hooks": {"request": [_note_when_out]}}, **arguments)
        self.stopping = asyncio.Event()
        self.answered_at = 0.0
        self.status = 200

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """As the base class, for updates by way of the inbox."""
        delivery = current_delivery.get()
        if delivery is None or method == "GET":
            return await self._send(url, method, request_data, *args, **kwargs)
        sent_before = delivery.inbox.sent_before(delivery.update_id, delivery.step)
        if sent_before is not None:
            return 200, self._pass_step(delivery, sent_before, request_data)
        delivery.method = url.rsplit("/", 1)[-1]
        status, payload = await self._send_until_answered(delivery, url, method, request_data, *args, **kwargs)
        if status == 200:
            delivery.inbox.note_sent(delivery.update_id, delivery.step, payload)
            delivery.step += 1
        else:
            delivery.inbox.note_refused(delivery.update_id, delivery.step)
        return status, payload

    def _pass_step(self, delivery: Delivery, response: bytes, request_data: RequestData | None) -> bytes:
        """Goes on to the next step: this one went out before a restart."""
        if response == AMBIGUOUS:
            _log.warning("sent before the restart, response not known", update=delivery.update_id, step=delivery.step)
            response = delivered_response(request_data)
        delivery.step += 1
        return response

    async def _send(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        self.status, payload = await super().do_request(*args, **kwargs)
        if self.status == 200:
            self.answered_at = time.time()
        return self.status, payload

    async def _send_until_answered(self, delivery: Delivery, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        for pause in _PAUSES:
            try:
                status, payload = await self._send(*args, **kwargs)
            except (NetworkError, TimedOut) as error:
                _log.warning(
                    "request failed, trying again", method=delivery.method, error=type(error.__cause__).__name__
                )
            else:
                if status == 200 or status in _REFUSED:
                    return status, payload
                _log.warning("server failed, trying again", method=delivery.method, status=status)
            if await self._stops_within(pause):
                break
        delivery.inbox.note_refused(delivery.update_id, delivery.step)
        delivery.undelivered = True
        raise NetworkError(f"{delivery.method} could not be delivered")

    async def _stops_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True
