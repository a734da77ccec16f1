"""The first way, chained: files → readers → rules → checks → knowledge base. What scripts and the bot call."""

from __future__ import annotations

import gc
import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, Self

from knowledge.collect import FoundFile, Unusable, find_files, is_still_there
from knowledge.prepare import Prepared, RowFigures, Told, prepare
from knowledge.readers import READERS
from knowledge.readers.isolated import can_copy, explain
from knowledge.store import Store, StoredReport, StoreError, stored_reports
from knowledge.version import extraction_version
from knowledge.workers import run_apart, run_here

Status = Literal["stored", "replaced", "unchanged", "skipped", "failed"]
Progress = Callable[["Outcome", int, int], None]
_LIGHT = {".txt", ".md", ".markdown"}
_LIGHT_BYTES = 2_000_000
_NEW_OBJECTS = 100_000
_WORTH_COPIES = 100_000
_WORTH_PROCESSES = 500_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``message`` is one Chinese sentence, empty where all is as expected."""

    origin: str
    status: Status
    message: str = ""
    document: str = ""
    title: str = ""
    agency: str | None = None
    year: int | None = None
    kind: str = ""
    figures: int = 0
    ignored: int = 0
    unread: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What became of all files, in the order in which they were done."""

    outcomes: tuple[Outcome, ...]

    def count(self, status: Status) -> int:
        """How many files ended so."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def loaded(self) -> tuple[Outcome, ...]:
        """The outcomes of files that were read."""
        return tuple(outcome for outcome in self.outcomes if outcome.status in ("stored", "replaced"))


@dataclass(frozen=True, slots=True)
class _Task:
    """A file with its name in the knowledge base and what is stored of it."""

    file: FoundFile
    document: str
    before: StoredReport | None


def load_paths(
    paths: Sequence[Path],
    database: Path,
    *,
    agency: str | None = None,
    year: int | None = None,
    title: str | None = None,
    dry_run: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> LoadSummary:
    """Load files, folders and archives. Never raises for a file; each report is stored whole or not at all.

    ``jobs`` processes read and extract (None: as many as pay), one writes. A file that is stored already, by the same
    version of the rules, is passed over, so that an interrupted load goes on where it was. Raises StoreError.
    """
    told = Told(agency, year, title)
    with TemporaryDirectory(prefix="juesuan-") as unpacked:
        found = list(find_files(paths, Path(unpacked)))
        with _Loader(database, told, dry_run) as loader, _collecting_rarely():
            return LoadSummary(tuple(_report_progress(loader.load(found, jobs), len(found), progress)))


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """What is made of a report lives until it is stored: looking for garbage in it again and again finds none."""
    usual = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _report_progress(outcomes: Iterable[Outcome], total: int, progress: Progress | None) -> Iterator[Outcome]:
    for done, outcome in enumerate(outcomes, start=1):
        if progress:
            progress(outcome, done, total)
        yield outcome


class _Loader:
    """One run over the files: decides what to do with each, and stores what comes back."""

    def __init__(self, database: Path, told: Told, dry_run: bool) -> None:
        self._told = told
        self._store = None if dry_run else Store(database)
        self._stored = stored_reports(database)
        self._seen = {(report.sha256, report.version): report for report in self._stored.values()}
        self._planned: dict[str, str] = {}
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._store:
            self._store.close()

    def load(self, found: Iterable[FoundFile | Unusable], jobs: int | None) -> Iterator[Outcome]:
        """The outcome of every file, those that need no reading first; processes begin with the longest files."""
        tasks: list[_Task] = []
        for file in found:
            decided = self._decide(file)
            if isinstance(decided, Outcome):
                yield decided
            else:
                tasks.append(decided)
        here = all(map(_is_light, tasks)) and (jobs == 1 or (jobs is None and not _pays(tasks)))
        if not here:
            tasks.sort(key=_size, reverse=True)
        calls = [(task.file.path, task.document, task.file.where, self._told) for task in tasks]
        for index, result in run_here(prepare, calls) if here else run_apart(prepare, calls, jobs):
            yield self._finish(tasks[index], result)

    def _decide(self, file: FoundFile | Unusable) -> Outcome | _Task:
        if isinstance(file, Unusable):
            return Outcome(file.origin, "failed", file.message)
        if not file.named and file.path.suffix.lower() not in READERS:
            return Outcome(file.origin, "skipped", "格式不支持，未读取。")
        try:
            digest = hashlib.sha256(file.path.read_bytes()).hexdigest()
        except OSError as error:
            return Outcome(file.origin, "failed", f"《{file.path.name}》无法打开（{error.strerror}），请检查读取权限。")
        same = self._seen.get((digest, extraction_version()))
        if same and self._agrees(same):
            return _unchanged(file, same)
        if digest in self._digests:
            return Outcome(file.origin, "unchanged", f"内容与 {self._digests[digest]} 相同，不重复载入。")
        self._digests[digest] = file.origin
        return self._plan(file)

    def _agrees(self, report: StoredReport) -> bool:
        """Whether what the admin says now is what is stored."""
        pairs = ((self._told.agency, report.agency), (self._told.year, report.year), (self._told.title, report.title))
        return all(said is None or said == stored for said, stored in pairs)

    def _plan(self, file: FoundFile) -> _Task:
        """Name the report after its file; another file of the same name takes its folder into the name."""
        parts = Path(file.where).parts
        for length in range(1, len(parts)):
            document = "/".join(parts[-length:])
            if self._is_free(document, file.where):
                break
        self._planned[document] = file.where
        return _Task(file, document, self._stored.get(document))

    def _is_free(self, document: str, where: str) -> bool:
        if document in self._planned:
            return False
        stored = self._stored.get(document)
        return stored is None or stored.path in (None, where) or not is_still_there(Path(stored.path))

    def _finish(self, task: _Task, result: Prepared | Exception) -> Outcome:
        try:
            if isinstance(result, Exception):
                raise result
            self._keep(result)
        except StoreError:
            raise
        except Exception as error:
            _log.debug("cannot load %s", task.file.origin, exc_info=error)
            return Outcome(task.file.origin, "failed", str(explain(task.file.path.name, error)), task.document)
        return _outcome(task, result)

    def _keep(self, prepared: Prepared) -> None:
        if self._store:
            self._store.replace_report(prepared.record, prepared.rows)
        else:
            deque(prepared.rows.figures, maxlen=0)


def _pays(tasks: Sequence[_Task]) -> bool:
    """Whether reading light files in several processes saves more time than starting the processes takes."""
    worth = _WORTH_COPIES if can_copy() else _WORTH_PROCESSES
    return len(tasks) > 1 and sum(map(_size, tasks)) >= worth


def _is_light(task: _Task) -> bool:
    """Whether reading the file cannot do harm and takes less time than starting a process."""
    return task.file.path.suffix.lower() in _LIGHT and _size(task) < _LIGHT_BYTES


def _size(task: _Task) -> int:
    return task.file.path.stat().st_size


def _unchanged(file: FoundFile, same: StoredReport) -> Outcome:
    renamed = Path(same.document).name != file.path.name
    return Outcome(
        origin=file.origin,
        status="unchanged",
        message=f"内容与已入库的《{same.document}》相同，不重复载入。" if renamed else "",
        document=same.document,
        title=same.title,
        agency=same.agency,
        year=same.year,
        kind=same.kind,
        figures=same.figures,
        ignored=same.ignored,
        unread=same.unread,
    )


def _outcome(task: _Task, prepared: Prepared) -> Outcome:
    record, rows = prepared.record, prepared.rows
    return Outcome(
        origin=task.file.origin,
        status="replaced" if task.before else "stored",
        message="".join((*prepared.notes, *_row_errors(prepared))),
        document=record.document,
        title=record.title,
        agency=record.agency,
        year=record.year,
        kind=record.kind,
        figures=len(rows.figures),
        ignored=rows.count("ignored"),
        unread=rows.count("unread"),
        findings=len(rows.findings),
    )


def _row_errors(prepared: Prepared) -> Iterator[str]:
    if isinstance(prepared.rows.figures, RowFigures):
        yield prepared.rows.figures.describe_errors()
