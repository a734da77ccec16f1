"""Questions and answers over HTTP, by long polling."""

from __future__ import annotations

from scripts.bot_api_server import BotApi
from tests.channels.conftest import RunningBot


async def test_answers_with_the_number_bold_and_everything_escaped(api: BotApi, bot: RunningBot) -> None:
    api.say("渠县2022三公")
    [answer] = await api.wait_for_sent(1)
    assert answer.parameters["chat_id"] == 7
    assert answer.text.startswith("渠县2022三公 &lt;<b>1.38万元</b>&gt;\n")
    assert "<blockquote>“2022年度" in answer.text
    assert {"出处", "构成", "历年", "对比", "导出", "数字有误"} <= answer.buttons.keys()
    assert all(len(data.encode()) <= 64 for data in answer.buttons.values())


async def test_keeps_conversations_apart_by_chat_and_user(api: BotApi, bot: RunningBot) -> None:
    api.say("甲", user=7)
    api.say("乙", user=8)
    api.say("之前", user=7)
    answers = await api.wait_for_sent(3)
    assert next(a.text for a in answers if "之前问过" in a.text) == "<b>之前问过：甲</b>"


async def test_edits_the_answer_of_an_edited_question(api: BotApi, bot: RunningBot) -> None:
    question = api.say("甲")
    await api.wait_for_sent(1)
    api.edit(question, "天气")
    [edited] = await api.wait_for_sent(1, "editMessageText")
    assert edited.text == "没有看懂这个问题。"
    assert len(api.sent()) == 1


async def test_pages_a_long_list_without_cutting_a_line(api: BotApi, bot: RunningBot) -> None:
    api.say("清单")
    [first] = await api.wait_for_sent(1)
    assert first.text.count("\n") == 29
    api.press(first.buttons["下一页 ›"])
    [second] = await api.wait_for_sent(1, "editMessageText")
    assert second.text.splitlines()[0] == "30. 单位30：30.00万元"
    assert "‹ 上一页" in second.buttons


async def test_offers_choices_as_buttons_that_ask(api: BotApi, bot: RunningBot) -> None:
    api.say("哪个")
    [asking] = await api.wait_for_sent(1)
    api.press(asking.buttons["曾都区"])
    await api.wait_for_sent(2)
    assert bot.partner.asked == ["哪个", "曾都区三公"]


async def test_answers_old_buttons_kindly(api: BotApi, bot: RunningBot) -> None:
    api.press("page:999:1")
    [notice] = await api.wait_for_sent(1, "answerCallbackQuery")
    assert "失效" in notice.text


async def test_apologizes_once_with_a_short_id(api: BotApi, bot: RunningBot) -> None:
    api.say("炸")
    [apology] = await api.wait_for_sent(1)
    assert "抱歉" in apology.text and "RuntimeError" not in apology.text
