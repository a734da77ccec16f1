"""Reading in a process of its own: limits, crashes, and the sentence for each."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.readers import ReaderError
from knowledge.readers.isolated import (
    CrashError,
    LimitedWorker,
    MemoryLimitError,
    TimeLimitError,
    explain,
    read_isolated,
)


@pytest.fixture(scope="module")
def worker() -> Iterator[LimitedWorker]:
    with LimitedWorker(megabytes=1024) as limited:
        yield limited


def fill_memory(gigabytes: int) -> int:
    return len(bytearray(gigabytes << 30))


def process(_: object = None) -> int:
    return os.getpid()


def test_a_file_is_read_in_another_process(tmp_path: Path, worker: LimitedWorker) -> None:
    path = tmp_path / "report.txt"
    path.write_text("收入合计12.50万元。\n", "utf-8")
    assert read_isolated(path, worker=worker).text == "收入合计12.50万元。\n"
    first = worker.call(process)
    assert first == worker.call(process) != os.getpid()


def test_what_a_reader_says_comes_through(tmp_path: Path, worker: LimitedWorker) -> None:
    (tmp_path / "report.pdf").write_bytes(b"")
    with pytest.raises(ReaderError, match=r"《report\.pdf》是空文件"):
        read_isolated(tmp_path / "report.pdf", worker=worker)


def test_a_call_that_takes_too_long_is_stopped(worker: LimitedWorker) -> None:
    worker.call(process)
    with pytest.raises(TimeLimitError):
        worker.call(time.sleep, 60, seconds=0.2)
    assert worker.call(process) != os.getpid()


def test_a_call_that_needs_too_much_memory_is_stopped(worker: LimitedWorker) -> None:
    with pytest.raises(MemoryLimitError):
        worker.call(fill_memory, 2)
    assert worker.call(fill_memory, 0) == 0


def test_a_crash_is_told(worker: LimitedWorker) -> None:
    with pytest.raises(CrashError):
        worker.call(os._exit, 3)
    assert worker.call(process) != os.getpid()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeLimitError(), "读取超过 300 秒，已中止"),
        (MemoryLimitError(), "读取所需内存超出限度，已中止"),
        (CrashError(), "内容异常，读取时进程意外终止"),
        (KeyError("x"), "无法读取（KeyError）"),
    ],
)
def test_every_error_has_a_sentence(error: Exception, reason: str) -> None:
    message = str(explain("report.pdf", error))
    assert message.startswith(f"《report.pdf》{reason}") and message.endswith("。")
