"""A Bot API server on loopback, for tests and benchmarks: hands out updates, takes what the bot sends, fails on demand."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPFile
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

TOKEN = "424242:TEST-token_that-must-never-be-logged-0"
BOT_ID = 424242
BOT = {"id": BOT_ID, "is_bot": True, "first_name": "决算", "username": "juesuan_test_bot"}
_SENDING = ("sendMessage", "sendPhoto", "sendDocument", "sendRichMessage")


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot: its method, parameters and files."""

    method: str
    parameters: dict[str, Any]
    files: dict[str, HTTPFile] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text or caption that it carries."""
        return str(self.parameters.get("text") or self.parameters.get("caption") or "")

    @property
    def buttons(self) -> dict[str, str]:
        """Label → callback data of the buttons that it carries."""
        markup = self.parameters.get("reply_markup") or {"inline_keyboard": []}
        return {b["text"]: b.get("callback_data", "") for row in markup["inline_keyboard"] for b in row}


@dataclass(frozen=True, slots=True)
class Failure:
    """How the next call of a method fails: a status, a wait before answering, or a cut connection."""

    status: int = 200
    retry_after: int | None = None
    description: str = "made to fail"
    seconds: float = 0.0
    cut: bool = False


class BotApi:
    """The server. ``calls`` is what the bot asked for, in order, without getUpdates."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.updates: deque[dict[str, Any]] = deque()
        self.files: dict[str, bytes] = {}
        self.polls = 0
        self.on_sent: Callable[[Call], None] = lambda _: None
        self._failures: dict[str, deque[Failure]] = defaultdict(deque)
        self._changed = asyncio.Event()
        self._next_message = 1000
        self._next_update = 1
        self._polling = False
        self._server: HTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listens on a free port."""
        routes = [
            (rf"/bot{TOKEN}/(\w+)", _Method, {"api": self}),
            (rf"/file/bot{quote(TOKEN)}/(.+)", _File, {"api": self}),
        ]
        self._server = HTTPServer(Application(routes, log_function=lambda _: None), max_buffer_size=64 * 1024 * 1024)
        sockets = bind_sockets(self.port, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        """Closes every connection."""
        assert self._server is not None
        self._server.stop()
        self._changed.set()
        await self._server.close_all_connections()

    def fail(self, method: str, *failures: Failure) -> None:
        """The next calls of ``method`` fail like this, one after the other."""
        self._failures[method].extend(failures)

    def add_update(self, kind: str, content: dict[str, Any]) -> int:
        """Queues an update and returns its id."""
        update_id = self._next_update
        self._next_update += 1
        self.updates.append({"update_id": update_id, kind: content})
        self._notify()
        return update_id

    def say(self, text: str, *, user: int = 7, chat: int | None = None, **more: Any) -> int:
        """A user writes a message; returns the message's id."""
        message = self.message(text, user=user, chat=chat, **more)
        self.add_update("message", message)
        return int(message["message_id"])

    def edit(self, message_id: int, text: str, *, user: int = 7, chat: int | None = None, **more: Any) -> None:
        """A user edits a message."""
        changed = self.message(text, user=user, chat=chat, **more) | {"message_id": message_id, "edit_date": 1}
        self.add_update("edited_message", changed)

    def press(self, data: str, *, user: int = 7, chat: int | None = None, message_id: int = 1) -> None:
        """A user presses a button."""
        message = self.message("…", user=BOT_ID, chat=chat or user) | {"message_id": message_id, "from": BOT}
        content = {"id": str(self._next_update), "from": person(user), "message": message, "data": data}
        self.add_update("callback_query", content | {"chat_instance": "1"})

    def type_inline(self, text: str, *, user: int = 7) -> None:
        """A user types an inline question."""
        content = {"id": str(self._next_update), "from": person(user), "query": text, "offset": ""}
        self.add_update("inline_query", content)

    def message(self, text: str | None, *, user: int = 7, chat: int | None = None, **more: Any) -> dict[str, Any]:
        """A message as Telegram describes it; commands and mentions get their entities."""
        self._next_message += 1
        chat = chat or user
        found: dict[str, Any] = {
            "message_id": self._next_message,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "医保群"},
            "from": person(user),
        }
        if text is not None:
            found |= {"text": text, "entities": _entities(text)}
        return found | more

    def sent(self, *methods: str) -> list[Call]:
        """What the bot sent to chats."""
        return [call for call in self.calls if call.method in (methods or _SENDING)]

    async def wait_for(self, reached: Callable[[], bool], seconds: float = 10.0) -> None:
        """Waits until something is so; raises TimeoutError if it does not become so."""
        async with asyncio.timeout(seconds):
            while not reached():
                self._changed.clear()
                await self._changed.wait()

    async def wait_for_sent(self, count: int, *methods: str, seconds: float = 10.0) -> list[Call]:
        """Waits until the bot has sent ``count`` messages, and returns them."""
        await self.wait_for(lambda: len(self.sent(*methods)) >= count, seconds)
        return self.sent(*methods)

    def _notify(self) -> None:
        self._changed.set()

    async def answer(self, call: Call) -> tuple[int, dict[str, Any]] | None:
        """Status and body of the answer to a call; None cuts the connection."""
        failures = self._failures[call.method]
        failure = failures.popleft() if failures else Failure()
        await asyncio.sleep(failure.seconds)
        if failure.cut:
            return None
        if failure.status != 200:
            parameters = {"parameters": {"retry_after": failure.retry_after}} if failure.retry_after else {}
            error = {"ok": False, "error_code": failure.status, "description": failure.description}
            return failure.status, error | parameters
        if call.method == "getUpdates":
            return await self._get_updates(call)
        self.calls.append(call)
        if call.method in _SENDING:
            self.on_sent(call)
        self._notify()
        return 200, {"ok": True, "result": self._result(call)}

    async def _get_updates(self, call: Call) -> tuple[int, dict[str, Any]]:
        if self._polling:
            return 409, {"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates"}
        self._polling = True
        self.polls += 1
        self._notify()
        try:
            offset = int(call.parameters.get("offset", 0))
            while self.updates and self.updates[0]["update_id"] < offset:
                self.updates.popleft()
            await self._wait_for_updates(float(call.parameters.get("timeout", 0)))
            return 200, {"ok": True, "result": list(self.updates)[:100]}
        finally:
            self._polling = False

    async def _wait_for_updates(self, seconds: float) -> None:
        deadline = time.monotonic() + min(seconds, 5.0)
        while not self.updates and time.monotonic() < deadline:
            await asyncio.sleep(0.01)

    def end_poll(self) -> None:
        """The connection of whoever polled is gone."""
        self._polling = False

    def _result(self, call: Call) -> Any:
        if call.method == "getMe":
            return BOT
        if call.method == "getFile":
            path = call.parameters["file_id"]
            return {"file_id": path, "file_unique_id": path, "file_path": path}
        if call.method in _SENDING or call.method.startswith("editMessage"):
            chat = int(call.parameters.get("chat_id", 0))
            sent = self.message(call.text, user=BOT_ID, chat=chat)
            return sent | {"from": BOT, "message_id": int(call.parameters.get("message_id", sent["message_id"]))}
        return True


