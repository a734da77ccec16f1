"""Secrets and the text of questions never reach a log."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import HideSecrets, configure_logs
from bot.settings import Settings
from scripts.bot_api_server import TOKEN


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What production logs write; everything is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    configure_logs(Settings.model_validate({"telegram_bot_token": TOKEN, "log_level": "DEBUG"}))
    yield stream
    root.handlers[:], logging.raiseExceptions = handlers, True
    root.setLevel(level)
    structlog.reset_defaults()
    logging.captureWarnings(False)


def test_hides_the_token_in_messages_arguments_and_exceptions(written: io.StringIO) -> None:
    logging.getLogger("some.library").warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise ValueError(f"https://api.telegram.org/file/bot{TOKEN.replace(':', '%3A')}/x")
    except ValueError:
        logging.getLogger("other").exception("failed")
    structlog.get_logger("own").info("event", url=[f"bot{TOKEN}"], seconds=1.5)
    logging.getLogger("httpx").info("HTTP Request: %s", TOKEN)
    logging.getLogger("other").error("%d arguments", "not one " + TOKEN)
    assert TOKEN.split(":")[1] not in written.getvalue()
    events = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [event["logger"] for event in events] == ["some.library", "other", "own"]
    assert "ValueError" in events[1]["exception"] and events[2]["seconds"] == 1.5


def test_hides_what_looks_like_another_bots_token() -> None:
    hide = HideSecrets([])
    assert hide.hide("a 123456789:AAF-abcdefghijklmnopqrstuvwxyz b") == "a 〈hidden〉 b"
    assert hide.hide("第12345：1234") == "第12345：1234"
