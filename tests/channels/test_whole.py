"""The real bot over the samples, end to end: the numbers that the reports print, in the chat."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.assistant import Assistant
from knowledge.connection import open_reader
from scripts.bot_api_server import BotApi
from tests.channels.conftest import RunningBot, StartBot
from tests.published import write_pdf

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def bot(start_bot: StartBot, knowledge: Path) -> AsyncIterator[RunningBot]:
    """The bot with the real assistant."""
    yield await start_bot(knowledge_base=knowledge, partner=Assistant(knowledge))


async def test_says_the_number_first_and_proves_it(api: BotApi, bot: RunningBot) -> None:
    api.say("渠县2022年三公经费")
    [answer] = await api.wait_for_sent(1)
    assert answer.text.startswith("<b>1.38万元</b>：渠县医疗保障局2022年三公经费")
    assert "100%" in answer.text and "0.02万元" in answer.text and "1.43%" in answer.text
    assert "《渠县医疗保障局2022年度部门决算》" in answer.text and "<blockquote>原文：" in answer.text


async def test_understands_follow_ups_after_a_restart(
    api: BotApi, bot: RunningBot, start_bot: StartBot, knowledge: Path
) -> None:
    api.say("渠县2022年三公经费")
    await api.wait_for_sent(1)
    await bot.stop()
    await start_bot(knowledge_base=knowledge, partner=Assistant(knowledge))
    api.say("公务接待费呢")
    follow_up = (await api.wait_for_sent(2))[1]
    assert follow_up.text.startswith("<b>0.07万元</b>：渠县医疗保障局2022年公务接待费")


async def test_shows_the_source_in_its_surroundings(api: BotApi, bot: RunningBot) -> None:
    api.say("石峰区2019年机关运行经费")
    [answer] = await api.wait_for_sent(1)
    api.press(answer.buttons["出处"])
    source = (await api.wait_for_sent(2))[1]
    assert "<b>11.06</b>万元" in source.text and "t.me/juesuan_test_bot?start=f-" in source.text


async def test_says_that_there_is_nothing(api: BotApi, bot: RunningBot) -> None:
    api.say("明天天气怎么样")
    api.say("渠县2018年三公经费")
    nothing, other_year = await api.wait_for_sent(2)
    assert "没有看懂" in nothing.text and "1.38" not in other_year.text and "2022年" in other_year.text


async def test_answers_in_the_terminal_as_in_telegram(api: BotApi, bot: RunningBot, knowledge: Path) -> None:
    from bot.channels.telegram.sending import plain

    api.say("渠县2022年三公经费")
    [answer] = await api.wait_for_sent(1)
    environment = os.environ | {"KNOWLEDGE_BASE": str(knowledge), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment.pop("TELEGRAM_BOT_TOKEN", None)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=knowledge.parent, env=environment,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await process.communicate("渠县2022年三公经费\n".encode())
    assert printed.decode().strip() == plain(answer.text)


async def test_loads_a_pdf_in_chat_and_shows_the_page_of_a_figure(
    api: BotApi, start_bot: StartBot, knowledge: Path, tmp_path: Path
) -> None:
    await start_bot(knowledge_base=knowledge, partner=Assistant(knowledge), telegram_admins={1})
    path = write_pdf(tmp_path / "报告.pdf")
    api.files["pdf"] = path.read_bytes()
    document = {"file_id": "pdf", "file_unique_id": "pdf", "file_name": path.name, "file_size": path.stat().st_size}
    api.add_update("message", api.message(None, user=1) | {"document": document})
    [summary] = await api.wait_for_sent(1, "editMessageText", seconds=60)
    api.press(summary.buttons["确认入库"], user=1)
    await api.wait_for_sent(3, "editMessageText", seconds=60)
    with closing(open_reader(knowledge)) as connection:
        [figure] = connection.execute("SELECT id FROM figures WHERE box IS NOT NULL ORDER BY start LIMIT 1").fetchone()
    api.say(f"/start f-{figure}", user=1)
    answer = (await api.wait_for_sent(2, "sendMessage"))[-1]
    api.press(answer.buttons["出处"], user=1)
    photo = (await api.wait_for_sent(1, "sendPhoto", seconds=30))[0]
    assert "第1页" in photo.text and next(iter(photo.files.values()))["body"].startswith(b"\x89PNG")
