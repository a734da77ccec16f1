"""The environment as one model; ``.env.example`` lists the same names with a comment each (a test compares them)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Ids = Annotated[frozenset[int], NoDecode]


class Settings(BaseSettings):
    """Every setting of the bot. Read from the environment and from ``.env`` in the working directory."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    knowledge_base: Path | None = None
    state_database: Path = Path("juesuan-state.db")
    uploads: Path = Path("uploads")
    retention_days: int = Field(default=90, ge=1)

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_admins: Ids = frozenset()
    telegram_allowed_users: Ids = frozenset()
    telegram_allowed_chats: Ids = frozenset()
    telegram_questions_per_minute: int = Field(default=20, ge=1)
    telegram_messages_per_second: int = Field(default=30, ge=1)
    telegram_tables: bool = False
    telegram_webhook_url: str | None = None
    telegram_webhook_listen: str = "127.0.0.1"
    telegram_webhook_port: int = Field(default=8443, ge=1, le=65535)
    telegram_webhook_secret: SecretStr | None = None

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    log_questions: bool = False
    history_file: Path = Path("~/.juesuan-history")

    @field_validator("telegram_admins", "telegram_allowed_users", "telegram_allowed_chats", mode="before")
    @classmethod
    def parse_ids(cls, value: object) -> object:
        """``123,-100456`` → the ids; anything that is not text passes on."""
        return value.replace("，", ",").replace(" ", "").strip(",").split(",") if isinstance(value, str) else value

    @field_validator("telegram_api_url")
    @classmethod
    def check_api_url(cls, value: str) -> str:
        """The base address without a slash at its end."""
        if not value.startswith(("http://", "https://")):
            raise ValueError("地址应以 http:// 或 https:// 开头")
        return value.rstrip("/")

    @model_validator(mode="after")
    def check_webhook(self) -> Settings:
        """A webhook takes updates from anyone who knows its address, so it needs a secret."""
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("设置 TELEGRAM_WEBHOOK_URL 时必须同时设置 TELEGRAM_WEBHOOK_SECRET")
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written to a log."""
        found = (self.telegram_bot_token, self.telegram_webhook_secret)
        return tuple(secret.get_secret_value() for secret in found if secret)
