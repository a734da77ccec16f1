"""Updates as received, and what has been sent for each: so that a kill drops no update and answers none twice."""

from __future__ import annotations

import sqlite3

AMBIGUOUS = b""


class Inbox:
    """Updates stay open from their receipt until they are answered; requests sent for one are numbered steps."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def receive(self, update_id: int, payload: str) -> bool:
        """Stores an update; False if it was received before."""
        cursor = self._connection.execute(
            "INSERT OR IGNORE INTO updates (update_id, payload) VALUES (?, ?)", (update_id, payload)
        )
        return cursor.rowcount == 1

    def open_payloads(self, hours: int = 24) -> list[str]:
        """Updates received in the last ``hours`` and not answered yet, oldest first."""
        rows = self._connection.execute(
            """SELECT payload FROM updates WHERE done_at IS NULL AND received_at >= datetime('now', ?)
               ORDER BY update_id""",
            (f"-{hours} hours",),
        )
        return [row[0] for row in rows]

    def finish(self, update_id: int) -> None:
        """The update is answered; its text is forgotten, its number is kept."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.execute(
                "UPDATE updates SET payload = NULL, done_at = datetime('now') WHERE update_id = ?", (update_id,)
            )
            self._connection.execute("DELETE FROM deliveries WHERE update_id = ?", (update_id,))

    def sent_before(self, update_id: int, step: int) -> bytes | None:
        """The response to a step of an earlier run; ``AMBIGUOUS`` if it went out and no response came back."""
        row = self._connection.execute(
            "SELECT response FROM deliveries WHERE update_id = ? AND step = ?", (update_id, step)
        ).fetchone()
        if row is None:
            return None
        response: bytes | None = row[0]
        return AMBIGUOUS if response is None else response

    def note_out(self, update_id: int, step: int, method: str) -> None:
        """The request is out; its response is still to come."""
        self._connection.execute(
            "INSERT OR REPLACE INTO deliveries (update_id, step, method) VALUES (?, ?, ?)", (update_id, step, method)
        )

    def note_sent(self, update_id: int, step: int, response: bytes) -> None:
        """The request was answered with ``response``."""
        self._connection.execute(
            "UPDATE deliveries SET response = ? WHERE update_id = ? AND step = ?", (response, update_id, step)
        )

    def note_refused(self, update_id: int, step: int) -> None:
        """The request was refused or never arrived: it may be sent again."""
        self._connection.execute("DELETE FROM deliveries WHERE update_id = ? AND step = ?", (update_id, step))
