"""Writes the example conversation of the READMEs as the program holds it: uv run python scripts/write_examples.py"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from bot.assistant import Assistant, Conversation
from knowledge.samples import open_samples

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
QUESTIONS = ("渠县2022年三公经费", "公务接待呢", "浏阳的三公经费呢", "什么是三公经费", "石峰区2020年三公经费")
_BLOCK = re.compile(r"(?<=<!-- conversation -->\n).*?(?=<!-- /conversation -->)", re.DOTALL)
_TODAY = date(2026, 11, 22)


def build_block() -> str:
    """The questions, each behind ``>``, and the answers from the samples, as a code block."""
    assistant, conversation = Assistant(open_samples(), today=_TODAY), Conversation()
    lines: list[str] = []
    for question in QUESTIONS:
        answer, conversation = assistant.ask(question, conversation)
        lines += [f"> {question}", answer.text, ""]
    return "\n```text\n" + "\n".join(lines).strip() + "\n```\n\n"


def read_block(readme: Path) -> str:
    """The conversation that a README shows."""
    match = _BLOCK.search(readme.read_text("utf-8"))
    return match[0] if match else ""


def main() -> int:
    """Write the conversation into both READMEs."""
    block = build_block()
    for readme in READMES:
        text = readme.read_text("utf-8")
        readme.write_text(_BLOCK.sub(lambda _: block, text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
