"""Killed at any moment and started again: no question is answered twice, follow-ups are understood, logs are clean.

An answer can be lost to a kill in one case only: between the note that it is out and its write, which no note can tell
from a kill right after the write. One thread writes, so that is one answer a kill at most, and the next start logs it.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from pathlib import Path

from scripts.bot_api_server import TOKEN, BotApi, Call, Failure
from tests.channels.conftest import RunningBot, StartBot

ROOT = Path(__file__).parents[2]
QUESTIONS = 60
USERS = range(1, 5)
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
        api.say(f"问{number}。", user=USERS[number % len(USERS)])
    for kill in range(KILLS):
        process = await _start_process(api, tmp_path, log)
        reached = (kill + 1) * QUESTIONS // (KILLS + 2)
        await api.wait_for(lambda reached=reached: len(api.sent()) >= reached, PATIENCE)
        await asyncio.sleep(moments.random() * 0.02)
        process.kill()
        await process.wait()
    process = await _start_process(api, tmp_path, log)
    for user in USERS:
        api.say("之前", user=user)
    await api.wait_for(lambda: len(_answers(api, "之前问过")) == len(USERS), PATIENCE)
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    lost = _check_questions(api)
    assert len(lost) <= KILLS and lost <= _perhaps_lost(log)
    _check_log(log)


def _answers(api: BotApi, opening: str) -> list[Call]:
    return [call for call in api.sent() if call.text.removeprefix("<b>").startswith(opening)]


def _check_questions(api: BotApi) -> set[int]:
    """Checks what each user got; returns the numbers of the questions whose answer never came."""
    lost = set()
    for user in USERS:
        asked = [f"问{number}" for number in range(USERS.index(user), QUESTIONS, len(USERS))]
        got = [call.text.split("。")[0] for call in _answers(api, "问") if call.parameters["chat_id"] == user]
        assert got == [question for question in asked if question in got]
        lost |= {int(question[1:]) for question in asked if question not in got}
        (before,) = [call for call in _answers(api, "之前问过") if call.parameters["chat_id"] == user]
        assert "、".join(f"{question}。" for question in asked) in before.text
    return lost


def _perhaps_lost(log: Path) -> set[int]:
    """Numbers of the questions whose answers the bot logged as out without a response; updates are counted from 1."""
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return {event["update"] - 1 for event in events if event["event"] == "sent before the restart, response not known"}


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
