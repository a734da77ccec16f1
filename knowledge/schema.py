"""Tables, indexes and views of the knowledge base, as named migrations.

Values are text, exact. ``sort_key`` orders amounts of one base unit (万元 and 元 together) without floating point; it
is for indexes, never shown. Offsets are characters into ``sources.text``. ``passages_search`` holds the passages cut
into pairs of characters (see ``knowledge.search``), so that a Chinese word of two characters is one term.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from knowledge import names

MIGRATIONS = Migrations("knowledge")
"""Every step of the schema by name, in order; a step once released never changes."""

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
    agency_id INTEGER REFERENCES agencies(id),
    year INTEGER,
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
    base_unit TEXT,
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
);
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
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    section TEXT NOT NULL,
    page INTEGER,
    line INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE VIRTUAL TABLE passages_search USING fts5(text, content="passages", content_rowid="id");
CREATE INDEX passages_by_report ON passages(report_id);
CREATE INDEX findings_by_report ON findings(report_id);
CREATE INDEX definitions_by_report ON definitions(report_id);
CREATE INDEX absences_by_report ON absences(report_id);
CREATE INDEX figures_by_agency ON figures(agency_id, metric_id, year);
CREATE INDEX figures_by_metric ON figures(metric_id, measure, year, sort_key);
CREATE INDEX figures_by_report ON figures(report_id, start);
CREATE INDEX figures_by_subject ON figures(agency_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX figures_by_code ON figures(code, agency_id) WHERE code IS NOT NULL;
CREATE INDEX reports_by_agency ON reports(agency_id, year);
CREATE INDEX definitions_by_agency ON definitions(agency_id, year);
CREATE INDEX definitions_by_term ON definitions(term);
CREATE INDEX absences_by_agency ON absences(agency_id, year);
CREATE INDEX agency_aliases_by_alias ON agency_aliases(alias);
CREATE INDEX metric_aliases_by_alias ON metric_aliases(alias);
"""

_VIEWS = """
CREATE VIEW figures_readable AS
SELECT figures.id, agencies.name AS agency, figures.year, metrics.name AS metric, figures.parent, figures.code,
       figures.scope, figures.subject, figures.measure, figures.split, figures.value, figures.unit, figures.comparator,
       reports.title AS report, reports.document, figures.page, figures.line, figures.cell, figures.section,
       figures.quote, figures.printed, figures.approximate, figures.confidence, figures.note
FROM figures
JOIN agencies ON agencies.id = figures.agency_id
JOIN metrics ON metrics.id = figures.metric_id
JOIN reports ON reports.id = figures.report_id;

CREATE VIEW reports_readable AS
SELECT reports.id, reports.document, reports.title, agencies.name AS agency, reports.year, reports.kind, reports.format,
       reports.pages, reports.figure_count AS figures, reports.ignored_count AS ignored, reports.unread_count AS unread,
       (SELECT count(*) FROM findings WHERE findings.report_id = reports.id) AS findings, reports.loaded_at
FROM reports
LEFT JOIN agencies ON agencies.id = reports.agency_id;

CREATE VIEW definitions_readable AS
SELECT definitions.term, definitions.text, agencies.name AS agency, definitions.year, reports.title AS report,
       reports.document, definitions.page, definitions.line, definitions.section
FROM definitions
JOIN agencies ON agencies.id = definitions.agency_id
JOIN reports ON reports.id = definitions.report_id;

CREATE VIEW findings_readable AS
SELECT findings.id, agencies.name AS agency, reports.year, findings.severity, findings.rule, findings.message,
       findings.printed, findings.expected, findings.places, reports.title AS report, reports.document
FROM findings
JOIN reports ON reports.id = findings.report_id
LEFT JOIN agencies ON agencies.id = reports.agency_id;

CREATE VIEW unread_numbers AS
SELECT reports.document, ledger.page, ledger.line, ledger.printed, ledger.reason
FROM ledger
JOIN reports ON reports.id = ledger.report_id
WHERE ledger.fate = 'unread';
"""


def _execute(db: Database, script: str) -> None:
    """Every statement of a script, inside the transaction of the migrations, which ``executescript`` would end."""
    for statement in filter(str.strip, script.split(";")):
        db.execute(statement)


@MIGRATIONS(name="0001_create_tables")
def create_tables(db: Database) -> None:
    """Reports, agencies, metrics, figures with their places, definitions, absences, findings, the ledger."""
    _execute(db, _TABLES)


@MIGRATIONS(name="0002_create_views")
def create_views(db: Database) -> None:
    """What people want to see joined."""
    _execute(db, _VIEWS)


@MIGRATIONS(name="0003_create_name_index")
def create_name_index(db: Database) -> None:
    """Bodies, metrics and projects by spelling and by sound; see knowledge/names.py."""
    _execute(db, names.TABLES)


@MIGRATIONS(name="0004_index_parents")
def index_parents(db: Database) -> None:
    """What the figures of a body are part of, without reading them all."""
    db.execute("CREATE INDEX figures_by_parent ON figures(agency_id, parent) WHERE parent IS NOT NULL")
