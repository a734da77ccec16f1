"""Which version of reader and rules made a figure: a change of either makes the loader read a report again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_SUFFIXES = {".py", ".toml", ".csv"}
_NOT_READING = {"samples", "__pycache__"}


@cache
def extraction_version() -> str:
    """A fingerprint of all code and words that turn a file into figures."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.suffix in _SUFFIXES and not _NOT_READING.intersection(inside.parts) and ".cases." not in path.name:
            digest.update(str(inside).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
