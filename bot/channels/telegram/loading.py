"""Loading reports while others ask: in a process of its own, one after the other.

Only that process imports ``knowledge.load``: the libraries that read PDF, Word and Excel stay out of the bot's memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from knowledge.store import Store

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, as ``knowledge.load.Outcome`` says it; ``message`` is one sentence or empty."""

    origin: str
    status: str
    message: str
    document: str
    title: str
    agency: str | None
    year: int | None
    kind: str
    figures: int
    ignored: int
    unread: int
    findings: int


class ReportLoader:
    """Reads, loads and deletes reports of one knowledge base."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._executor: ProcessPoolExecutor | None = None

    async def read(self, path: Path) -> list[Outcome]:
        """What a file holds, without storing it."""
        return await self._run(_load, path, self._database, True)

    async def load(self, path: Path) -> list[Outcome]:
        """Stores a file, in place of what was stored of it."""
        return await self._run(_load, path, self._database, False)

    async def delete(self, document: str) -> bool:
        """Removes a report; False where there is none."""
        return await self._run(_delete, document, self._database)

    async def _run(self, work: Callable[..., Result], *arguments: object) -> Result:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *arguments)

    def close(self) -> None:
        """Ends the process after the file that it is at."""
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)


def _load(path: Path, database: Path, dry_run: bool) -> list[Outcome]:
    from knowledge.load import load_paths

    outcomes = load_paths([path], database, dry_run=dry_run, jobs=1).outcomes
    return [Outcome(**{field.name: getattr(outcome, field.name) for field in fields(Outcome)}) for outcome in outcomes]


def _delete(document: str, database: Path) -> bool:
    with Store(database) as store:
        return store.delete_report(document)
