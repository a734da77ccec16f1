"""Records of delimited text with the place of every field: quotes doubled inside quotes, line breaks inside quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Record:
    """One record: its fields, its number (records and blank lines counted from 1), its first line, and its place."""

    fields: list[str]
    number: int
    line: int
    start: int
    end: int
    text: str
    delimiter: str

    def span(self, index: int, printed: str) -> tuple[int, int]:
        """Where ``printed``, a part of a field, stands in the source."""
        offset = 0
        for before, field in enumerate(_fields(self.text, self.delimiter)):
            if before == index:
                offset += field.index(printed)
                break
            offset += len(field) + 1
        return self.start + offset, self.start + offset + len(printed)


def split_records(text: str, start: int, end: int, delimiter: str) -> Iterator[Record]:
    """All records of ``text[start:end]``; blank lines are counted, but give no record."""
    number = line = 0
    while start < end:
        stop = _record_end(text, start, end)
        raw = text[start:stop].rstrip("\r")
        number += 1
        if raw.strip():
            fields = _split(raw, delimiter)
            yield Record(fields, number, line + 1, start, start + len(raw), raw, delimiter)
        line += text.count("\n", start, stop) + 1
        start = stop + 1


def _record_end(text: str, start: int, end: int) -> int:
    """Offset of the line break that ends the record: one outside quotes."""
    stop = start
    while True:
        found = text.find("\n", stop, end)
        stop = end if found < 0 else found
        if found < 0 or text.count('"', start, stop) % 2 == 0:
            return stop
        stop += 1


def _split(raw: str, delimiter: str) -> list[str]:
    if '"' not in raw:
        return raw.split(delimiter)
    return [_unquoted(field) for field in _fields(raw, delimiter)]


def _fields(raw: str, delimiter: str) -> Iterator[str]:
    if '"' not in raw:
        yield from raw.split(delimiter)
        return
    start = 0
    quoted = False
    for index, character in enumerate(raw):
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            yield raw[start:index]
            start = index + 1
    yield raw[start:]


def _unquoted(field: str) -> str:
    inner = field.strip()
    if len(inner) > 1 and inner[0] == inner[-1] == '"':
        return inner[1:-1].replace('""', '"')
    return field
