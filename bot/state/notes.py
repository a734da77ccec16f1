"""What admins want to know: how much was asked, what found no answer, which figures users call wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feedback:
    """A user says that a figure is wrong."""

    id: int
    question: str
    answer: str
    citation: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer, and how often it was asked."""

    question: str
    status: str
    count: int


class Notes:
    """Counts of questions, unanswered questions, feedback."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def count_question(self, question: str, status: str, milliseconds: float) -> None:
        """Counts a question by day and status; keeps its text where nothing was found."""
        self._connection.execute(
            """INSERT INTO questions VALUES (date('now'), ?, 1, ?) ON CONFLICT (day, status)
               DO UPDATE SET count = count + 1, milliseconds = milliseconds + excluded.milliseconds""",
            (status, milliseconds),
        )
        if status in ("no_data", "not_understood"):
            self._connection.execute(
                """INSERT INTO unanswered VALUES (?, ?, 1, datetime('now')) ON CONFLICT (question)
                   DO UPDATE SET count = count + 1, status = excluded.status, last_at = excluded.last_at""",
                (question[:200], status),
            )

    def counts(self, days: int) -> dict[str, tuple[int, float]]:
        """Status → number of questions and their mean time in milliseconds, over the last ``days``."""
        rows = self._connection.execute(
            "SELECT status, sum(count), sum(milliseconds) FROM questions WHERE day > date('now', ?) GROUP BY status",
            (f"-{days} days",),
        )
        return {status: (count, total / count) for status, count, total in rows}

    def unanswered(self, limit: int, offset: int = 0) -> list[Unanswered]:
        """The questions asked most often without an answer."""
        rows = self._connection.execute(
            """SELECT question, status, count FROM unanswered
               ORDER BY count DESC, last_at DESC, question LIMIT ? OFFSET ?""",
            (limit, offset),
        )
        return [Unanswered(*row) for row in rows]

    def add_feedback(
        self, *, turn_id: int, chat_id: int, user_id: int, question: str, answer: str, citation: str
    ) -> bool:
        """Stores that a figure is said to be wrong; False if that was said of this answer before."""
        cursor = self._connection.execute(
            """INSERT OR IGNORE INTO feedback (turn_id, chat_id, user_id, question, answer, citation)
               VALUES (?, ?, ?, ?, ?, ?)""",
            (turn_id, chat_id, user_id, question, answer, citation),
        )
        return cursor.rowcount == 1

    def feedback(self, limit: int) -> list[Feedback]:
        """The newest feedback first."""
        rows = self._connection.execute(
            "SELECT id, question, answer, citation FROM feedback ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [Feedback(*row) for row in rows]

    def feedback_count(self) -> int:
        """How often a figure was called wrong."""
        return int(self._connection.execute("SELECT count(*) FROM feedback").fetchone()[0])
