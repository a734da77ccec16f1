"""Running headers, footers and page numbers: found by place and repetition, and left out of the text.

A line with a figure, a unit or a table's number is never taken for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.readers.pages import Page
from knowledge.readers.runs import TextLine

MARGIN = 0.09
PAGE_NUMBER = re.compile(
    r"[-—–－ー·.\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})(?:\s*页)?"
    r"(?:\s*[/／，,]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－ー·.\s]*"
)
CONTENT = re.compile(r"单位[：:]|部门[：:]|表|元|\d+\.\d|注[：:]|[。；]$")


def drop_margins(pages: Sequence[Page]) -> None:
    """Remove running headers, footers and page numbers from the blocks of all pages."""
    repeated = _repeated(pages)
    for page in pages:
        page.blocks = [
            block
            for block in page.blocks
            if not (
                isinstance(block, TextLine)
                and _in_margin(page, block)
                and (PAGE_NUMBER.fullmatch(block.text) or _shape(block) in repeated)
            )
        ]


def _repeated(pages: Sequence[Page]) -> set[str]:
    """Shapes of margin lines that at least three pages and a third of all pages print."""
    shapes: Counter[str] = Counter()
    for page in pages:
        shapes.update(
            {
                _shape(block)
                for block in page.blocks
                if isinstance(block, TextLine) and _in_margin(page, block) and not CONTENT.search(block.text)
            }
        )
    return {shape for shape, count in shapes.items() if count >= max(3, len(pages) / 3)}


def _shape(line: TextLine) -> str:
    """The line's words without its page number, at its height."""
    return f"{round(line.box[1] / 4)} {re.sub(r'[0-9]+', '#', line.text)}"


def _in_margin(page: Page, line: TextLine) -> bool:
    _, top, _, bottom = line.box
    return bottom < MARGIN * page.height or top > (1 - MARGIN) * page.height
