"""Opens the knowledge base for reading, with nothing but Python's own sqlite3: the bot starts without the writing side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

BUSY_SECONDS = 30.0
MOST_KEPT = 8192
FASTER = frozenset({"0004_index_parents"})
"""Steps of ``knowledge.schema`` that add an index: without them the same is read, only slower."""
SCHEMA = frozenset({"0001_create_tables", "0002_create_views", "0003_create_name_index"}) | FASTER
"""The steps of ``knowledge.schema`` that a knowledge base of this version has."""


class StoreError(Exception):
    """The knowledge base cannot be opened; the message is for the user."""


Arguments = TypeVarTuple("Arguments")
Found = TypeVar("Found")
Opened = TypeVar("Opened", bound=sqlite3.Connection)


class Reader(sqlite3.Connection):
    """A connection that only reads; inside ``snapshot`` it keeps what is read again and again."""

    _rooms: defaultdict[object, dict[Any, Any]]
    _version: int | None = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is one state of the knowledge base, whatever is loaded meanwhile."""
        self.execute("BEGIN")
        try:
            (version,) = self.execute("PRAGMA data_version").fetchone()
            if version != self._version:
                self._version, self._rooms = version, defaultdict(dict)
            yield
        finally:
            self.execute("COMMIT")

    def room(self, name: object, most: int = MOST_KEPT) -> dict[Any, Any]:
        """What is kept under a name until the knowledge base changes or there is too much; outside a snapshot nothing."""
        if not self.in_transaction:
            return {}
        kept = self._rooms[name]
        if len(kept) >= most:
            kept.clear()
        return kept


def keep(read: Callable[[Reader, *Arguments], Found]) -> Callable[[Reader, *Arguments], Found]:
    """A function that reads the knowledge base; what it found is kept (see ``Reader.room``), so nobody may change it."""

    @wraps(read)
    def kept(reader: Reader, *arguments: *Arguments) -> Found:
        room = reader.room(read)
        try:
            found: Found = room[arguments]
        except KeyError:
            found = room[arguments] = read(reader, *arguments)
        return found

    return kept


def open_reader(path: Path) -> Reader:
    """A connection that only reads: rows by column name, usable from any one thread at a time.

    Raises StoreError where there is no knowledge base, or one of another version.
    """
    if not path.is_file():
        raise StoreError(f"没有找到知识库 {path}。请先用 scripts/load_reports.py 载入报告。")
    connection = connect(f"{path.resolve().as_uri()}?mode=ro", path, Reader)
    try:
        applied = {name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations")}
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{path} 不是本程序的知识库。") from error
    if not SCHEMA - FASTER <= applied <= SCHEMA:
        connection.close()
        raise StoreError(f"知识库 {path} 是另一版本建立的。请用 scripts/load_reports.py 重新载入报告。")
    connection.row_factory = sqlite3.Row
    return connection


def connect(target: str, path: Path, kind: type[Opened]) -> Opened:
    """A connection to an SQLite URI; ``path`` is for the message. Raises StoreError."""
    try:
        connection = sqlite3.connect(
            target, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=kind
        )
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise StoreError(f"打不开知识库 {path}：{error}。") from error
    return connection
