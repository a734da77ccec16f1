"""The words that questions are made of (量词, 运算, 口径 …): TOML files of this folder, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_words(name: str) -> dict[str, Any]:
    """The tables of ``<name>.toml``."""
    with files(__name__).joinpath(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def compile_words(name: str) -> dict[str, re.Pattern[str]]:
    """One pattern per table of ``<name>.toml``: its ``patterns``, the longest first."""
    compiled: dict[str, re.Pattern[str]] = {}
    for key, table in load_words(name).items():
        patterns = sorted(table["patterns"], key=len, reverse=True)
        compiled[key] = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    return compiled
