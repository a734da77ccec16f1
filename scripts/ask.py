"""Ask the knowledge base: uv run python scripts/ask.py 渠县2022年三公经费"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from bot.assistant import Assistant, Conversation
from bot.models import Answer
from knowledge.paths import find_database
from knowledge.samples import open_samples
from scripts.running import run

_DROPPED = {"rank", "confidence", "approximate"}


def build_record(answer: Answer) -> dict[str, Any]:
    """An answer as one JSON object: status, figures, results, choices, text, and what else was said."""
    return {
        "status": answer.status,
        "figures": [figure.model_dump(mode="json") for figure in answer.figures],
        "results": [_result(result.model_dump(mode="json")) for result in answer.results],
        "choices": [choice.question for choice in answer.choices],
        "text": answer.text,
        "statements": [statement.model_dump(mode="json") for statement in answer.statements],
        "warnings": list(answer.warnings),
        "question": answer.question.model_dump(mode="json", exclude_defaults=True),
    }


def _result(record: dict[str, Any]) -> dict[str, Any]:
    return {("from" if key == "from_" else key): value for key, value in record.items()}


def answer_batch(assistant: Assistant, lines: Sequence[str]) -> Iterator[Answer]:
    """Answers in order; questions of one ``conversation`` build on each other."""
    conversations: dict[str, Conversation] = {}
    for line in lines:
        asked = json.loads(line)
        name = asked.get("conversation")
        answer, following = assistant.ask(asked["question"], conversations.get(name) if name else None)
        if name:
            conversations[name] = following
        yield answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the answer to one question, or to a batch of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", nargs="?", help="the question, e.g. 渠县2022年三公经费")
    parser.add_argument(
        "--db", type=Path, default=None, help="knowledge base (default: knowledge.db, else the samples)"
    )
    parser.add_argument("--json", action="store_true", help="print the answer as a JSON object")
    parser.add_argument("--batch", type=Path, help="JSON lines with question and, for follow-ups, conversation")
    parser.add_argument("--today", type=date.fromisoformat, help="the day that 去年 counts from, YYYY-MM-DD")
    options = parser.parse_args(arguments)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    if (options.question is None) == (options.batch is None):
        parser.error("give one question, or --batch FILE")
    assistant = Assistant(options.db or find_database() or open_samples(), today=options.today)
    if options.batch is None:
        answer, _ = assistant.ask(options.question)
        print(json.dumps(build_record(answer), ensure_ascii=False) if options.json else answer.text)
        return 0 if answer.status in ("answered", "needs_choice") else 1
    lines = [line for line in options.batch.read_text(encoding="utf-8").splitlines() if line.strip()]
    for answer in answer_batch(assistant, lines):
        print(json.dumps(build_record(answer), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    run(main)
