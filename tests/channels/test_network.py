"""When the network or Telegram fails: nothing is lost, nothing is sent twice, nothing stops the bot."""

from __future__ import annotations

import pytest

from bot.channels.telegram import running
from bot.channels.telegram.running import Conflicts, RunError
from scripts.bot_api_server import BotApi, Failure
from tests.channels.conftest import RunningBot, StartBot

CUT = Failure(cut=True)


@pytest.mark.parametrize(
    "failures",
    [
        [Failure(status=429, retry_after=1, description="Too Many Requests: retry after 1")],
        [Failure(status=502, description="Bad Gateway"), Failure(status=500, description="Internal Server Error")],
        [CUT, CUT],
        [Failure(seconds=0.5)],
    ],
    ids=["429", "5xx", "cut", "slow"],
)
async def test_sends_an_answer_once_in_the_end(api: BotApi, bot: RunningBot, failures: list[Failure]) -> None:
    api.fail("sendMessage", *failures)
    api.say("甲")
    api.say("乙")
    answers = await api.wait_for_sent(2)
    assert [a.text[0] for a in answers] == ["甲", "乙"]
    assert bot.partner.asked == ["甲", "乙"]


async def test_keeps_polling_after_failed_polls(api: BotApi, bot: RunningBot) -> None:
    await api.wait_for(lambda: api.polls > 0)
    api.fail("getUpdates", CUT, Failure(status=502), Failure(status=429, retry_after=1))
    api.say("甲")
    assert len(await api.wait_for_sent(1, seconds=20)) == 1


async def test_runs_without_menu_and_description(api: BotApi, start_bot: StartBot) -> None:
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        api.fail(method, Failure(status=400, description="Bad Request: not available"))
    await start_bot()
    api.say("甲")
    assert len(await api.wait_for_sent(1)) == 1


async def test_falls_back_to_plain_text_where_html_is_refused(api: BotApi, bot: RunningBot) -> None:
    api.fail("sendMessage", Failure(status=400, description="Bad Request: can't parse entities"))
    api.say("甲")
    [answer] = await api.wait_for_sent(1)
    assert answer.text.startswith("甲 <1.38万元>\n") and "parse_mode" not in answer.parameters


async def test_says_that_the_token_is_refused(api: BotApi, start_bot: StartBot) -> None:
    api.fail("getMe", Failure(status=401, description="Unauthorized"))
    bot = await start_bot()
    with pytest.raises(RunError, match="TELEGRAM_BOT_TOKEN"):
        await bot.task


async def test_tells_a_second_instance_apart(api: BotApi, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CONFLICT_SECONDS", 0.5)
    api.fail("getUpdates", *[Failure(status=409, description="Conflict: terminated by other getUpdates")] * 5)
    bot = await start_bot()
    with pytest.raises(RunError, match="同一个令牌"):
        await bot.task


def test_counts_conflicts_that_follow_each_other() -> None:
    conflicts = Conflicts()
    assert [conflicts.note(now) for now in (0, 40, 80, 200)] == [0, 40, 80, 0]
