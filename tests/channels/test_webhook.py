"""The webhook: takes what carries the secret, answers each update once, says 403 to everyone else."""

from __future__ import annotations

import json

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.netutil import bind_sockets

from scripts.bot_api_server import BotApi
from tests.channels.conftest import StartBot

SECRET = "webhook_secret-never-logged"


def _free_port() -> int:
    [socket] = bind_sockets(0, "127.0.0.1")
    port = int(socket.getsockname()[1])
    socket.close()
    return port


async def _post(port: int, update: dict[str, object], secret: str | None) -> int:
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    request = HTTPRequest(f"http://127.0.0.1:{port}/hook", method="POST", headers=headers, body=json.dumps(update))
    return (await AsyncHTTPClient().fetch(request, raise_error=False)).code


async def test_answers_what_carries_the_secret(api: BotApi, start_bot: StartBot) -> None:
    port = _free_port()
    bot = await start_bot(
        telegram_webhook_url="https://bot.example.cn/hook", telegram_webhook_port=port, telegram_webhook_secret=SECRET
    )
    await api.wait_for(lambda: bool(api.sent("setWebhook")))
    [hook] = api.sent("setWebhook")
    assert (hook.parameters["url"], hook.parameters["secret_token"]) == ("https://bot.example.cn/hook", SECRET)
    update = {"update_id": 5, "message": api.message("甲")}
    assert [await _post(port, update, secret) for secret in (None, "guess", SECRET, SECRET)] == [403, 403, 200, 200]
    await api.wait_for_sent(1)
    await bot.stop()
    assert bot.partner.asked == ["甲"] and len(api.sent()) == 1
