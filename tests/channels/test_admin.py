"""Reports sent in chat, by admins alone: read, confirmed, loaded while others ask; listed and deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue import Catalogue
from scripts.bot_api_server import BotApi
from tests.channels.conftest import RunningBot, StartBot

REPORT = """测试县医疗保障局2023年度部门决算

第三部分 2023年度部门决算情况说明
一、收入支出决算总体情况说明
2023年度收入总计120.50万元，支出总计120.50万元。
八、“三公”经费财政拨款支出决算情况说明
2023年度“三公”经费财政拨款支出决算为2.50万元，完成预算的100%。
"""


@pytest.fixture
async def bot(start_bot: StartBot, knowledge: Path) -> RunningBot:
    """The bot over the samples, with user 1 as its admin."""
    return await start_bot(knowledge_base=knowledge, telegram_admins={1})


def _send_report(api: BotApi, *, user: int = 1, size: int = 900) -> None:
    api.files["report"] = REPORT.encode()
    document = {"file_id": "report", "file_unique_id": "report", "file_name": "测试县2023.txt", "file_size": size}
    api.add_update("message", api.message(None, user=user) | {"document": document})


async def test_loads_a_report_after_confirmation(api: BotApi, bot: RunningBot, knowledge: Path) -> None:
    _send_report(api)
    [_, summary] = [*await api.wait_for_sent(1), *await api.wait_for_sent(1, "editMessageText", seconds=30)]
    assert "测试县医疗保障局" in summary.text and "2023年" in summary.text and "读到" in summary.text
    assert Catalogue(knowledge).totals()[0] == 5
    api.press(summary.buttons["确认入库"], user=1)
    api.say("甲", user=7)
    edits = await api.wait_for_sent(3, "editMessageText", seconds=30)
    assert "已入库" in edits[-1].text and Catalogue(knowledge).totals()[0] == 6
    api.press(summary.buttons["确认入库"], user=1)
    notice = (await api.wait_for_sent(2, "answerCallbackQuery"))[-1]
    assert "失效" in notice.text


async def test_discards_a_report(api: BotApi, bot: RunningBot, tmp_path: Path) -> None:
    _send_report(api)
    [summary] = await api.wait_for_sent(1, "editMessageText", seconds=30)
    api.press(summary.buttons["放弃"], user=1)
    edits = await api.wait_for_sent(2, "editMessageText")
    assert "没有入库" in edits[-1].text
    assert not [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]


async def test_refuses_kindly(api: BotApi, bot: RunningBot) -> None:
    _send_report(api, user=7)
    _send_report(api, user=1, size=25_000_000)
    api.say("/stats", user=7)
    refusals = await api.wait_for_sent(3)
    assert "管理员" in refusals[0].text and "20 MB" in refusals[1].text and "管理员" in refusals[2].text


async def test_deletes_a_report_after_asking_again(api: BotApi, bot: RunningBot, knowledge: Path) -> None:
    api.say("/delete 渠县", user=1)
    [which] = await api.wait_for_sent(1)
    [data] = which.buttons.values()
    api.press(data, user=7)
    api.press(data, user=1)
    really = (await api.wait_for_sent(2))[-1]
    api.press(really.buttons["删除"], user=1)
    await api.wait_for_sent(1, "editMessageText", seconds=30)
    assert Catalogue(knowledge).totals()[0] == 4


async def test_shows_statistics_and_unanswered_questions(api: BotApi, bot: RunningBot) -> None:
    for text in ("甲", "天气", "天气"):
        api.say(text, user=7)
    await api.wait_for_sent(3)
    api.say("/stats", user=1)
    api.say("/unanswered", user=1)
    stats, unanswered = (await api.wait_for_sent(5))[3:]
    assert "答上 1 次" in stats.text and "没有看懂 2 次" in stats.text
    assert "1. 天气（没有看懂，2 次）" in unanswered.text
