"""``.env.example`` and the settings name the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set outside the test."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_example_lists_every_setting_with_a_comment_and_its_default() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines if re.match(r"[A-Z]", line)]
    assert names == [name.upper() for name in Settings.model_fields]
    assert all(lines[index - 1].startswith("# ") for index, line in enumerate(lines) if re.match(r"[A-Z]", line))
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)  # type: ignore[call-arg]


def test_reads_ids_from_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_ADMINS", "1, 2，-3,")
    assert Settings().telegram_admins == {1, 2, -3}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_ADMINS", "张三"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_WEBHOOK_URL", "https://x.cn/hook"),
        ("TELEGRAM_QUESTIONS_PER_MINUTE", "0"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_refuses_what_makes_no_sense(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_keeps_secrets_out_of_its_printed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    settings = Settings()
    assert "secret" not in repr(settings).replace("webhook_secret", "") and settings.secrets == ("1:secret",)
