"""Load reports into the knowledge base: files, folders, zip archives. See --help."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from knowledge.aliases import load_aliases
from knowledge.load import LoadSummary, Outcome, Status, load_paths
from knowledge.paths import database_path
from knowledge.readers import ReaderError
from knowledge.store import StoreError
from scripts.running import run

_DONE: dict[Status, str] = {
    "stored": "已入库",
    "replaced": "已更新",
    "unchanged": "无变化",
    "skipped": "已跳过",
    "failed": "失败",
}
_DRY: dict[Status, str] = {"stored": "可入库", "replaced": "可更新"}


def build_parser() -> argparse.ArgumentParser:
    """The options of this script."""
    parser = argparse.ArgumentParser(
        description="把部门预算、部门决算、绩效自评报告载入知识库。再次载入同一文件不产生变化；文件有变化则替换其数据。"
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="文件、文件夹或 zip 压缩包")
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="知识库文件，默认 knowledge.db（或环境变量 KNOWLEDGE_BASE）"
    )
    parser.add_argument("--agency", help="单位全称，代替从报告中识别的名称")
    parser.add_argument("--year", type=int, help="年度，代替从报告中识别的年度")
    parser.add_argument("--title", help="报告标题，代替从报告中识别的标题")
    parser.add_argument("--aliases", type=Path, metavar="FILE", help="单位别名表（CSV：单位,别名；或 TOML）")
    parser.add_argument("--jobs", type=int, help="同时处理的进程数，默认按文件数量决定")
    parser.add_argument("--dry-run", action="store_true", help="只读取并列出结果，不写入知识库")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Load; the exit status is 1 if any file failed."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if not options.paths and not options.aliases:
        parser.error("请给出要载入的文件或文件夹（PATH），或用 --aliases 给出别名表。")
    database = options.db or database_path()
    try:
        summary = _load(options, database)
        unknown = load_aliases(options.aliases, database) if options.aliases and not options.dry_run else []
    except (StoreError, ReaderError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断。已入库的报告保持完整，再次运行会从中断处继续。", file=sys.stderr)
        return 130
    for agency in unknown:
        print(f"别名表中的“{agency}”不在知识库中，其别名未添加。")
    print(describe_summary(summary, database, dry_run=options.dry_run))
    return 1 if summary.count("failed") else 0


def _load(options: argparse.Namespace, database: Path) -> LoadSummary:
    console = Console(stderr=True)
    columns = (TextColumn("载入"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    off = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=off, auto_refresh=False) as bar:
        task = bar.add_task("载入", total=None)

        def show(outcome: Outcome, done: int, total: int) -> None:
            print(describe_outcome(outcome, dry_run=options.dry_run), flush=True)
            bar.update(task, completed=done, total=total, refresh=True)

        return load_paths(
            options.paths,
            database,
            agency=options.agency,
            year=options.year,
            title=options.title,
            dry_run=options.dry_run,
            jobs=options.jobs,
            progress=show,
        )


def _names(dry_run: bool) -> dict[Status, str]:
    return _DONE | _DRY if dry_run else _DONE


def describe_outcome(outcome: Outcome, *, dry_run: bool = False) -> str:
    """A line about one file."""
    word = _names(dry_run)[outcome.status]
    if outcome.status in ("failed", "skipped") or not outcome.document:
        return f"{word}  {outcome.origin}：{outcome.message}"
    about = "，".join(str(part) for part in (outcome.agency, outcome.year, outcome.kind) if part)
    counts = f"数据 {outcome.figures} 条，忽略数字 {outcome.ignored} 个，未识别数字 {outcome.unread} 个"
    found = f"，疑点 {outcome.findings} 处" if outcome.findings else ""
    return f"{word}  {outcome.document}：{about}；{counts}{found}。{outcome.message}"


def describe_summary(summary: LoadSummary, database: Path, *, dry_run: bool = False) -> str:
    """The closing line."""
    names = _names(dry_run)
    parts = [f"{names[status]} {count} 份" for status in _DONE if (count := summary.count(status))]
    figures = sum(outcome.figures for outcome in summary.loaded)
    where = "试运行，未写入知识库" if dry_run else f"知识库：{database}"
    return f"共 {len(summary.outcomes)} 个文件：{'，'.join(parts) or '无'}；本次数据 {figures} 条。{where}。"


if __name__ == "__main__":
    run(main)
