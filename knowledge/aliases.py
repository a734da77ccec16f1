"""Other names of bodies, given by an admin in a file."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

from knowledge.readers import ReaderError
from knowledge.readers.text import decode
from knowledge.store import Store

_HEADINGS = {"单位", "单位名称", "agency"}


def load_aliases(path: Path, database: Path) -> list[str]:
    """Add the names of a file to the knowledge base; returns the bodies that it does not have.

    CSV: body, alias, further aliases in a row (a heading row 单位,别名 may stand first). TOML: ``"渠县医疗保障局" = ["渠县医保"]``.
    Raises ReaderError with a sentence for a file that cannot be read, StoreError for the knowledge base.
    """
    pairs = list(read_aliases(path))
    with Store(database) as store:
        return store.add_aliases(pairs)


def read_aliases(path: Path) -> Iterator[tuple[str, str]]:
    """Pairs of body and alias. Raises ReaderError."""
    try:
        text = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise ReaderError(f"别名表 {path} 无法打开（{error.strerror}），请检查路径。") from None
    rows = _toml_rows(text, path.name) if path.suffix.lower() == ".toml" else list(csv.reader(text.splitlines()))
    for agency, *aliases in (row for row in rows if row):
        if agency.strip() not in _HEADINGS:
            yield from ((agency.strip(), alias.strip()) for alias in aliases if alias.strip())


def _toml_rows(text: str, name: str) -> list[list[str]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ReaderError(f"别名表《{name}》不是有效的 TOML：{error}。") from None
    return [
        [agency, *([aliases] if isinstance(aliases, str) else map(str, aliases))] for agency, aliases in data.items()
    ]
