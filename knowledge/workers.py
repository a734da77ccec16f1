"""The same function over many arguments, in processes of its own where that pays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")
WORTH_A_POOL = 12
_WAITING_PER_WORKER = 3


def run_each(
    function: Callable[..., Result], calls: Sequence[tuple[Any, ...]], jobs: int | None = None
) -> Iterator[tuple[int, Result | Exception]]:
    """Index and result (or the exception) of every call, as they are done.

    ``jobs`` None: all cores where there are at least a dozen calls, else this process. A call that kills its process
    gives ``BrokenProcessPool``; the others are done all the same.
    """
    workers = min(len(calls), jobs if jobs is not None else (os.cpu_count() or 1) if len(calls) >= WORTH_A_POOL else 1)
    if workers <= 1:
        for index, call in enumerate(calls):
            yield index, _attempt(function, call)
        return
    broken: list[int] = []
    for index, result in _run_in_pool(function, calls, workers):
        if isinstance(result, BrokenProcessPool):
            broken.append(index)
        else:
            yield index, result
    for index in sorted(broken):
        for _, result in _run_in_pool(function, [calls[index]], 1):
            yield index, result


def _attempt(function: Callable[..., Result], call: tuple[Any, ...]) -> Result | Exception:
    try:
        return function(*call)
    except Exception as error:
        return error


def _run_in_pool(
    function: Callable[..., Result], calls: Sequence[tuple[Any, ...]], workers: int
) -> Iterator[tuple[int, Result | Exception]]:
    queue = iter(enumerate(calls))
    waiting: dict[Future[Result | Exception], int] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        while True:
            for index, call in islice(queue, workers * _WAITING_PER_WORKER - len(waiting)):
                waiting[_submit(pool, function, call)] = index
            if not waiting:
                return
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                error = done.exception()
                yield waiting.pop(done), error if isinstance(error, Exception) else done.result()


def _end_with_parent() -> None:
    """Let this worker end when the process that started it is killed, instead of waiting for work for ever."""
    parent = parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _submit(
    pool: ProcessPoolExecutor, function: Callable[..., Result], call: tuple[Any, ...]
) -> Future[Result | Exception]:
    try:
        return pool.submit(_attempt, function, call)
    except BrokenProcessPool as error:
        broken: Future[Result | Exception] = Future()
        broken.set_exception(error)
        return broken
