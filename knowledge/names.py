"""The index of names in the knowledge base, built at load: bodies, metrics and projects by spelling and by sound.

A body's name is kept in two parts, its region (渠县) and the rest (医疗保障局), so that the index grows with the number of
different names of offices, not with their number in the country.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache

from knowledge.name_forms import ALIAS, FULL, body_forms, name_forms, region_forms, split_name
from knowledge.regions import LOCAL, Region, find_local_place, is_within, leading_regions, regions
from knowledge.spelling import short_form, spell
from knowledge.vocabulary.abbreviations import everyday_words

TABLES = """
CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE agency_bodies (
    region INTEGER NOT NULL,
    body_id INTEGER NOT NULL REFERENCES bodies(id),
    agency_id INTEGER NOT NULL REFERENCES agencies(id) ON DELETE CASCADE,
    PRIMARY KEY (region, body_id, agency_id)
) WITHOUT ROWID;
CREATE INDEX agency_bodies_by_body ON agency_bodies(body_id, region);
CREATE INDEX agency_bodies_by_agency ON agency_bodies(agency_id);
CREATE TABLE subjects (
    id INTEGER PRIMARY KEY,
    agency_id INTEGER NOT NULL REFERENCES agencies(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    short TEXT NOT NULL,
    UNIQUE (agency_id, name)
);
CREATE TABLE name_keys (
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    key TEXT NOT NULL,
    target INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    PRIMARY KEY (kind, form, key, target)
) WITHOUT ROWID;
CREATE INDEX name_keys_by_target ON name_keys(kind, target);
CREATE TABLE name_pairs (
    kind TEXT NOT NULL,
    pair TEXT NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (kind, pair, target)
) WITHOUT ROWID;
CREATE INDEX name_pairs_by_target ON name_pairs(kind, target);
"""
"""``form`` is text, pinyin (``qu xian ``), letters (``quxian``) or initials (``qx``); ``kind`` is region, body, metric or
subject; ``weight`` 0 to 100 says how good a name the key is. ``name_pairs`` holds pairs of neighbouring characters."""


def index_names(connection: sqlite3.Connection, agency_ids: Iterable[int], metric_ids: Iterable[int]) -> None:
    """Bring the index up to date for these bodies and metrics, also where they are gone.

    Runs inside the caller's transaction. Projects (subjects) are those of the bodies' figures.
    """
    keys = _Keys(connection)
    for agency_id in agency_ids:
        _index_agency(connection, agency_id, keys)
    _index_metrics(connection, list(metric_ids), keys)
    keys.write()


def forget_projects(connection: sqlite3.Connection, agency_ids: Iterable[int]) -> None:
    """Take the projects of bodies without figures out of the index, before the bodies themselves are removed."""
    keys = _Keys(connection)
    for agency_id in agency_ids:
        if not connection.execute("SELECT 1 FROM figures WHERE agency_id = ? LIMIT 1", [agency_id]).fetchone():
            _drop_subjects(connection, agency_id, set(), keys)


_IN_PLACE = "INSERT OR IGNORE INTO agency_bodies VALUES (?, ?, ?)"
_LISTED = "(SELECT value FROM json_each(?))"


class _Keys:
    """Keys and pairs of names, collected and written at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._held: set[tuple[str, int]] = set()
        self._keys: list[tuple[str, str, str, int, int]] = []
        self._pairs: list[tuple[str, str, int]] = []
        self._places: dict[str, int] = {}

    def holds(self, kind: str, target: int) -> bool:
        """Whether a name is in the index, or is about to be."""
        if (kind, target) in self._held:
            return True
        found = self._connection.execute(
            "SELECT 1 FROM name_keys WHERE kind = ? AND target = ? LIMIT 1", [kind, target]
        ).fetchone()
        return found is not None

    def place(self, name: str) -> int:
        """The code of a place that is no division of the list; a new one gets the next."""
        if name not in self._places:
            known = self._connection.execute(
                "SELECT target FROM name_keys WHERE kind = 'region' AND form = 'text' AND key = ? AND target >= ?",
                [name, LOCAL],
            ).fetchone()
            last = self._connection.execute("SELECT max(target) FROM name_keys WHERE kind = 'region'").fetchone()[0]
            latest = max(last or 0, LOCAL, *self._places.values())
            self._places[name] = known[0] if known else latest // 100 * 100 + 101
            if known is None:
                self.add("region", self._places[name], region_forms(Region(self._places[name], name)))
        return self._places[name]

    def add(self, kind: str, target: int, forms: Mapping[str, int]) -> None:
        """All keys of a name's forms; of two alike the weightier."""
        weights: dict[tuple[str, str], int] = {}
        for text, name_weight in sorted(forms.items(), key=lambda item: item[1]):
            for form, key, weight in name_forms(text, name_weight) if text else ():
                weights[form, key] = weight
        self._keys += [(kind, form, key, target, weight) for (form, key), weight in weights.items()]
        self._held.add((kind, target))

    def add_pairs(self, kind: str, target: int, forms: Iterable[str]) -> None:
        """The pairs of neighbouring characters of a name's forms."""
        pairs = {form[index : index + 2] for form in forms for index in range(len(form) - 1)}
        self._pairs += [(kind, pair, target) for pair in pairs]

    def drop(self, kind: str, targets: str) -> None:
        """Remove what the index holds of these names (their numbers as a JSON list)."""
        for table in ("name_keys", "name_pairs"):
            self._connection.execute(f"DELETE FROM {table} WHERE kind = ? AND target IN {_LISTED}", [kind, targets])

    def write(self) -> None:
        """Store what was collected."""
        self._connection.executemany("INSERT OR REPLACE INTO name_keys VALUES (?, ?, ?, ?, ?)", self._keys)
        self._connection.executemany("INSERT INTO name_pairs VALUES (?, ?, ?)", self._pairs)


def _index_agency(connection: sqlite3.Connection, agency_id: int, keys: _Keys) -> None:
    connection.execute("DELETE FROM agency_bodies WHERE agency_id = ?", [agency_id])
    row = connection.execute("SELECT name, place FROM agencies WHERE id = ?", [agency_id]).fetchone()
    if row is None:
        _drop_subjects(connection, agency_id, set(), keys)
        return
    own = split_name(row[0])[0]
    around = leading_regions(spell(row[1] or "").text)[0] or own
    aliases = connection.execute("SELECT alias FROM agency_aliases WHERE agency_id = ?", [agency_id])
    for name in (row[0], *(alias for (alias,) in aliases)):
        codes, rest = split_name(name)
        place = find_local_place(rest) if codes or not around else None
        if place is not None:
            inner = _body_id(connection, rest.removeprefix(place), keys)
            connection.execute(_IN_PLACE, [keys.place(place), inner, agency_id])
            if not codes:
                continue
        body_id = _body_id(connection, rest, keys)
        for code in _settled(codes, around) or (0,):
            connection.execute(_IN_PLACE, [code, body_id, agency_id])
            if code:
                _index_region(code, keys)
    _index_subjects(connection, agency_id, keys)


def _settled(codes: tuple[int, ...], around: tuple[int, ...]) -> tuple[int, ...]:
    """The region that a name says (several of one name: 鼓楼区), settled by the place that the report says."""
    if not codes:
        return around
    inside = tuple(code for code in codes if any(is_within(code, one) for one in around))
    return inside or codes


def _body_id(connection: sqlite3.Connection, name: str, keys: _Keys) -> int:
    row = connection.execute("SELECT id FROM bodies WHERE name = ?", [name]).fetchone()
    if row:
        return int(row[0])
    body_id = connection.execute("INSERT INTO bodies (name) VALUES (?)", [name]).lastrowid or 0
    keys.add("body", body_id, body_forms(name) | {name: FULL})
    return body_id


def _index_region(code: int, keys: _Keys) -> None:
    """Keys of a region and of those that it lies in."""
    for region in filter(None, map(regions().get, dict.fromkeys((code, code // 100 * 100, code // 10000 * 10000)))):
        if not keys.holds("region", region.code):
            keys.add("region", region.code, region_forms(region))


def _index_metrics(connection: sqlite3.Connection, metric_ids: Iterable[int], keys: _Keys) -> None:
    wanted = json.dumps(list(metric_ids))
    keys.drop("metric", wanted)
    names = connection.execute(f"SELECT id, name FROM metrics WHERE id IN {_LISTED}", [wanted]).fetchall()
    forms = {number: {spell(name).text: FULL, short_form(name): FULL} for number, name in names}
    aliases = connection.execute(f"SELECT metric_id, alias FROM metric_aliases WHERE metric_id IN {_LISTED}", [wanted])
    for number, alias in aliases:
        forms[number].setdefault(spell(alias).text, ALIAS)
        forms[number].setdefault(short_form(alias), ALIAS)
    for number, name in names:
        for word in _everyday().get(name, ()):
            forms[number].setdefault(short_form(word), ALIAS - 2)
        keys.add("metric", number, forms[number])
        keys.add_pairs("metric", number, forms[number])


@cache
def _everyday() -> dict[str, list[str]]:
    """Each term with the words that people use for it in chat."""
    words: dict[str, list[str]] = {}
    for word, term in everyday_words().items():
        words.setdefault(term, []).append(word)
    return words


def _index_subjects(connection: sqlite3.Connection, agency_id: int, keys: _Keys) -> None:
    found = connection.execute(
        "SELECT DISTINCT subject FROM figures WHERE agency_id = ? AND subject IS NOT NULL", [agency_id]
    )
    names = {name for (name,) in found}
    _drop_subjects(connection, agency_id, names, keys)
    known = {name for (name,) in connection.execute("SELECT name FROM subjects WHERE agency_id = ?", [agency_id])}
    for name in sorted(names - known):
        short = short_form(name)
        number = connection.execute(
            "INSERT INTO subjects (agency_id, name, short) VALUES (?, ?, ?)", [agency_id, name, short]
        ).lastrowid
        keys.add("subject", number or 0, {spell(name).text: FULL, short: FULL})
        keys.add_pairs("subject", number or 0, [short])


def _drop_subjects(connection: sqlite3.Connection, agency_id: int, keep: set[str], keys: _Keys) -> None:
    rows = connection.execute("SELECT id, name FROM subjects WHERE agency_id = ?", [agency_id]).fetchall()
    gone = json.dumps([number for number, name in rows if name not in keep])
    keys.drop("subject", gone)
    connection.execute(f"DELETE FROM subjects WHERE id IN {_LISTED}", [gone])
