"""Reading the knowledge base needs no library of the writing side."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from knowledge.connection import SCHEMA, Reader, StoreError, keep
from knowledge.schema import MIGRATIONS
from knowledge.store import Store, open_reader


def test_a_reader_expects_every_step_of_the_schema() -> None:
    assert {step.name for step in MIGRATIONS.pending(Database(memory=True))} == SCHEMA


def test_questions_are_read_without_loading_libraries() -> None:
    program = "import sys, bot.assistant, knowledge.connection; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {
        "sqlite_utils", "pypinyin", "numpy", "cn2an", "lxml", "pypdfium2", "openpyxl", "structlog", "rich", "asyncio",
    }  # fmt: skip


@keep
def _count(reader: Reader) -> int:
    return int(reader.execute("SELECT count(*) FROM agencies").fetchone()[0])


def test_what_a_reader_keeps_is_of_one_state(tmp_path: Path) -> None:
    with Store(tmp_path / "kept.db") as store, closing(open_reader(store.path)) as reader:
        add = "INSERT INTO agencies (name) VALUES (?)"
        with reader.snapshot():
            assert _count(reader) == 0
            store.connection.execute(add, ["渠县财政局"])
            assert _count(reader) == 0
        with reader.snapshot():
            assert _count(reader) == 1
        store.connection.execute(add, ["渠县审计局"])
        assert _count(reader) == 2


def test_a_reader_keeps_no_more_than_it_may(tmp_path: Path) -> None:
    Store(tmp_path / "kept.db").close()
    with closing(open_reader(tmp_path / "kept.db")) as reader, reader.snapshot():
        for number in range(10):
            reader.room("numbers", most=4)[number] = number
            assert list(reader.room("numbers", most=5))[-1] == number
        assert len(reader.room("numbers", most=5)) <= 4


def test_a_knowledge_base_without_the_newest_index_is_read_and_gets_it_when_loaded(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    with Store(path) as store:
        store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0004_index_parents'")
        store.connection.execute("DROP INDEX figures_by_parent")
    open_reader(path).close()
    with Store(path) as store:
        assert store.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'figures_by_parent'").fetchone()


def test_a_knowledge_base_without_its_tables_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "other.db") as store:
        store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0003_create_name_index'")
    with pytest.raises(StoreError):
        open_reader(tmp_path / "other.db")
