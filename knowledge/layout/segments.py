"""Wrapped lines → paragraphs and sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.layout.headings import plain
from knowledge.layout.sections import find_summarized
from knowledge.models import Line, Source
from knowledge.text import Flow, display_width, fold_text, join_lines

_TERMINAL = "。！？；…”』"
_OPEN = "：，、（《“"
_GOES_ON = re.compile("[，。；、）》”%]")
_COUNTING = "0123456789０１２３４５６７８９万亿千百"
_UNIT = re.compile("(?:万|亿|千)?元|%|人次|[人个家户辆次件项分](?:[，。；、）]|$)")
"""What no paragraph begins with: punctuation, the unit of a number above."""
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–\s]*(?:共\s*\d+\s*页)?")
_SENTENCE_MARK = re.compile("[（《〔【）》〕】。！？；]")
_PROJECTS = 2
"""Projects that a paragraph sums up at least where it is cut."""
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+)?(?:\*\*)?")


def full_width(widths: Sequence[int]) -> int:
    """The width at which lines of a document are wrapped; 0 where its lines are whole paragraphs.

    Wrapped lines share one width and few are longer; whole paragraphs have any length.
    """
    long = [width for width in widths if width >= 36]
    if not long:
        return 0
    step, _ = Counter(width // 4 for width in long).most_common(1)[0]
    common = step * 4 + 2
    longer = sum(width > 1.3 * common for width in long)
    return common if longer < 0.3 * len(long) else 0


def is_page_number(text: str) -> bool:
    """Whether a line holds a page number alone: ``17``, ``- 3 -``, ``第 5 页``."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


_PAGE_MARK = re.compile(
    r"(?m)^[ \t]*(?:[-—–－]{1,2}[ \t]*\d{1,4}[ \t]*[-—–－]{1,2}|第\s?\d{1,4}\s?页(?:[ ，,/]*共\s?\d{1,4}\s?页)?)[ \t]*\r?$"
)


def find_page_marks(text: str) -> list[tuple[int, int]]:
    """The lines of a text document that page breaks have left: ``- 3 -``, ``第3页 共9页``."""
    return [match.span() for match in _PAGE_MARK.finditer(text)]


def without_page_marks(source: Source) -> Source:
    """A text document without the lines that page breaks have left, so that what stands around them goes on."""
    marks = [] if source.paged else find_page_marks(source.text)
    if not marks:
        return source
    starts = {start for start, _ in marks}
    return source.model_copy(update={"lines": tuple(line for line in source.lines if line.start not in starts)})


def content_span(source: str, line: Line) -> tuple[int, int]:
    """A line without Markdown marks and outer spaces."""
    text = source[line.start : line.end]
    lead = _MARKS.match(text)
    start = line.start + (lead.end() if lead else 0)
    end = line.end
    while end > start and (source[end - 1].isspace() or source[end - 1] == "*"):
        end -= 1
    while start < end and source[start].isspace():
        start += 1
    return start, end


def ends_paragraph(text: str, following: str, width: int) -> bool:
    """Whether a paragraph ends with this line, the next not being a heading.

    In wrapped text a short line that closes a sentence ends it, and so does a very short line; a line of full width
    goes on. In text whose lines are whole paragraphs (``width`` 0) only a closed sentence ends it.
    """
    if fold_text(text[-1]) in _OPEN or _GOES_ON.match(following) or (text[-1] in _COUNTING and _UNIT.match(following)):
        return False
    closed = text[-1] in _TERMINAL
    if width == 0:
        return closed or len(text) < 20
    used = display_width(text)
    if closed:
        return used < 0.86 * width
    return used < 0.6 * width and not following[:1].islower()


def split_sentences(flow: Flow) -> tuple[Flow, ...]:
    """Sentences of a paragraph: cut after 。！？ and ； outside brackets; nothing is lost."""
    pieces: list[Flow] = []
    depth, start = 0, 0
    for mark in _SENTENCE_MARK.finditer(flow.text):
        index, character = mark.start(), mark[0]
        if character in "（《〔【":
            depth += 1
        elif character in "）》〕】":
            depth = max(depth - 1, 0)
        elif character != "；" or depth == 0:
            pieces.append(flow.part(start, index + 1))
            start, depth = index + 1, 0
    if start < len(flow.text):
        pieces.append(flow.part(start, len(flow.text)))
    return tuple(pieces)


def split_projects(flow: Flow) -> Iterator[Flow]:
    """A paragraph that sums up several projects one after the other, cut before each: … 自评得分为98分…。宣传经费项目自评得分为95分."""
    if flow.text.count("自评") < _PROJECTS:
        yield flow
        return
    start, at, found = 0, 0, 0
    for sentence in split_sentences(flow):
        named = find_summarized(sentence.text) is not None
        found += named
        if named and found > 1:
            yield flow.part(start, at)
            start = at
        at += len(sentence.text)
    yield flow.part(start, len(flow.text))


def find_paragraphs(source: str, lines: Sequence[Line], breaks: set[int], width: int) -> Iterator[Flow]:
    """Join lines to paragraphs; ``breaks`` are the numbers of lines that open a paragraph of their own."""
    spans: list[tuple[int, int]] = []
    kept = [line for line in lines if _is_content(source[line.start : line.end])]
    for position, line in enumerate(kept):
        span = content_span(source, line)
        if spans and line.number in breaks:
            yield join_lines(source, spans)
            spans = []
        spans.append(span)
        following = kept[position + 1] if position + 1 < len(kept) else None
        if following is None:
            continue
        text = source[span[0] : span[1]]
        if text and ends_paragraph(text, plain(source[following.start : following.end]), width):
            yield join_lines(source, spans)
            spans = []
    if spans:
        yield join_lines(source, spans)


def _is_content(text: str) -> bool:
    return bool(text.strip()) and not is_page_number(text)
