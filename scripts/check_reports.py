"""List where reports contradict themselves. See --help."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from knowledge.checks.between import find_between
from knowledge.connection import StoreError, open_reader
from knowledge.findings import StoredFinding, find_findings
from knowledge.paths import database_path
from scripts.running import run

_WORDS = {"error": "矛盾", "warning": "存疑"}


def build_parser() -> argparse.ArgumentParser:
    """The options of this script."""
    parser = argparse.ArgumentParser(description="列出报告中自相矛盾或存疑的数据。")
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="知识库文件，默认 knowledge.db（或环境变量 KNOWLEDGE_BASE）"
    )
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="默认 text")
    parser.add_argument("--document", help="只检查该文件")
    parser.add_argument("--errors", action="store_true", help="只列矛盾，不列存疑")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings; the exit status is 1 where there is no knowledge base."""
    options = build_parser().parse_args(arguments)
    try:
        with closing(open_reader(options.db or database_path())) as connection:
            findings = find_findings(connection, document=options.document, errors_only=options.errors)
            findings += _find_between(connection, options)
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    for finding in findings:
        print(json.dumps(finding.record(), ensure_ascii=False) if options.format == "jsonl" else describe(finding))
    if options.format == "text":
        documents = len({finding.document for finding in findings})
        print(f"共 {len(findings)} 处，涉及 {documents} 份报告。" if findings else "没有发现矛盾或存疑的数据。")
    return 0


def _find_between(connection: sqlite3.Connection, options: argparse.Namespace) -> list[StoredFinding]:
    if options.errors:
        return []
    return [finding for finding in find_between(connection) if options.document in (None, finding.document)]


def describe(finding: StoredFinding) -> str:
    """A line about one finding."""
    places = "、".join(
        f"第{place['page']}页" if place.get("page") else f"第{place['line']}行" for place in finding.places
    )
    return f"{_WORDS[finding.severity]}  {finding.document} {places}：{finding.message}"


if __name__ == "__main__":
    run(main)
