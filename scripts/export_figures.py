"""Export the figures of the knowledge base as JSON lines, CSV or Excel. See --help."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TextIO

from knowledge.connection import StoreError, open_reader
from knowledge.export import find_records, write_csv, write_jsonl, write_workbook
from knowledge.paths import database_path
from scripts.running import run


def build_parser() -> argparse.ArgumentParser:
    """The options of this script."""
    parser = argparse.ArgumentParser(description="导出知识库中的全部数据，每条附出处。")
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="知识库文件，默认 knowledge.db（或环境变量 KNOWLEDGE_BASE）"
    )
    parser.add_argument("--format", choices=("jsonl", "csv", "xlsx"), default="jsonl", help="默认 jsonl")
    parser.add_argument("--output", type=Path, metavar="FILE", help="写入的文件，默认标准输出；xlsx 必须指定")
    parser.add_argument("--agency", help="只导出该单位（全称）")
    parser.add_argument("--year", type=int, help="只导出该年度")
    parser.add_argument("--metric", help="只导出该指标（全称）")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Export; the exit status is 1 where there is no knowledge base."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.format == "xlsx" and options.output is None:
        parser.error("导出 Excel 时请用 --output 指定文件，例如 --output 数据.xlsx")
    try:
        with closing(open_reader(options.db or database_path())) as connection:
            records = find_records(connection, agency=options.agency, year=options.year, metric=options.metric)
            if options.format == "xlsx":
                count = write_workbook(records, options.output)
            else:
                write = write_csv if options.format == "csv" else write_jsonl
                with _open_output(options.output) as output:
                    count = write(records, output)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    if options.output:
        print(f"已导出 {count} 条数据到 {options.output}。", file=sys.stderr)
    return 0


def _open_output(path: Path | None) -> AbstractContextManager[TextIO]:
    if path is not None:
        return path.open("w", encoding="utf-8", newline="")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    return nullcontext(sys.stdout)


if __name__ == "__main__":
    run(main)
