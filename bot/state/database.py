"""The file and its tables. One process, one thread; every method commits before it returns."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.state.inbox import Inbox
from bot.state.notes import Notes
from bot.state.turns import Turns
from bot.state.uploads import Uploads

_SCHEMA = """
CREATE TABLE IF NOT EXISTS updates (
    update_id INTEGER PRIMARY KEY,
    payload TEXT,
    received_at TEXT NOT NULL DEFAULT (datetime('now')),
    done_at TEXT
);
CREATE INDEX IF NOT EXISTS updates_open ON updates(update_id) WHERE done_at IS NULL;
CREATE TABLE IF NOT EXISTS deliveries (
    update_id INTEGER NOT NULL REFERENCES updates(update_id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    method TEXT NOT NULL,
    response BLOB,
    PRIMARY KEY (update_id, step)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id INTEGER UNIQUE,
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    message_id INTEGER,
    answer_message_id INTEGER,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    conversation TEXT NOT NULL,
    previous_id INTEGER,
    milliseconds REAL NOT NULL,
    asked_at TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE INDEX IF NOT EXISTS turns_by_message ON turns(chat_id, message_id);
CREATE INDEX IF NOT EXISTS turns_by_time ON turns(asked_at);
CREATE TABLE IF NOT EXISTS actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    question TEXT NOT NULL UNIQUE,
    used_at TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE TABLE IF NOT EXISTS conversations (
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    turn_id INTEGER NOT NULL,
    PRIMARY KEY (chat_id, user_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS questions (
    day TEXT NOT NULL,
    status TEXT NOT NULL,
    count INTEGER NOT NULL,
    milliseconds REAL NOT NULL,
    PRIMARY KEY (day, status)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unanswered (
    question TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    count INTEGER NOT NULL,
    last_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    turn_id INTEGER UNIQUE,
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    citation TEXT NOT NULL,
    given_at TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE TABLE IF NOT EXISTS uploads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    document TEXT NOT NULL,
    fate TEXT NOT NULL DEFAULT 'waiting',
    sent_at TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE TABLE IF NOT EXISTS heartbeat (
    name TEXT PRIMARY KEY,
    at REAL NOT NULL
) WITHOUT ROWID;
"""


class State:
    """The open state: ``inbox`` (updates and what was sent for them), ``turns``, ``notes`` and ``uploads``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.inbox = Inbox(connection)
        self.turns = Turns(connection)
        self.notes = Notes(connection)
        self.uploads = Uploads(connection)

    def beat(self, name: str, at: float) -> None:
        """Notes that ``name`` was alive at ``at`` (seconds since 1970)."""
        self.connection.execute("INSERT OR REPLACE INTO heartbeat VALUES (?, ?)", (name, at))

    def last_beats(self) -> dict[str, float]:
        """When each part was last alive."""
        return {row[0]: row[1] for row in self.connection.execute("SELECT name, at FROM heartbeat")}

    def forget_before(self, days: int) -> None:
        """Deletes conversations, buttons and finished updates older than ``days``."""
        age = f"-{days} days"
        self.connection.execute("DELETE FROM turns WHERE asked_at < datetime('now', ?)", (age,))
        self.connection.execute("DELETE FROM conversations WHERE turn_id NOT IN (SELECT id FROM turns)")
        self.connection.execute("DELETE FROM actions WHERE used_at < datetime('now', ?)", (age,))
        self.connection.execute("DELETE FROM updates WHERE done_at < datetime('now', ?)", (age,))

    def close(self) -> None:
        """Closes the file."""
        self.connection.close()


def open_state(path: Path) -> State:
    """Opens the state, making the file and its tables where they are missing.

    Raises ``sqlite3.DatabaseError`` if the file is not a SQLite file, ``OSError`` if its folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(_SCHEMA)
    return State(connection)
