"""Opens the knowledge base for reading, with nothing but Python's own sqlite3: the bot starts without the writing side."""

from __future__ import annotations

import sqlite3
from pathlib import Path

BUSY_SECONDS = 30.0
SCHEMA = frozenset({"0001_create_tables", "0002_create_views", "0003_create_name_index"})
"""The steps of ``knowledge.schema`` that a knowledge base of this version has."""


class StoreError(Exception):
    """The knowledge base cannot be opened; the message is for the user."""


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads: rows by column name, usable from any one thread at a time.

    Raises StoreError where there is no knowledge base, or one of another version.
    """
    if not path.is_file():
        raise StoreError(f"没有找到知识库 {path}。请先用 scripts/load_reports.py 载入报告。")
    connection = connect(f"{path.resolve().as_uri()}?mode=ro", path)
    try:
        applied = {name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations")}
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{path} 不是本程序的知识库。") from error
    if applied != SCHEMA:
        connection.close()
        raise StoreError(f"知识库 {path} 是另一版本建立的。请用 scripts/load_reports.py 重新载入报告。")
    connection.row_factory = sqlite3.Row
    return connection


def connect(target: str, path: Path) -> sqlite3.Connection:
    """A connection to an SQLite URI; ``path`` is for the message. Raises StoreError."""
    try:
        connection = sqlite3.connect(
            target, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise StoreError(f"打不开知识库 {path}：{error}。") from error
    return connection
