"""The chat in a terminal and from a pipe, and the health check, as processes of their own."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import pytest

from bot.channels import terminal
from bot.health import find_ailment
from bot.settings import Settings
from bot.state import open_state
from tests.channels.partner import ScriptedPartner


def _chat(typed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ScriptedPartner:
    partner = ScriptedPartner()
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert terminal.chat(partner, "开场", tmp_path / "history") == 0
    return partner


def test_answers_each_line_of_a_pipe(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partner = _chat("甲\n\n哪个\n2\n新对话\n之前\n退出\n乙\n", monkeypatch, tmp_path)
    assert partner.asked == ["甲", "哪个", "曾都区三公", "之前"]
    printed = capsys.readouterr().out
    assert printed.startswith("甲 <1.38万元>\n") and "开场" not in printed and "之前问过：\n" in printed


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_prompts_in_a_terminal_and_keeps_its_history(tmp_path: Path) -> None:
    import pty

    script = (
        "from pathlib import Path; from bot.channels import terminal; from tests.channels.partner import ScriptedPartner;"
        f"terminal.chat(ScriptedPartner(), '开场', Path({str(tmp_path / 'history')!r}))"
    )
    child, terminal_end = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", script])
    os.write(terminal_end, "甲\n退出\n".encode())
    printed = b""
    while True:
        try:
            printed += os.read(terminal_end, 4096)
        except OSError:
            break
    os.waitpid(child, 0)
    os.close(terminal_end)
    assert "开场" in printed.decode() and "问> " in printed.decode() and "1.38万元" in printed.decode()
    assert (tmp_path / "history").read_text("utf-8").split() == ["甲", "退出"]


def test_health_tells_a_living_bot_from_a_silent_one(tmp_path: Path) -> None:
    settings = Settings.model_validate({"state_database": tmp_path / "state.db"})
    now = time.time()
    assert "还没有运行过" in str(find_ailment(settings, now))
    state = open_state(settings.state_database)
    state.beat("process", now - 5)
    assert find_ailment(settings, now) is None
    state.beat("telegram", now - 300)
    assert "300 秒没有收到" in str(find_ailment(settings, now))
    state.beat("process", now - 120)
    assert "120 秒没有动静" in str(find_ailment(settings, now))
    state.close()
