"""The bot's own state: what it keeps, what it forgets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant import Conversation
from bot.models import Answer, Question
from bot.state import State, open_state
from bot.state.inbox import AMBIGUOUS


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """An empty state."""
    opened = open_state(tmp_path / "folder" / "state.db")
    yield opened
    opened.close()


def _ask(state: State, text: str, update_id: int, previous: int | None = None) -> int:
    question = Question(text=text)
    answer = Answer(status="answered", question=question, text="1.38万元")
    conversation = Conversation(questions=(question,), answers=(answer,))
    turn = state.turns.add(
        update_id=update_id, chat_id=7, user_id=7, message_id=update_id, question=text, answer=answer,
        conversation=conversation, previous_id=previous, milliseconds=1.0,
    )  # fmt: skip
    state.turns.set_current(7, 7, turn.id)
    return turn.id


def test_an_update_stays_open_until_it_is_answered(state: State) -> None:
    assert [state.inbox.receive(5, "a"), state.inbox.receive(6, "b"), state.inbox.receive(5, "a")] == [
        True,
        True,
        False,
    ]
    state.inbox.finish(5)
    assert state.inbox.open_payloads() == ["b"]
    assert state.inbox.receive(5, "a") is False


def test_a_step_is_unknown_out_answered_or_refused(state: State) -> None:
    state.inbox.receive(5, "a")
    assert state.inbox.sent_before(5, 0) is None
    state.inbox.note_out(5, 0, "sendMessage")
    assert state.inbox.sent_before(5, 0) == AMBIGUOUS
    state.inbox.note_sent(5, 0, b"{}")
    assert state.inbox.sent_before(5, 0) == b"{}"
    state.inbox.note_refused(5, 0)
    assert state.inbox.sent_before(5, 0) is None


def test_turns_come_back_as_they_were(state: State) -> None:
    first = _ask(state, "甲", 1)
    second = _ask(state, "乙", 2, previous=first)
    turn = state.turns.get(second)
    assert turn is not None and (turn.question, turn.answer.text) == ("乙", "1.38万元")
    assert state.turns.before(7, 7).conversation == turn.conversation
    assert state.turns.before_turn(turn).turn_id == first
    assert state.turns.of_question_message(7, 2, besides_update=2) is None
    state.turns.forget_conversation(7, 7)
    assert state.turns.before(7, 7).turn_id is None


def test_forgets_what_is_old(state: State) -> None:
    old, new = _ask(state, "甲", 1), _ask(state, "乙", 2)
    action = state.turns.action("丙")
    state.connection.execute("UPDATE turns SET asked_at = datetime('now', '-100 days') WHERE id = ?", (old,))
    state.connection.execute("UPDATE actions SET used_at = datetime('now', '-100 days')")
    state.forget_before(90)
    assert (state.turns.get(old), state.turns.action_question(action)) == (None, None)
    assert state.turns.get(new) is not None


def test_a_button_keeps_its_number(state: State) -> None:
    first = state.turns.action("甲")
    assert (state.turns.action("乙") != first, state.turns.action("甲")) == (True, first)
    assert state.turns.action_question(first) == "甲"


def test_an_upload_that_was_being_loaded_waits_again(state: State) -> None:
    upload = state.uploads.add(1, Path("a.pdf"), "a.pdf")
    state.uploads.settle(upload, "loading")
    state.uploads.reopen()
    found = state.uploads.get(upload)
    assert found is not None and found.fate == "waiting"


def test_counts_unanswered_questions(state: State) -> None:
    for text, status in (("甲", "answered"), ("乙", "no_data"), ("乙", "no_data"), ("丙", "not_understood")):
        state.notes.count_question(text, status, 2.0)
    assert state.notes.counts(7) == {"answered": (1, 2.0), "no_data": (2, 2.0), "not_understood": (1, 2.0)}
    assert [(entry.question, entry.count) for entry in state.notes.unanswered(5)] == [("乙", 2), ("丙", 1)]
