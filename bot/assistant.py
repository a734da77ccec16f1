"""One conversation partner for every channel: text in, answer out; no channel knows how it is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.models import Answer, Question
from knowledge.models import Frozen


class Conversation(Frozen):
    """What a follow-up builds on. Serializable (``model_dump_json``), so that it survives a restart."""

    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()


class Assistant:
    """Answers questions from one knowledge base. Safe to share between chats: all state is in ``Conversation``."""

    def __init__(self, database: Path, *, today: date | None = None) -> None:
        self.database = database
        self.today = today

    def ask(self, text: str, conversation: Conversation | None = None) -> tuple[Answer, Conversation]:
        """The answer to one message and the conversation that the next message builds on. Never raises on input."""
        raise NotImplementedError
