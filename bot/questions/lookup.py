"""Names of the knowledge base inside a text: every key that begins at a place, by a few steps in the index at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge.connection import Reader, keep

Kind = Literal["region", "body", "metric", "subject"]
Form = Literal["text", "pinyin", "letters", "initials"]

_BEGINS = "SELECT DISTINCT key FROM name_keys WHERE kind = ? AND form = ? AND key >= ? AND key < ? LIMIT ?"
_BEGUN = """SELECT value FROM json_each(?) WHERE EXISTS (
    SELECT 1 FROM name_keys WHERE kind = ? AND form = ? AND key >= value AND key < value || '\U0010ffff')"""
_TARGETS = "SELECT target, weight FROM name_keys WHERE kind = ? AND form = ? AND key = ? LIMIT ?"
MOST_TARGETS = 60
MOST_KEYS = 100
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """``key`` stands at ``start`` to ``end`` of the text looked through."""

    start: int
    end: int
    key: str


def find_prefixes(connection: Reader, kind: Kind, form: Form, text: str, shortest: int = 2) -> list[str]:
    """All keys that the text begins with, the longest first."""
    found: list[str] = []
    for length in range(shortest, len(text) + 1):
        keys = _begin_with(connection, kind, form, text[:length])
        if keys is not None:
            return [key for key in keys if text.startswith(key)] + found
        if find_targets(connection, kind, form, text[:length]):
            found.insert(0, text[:length])
    return found


@keep
def _begin_with(connection: Reader, kind: Kind, form: Form, beginning: str) -> tuple[str, ...] | None:
    """The keys that begin so, the longest first; None where there are too many to keep."""
    rows = connection.execute(_BEGINS, (kind, form, beginning, beginning + _LAST, MOST_KEYS + 1)).fetchall()
    return None if len(rows) > MOST_KEYS else tuple(sorted((key for (key,) in rows), key=len, reverse=True))


def find_hits(connection: Reader, kind: Kind, text: str) -> list[Hit]:
    """All keys of a kind, as spelled, that stand anywhere in the text."""
    pairs = [text[start : start + 2] for start in range(len(text) - 1)]
    begun = _begun(connection, kind, "text", pairs)
    return [
        Hit(start, start + len(key), key)
        for start, pair in enumerate(pairs)
        if begun[pair]
        for key in find_prefixes(connection, kind, "text", text[start:])
    ]


def find_sounds(connection: Reader, kind: Kind, sounds: list[str], starts: Iterable[int]) -> list[Hit]:
    """All keys of a kind, two characters or more, that sound like the text from these places on.

    ``sounds`` has a syllable a character.
    """
    pairs = {start: " ".join(sounds[start : start + 2]) + " " for start in starts if start < len(sounds) - 1}
    begun = _begun(connection, kind, "pinyin", pairs.values())
    return [
        Hit(start, start + key.count(" "), key)
        for start, pair in pairs.items()
        if begun[pair]
        for key in find_prefixes(connection, kind, "pinyin", " ".join(sounds[start:]) + " ", len(pair))
    ]


def _begun(connection: Reader, kind: Kind, form: Form, pairs: Iterable[str]) -> dict[str, bool]:
    """Whether a key begins with each of the pairs: one query for all that were not met before.

    The pairs are spelled (see ``knowledge.spelling``): letters, digits and Chinese characters, nothing that JSON escapes.
    """
    known: dict[str, bool] = connection.room(("begun", kind, form))
    new = dict.fromkeys((pair for pair in pairs if pair not in known), False)
    if new:
        values = '["' + '","'.join(new) + '"]'
        new.update((pair, True) for (pair,) in connection.execute(_BEGUN, (values, kind, form)))
        known.update(new)
    return known


@keep
def find_targets(connection: Reader, kind: Kind, form: Form, key: str) -> dict[int, int]:
    """What a key names, with the weight of that name; at most ``MOST_TARGETS``."""
    return dict(connection.execute(_TARGETS, (kind, form, key, MOST_TARGETS)).fetchall())


def keep_longest(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that do not overlap, longer ones first, in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda item: (item.start - item.end, item.start)):
        if not any(other.start < hit.end and hit.start < other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda item: item.start)
