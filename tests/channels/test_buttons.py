"""Buttons under an answer; also after a restart."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bot.models import Answer, Question
from bot.spreadsheet import render_workbook
from scripts.bot_api_server import BotApi
from tests.channels.conftest import RunningBot, StartBot
from tests.channels.partner import QUOTE, shown_figure


async def test_work_after_a_restart(api: BotApi, bot: RunningBot, start_bot: StartBot) -> None:
    api.say("甲")
    [answer] = await api.wait_for_sent(1)
    await bot.stop()
    again = await start_bot()
    api.press(answer.buttons["历年"])
    api.press(answer.buttons["构成"])
    await api.wait_for_sent(3, "sendMessage")
    assert again.partner.asked == ["渠县医疗保障局三公经费历年", "渠县医疗保障局2022年三公经费构成"]


async def test_source_shows_place_and_quote(api: BotApi, start_bot: StartBot, knowledge: Path) -> None:
    await start_bot(knowledge_base=knowledge)
    api.say("甲")
    [answer] = await api.wait_for_sent(1)
    api.press(answer.buttons["出处"])
    source = (await api.wait_for_sent(2))[1]
    assert "《渠县医疗保障局2022年度部门决算》第三部分&gt;八，第321行" in source.text
    assert "<blockquote>2022年度“三公”经费财政拨款支出决算为<b>1.38</b>万元" in source.text
    assert 'href="https://t.me/juesuan_test_bot?start=f-f1"' in source.text


async def test_objections_reach_the_admins_once(api: BotApi, start_bot: StartBot) -> None:
    bot = await start_bot(telegram_admins={1})
    api.say("甲")
    [answer] = await api.wait_for_sent(1)
    api.press(answer.buttons["数字有误"])
    api.press(answer.buttons["数字有误"])
    notices = await api.wait_for_sent(2, "answerCallbackQuery")
    assert [("谢谢" in n.text, "已经有人" in n.text) for n in notices] == [(True, False), (False, True)]
    [told] = [call for call in api.sent() if call.parameters["chat_id"] == 1]
    assert "问题：甲" in told.text and "第321行" in told.text
    [feedback] = bot.services.state.notes.feedback(5)
    assert (feedback.question, "1.38万元" in feedback.answer) == ("甲", True)


def test_workbook_has_numbers_and_citations() -> None:
    answer = Answer(status="answered", question=Question(text="甲"), figures=(shown_figure(value="1.30"),))
    sheet = load_workbook(BytesIO(render_workbook(answer)))["数字与出处"]
    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (row["数值"].value, row["数值"].number_format, row["计量单位"].value) == (1.3, "0.00", "万元")
    assert (row["报告"].value, row["位置"].value, row["原文"].value) == (
        "渠县医疗保障局2022年度部门决算",
        "第321行",
        QUOTE,
    )
