"""Every sentence of the bot, from the TOML files beside this module: ``phrase("telegram.start.greeting", …)``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from string import Formatter


class WordingError(KeyError):
    """A phrase that does not exist, or values that do not fit its placeholders."""


@cache
def phrases() -> dict[str, str]:
    """Key → sentence for every TOML file: file name, tables and name joined with dots."""
    found: dict[str, str] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            _collect(file.name.removesuffix(".toml"), content, found)
    return found


def _collect(prefix: str, content: dict[str, object], found: dict[str, str]) -> None:
    for name, value in content.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            _collect(key, value, found)
        elif isinstance(value, str):
            placeholders(value)
            found[key] = value.strip("\n")
        else:
            raise WordingError(f"{key}: a phrase must be text")


@cache
def placeholders(sentence: str) -> frozenset[str]:
    """Names in braces. Raises ``ValueError`` on unbalanced braces or a brace without a name."""
    names = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    if not all(name.isidentifier() for name in names):
        raise ValueError(f"placeholder without a name in: {sentence}")
    return frozenset(names)


def phrase(key: str, **values: object) -> str:
    """The sentence of ``key`` with ``values`` filled in. Raises ``WordingError`` if key or values do not fit."""
    try:
        sentence = phrases()[key]
    except KeyError:
        raise WordingError(f"no phrase {key}") from None
    if placeholders(sentence) != values.keys():
        raise WordingError(f"{key} takes {sorted(placeholders(sentence))}, not {sorted(values)}")
    return sentence.format(**values)
