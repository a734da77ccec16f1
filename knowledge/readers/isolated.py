"""Reading in a process of its own, with a limit of time and memory, that may be killed without harm to the load.

``LimitedWorker`` is a process that is used again for one file after the other, since starting one takes longer than
reading most files; it is replaced when it had to be killed or ran out of memory. Where it can, it starts as a copy of
this process, with all that is loaded already.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from knowledge.models import Source
from knowledge.readers import ReaderError, read_source

if sys.platform != "win32":
    import resource

Result = TypeVar("Result")
SECONDS = 300.0
MEGABYTES = 3072


class TimeLimitError(RuntimeError):
    """A call took longer than its limit and was stopped."""


class MemoryLimitError(RuntimeError):
    """A call needed more memory than its limit."""


class CrashError(RuntimeError):
    """The process ended in the middle of a call (a fault inside a format library)."""


def can_copy() -> bool:
    """Whether a process may start as a copy of this one: on Linux, while no other thread can hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


class LimitedWorker:
    """One process that runs one call at a time. Not for use by two threads at once."""

    def __init__(self, megabytes: int = MEGABYTES) -> None:
        self._megabytes = megabytes
        self._process: Any = None
        self._pipe: Connection | None = None

    def call(self, function: Callable[..., Result], *arguments: Any, seconds: float = SECONDS) -> Result:
        """``function(*arguments)`` in the process; function and arguments must be picklable.

        Raises what the function raises, TimeLimitError, MemoryLimitError or CrashError.
        """
        pipe = self.start()
        try:
            pipe.send((function, arguments))
            if not pipe.poll(seconds):
                self.close()
                raise TimeLimitError(f"longer than {seconds:g} s")
            done, result = pipe.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise CrashError("the process ended") from error
        if done:
            return result  # type: ignore[no-any-return]
        if isinstance(result, MemoryError):
            self.close()
            raise MemoryLimitError(f"more than {self._megabytes} MB") from None
        raise result

    def close(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> Connection:
        """The pipe to the running process, started now if there is none."""
        if self._pipe is None or not self._process.is_alive():
            self.close()
            context: Any = get_context("fork" if can_copy() else "spawn")
            here, there = context.Pipe()
            self._process = context.Process(target=_serve, args=(there, self._megabytes), daemon=True)
            self._process.start()
            there.close()
            self._pipe = here
        return self._pipe


def _serve(pipe: Connection, megabytes: int) -> None:
    """What the process does: answer calls until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform != "win32":
        limit = megabytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            function, arguments = pipe.recv()
        except EOFError:
            return
        try:
            answer = (True, function(*arguments))
        except Exception as error:
            answer = (False, error.with_traceback(None))
        _send(pipe, answer)


def _end_with_parent() -> None:
    """End in the middle of a call when the process that asked for it is killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _send(pipe: Connection, answer: tuple[bool, Any]) -> None:
    try:
        pipe.send(answer)
    except MemoryError as error:
        pipe.send((False, error))
    except Exception as error:
        pipe.send((False, RuntimeError(f"cannot send the result: {error}")))


def read_isolated(
    path: Path, *, seconds: float = SECONDS, megabytes: int = MEGABYTES, worker: LimitedWorker | None = None
) -> Source:
    """``read_source`` within limits. Raises ReaderError with one sentence for whatever goes wrong."""
    own = worker or LimitedWorker(megabytes)
    try:
        return own.call(read_source, path, seconds=seconds)
    except Exception as error:
        raise explain(path.name, error, seconds=seconds) from None
    finally:
        if worker is None:
            own.close()


def explain(name: str, error: Exception, *, seconds: float = SECONDS) -> ReaderError:
    """The sentence for an error that ended the reading of a file."""
    if isinstance(error, ReaderError):
        return error
    if isinstance(error, TimeLimitError):
        return ReaderError(f"《{name}》读取超过 {seconds:g} 秒，已中止，请拆分成较小的文件后再载入。")
    if isinstance(error, MemoryLimitError):
        return ReaderError(f"《{name}》读取所需内存超出限度，已中止，请拆分成较小的文件后再载入。")
    if isinstance(error, CrashError):
        return ReaderError(f"《{name}》内容异常，读取时进程意外终止，请重新下载或另存后再载入。")
    return ReaderError(f"《{name}》无法读取（{type(error).__name__}），请检查文件是否完整。")
