"""Reading the knowledge base needs no library of the writing side."""

from __future__ import annotations

import subprocess
import sys

from sqlite_utils import Database

from knowledge.connection import SCHEMA
from knowledge.schema import MIGRATIONS


def test_a_reader_expects_every_step_of_the_schema() -> None:
    assert {step.name for step in MIGRATIONS.pending(Database(memory=True))} == SCHEMA


def test_questions_are_read_without_loading_libraries() -> None:
    program = "import sys, bot.assistant, knowledge.connection; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"sqlite_utils", "pypinyin", "numpy", "cn2an", "lxml", "pypdfium2", "openpyxl"}
