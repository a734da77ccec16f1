"""Reports that admins sent in chat and that wait for their confirmation."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent by an admin; ``fate`` is waiting, loading, loaded or discarded."""

    id: int
    user_id: int
    path: Path
    document: str
    fate: str


class Uploads:
    """The files sent, and what became of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, user_id: int, path: Path, document: str) -> int:
        """Stores a waiting file and returns its id."""
        row = self._connection.execute(
            "INSERT INTO uploads (user_id, path, document) VALUES (?, ?, ?) RETURNING id",
            (user_id, str(path), document),
        ).fetchone()
        return int(row[0])

    def get(self, upload_id: int) -> Upload | None:
        """A file, None if there never was one."""
        row = self._connection.execute(
            "SELECT id, user_id, path, document, fate FROM uploads WHERE id = ?", (upload_id,)
        ).fetchone()
        return Upload(row[0], row[1], Path(row[2]), row[3], row[4]) if row else None

    def settle(self, upload_id: int, fate: str) -> None:
        """The file was loaded or discarded."""
        self._connection.execute("UPDATE uploads SET fate = ? WHERE id = ?", (fate, upload_id))

    def reopen(self) -> None:
        """What was being loaded when the bot was killed waits again."""
        self._connection.execute("UPDATE uploads SET fate = 'waiting' WHERE fate = 'loading'")
