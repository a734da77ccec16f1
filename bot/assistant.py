"""One conversation partner for every channel: text in, answer out; no channel knows how it is found."""

from __future__ import annotations

import sqlite3
import threading
import traceback
from datetime import date
from pathlib import Path

from bot.answers.answering import answer_question
from bot.answers.knowledge_base import KnowledgeBase
from bot.models import Answer, Question
from bot.questions.followups import chosen_text, discussed_year, follow
from bot.questions.names import IndexNaming
from bot.questions.understand import complete, understand
from bot.wording import phrase
from knowledge.connection import StoreError, open_reader
from knowledge.models import Frozen

KEPT_TURNS = 6
LONGEST_QUESTION = 400
_EXAMPLE = "渠县2022年三公经费"


class Conversation(Frozen):
    """What a follow-up builds on. Serializable (``model_dump_json``), so that it survives a restart."""

    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()


class Session:
    """One thread's open knowledge base."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.connection = open_reader(database)
        self.base = KnowledgeBase(self.connection)
        self.naming = IndexNaming(self.connection)
        self._file = self._identity()

    def _identity(self) -> tuple[int, int]:
        status = self.database.stat()
        return status.st_dev, status.st_ino

    def is_current(self) -> bool:
        """Whether the file is still the one that was opened."""
        return self._identity() == self._file


class Assistant:
    """Answers questions from one knowledge base. Safe to share between chats: all state is in ``Conversation``."""

    def __init__(self, database: Path, *, today: date | None = None) -> None:
        self.database = database
        self.today = today
        self._local = threading.local()

    def ask(self, text: str, conversation: Conversation | None = None) -> tuple[Answer, Conversation]:
        """The answer to one message and the conversation that the next message builds on. Never raises on input."""
        conversation = conversation or Conversation()
        try:
            return self._ask(text[:LONGEST_QUESTION], conversation)
        except (StoreError, sqlite3.Error, OSError) as error:
            _log("warning", "knowledge_base_unreadable", error=type(error).__name__)
            self._local.session = None
            return _failure(text, phrase("answers.cannot_read", reason=str(error))), conversation
        except Exception as error:
            _log("error", "question_failed", error=type(error).__name__, where=_where(error))
            return _failure(text, phrase("answers.failed", example=_EXAMPLE)), conversation

    def understand(self, text: str, conversation: Conversation | None = None) -> Question:
        """The question that a message asks, with what it leaves unsaid filled in from the conversation."""
        session = self._session()
        with session.connection.snapshot():
            return self._understand(session, text, conversation or Conversation())

    def _understand(self, session: Session, text: str, conversation: Conversation) -> Question:
        previous = conversation.questions[-1] if conversation.questions else None
        picked = chosen_text(session.naming.normalize(text), conversation.answers) if conversation.answers else None
        today = self.today or date.today()
        if picked is not None:
            return complete(understand(picked, session.naming, today=today))
        question = understand(text, session.naming, today=today)
        followed = follow(question, conversation.questions)
        year = discussed_year(previous, text)
        if year is None or not followed.carried:
            return complete(followed)
        again = understand(text, session.naming, today=today, discussed=year)
        return complete(followed.model_copy(update={"years": again.years}) if again.years else followed)

    def _ask(self, text: str, conversation: Conversation) -> tuple[Answer, Conversation]:
        session = self._session()
        with session.connection.snapshot():
            answer = answer_question(session.base, self._understand(session, text, conversation))
        return answer, _remember(conversation, answer)

    def _session(self) -> Session:
        session: Session | None = getattr(self._local, "session", None)
        if session is None or not session.is_current():
            if session is not None:
                session.connection.close()
            session = self._local.session = Session(self.database)
        return session


def _remember(conversation: Conversation, answer: Answer) -> Conversation:
    """The conversation after an answer; a message that was not understood leaves the subject as it was."""
    if answer.status == "not_understood":
        return conversation
    question = answer.question
    if answer.figures and not answer.results and (not question.years or "years" in question.carried):
        years = dict.fromkeys(figure.year for figure in answer.figures[: answer.asked or 1])
        question = question.model_copy(update={"years": tuple(years)[:1]})
    questions = (*conversation.questions, question)[-KEPT_TURNS:]
    return Conversation(questions=questions, answers=(*conversation.answers, answer)[-1:])


def _log(level: str, event: str, **values: object) -> None:
    """Log a failure. The library is loaded only now: an answer does without it, and it takes a third of the start."""
    import structlog

    getattr(structlog.get_logger(__name__), level)(event, **values)


def _where(error: BaseException) -> list[str]:
    """Files and lines of a failure, without what was asked."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:]]


def _failure(asked: str, text: str) -> Answer:
    return Answer(status="not_understood", question=Question(text=asked[:LONGEST_QUESTION]), text=text, asked=0)
