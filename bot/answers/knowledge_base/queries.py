"""One connection and the way to ask it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any


class Queries:
    """Asks one read-only connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def forget(self) -> None:
        """Drop what was kept of an older state of the knowledge base."""

    def _all(self, query: str, values: Iterable[object] = ()) -> list[Any]:
        return self.connection.execute(query, tuple(values)).fetchall()


def marks(values: Sequence[object]) -> str:
    """Question marks for an SQL list."""
    return ",".join("?" * len(values))
