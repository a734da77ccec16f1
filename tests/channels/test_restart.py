"""Killed at any moment and started again: every question is answered once, follow-ups are understood, logs are clean."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections import Counter
from pathlib import Path

from scripts.bot_api_server import TOKEN, BotApi, Failure
from tests.channels.conftest import RunningBot, StartBot

ROOT = Path(__file__).parents[2]
QUESTIONS = 60
KILLS = 2
PATIENCE = 120
"""Seconds until a bot that does not answer counts as hanging: starting its process takes long where others work."""


async def _start_process(api: BotApi, folder: Path, log: Path) -> asyncio.subprocess.Process:
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.url,
        "TELEGRAM_MESSAGES_PER_SECOND": "1000",
        "TELEGRAM_QUESTIONS_PER_MINUTE": "1000",
        "STATE_DATABASE": str(folder / "state.db"),
        "PYTHONPATH": str(ROOT),
    }
    with log.open("ab") as stream:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.channels.scripted_bot", cwd=folder, env=environment, stderr=stream, stdout=stream
        )  # fmt: skip


async def test_answers_each_question_once_though_killed(api: BotApi, tmp_path: Path) -> None:
    moments = random.Random(7)
    log = tmp_path / "log"
    for number in range(QUESTIONS):
        api.say(f"问{number}。", user=1 + number % 4)
    for kill in range(KILLS):
        process = await _start_process(api, tmp_path, log)
        reached = (kill + 1) * QUESTIONS // (KILLS + 2)
        await api.wait_for(lambda reached=reached: len(api.sent()) >= reached, PATIENCE)
        await asyncio.sleep(moments.random() * 0.02)
        process.kill()
        await process.wait()
    process = await _start_process(api, tmp_path, log)
    await api.wait_for_sent(QUESTIONS, seconds=PATIENCE)
    api.say("之前", user=1)
    answers = await api.wait_for_sent(QUESTIONS + 1, seconds=PATIENCE)
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    counts = Counter(answer.text.split("。")[0] for answer in answers[:-1])
    assert set(counts.values()) == {1} and len(counts) == QUESTIONS
    for user in range(1, 5):
        got = [a.text.split("。")[0] for a in answers[:-1] if a.parameters["chat_id"] == user]
        assert got == [f"问{number}" for number in range(user - 1, QUESTIONS, 4)]
    assert "之前问过：" + "、".join(f"问{number}。" for number in range(0, QUESTIONS, 4)) in answers[-1].text
    _check_log(log)


def _check_log(log: Path) -> None:
    printed = log.read_text("utf-8")
    assert TOKEN not in printed and TOKEN.split(":")[1] not in printed and "问1" not in printed
    assert all(json.loads(line)["event"] for line in printed.splitlines())


async def test_repeats_no_step_that_went_out_before(api: BotApi, bot: RunningBot, start_bot: StartBot) -> None:
    """An answer of two messages, the second of which never got through, is completed and not repeated."""
    api.fail("sendMessage", Failure(status=200), *[Failure(cut=True)] * 3)
    api.say("甲")
    await api.wait_for_sent(1)
    api.say("乙")
    await asyncio.sleep(0.5)
    assert len(api.sent()) == 1
    await bot.stop()
    await start_bot()
    answers = await api.wait_for_sent(2)
    assert [a.text[0] for a in answers] == ["甲", "乙"]


async def test_ignores_an_update_that_comes_again(api: BotApi, bot: RunningBot) -> None:
    api.say("甲")
    await api.wait_for_sent(1)
    again = {"update_id": 1, "message": api.message("甲")}
    api.updates.appendleft(again)
    api.say("乙")
    answers = await api.wait_for_sent(2)
    assert [a.text[0] for a in answers] == ["甲", "乙"]
