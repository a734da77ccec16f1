"""Where the knowledge base is."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT = Path("knowledge.db")


class _Environment(BaseSettings):
    """``KNOWLEDGE_BASE`` from the environment or from ``.env`` in the working directory."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    knowledge_base: Path | None = None


def database_path() -> Path:
    """The file that ``KNOWLEDGE_BASE`` names, else ``knowledge.db`` in the working directory."""
    return _Environment().knowledge_base or DEFAULT


def find_database() -> Path | None:
    """The knowledge base to answer from: the one that is configured, else ``knowledge.db`` where it exists, else none."""
    configured = _Environment().knowledge_base
    return configured or (DEFAULT if DEFAULT.is_file() else None)
