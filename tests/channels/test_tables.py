"""Native tables: only as a setting, with plain text where Telegram refuses them."""

from __future__ import annotations

import pytest

from scripts.bot_api_server import BotApi, Failure
from tests.channels.conftest import StartBot


async def test_sends_a_list_as_a_table(api: BotApi, start_bot: StartBot) -> None:
    await start_bot(telegram_tables=True)
    api.say("三公经费历年")
    api.say("甲")
    rich, plain = await api.wait_for_sent(2, "sendRichMessage", "sendMessage", seconds=30)
    assert (rich.method, plain.method) == ("sendRichMessage", "sendMessage")
    html = rich.parameters["rich_message"]["html"]
    assert "<td>渠县医疗保障局</td><td>2022年</td><td>三公经费</td><td>1.38万元</td>" in html
    assert "出处" in rich.buttons


@pytest.mark.parametrize("status", [400, 404])
async def test_falls_back_to_plain_text(api: BotApi, start_bot: StartBot, status: int) -> None:
    api.fail("sendRichMessage", Failure(status=status, description="Bad Request: unknown method"))
    await start_bot(telegram_tables=True)
    api.say("三公经费历年")
    answer = (await api.wait_for_sent(1, "sendMessage", seconds=30))[0]
    assert "2022年 1.38万元" in answer.text
