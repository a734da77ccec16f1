"""Measures what the program is worth: answers per second over a large knowledge base, pages per second, load time.

uv run python scripts/benchmark.py                        100,000 bodies with 50 figures each
uv run python scripts/benchmark.py pdf FILE               pages a second, beside pdfplumber with tables
uv run python scripts/benchmark.py reports FOLDER         load time of the text reports of a folder
uv run python scripts/benchmark.py telegram               200 users asking the bot 20 questions each
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.spelling import homophones, short_form, syllables

if TYPE_CHECKING:
    from scripts.seeded_knowledge import Body, Seeded

SEED = 20261122
_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the benchmark: its kind, its text, and the body that it is about."""

    kind: str
    text: str
    agency: str | None


def make_questions(seeded: Seeded, count: int, seed: int) -> list[Asked]:
    """A mix of exact, short, fuzzy, pinyin and ranking questions about a seeded knowledge base."""
    choose = random.Random(seed)
    makers = [_exact] * 4 + [_short] * 2 + [_mistyped] * 2 + [_swapped] + [_pinyin] * 2 + [_ranking]
    return [
        choose.choice(makers)(choose, choose.choice(seeded.bodies), choose.choice(seeded.metrics).name)
        for _ in range(count)
    ]


def _exact(choose: random.Random, body: Body, metric: str) -> Asked:
    return Asked("exact", f"{body.name}{body.year}年{metric}是多少", body.name)


def _short(choose: random.Random, body: Body, metric: str) -> Asked:
    return Asked("short", f"{body.region}{short_form(body.office)}{body.year}年{metric}", body.name)


def _mistyped(choose: random.Random, body: Body, metric: str) -> Asked:
    office = _homophone(choose, body.office)
    return Asked("fuzzy", f"{body.region}{office}{body.year}年{metric}", body.name)


def _homophone(choose: random.Random, text: str) -> str:
    index = choose.randrange(len(text) - 1)
    return text[:index] + choose.choice(homophones(text[index]) or text[index]) + text[index + 1 :]


def _swapped(choose: random.Random, body: Body, metric: str) -> Asked:
    index = choose.randrange(max(1, len(metric) - 1))
    wrong = metric[:index] + metric[index : index + 2][::-1] + metric[index + 2 :]
    return Asked("fuzzy", f"{body.name}{body.year}年{wrong}", body.name)


def _pinyin(choose: random.Random, body: Body, metric: str) -> Asked:
    name, wanted = "".join(syllables(body.name)), "".join(syllables(metric))
    return Asked("pinyin", f"{name} {body.year} {wanted}", body.name)


def _ranking(choose: random.Random, body: Body, metric: str) -> Asked:
    return Asked("ranking", f"{body.year}年哪个单位{metric}最高", None)


def ask_names(database: Path) -> Callable[[str], set[str]]:
    """Finds names and figures without the rest of the bot; returns the bodies found."""
    from bot.questions.names import find_agencies, find_metrics
    from knowledge.connection import open_reader

    connection = open_reader(database)

    def ask(text: str) -> set[str]:
        with connection.snapshot():
            agencies = find_agencies(connection, text)
            for metric in find_metrics(connection, text)[:1]:
                for agency in agencies[:1]:
                    _figures(connection, agency.id, metric.id)
        return {agency.name for agency in agencies}

    return ask


def _figures(connection: sqlite3.Connection, agency: int, metric: int) -> None:
    connection.execute("SELECT * FROM figures WHERE agency_id = ? AND metric_id = ?", [agency, metric]).fetchall()


def ask_assistant(database: Path) -> Callable[[str], set[str]]:
    """Asks the whole bot; returns the bodies that the answer's figures are about, or that it offers."""
    from bot.assistant import Assistant

    assistant = Assistant(database)

    def ask(text: str) -> set[str]:
        answer, _ = assistant.ask(text)
        named = {match.name for match in answer.question.agencies}
        return named | {figure.agency for figure in answer.figures}

    return ask


def run_questions(database: Path, questions: Sequence[Asked], names_only: bool, started: float) -> dict[str, object]:
    """Start, ask every question once, and report seconds, memory and how many found their body.

    ``worked`` and ``by_kind`` are processor time: on a busy machine the clock says more about the others.
    """
    ask = (ask_names if names_only else ask_assistant)(database)
    ask("渠县2022年三公经费")
    start, start_worked = time.time() - started, time.process_time()
    seconds: list[float] = []
    worked: list[float] = []
    found = 0
    for question in questions:
        before, busy = time.perf_counter(), time.process_time()
        agencies = ask(question.text)
        worked.append(time.process_time() - busy)
        seconds.append(time.perf_counter() - before)
        found += question.agency is None or question.agency in agencies
    kinds = sorted({question.kind for question in questions})
    by_kind = {
        kind: [duration for question, duration in zip(questions, worked, strict=True) if question.kind == kind]
        for kind in kinds
    }
    return {
        "start": start,
        "start_worked": start_worked,
        "peak": peak_memory(),
        "seconds": seconds,
        "worked": worked,
        "by_kind": by_kind,
        "found": found,
    }


