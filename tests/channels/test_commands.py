"""Commands, lists and deep links, with what is really loaded."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from bot.channels.telegram.introduction import ADMIN_COMMANDS, COMMANDS
from knowledge.store import open_reader
from scripts.bot_api_server import BotApi
from tests.channels.conftest import RunningBot, StartBot


@pytest.fixture
async def bot(start_bot: StartBot, knowledge: Path) -> RunningBot:
    """The bot over the samples, with user 1 as its admin."""
    return await start_bot(knowledge_base=knowledge, telegram_admins={1})


async def test_greets_with_questions_about_loaded_reports(api: BotApi, bot: RunningBot) -> None:
    api.say("/start")
    [greeting] = await api.wait_for_sent(1)
    assert "5 个单位 5 份报告" in greeting.text and "样例" in greeting.text
    example, data = next(iter(greeting.buttons.items()))
    api.press(data)
    await api.wait_for_sent(2)
    assert bot.partner.asked == [example]


@pytest.mark.parametrize("command", ["/help", "/about", "/ask", "/compare", "/rank", "/export", "/sources", "/years"])
async def test_answers_every_command(api: BotApi, bot: RunningBot, command: str) -> None:
    api.say(command)
    [said] = await api.wait_for_sent(1)
    assert len(said.text) > 10 and bot.partner.asked == []


async def test_asks_what_stands_behind_a_command(api: BotApi, bot: RunningBot) -> None:
    api.say("/rank 2019年 卫生健康支出")
    await api.wait_for_sent(1)
    assert bot.partner.asked == ["2019年 卫生健康支出排名"]


async def test_browses_metrics_by_page(api: BotApi, bot: RunningBot) -> None:
    api.say("/metrics")
    [first] = await api.wait_for_sent(1)
    api.press(first.buttons["下一页 ›"])
    [second] = await api.wait_for_sent(1, "editMessageText")
    metrics = [label for label in first.buttons if "页" not in label and "/" not in label]
    assert len(metrics) == 8 and not set(metrics) & second.buttons.keys()


async def test_opens_exactly_the_shared_figure(api: BotApi, bot: RunningBot, knowledge: Path) -> None:
    with closing(open_reader(knowledge)) as connection:
        rows = connection.execute("SELECT id, value FROM figures WHERE unit = '万元' ORDER BY id LIMIT 3").fetchall()
    for figure_id, _ in rows:
        api.say(f"/start f-{figure_id}")
    answers = await api.wait_for_sent(3)
    assert [f"<b>{value}万元</b>" in answer.text for (_, value), answer in zip(rows, answers, strict=True)] == [
        True
    ] * 3


async def test_greets_for_a_link_to_nothing(api: BotApi, bot: RunningBot) -> None:
    api.say("/start f-0000")
    api.say("/start ask")
    answers = await api.wait_for_sent(2)
    assert all("您好" in answer.text for answer in answers)


async def test_says_what_it_cannot_read(api: BotApi, bot: RunningBot) -> None:
    api.say("/nonsense")
    voice = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 2}}
    api.add_update("message", api.message(None) | voice)
    api.say("/nonsense", chat=-100500)
    api.say("甲")
    command, spoken, _ = await api.wait_for_sent(3)
    assert "没有这个命令" in command.text and "文字" in spoken.text


async def test_forgets_the_conversation(api: BotApi, bot: RunningBot) -> None:
    for text in ("甲", "/new", "之前"):
        api.say(text)
    answers = await api.wait_for_sent(3)
    assert "忘掉" in answers[1].text and answers[2].text == "<b>之前问过：</b>"


async def test_exports_the_last_answer_as_a_workbook(api: BotApi, bot: RunningBot) -> None:
    api.say("甲")
    api.say("/export")
    [sent] = await api.wait_for_sent(1, "sendDocument")
    assert sent.files and all(file["filename"].endswith(".xlsx") for file in sent.files.values())


async def test_menus_are_chinese_and_admins_have_more(api: BotApi, bot: RunningBot) -> None:
    menus = await api.wait_for_sent(2, "setMyCommands")
    names = [[entry["command"] for entry in menu.parameters["commands"]] for menu in menus]
    assert names == [list(COMMANDS), [*COMMANDS, *ADMIN_COMMANDS]]
    assert menus[1].parameters["scope"]["chat_id"] == 1
