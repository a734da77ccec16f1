"""Groups: answers when meant, quiet otherwise; and who may ask, how often."""

from __future__ import annotations

import asyncio

from scripts.bot_api_server import BOT, BotApi
from tests.channels.conftest import RunningBot, StartBot

GROUP = -100500


async def test_is_quiet_until_it_is_meant(api: BotApi, bot: RunningBot) -> None:
    api.say("大家中午吃什么", chat=GROUP)
    mention = api.say("@juesuan_test_bot 甲", chat=GROUP)
    reply = api.say("乙", chat=GROUP, reply_to_message=api.message("…", chat=GROUP) | {"from": BOT})
    api.say("/ask@juesuan_test_bot 丙", chat=GROUP)
    api.say("/ask@another_bot 丁", chat=GROUP)
    api.say("回复别人", chat=GROUP, reply_to_message=api.message("…", chat=GROUP, user=9))
    await api.wait_for_sent(3)
    await asyncio.sleep(0.2)
    answers = api.sent()
    assert [a.text[0] for a in answers] == ["甲", "乙", "丙"]
    assert [a.parameters["reply_parameters"]["message_id"] for a in answers[:2]] == [mention, reply]


async def test_answers_in_the_topic_of_the_question(api: BotApi, bot: RunningBot) -> None:
    api.say("@juesuan_test_bot 甲", chat=GROUP, message_thread_id=5, is_topic_message=True)
    [answer] = await api.wait_for_sent(1)
    assert answer.parameters["message_thread_id"] == 5


async def test_ignores_its_own_inline_results(api: BotApi, bot: RunningBot) -> None:
    api.say("1.38万元", via_bot=BOT)
    api.say("甲")
    [answer] = await api.wait_for_sent(1)
    assert answer.text.startswith("甲")


async def test_answers_only_those_on_the_lists(api: BotApi, start_bot: StartBot) -> None:
    await start_bot(telegram_allowed_users={7}, telegram_allowed_chats={GROUP}, telegram_admins={1})
    api.say("甲", user=8)
    for question, user, chat in (
        ("乙", 7, 7),
        ("丙", 1, 1),
        ("@juesuan_test_bot 丁", 8, GROUP),
        ("@juesuan_test_bot 戊", 8, -9),
    ):
        api.say(question, user=user, chat=chat)
    await api.wait_for_sent(4)
    await asyncio.sleep(0.2)
    said = {call.parameters["chat_id"]: call.text for call in api.sent()}
    assert said.keys() == {8, 7, 1, GROUP} and "编号 8" in said[8]


async def test_slows_down_who_asks_too_often(api: BotApi, start_bot: StartBot) -> None:
    bot = await start_bot(telegram_questions_per_minute=2)
    for text in "甲乙丙丁":
        api.say(text)
    api.say("戊", user=8)
    await api.wait_for_sent(4)
    await asyncio.sleep(0.2)
    assert sorted(bot.partner.asked) == sorted(["甲", "乙", "戊"])
    assert [call.text for call in api.sent() if "稍等" in call.text] == [
        "您问得有点快，每分钟最多 2 个问题，请稍等片刻再问。"
    ]
