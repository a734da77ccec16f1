"""What the knowledge base holds: bodies, years, metrics, reports, and questions that it can answer."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.showing import is_printed, show_record
from bot.models import Answer, Question
from bot.wording import phrase
from bot.wording.answer import render_text
from knowledge.connection import open_reader
from knowledge.models import Box

_AROUND = 160
_LINES_AROUND = 2
_BODIES = """SELECT a.id, coalesce(a.place, a.name), max(r.year) FROM reports r
    JOIN agencies a ON a.id = r.agency_id WHERE r.year IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One loaded report. ``agency`` and ``year`` are None for a data table about several."""

    id: str
    document: str
    title: str
    agency: str | None
    year: int | None
    kind: str
    figures: int
    unread: int
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list that can be browsed: what it is called, how much there is, and a question about it."""

    label: str
    count: int
    question: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with the printed lines around it, and where the file is; ``box`` is (x0, top, x1, bottom) on its page."""

    before: str
    quote: str
    after: str
    format: str
    path: Path | None
    page: int | None
    box: Box | None


class Catalogue:
    """Reads the lists of one knowledge base; each call sees what is loaded at that moment."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with closing(open_reader(self._database)) as connection:
            return connection.execute(query, values).fetchall()

    def reports(self, limit: int, offset: int = 0) -> list[ReportLine]:
        """Loaded reports, the newest first."""
        rows = self._rows(
            """SELECT r.id, r.document, r.title, a.name, r.year, r.kind, r.figure_count, r.unread_count, r.is_sample
               FROM reports r LEFT JOIN agencies a ON a.id = r.agency_id
               ORDER BY r.loaded_at DESC, r.document LIMIT ? OFFSET ?""",
            limit, offset,
        )  # fmt: skip
        return [ReportLine(*row) for row in rows]

    def report(self, report_id: str) -> ReportLine | None:
        """One report by its id."""
        found = [line for line in self.reports(-1) if line.id == report_id]
        return found[0] if found else None

    def totals(self) -> tuple[int, int, int]:
        """Numbers of reports, bodies and figures."""
        row = self._rows("SELECT count(*), count(DISTINCT agency_id), coalesce(sum(figure_count), 0) FROM reports")[0]
        return row[0], row[1], row[2]

    def only_samples(self) -> bool:
        """Whether nothing but the samples that come with the program is loaded."""
        return not self._rows("SELECT 1 FROM reports WHERE is_sample = 0 LIMIT 1")

    def passage(self, figure_id: str) -> Passage | None:
        """What stands around a figure's quote; None where the figure is no longer stored."""
        rows = self._rows(
            """SELECT s.text, f.quote_start, f.quote_end, r.format, r.path, f.page, f.box
               FROM figures f JOIN reports r ON r.id = f.report_id JOIN sources s ON s.report_id = r.id
               WHERE f.id = ?""",
            figure_id,
        )
        if not rows:
            return None
        text, start, end, file_format, path, page, box = rows[0]
        return Passage(
            before=_last_lines(text[max(0, start - _AROUND) : start]),
            quote=text[start:end],
            after=_first_lines(text[end : end + _AROUND]),
            format=file_format,
            path=Path(path) if path else None,
            page=page,
            box=tuple(json.loads(box)) if box else None,
        )

    def figure_answer(self, figure_id: str) -> Answer | None:
        """The answer that shows one figure; None where it is not stored, or its source does not print it any more."""
        with closing(open_reader(self._database)) as connection:
            base = KnowledgeBase(connection)
            records = [record for record in base.by_id([figure_id]) if is_printed(base, record)]
            figures = tuple(show_record(base, record) for record in records)
        if not figures:
            return None
        [figure] = figures
        question = phrase(
            "catalogue.figure", agency=figure.agency, year=figure.year, metric=figure.metric, measure=figure.measure
        )
        answer = Answer(status="answered", question=Question(text=question), figures=figures)
        return answer.model_copy(update={"text": render_text(answer)})

    def sizes(self) -> dict[str, int]:
        """How long each list is."""
        rows = self._rows(
            """SELECT 'agencies', count(DISTINCT agency_id) FROM reports
               UNION ALL SELECT 'years', count(DISTINCT year) FROM reports
               UNION ALL SELECT 'metrics', count(*) FROM metrics UNION ALL SELECT 'sources', count(*) FROM reports"""
        )
        return dict(map(tuple, rows))

    def agencies(self, limit: int, offset: int = 0) -> list[Entry]:
        """Bodies in the order of their names, with their numbers of reports."""
        rows = self._rows(
            """SELECT a.name, count(r.id) FROM agencies a JOIN reports r ON r.agency_id = a.id
               GROUP BY a.id ORDER BY a.name LIMIT ? OFFSET ?""",
            limit, offset,
        )  # fmt: skip
        return [Entry(name, count, f"{name}有哪些数据") for name, count in rows]

    def years(self, limit: int, offset: int = 0) -> list[Entry]:
        """Fiscal years, the newest first, with their numbers of reports."""
        rows = self._rows(
            """SELECT year, count(*) FROM reports WHERE year IS NOT NULL
               GROUP BY year ORDER BY year DESC LIMIT ? OFFSET ?""",
            limit, offset,
        )  # fmt: skip
        return [Entry(f"{year}年", count, f"{year}年有哪些单位") for year, count in rows]

    def metrics(self, limit: int, offset: int = 0) -> list[Entry]:
        """Metrics, the field's standard terms first."""
        rows = self._rows("SELECT name FROM metrics ORDER BY standard DESC, id LIMIT ? OFFSET ?", limit, offset)
        return [Entry(name, 0, f"{name}排名") for (name,) in rows]

    def examples(self, limit: int = 4) -> list[str]:
        """Questions that the loaded reports answer, each about another body."""
        rows = self._rows(
            f"{_BODIES} GROUP BY a.id ORDER BY max(r.loaded_at) DESC, a.name LIMIT ?",
            limit,
        )
        return self._questions_about(rows)

    def completions(self, text: str, limit: int = 4) -> list[str]:
        """Questions about bodies whose name holds what is typed so far."""
        rows = self._rows(
            f"{_BODIES} AND (instr(a.name, ?1) OR instr(?1, coalesce(a.place, a.name))) GROUP BY a.id LIMIT ?2",
            text, limit,
        )  # fmt: skip
        return self._questions_about(rows)

    def _questions_about(self, bodies: list[sqlite3.Row]) -> list[str]:
        known = phrase("catalogue.example_metrics").split()
        questions = []
        for position, (agency, name, year) in enumerate(bodies):
            metrics = self._rows(
                f"""SELECT DISTINCT m.name FROM metrics m JOIN figures f ON f.metric_id = m.id
                    WHERE m.name IN ({",".join("?" * len(known))}) AND f.agency_id = ? AND f.year = ?
                    AND f.measure IN ('决算数', '执行数') AND f.subject IS NULL""",
                *known, agency, year,
            )  # fmt: skip
            found = sorted((metric for (metric,) in metrics), key=known.index)
            if found:
                questions.append(f"{name}{year}年{found[position % len(found)]}")
        return questions


def _last_lines(text: str) -> str:
    return "\n".join([line.strip() for line in text.splitlines() if line.strip()][-_LINES_AROUND:])


def _first_lines(text: str) -> str:
    return "\n".join([line.strip() for line in text.splitlines() if line.strip()][:_LINES_AROUND])
