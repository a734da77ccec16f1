"""Questions and their answers, per user and chat: what follow-ups, buttons and edits build on."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.assistant import Conversation
from bot.models import Answer

_COLUMNS = "id, chat_id, user_id, message_id, answer_message_id, question, answer, conversation, previous_id"


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, and the conversation as it stood after it."""

    id: int
    chat_id: int
    user_id: int
    message_id: int | None
    answer_message_id: int | None
    question: str
    answer: Answer
    conversation: Conversation
    previous_id: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """The conversation before a question, and the turn that ended it."""

    turn_id: int | None
    conversation: Conversation


class Turns:
    """The turns of every chat."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        update_id: int | None,
        chat_id: int,
        user_id: int,
        message_id: int | None,
        question: str,
        answer: Answer,
        conversation: Conversation,
        previous_id: int | None,
        milliseconds: float,
    ) -> Turn:
        """Stores a turn and returns it."""
        row = self._connection.execute(
            """INSERT INTO turns
               (update_id, chat_id, user_id, message_id, question, answer, conversation, previous_id, milliseconds)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            (
                update_id, chat_id, user_id, message_id, question,
                answer.model_dump_json(exclude_defaults=True), conversation.model_dump_json(exclude_defaults=True),
                previous_id, milliseconds,
            ),
        ).fetchone()  # fmt: skip
        return Turn(int(row[0]), chat_id, user_id, message_id, None, question, answer, conversation, previous_id)

    def note_answer_message(self, turn_id: int, message_id: int) -> None:
        """The message that carries the answer."""
        self._connection.execute("UPDATE turns SET answer_message_id = ? WHERE id = ?", (message_id, turn_id))

    def get(self, turn_id: int) -> Turn | None:
        """A turn, None once it is forgotten."""
        return self._one(f"SELECT {_COLUMNS} FROM turns WHERE id = ?", (turn_id,))

    def of_update(self, update_id: int) -> Turn | None:
        """The turn that an update was answered with in an earlier run."""
        return self._one(f"SELECT {_COLUMNS} FROM turns WHERE update_id = ?", (update_id,))

    def of_question_message(self, chat_id: int, message_id: int, *, besides_update: int) -> Turn | None:
        """The newest turn that answers a message, but for that of one update."""
        query = f"""SELECT {_COLUMNS} FROM turns WHERE chat_id = ? AND message_id = ? AND update_id IS NOT ?
            ORDER BY id DESC LIMIT 1"""
        return self._one(query, (chat_id, message_id, besides_update))

    def current(self, chat_id: int, user_id: int) -> Turn | None:
        """The turn that a follow-up of this user in this chat builds on."""
        query = f"""SELECT {_COLUMNS} FROM turns WHERE id =
            (SELECT turn_id FROM conversations WHERE chat_id = ? AND user_id = ?)"""
        return self._one(query, (chat_id, user_id))

    def before(self, chat_id: int, user_id: int) -> Before:
        """The conversation that a follow-up of this user in this chat builds on."""
        return self._before(
            """SELECT id, conversation FROM turns WHERE id =
               (SELECT turn_id FROM conversations WHERE chat_id = ? AND user_id = ?)""",
            (chat_id, user_id),
        )

    def before_turn(self, turn: Turn) -> Before:
        """The conversation that a turn was built on."""
        return self._before("SELECT id, conversation FROM turns WHERE id = ?", (turn.previous_id or -1,))

    def _before(self, query: str, values: tuple[int, ...]) -> Before:
        row = self._connection.execute(query, values).fetchone()
        return Before(row[0], Conversation.model_validate_json(row[1])) if row else Before(None, Conversation())

    def set_current(self, chat_id: int, user_id: int, turn_id: int) -> None:
        """Follow-ups build on this turn from now on."""
        self._connection.execute("INSERT OR REPLACE INTO conversations VALUES (?, ?, ?)", (chat_id, user_id, turn_id))

    def forget_conversation(self, chat_id: int, user_id: int) -> None:
        """The next question of this user in this chat stands alone."""
        self._connection.execute("DELETE FROM conversations WHERE chat_id = ? AND user_id = ?", (chat_id, user_id))

    def action(self, question: str) -> int:
        """The id of a button that asks ``question``."""
        row = self._connection.execute(
            """INSERT INTO actions (question) VALUES (?)
               ON CONFLICT (question) DO UPDATE SET used_at = datetime('now') RETURNING id""",
            (question,),
        ).fetchone()
        return int(row[0])

    def action_question(self, action_id: int) -> str | None:
        """What a button asks, None once it is forgotten."""
        row = self._connection.execute("SELECT question FROM actions WHERE id = ?", (action_id,)).fetchone()
        return row[0] if row else None

    def _one(self, query: str, values: tuple[int, ...]) -> Turn | None:
        row = self._connection.execute(query, values).fetchone()
        if row is None:
            return None
        fields = dict(row)
        fields["answer"] = Answer.model_validate_json(fields["answer"])
        fields["conversation"] = Conversation.model_validate_json(fields["conversation"])
        return Turn(**fields)
