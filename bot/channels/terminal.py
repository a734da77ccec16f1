"""The chat in a terminal, or from a pipe: the same answers from the same wording as in every channel."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.assistant import Conversation
from bot.channels.asking import Partner
from bot.models import Choice
from bot.wording import phrase

_MAX_HISTORY = 1000


def chat(partner: Partner, opening: str, history: Path) -> int:
    """Reads questions until the input ends, and prints the answers. Returns the exit status."""
    interactive = sys.stdin.isatty()
    if interactive:
        print(opening, end="\n\n")
    conversation: Conversation | None = Conversation()
    choices: tuple[Choice, ...] = ()
    for line in _typed_lines(history) if interactive else _piped_lines():
        if line in _words("terminal.leave"):
            break
        if line in _words("channels.forget"):
            conversation, choices = Conversation(), ()
            print(phrase("channels.forgotten"), end="\n\n")
            continue
        answer, conversation = partner.ask(_chosen(line, choices), conversation)
        choices = answer.choices
        print(answer.text, end="\n\n", flush=True)
    return 0


def _words(key: str) -> list[str]:
    return phrase(key).split()


def _chosen(line: str, choices: tuple[Choice, ...]) -> str:
    """A bare number picks one of the choices offered before."""
    if line.isdigit() and 1 <= int(line) <= len(choices):
        return choices[int(line) - 1].question
    return line


def _piped_lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()


def _typed_lines(history: Path) -> Iterator[str]:
    with _history(history.expanduser()):
        while True:
            try:
                line = input(phrase("terminal.prompt")).strip()
            except (EOFError, KeyboardInterrupt):
                print()
                return
            if line:
                yield line


@contextmanager
def _history(path: Path) -> Iterator[None]:
    """Arrow keys bring back what was typed, also in earlier chats; without readline (Windows) there is none."""
    try:
        import readline
    except ImportError:
        yield
        return
    with suppress(OSError):
        readline.read_history_file(path)
    try:
        yield
    finally:
        readline.set_history_length(_MAX_HISTORY)
        with suppress(OSError):
            readline.write_history_file(path)
