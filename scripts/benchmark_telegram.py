"""How the Telegram bot bears a crowd: real process, real HTTP on loopback. ``scripts/benchmark.py telegram`` runs it.

Every user asks a number of questions, first one after the other, then all at once. Counted are answers lost, answers in
the wrong chat or order, waiting times, and the memory of the bot.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot.assistant import Assistant
from bot.catalogue import Catalogue
from bot.channels.telegram.rendering import render_pages
from scripts.bot_api_server import TOKEN, BotApi, Call

_ROOT = Path(__file__).parents[1]
_START_SECONDS = 60.0


@dataclass(slots=True)
class Crowd:
    """What was measured in one round. Times in seconds, memory in MiB."""

    name: str
    asked: int = 0
    answered: int = 0
    misplaced: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    processor_seconds: float = 0.0
    memory_before: float = 0.0
    memory_after: float = 0.0

    def describe(self) -> str:
        """One line for a person."""
        late = quantiles(self.waits, n=100)[98] if len(self.waits) > 1 else 0.0
        return (
            f"{self.name}: {self.answered}/{self.asked} answered, {self.misplaced} in the wrong chat or order, "
            f"{self.answered / self.seconds:.0f} answers/s, wait median {median(self.waits) * 1000:.0f} ms, "
            f"99 % {late * 1000:.0f} ms, "
            f"{self.processor_seconds / self.answered * 1000:.1f} ms of processor time an answer, memory {self.memory_before:.0f} → {self.memory_after:.0f} MiB"
        )


def measure_telegram(database: Path, users: int = 200, questions: int = 20) -> list[Crowd]:
    """Both rounds against a bot that answers from ``database``."""
    return asyncio.run(_measure(database, users, questions))


async def _measure(database: Path, users: int, questions: int) -> list[Crowd]:
    expected = _expected_answers(database)
    api = BotApi()
    api.start()
    with TemporaryDirectory(prefix="juesuan-") as folder:
        process = await _start_bot(api, database, Path(folder))
        try:
            await api.wait_for(lambda: api.polls > 0, _START_SECONDS)
            rounds = [
                await _Round(api, process.pid, expected, users, questions).run(name)
                for name in ("one by one", "all at once")
            ]
        finally:
            process.terminate()
            await process.wait()
    await api.stop()
    return rounds


def _expected_answers(database: Path) -> dict[str, str]:
    """Questions that the knowledge base answers, with the answer's first page."""
    assistant = Assistant(database)
    catalogue = Catalogue(database)
    metrics = [entry.label for entry in catalogue.metrics(6, 3)]
    reports = [report for report in catalogue.reports(10) if report.agency and report.year]
    asked = [f"{report.agency}{report.year}年{metric}决算数" for report in reports for metric in metrics]
    return {question: render_pages(assistant.ask(question)[0])[0] for question in asked}


async def _start_bot(api: BotApi, database: Path, folder: Path) -> asyncio.subprocess.Process:
    environment = os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.url,
        "TELEGRAM_MESSAGES_PER_SECOND": "100000",
        "TELEGRAM_QUESTIONS_PER_MINUTE": "100000",
        "KNOWLEDGE_BASE": str(database.resolve()),
        "STATE_DATABASE": str(folder / "state.db"),
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(_ROOT),
    }
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", cwd=folder, env=environment)


class _Round:
    """One round: who asked what, and what came back."""

    def __init__(self, api: BotApi, pid: int, expected: dict[str, str], users: int, questions: int) -> None:
        self._api = api
        self._pid = pid
        self._expected = expected
        chance = random.Random(users * questions)
        self._plans = {1000 + user: chance.choices(list(expected), k=questions) for user in range(users)}
        self._answers: dict[int, list[Call]] = defaultdict(list)
        self._sent_at: dict[int, list[float]] = defaultdict(list)

    async def run(self, name: str) -> Crowd:
        """Asks everything and waits for the answers."""
        crowd = Crowd(name, asked=sum(map(len, self._plans.values())), memory_before=_resident(self._pid))
        self._api.calls.clear()
        self._api.on_sent = lambda call: self._take(call, crowd, one_by_one=name == "one by one")
        started, used = time.monotonic(), _processor_seconds(self._pid)
        for user, plan in self._plans.items():
            for question in plan[: 1 if name == "one by one" else None]:
                self._ask(user, question)
        await self._api.wait_for(lambda: crowd.answered >= crowd.asked, 600)
        crowd.seconds = time.monotonic() - started
        crowd.processor_seconds = _processor_seconds(self._pid) - used
        crowd.memory_after = _resident(self._pid)
        return crowd

    def _ask(self, user: int, question: str) -> None:
        self._sent_at[user].append(time.monotonic())
        self._api.say(question, user=user)

    def _take(self, call: Call, crowd: Crowd, *, one_by_one: bool) -> None:
        user = int(call.parameters["chat_id"])
        position, plan = len(self._answers[user]), self._plans[user]
        self._answers[user].append(call)
        crowd.answered += 1
        crowd.misplaced += call.text != self._expected[plan[position]]
        crowd.waits.append(time.monotonic() - self._sent_at[user][position])
        if one_by_one and position + 1 < len(plan):
            self._ask(user, plan[position + 1])


def _resident(pid: int) -> float:
    """Memory of a process in MiB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _processor_seconds(pid: int) -> float:
    """Processor time used by a process so far; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
