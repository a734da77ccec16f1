"""Tables, indexes and views of the knowledge base, as named migrations.

Values are text, exact. ``sort_key`` orders amounts of one base unit (万元 and 元 together) without floating point; it is
for indexes, never shown. Offsets are characters into ``sources.text``.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

_TABLES = """
CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    place TEXT
);
CREATE TABLE agency_aliases (
    agency_id INTEGER NOT NULL REFERENCES agencies(id) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (agency_id, alias)
) WITHOUT ROWID;
CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    agency_id INTEGER NOT NULL REFERENCES agencies(id),
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    paged INTEGER NOT NULL,
    pages INTEGER,
    sha256 TEXT NOT NULL,
    reader_version TEXT NOT NULL,
    figure_count INTEGER NOT NULL,
    ignored_count INTEGER NOT NULL,
    unread_count INTEGER NOT NULL,
    is_sample INTEGER NOT NULL DEFAULT 0,
    path TEXT,
    loaded_at TEXT NOT NULL
);
CREATE TABLE sources (
    report_id TEXT PRIMARY KEY REFERENCES reports(id) ON DELETE CASCADE,
    text TEXT NOT NULL
);
CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    parent TEXT,
    nature TEXT,
    standard INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE metric_aliases (
    metric_id INTEGER NOT NULL REFERENCES metrics(id) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (metric_id, alias)
) WITHOUT ROWID;
CREATE TABLE figures (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    agency_id INTEGER NOT NULL REFERENCES agencies(id),
    year INTEGER NOT NULL,
    metric_id INTEGER NOT NULL REFERENCES metrics(id),
    aliases TEXT,
    parent TEXT,
    code TEXT,
    scope TEXT,
    subject TEXT,
    measure TEXT NOT NULL,
    split TEXT,
    value TEXT NOT NULL,
    unit TEXT,
    comparator TEXT,
    sort_key TEXT NOT NULL,
    page INTEGER,
    line INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    box TEXT,
    cell TEXT,
    printed TEXT NOT NULL,
    section TEXT NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    pieces TEXT,
    rank INTEGER NOT NULL,
    approximate INTEGER NOT NULL DEFAULT 0,
    confidence TEXT NOT NULL DEFAULT '1',
    note TEXT
) WITHOUT ROWID;
CREATE TABLE definitions (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    agency_id INTEGER NOT NULL REFERENCES agencies(id),
    year INTEGER NOT NULL,
    term TEXT NOT NULL,
    text TEXT NOT NULL,
    page INTEGER,
    line INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    section TEXT NOT NULL
);
CREATE TABLE absences (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    agency_id INTEGER NOT NULL REFERENCES agencies(id),
    year INTEGER NOT NULL,
    metric TEXT NOT NULL,
    scope TEXT,
    text TEXT NOT NULL,
    page INTEGER,
    line INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    section TEXT NOT NULL
);
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    places TEXT NOT NULL,
    printed TEXT NOT NULL,
    expected TEXT NOT NULL,
    figures TEXT NOT NULL
);
CREATE TABLE ledger (
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    printed TEXT NOT NULL,
    fate TEXT NOT NULL,
    reason TEXT NOT NULL,
    line INTEGER,
    page INTEGER,
    PRIMARY KEY (report_id, start)
) WITHOUT ROWID;
CREATE INDEX figures_by_agency ON figures(agency_id, metric_id, year);
CREATE INDEX figures_by_metric ON figures(metric_id, measure, year, sort_key);
CREATE INDEX figures_by_report ON figures(report_id, start);
CREATE INDEX figures_by_subject ON figures(agency_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX figures_by_code ON figures(code, agency_id) WHERE code IS NOT NULL;
CREATE INDEX reports_by_agency ON reports(agency_id, year);
CREATE INDEX definitions_by_term ON definitions(term);
CREATE INDEX absences_by_agency ON absences(agency_id, year);
CREATE INDEX agency_aliases_by_alias ON agency_aliases(alias);
CREATE INDEX metric_aliases_by_alias ON metric_aliases(alias);
"""


def create_tables(db: Database) -> None:
    """Reports, agencies, metrics, figures with their places, definitions, absences, findings, the ledger."""
    db.executescript(_TABLES)


MIGRATIONS: tuple[tuple[str, Callable[[Database], None]], ...] = (("0001_create_tables", create_tables),)
"""Name and step of every migration, in order; a name once released never changes."""