class _Method(RequestHandler):
    def initialize(self, api: BotApi) -> None:
        self.api = api

    async def post(self, method: str) -> None:
        parameters = {name: _decode(values[-1].decode()) for name, values in self.request.body_arguments.items()}
        files = {name: found[0] for name, found in self.request.files.items()}
        answer = await self.api.answer(Call(method, parameters, files))
        if answer is None:
            self.detach().close()
            return
        self.set_status(answer[0])
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer[1]))

    def on_connection_close(self) -> None:
        if self.request.path.endswith("getUpdates"):
            self.api.end_poll()


class _File(RequestHandler):
    def initialize(self, api: BotApi) -> None:
        self.api = api

    def get(self, path: str) -> None:
        self.finish(self.api.files[path])


def person(user: int) -> dict[str, Any]:
    """A user as Telegram describes one."""
    return {"id": user, "is_bot": False, "first_name": f"用户{user}"}


def _decode(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _entities(text: str) -> list[dict[str, Any]]:
    entities = []
    mention = f"@{BOT['username']}"
    if text.startswith("/"):
        entities.append({"type": "bot_command", "offset": 0, "length": len(text.split()[0])})
    elif mention in text:
        entities.append({"type": "mention", "offset": text.index(mention), "length": len(mention)})
    return entities
