"""The same function over many arguments: in this process, or in processes of its own with limits of time and memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from itertools import islice
from queue import SimpleQueue
from typing import Any, TypeVar

from knowledge.readers.isolated import LimitedWorker

Result = TypeVar("Result")
Call = tuple[Any, ...]
_WAITING_PER_WORKER = 3


def run_here(function: Callable[..., Result], calls: Sequence[Call]) -> Iterator[tuple[int, Result | Exception]]:
    """Index and result (or the exception) of every call, one after the other."""
    for index, call in enumerate(calls):
        yield index, _attempt(function, call)


def run_apart(
    function: Callable[..., Result], calls: Sequence[Call], jobs: int | None = None
) -> Iterator[tuple[int, Result | Exception]]:
    """Index and result (or the exception) of every call as they are done, in ``jobs`` processes (None: one a core).

    A call that takes too long, needs too much memory or crashes gives the error of ``readers.isolated``; the others are
    done all the same.
    """
    count = min(len(calls), jobs or os.cpu_count() or 1)
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(count))
        free: SimpleQueue[LimitedWorker] = SimpleQueue()
        for _ in range(count):
            worker = stack.enter_context(LimitedWorker())
            worker.start()
            free.put(worker)

        def run(call: Call) -> Result | Exception:
            worker = free.get()
            try:
                return _attempt(worker.call, (function, *call))
            finally:
                free.put(worker)

        stack.callback(pool.shutdown, wait=False, cancel_futures=True)
        queue = iter(enumerate(calls))
        waiting: dict[Future[Result | Exception], int] = {}
        while True:
            for index, call in islice(queue, count * _WAITING_PER_WORKER - len(waiting)):
                waiting[pool.submit(run, call)] = index
            if not waiting:
                return
            for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(done), done.result()


def _attempt(function: Callable[..., Result], call: Call) -> Result | Exception:
    try:
        return function(*call)
    except Exception as error:
        return error