def peak_memory() -> float:
    """The most memory that this process has used so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_questions(arguments: argparse.Namespace) -> None:
    """Start-up, memory and answering time in a process of its own, beside rapidfuzz over all names."""
    from scripts.seeded_knowledge import open_seeded

    folder = arguments.folder or Path(tempfile.gettempdir())
    seeded = open_seeded(folder, arguments.agencies, arguments.figures, SEED)
    questions = make_questions(seeded, arguments.questions, SEED)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "questions.json"
        file.write_text(json.dumps([[one.kind, one.text, one.agency] for one in questions]), "utf-8")
        outcome = Path(scratch) / "result.json"
        command = [sys.executable, __file__, "child", str(seeded.path), str(file), str(outcome), str(time.time())]
        options = ["--names-only"] if arguments.names_only else []
        subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)
        result = json.loads(outcome.read_text("utf-8"))
    print(f"{arguments.agencies:,} bodies x {arguments.figures} figures, {len(questions)} questions")
    print(f"start to first answer   {result['start']:8.2f} s")
    print(f"  processor alone       {result['start_worked']:8.2f} s")
    print(f"peak memory             {result['peak']:8.0f} MB")
    _print_times("all questions", result["seconds"])
    _print_times("  processor alone", result["worked"])
    for kind, seconds in result["by_kind"].items():
        _print_times(f"  {kind}", seconds)
    print(f"body found              {100 * result['found'] / len(questions):8.1f} %")
    names = [body.name for body in seeded.bodies]
    _print_times("rapidfuzz, all names", _rapidfuzz(names, questions[:_COMPARED]))


def _rapidfuzz(names: list[str], questions: Sequence[Asked]) -> list[float]:
    from rapidfuzz import process

    seconds = []
    for question in questions:
        before = time.process_time()
        process.extract(question.text, names, limit=5)
        seconds.append(time.process_time() - before)
    return seconds


def _print_times(label: str, seconds: Sequence[float]) -> None:
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"{label:<24}{1000 * statistics.median(ordered):8.2f} ms median {1000 * last:8.2f} ms 99 % ({len(ordered)})")


def measure_child(arguments: argparse.Namespace) -> None:
    """The measured process: writes its result as JSON."""
    questions = [Asked(*fields) for fields in json.loads(arguments.questions.read_text("utf-8"))]
    result = run_questions(arguments.database, questions, arguments.names_only, arguments.started)
    arguments.outcome.write_text(json.dumps(result), "utf-8")


def measure_pdf(arguments: argparse.Namespace) -> None:
    """Pages a second of the PDF reader, and of pdfplumber with tables."""
    import pdfplumber

    from knowledge.readers import read_source

    before = time.perf_counter()
    source = read_source(arguments.file)
    ours = time.perf_counter() - before
    pages = max((line.page or 0 for line in source.lines), default=0)
    before = time.perf_counter()
    with pdfplumber.open(arguments.file) as document:
        for page in document.pages:
            page.extract_tables()
    theirs = time.perf_counter() - before
    print(f"{arguments.file.name}: {pages} pages")
    print(f"this program            {pages / ours:8.1f} pages/s")
    print(f"pdfplumber with tables  {pages / theirs:8.1f} pages/s")


def measure_reports(arguments: argparse.Namespace) -> None:
    """Load time of a folder's text reports into a new knowledge base: as the loader does it, and in one process."""
    from knowledge.load import load_paths

    files = sorted(arguments.folder.glob("*.txt"))
    for name, jobs in (("as loaded", None), ("one process", 1)):
        with tempfile.TemporaryDirectory() as scratch:
            before = time.perf_counter()
            load_paths(files, Path(scratch) / "kb.db", jobs=jobs)
            seconds = time.perf_counter() - before
        print(f"{len(files)} text reports, {name:12}{seconds:8.2f} s")


def measure_crowd(arguments: argparse.Namespace) -> None:
    """Many users asking the Telegram bot at once, against a Bot API server on loopback."""
    from knowledge.samples import open_samples
    from scripts.benchmark_telegram import measure_telegram

    for crowd in measure_telegram(arguments.db or open_samples(), arguments.users, arguments.questions):
        print(crowd.describe())


def build_parser() -> argparse.ArgumentParser:
    """The command line; without a sub-command: questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(metavar="{questions,pdf,reports,telegram}")
    for holder in (parser, commands.add_parser("questions", help="answering time over a large knowledge base")):
        holder.add_argument("--agencies", type=int, default=100_000)
        holder.add_argument("--figures", type=int, default=50, help="figures of each body")
        holder.add_argument("--questions", type=int, default=3000)
        holder.add_argument("--folder", type=Path, help="where the knowledge base is kept between runs")
        holder.add_argument("--names-only", action="store_true", help="find names and figures, nothing else")
        holder.set_defaults(run=measure_questions)
    pdf = commands.add_parser("pdf", help="pages a second")
    pdf.add_argument("file", type=Path)
    pdf.set_defaults(run=measure_pdf)
    reports = commands.add_parser("reports", help="load time of text reports")
    reports.add_argument("folder", type=Path)
    reports.set_defaults(run=measure_reports)
    telegram = commands.add_parser("telegram", help="a crowd asking the Telegram bot")
    telegram.add_argument("--db", type=Path, help="knowledge base (default: the samples)")
    telegram.add_argument("--users", type=int, default=200)
    telegram.add_argument("--questions", type=int, default=20, help="questions of each user")
    telegram.set_defaults(run=measure_crowd)
    child = commands.add_parser("child")
    child.add_argument("database", type=Path)
    child.add_argument("questions", type=Path)
    child.add_argument("outcome", type=Path)
    child.add_argument("started", type=float)
    child.add_argument("--names-only", action="store_true")
    child.set_defaults(run=measure_child)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 when done."""
    chosen = build_parser().parse_args(arguments)
    chosen.run(chosen)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
