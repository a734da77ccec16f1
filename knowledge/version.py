"""Which version of reader and rules made a figure: a change of either makes the loader read a report again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_SUFFIXES = (".py", ".toml", ".csv")
_NOT_READING = {"samples", "__pycache__"}


@cache
def extraction_version() -> str:
    """A fingerprint of all code and words that turn a file into figures."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources(root: Path) -> Iterator[Path]:
    for folder, inner, names in os.walk(root):
        inner[:] = sorted(set(inner) - _NOT_READING)
        for name in sorted(names):
            if name.endswith(_SUFFIXES) and ".cases." not in name:
                yield Path(folder, name)
