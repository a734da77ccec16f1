"""What became of each printed number: a figure, ignored by name, or unread."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from knowledge.layout.blocks import Report
from knowledge.layout.headings import plain
from knowledge.layout.segments import find_page_marks, is_page_number
from knowledge.models import Fate, Figure, LedgerEntry
from knowledge.rules.base import Ignored

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LONGEST_PAGE_NUMBER = 40
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")

IGNORED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("日期", re.compile(r"\d{4}\s*年\s*(?:\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|度|初|末|底|以来|起|间|上半年|下半年)?|\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d\d\s*[-—–至~～]\s*(?:19|20)\d\d(?:\s*年(?:度)?)?|\d{1,2}\s*[-—–至~～、]\s*\d{1,2}\s*月")),
    ("文号", re.compile(r"[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*\d*\s*号?|索引号[：:\s|]*[\w\-/]+|第\s*\d+\s*号|\d+\s*号(?:令|文|公告)?")),
    ("项目编码", re.compile(r"\d{6,}[A-Z]\d{6,}|[A-Z]{1,4}-?\d{2,}[A-Z0-9]*|\d+[A-Z]+\d*|\d{12,}")),
    ("序号", re.compile(r"(?m)^[\s#*\-]*(?:[（(]?\s*\d{1,2}\s*[)）]|\d{1,2}\s*[.．、](?!\d))|第\s*\d+\s*(?:部分|章|节|条|款|项|期|次|届|批|季度|名|位|页|年)|(?:附件|附表|图|表|公开|目标|批次|阶段)\s*\d+(?:[-—]\d+)?|(?<=[\u4e00-\u9fff])\d{2}(?:-\d)?表|[（(]\s*\d{1,2}\s*[)）](?=[.．、]?[\u4e00-\u9fff])|(?<=[\s。；：，、”])\d{1,2}\s*[.．、](?=\s*[\u4e00-\u9fff（《“])")),
    ("时刻", re.compile(r"\d+\s*[*×xX]\s*\d+\s*小时|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")),
    ("经纬度", re.compile(r"\d+(?:\.\d+)?\s*°(?:\s*\d+(?:\.\d+)?\s*[′'])?(?:\s*\d+(?:\.\d+)?\s*[″”])?")),
    ("浏览次数", re.compile(r"(?:阅读|浏览|访问|点击)(?:次数|量|数)?[：:\s]*\d+(?:次)?|\d+\s*(?:次)?(?:阅读|浏览|点击)")),
    ("算式", re.compile(r"[A-Z]\s*[/÷]\s*[A-Z]\s*[）)]?\s*[×xX*]\s*100\s*%?")),
    ("电话", re.compile(r"\b\d{3,4}-(?:\d{7,8}\b|\d{1,7}[×xX*]{2,8})|\b1(?:\d{10}\b|\d{2,9}[×xX*]{2,8})")),
)  # fmt: skip
"""Numbers that are no figures wherever they stand, by reason: 2022年12月31日, 〔2019〕15号, 51172522R000000257337 …"""


def build_ledger(report: Report, figures: Sequence[Figure], ignored: Iterable[Ignored]) -> Iterator[LedgerEntry]:
    """One entry for every number of the source, in printed order."""
    text = report.source.folded
    claimed = _merge((figure.place.start, figure.place.end, figure.rule) for figure in figures)
    passed = (_merge(_layout_spans(report, text)), _merge((item.start, item.end, item.reason) for item in ignored))
    numbers = [match.span() for match in _NUMBER.finditer(text)]
    fates = [_find_fate(start, end, claimed, passed) for start, end in numbers]
    unread = [start for (start, _), (fate, _) in zip(numbers, fates, strict=True) if fate == "unread"]
    generic = (_merge(_generic_spans(text, unread)),)
    for (start, end), (fate, reason) in zip(numbers, fates, strict=True):
        if fate == "unread":
            fate, reason = _find_fate(start, end, _NOTHING, generic)
        line = report.line_at(start)
        yield LedgerEntry(
            start=start,
            end=end,
            printed=text[start:end],
            fate=fate,
            reason=reason,
            line=None if report.source.paged else line.number,
            page=line.page,
        )


def _find_fate(start: int, end: int, claimed: _Spans, ignored: Sequence[_Spans]) -> tuple[Fate, str]:
    rule = _find(claimed, start, end)
    if rule is not None:
        return "figure", rule
    for spans in ignored:
        reason = _find(spans, start, end)
        if reason is not None:
            return "ignored", reason
    return "unread", ""


def _generic_spans(text: str, starts: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    """Stretches that ``IGNORED`` names, on the lines of these numbers and those next to them."""
    for begin, end in _lines_around(text, starts):
        for reason, pattern in IGNORED:
            for match in pattern.finditer(text, begin, end):
                yield *match.span(), reason


def _lines_around(text: str, starts: Iterable[int]) -> list[tuple[int, int]]:
    """The printed lines at these offsets, each with the one before and the one after it; neighbours joined."""
    lines = [match.span() for match in _LINE.finditer(text)]
    found: list[tuple[int, int]] = []
    for start in starts:
        index = bisect_right(lines, (start, len(text))) - 1
        begin, end = lines[max(index - 1, 0)][0], lines[min(index + 1, len(lines) - 1)][1]
        if found and begin <= found[-1][1]:
            begin, _ = found.pop()
        found.append((begin, end))
    return found


def _layout_spans(report: Report, text: str) -> Iterator[tuple[int, int, str]]:
    body = report.sections[0].start if report.sections else 0
    if body:
        yield 0, body, "目录"
    for start, end in find_page_marks(text):
        yield start, end, "页码"
    for line in report.source.lines:
        printed = report.source.text[line.start : line.end].strip()
        if (
            0 < len(printed) <= _LONGEST_PAGE_NUMBER
            and is_page_number(plain(printed))
            and not _in_table(report, line.start)
        ):
            yield line.start, line.end, "页码"


def _in_table(report: Report, offset: int) -> bool:
    return any(table.start <= offset < table.end for table in report.source.tables)


_Spans = tuple[list[int], list[tuple[int, int, str]]]
_NOTHING: _Spans = ([], [])


def _merge(spans: Iterable[tuple[int, int, str]]) -> _Spans:
    ordered = sorted(spans)
    return [start for start, _, _ in ordered], ordered


def _find(spans: _Spans, start: int, end: int) -> str | None:
    """The reason of a span that touches ``start:end``; spans may nest, so a few before it are looked at too."""
    starts, items = spans
    index = bisect_right(starts, end - 1)
    for position in range(index - 1, max(index - 41, -1), -1):
        if start < items[position][1]:
            return items[position][2]
    return None
