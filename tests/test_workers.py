"""The same function over many arguments, in processes of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.readers.isolated import CrashError
from knowledge.workers import run_apart, run_here


def double(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    if number == 5:
        os._exit(9)
    return number * 2


def test_results_and_exceptions_in_this_process() -> None:
    results = dict(run_here(double, [(1,), (3,), (4,)]))
    assert (results[0], results[2], type(results[1])) == (2, 8, ValueError)


def test_a_worker_that_dies_takes_nobody_with_it() -> None:
    results = dict(run_apart(double, [(number,) for number in range(7)], jobs=2))
    assert {index: result for index, result in results.items() if isinstance(result, int)} == {
        0: 0,
        1: 2,
        2: 4,
        4: 8,
        6: 12,
    }
    assert type(results[3]) is ValueError
    assert type(results[5]) is CrashError


PARENT = """
import os, sys, time
sys.path.insert(0, {root!r})
from knowledge.workers import run_apart
def work(number):
    print(os.getpid(), flush=True)
    time.sleep(60)
if __name__ == "__main__":
    list(run_apart(work, [(1,), (2,)], jobs=2))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_workers_end_when_their_parent_is_killed(tmp_path_factory: pytest.TempPathFactory) -> None:
    script = tmp_path_factory.mktemp("parent") / "parent.py"
    script.write_text(PARENT.format(root=str(Path.cwd())), "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not any(is_running(worker) for worker in workers):
            return
        time.sleep(0.1)
    pytest.fail(f"still running: {workers}")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
