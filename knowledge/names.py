"""The index of names in the knowledge base, built at load: bodies, metrics and projects by spelling and by sound.

A body's name is kept in two parts, its region (渠县) and the rest (医疗保障局), so that the index grows with the number of
different names of offices, not with their number in the country. Keys are spelled as ``spelling.short_form`` does.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from knowledge.regions import Region, is_within, leading_regions, region_stem, regions
from knowledge.spelling import short_form, spell, usual_readings
from knowledge.vocabulary.abbreviations import abbreviations, everyday_words

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

FULL, ALIAS, SAME, SHORT, STEM = 100, 98, 94, 92, 80
_VARIANTS = 8
_SHORT_NAME = 4


def index_names(connection: sqlite3.Connection, agency_ids: Iterable[int], metric_ids: Iterable[int]) -> None:
    """Bring the index up to date for these bodies and metrics, also where they are gone.

    Runs inside the caller's transaction. Projects (subjects) are those of the bodies' figures.
    """
    for agency_id in agency_ids:
        _index_agency(connection, agency_id)
    for metric_id in metric_ids:
        _index_metric(connection, metric_id)


def split_name(name: str) -> tuple[tuple[int, ...], str]:
    """A body's name as codes of its region (empty: none known) and the rest, spelled for comparison.

    >>> split_name("株洲市石峰区医疗保障局")
    ((430204,), '医疗保障局')
    """
    plain = spell(name).text
    codes, end = leading_regions(plain)
    return (codes, plain[end:]) if len(plain) - end >= 2 else ((), plain)


def _index_agency(connection: sqlite3.Connection, agency_id: int) -> None:
    connection.execute("DELETE FROM agency_bodies WHERE agency_id = ?", [agency_id])
    row = connection.execute("SELECT name, place FROM agencies WHERE id = ?", [agency_id]).fetchone()
    if row is None:
        _drop_subjects(connection, agency_id, set())
        return
    own = split_name(row[0])[0]
    around = leading_regions(spell(row[1] or "").text)[0] or own
    aliases = connection.execute("SELECT alias FROM agency_aliases WHERE agency_id = ?", [agency_id])
    for name in (row[0], *(alias for (alias,) in aliases)):
        codes, rest = split_name(name)
        body_id = _body_id(connection, rest)
        for code in _settled(codes, around) or (0,):
            connection.execute("INSERT OR IGNORE INTO agency_bodies VALUES (?, ?, ?)", [code, body_id, agency_id])
            if code:
                _index_region(connection, code)
    _index_subjects(connection, agency_id)


def _settled(codes: tuple[int, ...], around: tuple[int, ...]) -> tuple[int, ...]:
    """The region that a name says (several of one name: 鼓楼区), settled by the place that the report says."""
    if not codes:
        return around
    inside = tuple(code for code in codes if any(is_within(code, one) for one in around))
    return inside or codes


def _body_id(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT id FROM bodies WHERE name = ?", [name]).fetchone()
    if row:
        return int(row[0])
    body_id = connection.execute("INSERT INTO bodies (name) VALUES (?)", [name]).lastrowid or 0
    _insert_keys(connection, "body", body_id, body_forms(name) | {name: FULL})
    return body_id


def _index_region(connection: sqlite3.Connection, code: int) -> None:
    """Keys of a region and of those that it lies in."""
    for region in filter(None, map(regions().get, dict.fromkeys((code, code // 100 * 100, code // 10000 * 10000)))):
        known = connection.execute(
            "SELECT 1 FROM name_keys WHERE kind = 'region' AND target = ? LIMIT 1", [region.code]
        ).fetchone()
        if not known:
            _insert_keys(connection, "region", region.code, _region_forms(region))


def _region_forms(region: Region) -> dict[str, int]:
    forms = dict.fromkeys((region.name, *region.former), FULL)
    for name in tuple(forms):
        if 2 <= len(region_stem(name)) < len(name):
            forms.setdefault(region_stem(name), SHORT)
    return forms


def body_forms(name: str) -> dict[str, int]:
    """Every form that a body's name (without its region) is known by, with its weight.

    医疗保险基金管理中心 → 医保基金管理中心 100, 医保管理中心 …, 医保中心 92.
    """
    short = short_form(name)
    words = abbreviations()
    forms = {short: FULL}
    for tail in words.tail:
        if short.endswith(tail) and len(short) > len(tail) + 1:
            forms.setdefault(short.removesuffix(tail), ALIAS)
    for form in tuple(forms):
        for variant in _same_office(form):
            forms.setdefault(variant, SAME)
        for variant in _without_inner(form):
            forms.setdefault(variant, SHORT)
    for form in tuple(forms):
        stem = _stem(form)
        if stem and stem not in forms:
            forms[stem] = STEM if form.endswith(words.leading) else STEM - 8
    return forms


def _without_inner(form: str) -> Iterator[str]:
    for ending in ("中心", "站", "所", "处", "局"):
        if form.endswith(ending):
            for inner in abbreviations().inner:
                left = form.removesuffix(ending).removesuffix(inner)
                if len(left) >= 2 and len(left) + len(ending) < len(form):
                    yield left + ending


def _same_office(form: str) -> Iterator[str]:
    """卫健局 and 卫健委 are one office in one place; 庙坝镇政府 is also called 庙坝镇."""
    stem = form[:-1]
    if form[-1:] in ("局", "委") and stem in abbreviations().same.values():
        yield stem + ("委" if form.endswith("局") else "局")
    if form.endswith(("镇政府", "乡政府")):
        yield form.removesuffix("政府")


def _stem(form: str) -> str:
    """The field that a body is in charge of, when it alone is a short form: 医保局 → 医保; 财政局 → 财政."""
    match = re.fullmatch(r"(.{2,4}?)(?:局|厅|委|办|中心)", form)
    return match[1] if match else ""


def _index_metric(connection: sqlite3.Connection, metric_id: int) -> None:
    for table in ("name_keys", "name_pairs"):
        connection.execute(f"DELETE FROM {table} WHERE kind = 'metric' AND target = ?", [metric_id])
    row = connection.execute("SELECT name FROM metrics WHERE id = ?", [metric_id]).fetchone()
    if row is None:
        return
    aliases = connection.execute("SELECT alias FROM metric_aliases WHERE metric_id = ?", [metric_id])
    forms = {spell(row[0]).text: FULL, short_form(row[0]): FULL}
    for (alias,) in aliases:
        forms.setdefault(spell(alias).text, ALIAS)
        forms.setdefault(short_form(alias), ALIAS)
    for word, term in everyday_words().items():
        if term == row[0]:
            forms.setdefault(short_form(word), ALIAS - 2)
    _insert_keys(connection, "metric", metric_id, forms)
    _insert_pairs(connection, "metric", metric_id, forms)


def _index_subjects(connection: sqlite3.Connection, agency_id: int) -> None:
    found = connection.execute(
        "SELECT DISTINCT subject FROM figures WHERE agency_id = ? AND subject IS NOT NULL", [agency_id]
    )
    names = {name for (name,) in found}
    _drop_subjects(connection, agency_id, names)
    known = {name for (name,) in connection.execute("SELECT name FROM subjects WHERE agency_id = ?", [agency_id])}
    for name in sorted(names - known):
        short = short_form(name)
        number = connection.execute(
            "INSERT INTO subjects (agency_id, name, short) VALUES (?, ?, ?)", [agency_id, name, short]
        ).lastrowid
        _insert_keys(connection, "subject", number or 0, {spell(name).text: FULL, short: FULL})
        _insert_pairs(connection, "subject", number or 0, [short])


def _drop_subjects(connection: sqlite3.Connection, agency_id: int, keep: set[str]) -> None:
    rows = connection.execute("SELECT id, name FROM subjects WHERE agency_id = ?", [agency_id]).fetchall()
    for number, name in rows:
        if name not in keep:
            for table in ("name_keys", "name_pairs"):
                connection.execute(f"DELETE FROM {table} WHERE kind = 'subject' AND target = ?", [number])
            connection.execute("DELETE FROM subjects WHERE id = ?", [number])


def _insert_keys(connection: sqlite3.Connection, kind: str, target: int, forms: dict[str, int]) -> None:
    rows = {
        (kind, form, key, target): weight
        for text, name_weight in sorted(forms.items(), key=lambda item: item[1])
        if text
        for form, key, weight in name_forms(text, name_weight)
    }
    connection.executemany(
        "INSERT OR REPLACE INTO name_keys VALUES (?, ?, ?, ?, ?)", ((*key, weight) for key, weight in rows.items())
    )


def _insert_pairs(connection: sqlite3.Connection, kind: str, target: int, forms: Iterable[str]) -> None:
    pairs = {form[index : index + 2] for form in forms for index in range(len(form) - 1)}
    connection.executemany(
        "INSERT OR IGNORE INTO name_pairs VALUES (?, ?, ?)", ((kind, pair, target) for pair in pairs)
    )


@lru_cache(maxsize=4096)
def name_forms(text: str, weight: int) -> tuple[tuple[str, str, int], ...]:
    """A name's keys as (form, key, weight): its text, its pinyin, its letters, its initials.

    >>> name_forms("渠县", 100)
    (('text', '渠县', 100), ('pinyin', 'qu xian ', 100), ('letters', 'quxian', 100), ('initials', 'qx', 100))
    """
    rows = [("text", text, weight)]
    for index, reading in enumerate(readings(text)):
        if index == 0 or len(text) <= _SHORT_NAME:
            rows.append(("pinyin", " ".join(reading) + " ", weight))
        rows.append(("letters", "".join(reading), weight))
    initials = {"".join(syllable[:1] for syllable in reading) for reading in readings(text)}
    rows.extend(("initials", letters, weight) for letters in sorted(initials))
    return tuple(rows)


def readings(text: str) -> list[tuple[str, ...]]:
    """How a name may be read, the most usual first: 曾都区 zeng du qu, ceng du qu …; of a long name one 多音字 at a time."""
    options = [usual_readings(character) for character in text]
    usual = tuple(option[0] for option in options)
    if len(text) <= _SHORT_NAME:
        return list(islice(product(*options), _VARIANTS))
    others = (
        (*usual[:index], other, *usual[index + 1 :]) for index, option in enumerate(options) for other in option[1:]
    )
    return [usual, *islice(others, _VARIANTS)]
