"""One connection and the way to ask it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.connection import Reader


class Queries:
    """Asks one read-only connection."""

    def __init__(self, connection: Reader) -> None:
        self.connection = connection

    def _all(self, query: str, values: Iterable[object] = ()) -> list[Any]:
        return self.connection.execute(query, tuple(values)).fetchall()


def marks(values: Sequence[object]) -> str:
    """Question marks for an SQL list."""
    return ",".join("?" * len(values))
