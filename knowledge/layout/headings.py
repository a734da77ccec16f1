"""Headings: 第三部分 > 四、 > （一） > 1. > （1） > ①, titles of appended reports, and where the table of contents ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from knowledge.models import Line
from knowledge.text import display_width, fold_text, is_chinese, squeeze

_CHINESE = "一二三四五六七八九十百零〇"
_LEADERS = re.compile(r"[.．…·。\s—-]{4,}\s*\d*\s*$|…+[.．…]*\d*$")
_DASHED_CELLS = re.compile(r"(?:\s[—–-]+){2,}\s*$")
"""Empty cells at the end of a row: 上年结转资金 0.00 — — —."""
_TITLE_END = re.compile(r"(?:报告|自评情况汇总|附件\s*\d*(?:[-—]\d+)?|附表\s*\d*)(?:（.{0,12}）)?[：:]?$")
_IN_TITLES = ("报告", "附", "表", "汇总")
_TITLE_WORDS = re.compile(
    r"(?:情况|说明|概况|职能|职责|构成|设置|表|报告|分析|绩效|措施|建议|问题|目标|经费|结果|内容|其他|做法|解释|附件|方面|原因|方案|材料|结论|安排|使用|等级|介绍|计划|规模|范围|支出|收入|万元|元)$"
)
_TABLES_PART = re.compile(r"20\d\d年(?:度)?(?:部门|单位)?(?:决算|预算)(?:公开)?(?:表|报表)$")
_STOP = "。；，！？、"
_OPENS = re.compile(rf"[第（\d{_CHINESE}①-⑳]")

PART, TITLE, CHAPTER, SECTION, ITEM, SUBITEM, CIRCLE, FORM = range(1, 9)

_ORDINALS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (PART, re.compile(rf"第[{_CHINESE}\d]+部分")),
    (CHAPTER, re.compile(rf"[{_CHINESE}]{{1,3}}[、．.]")),
    (SECTION, re.compile(rf"（[{_CHINESE}]{{1,3}}）[、．.]?")),
    (ITEM, re.compile(r"\d{1,2}(?:[、．]|\.(?!\d)|\.(?=20\d\d年))")),
    (SUBITEM, re.compile(r"（\d{1,2}）[、．.]?")),
    (CIRCLE, re.compile(r"[①-⑳]")),
)


class Heading(NamedTuple):
    """A line that opens a section: its level, its ordinal as printed (第三部分, 四, （一）, 1) and its title.

    ``run_in`` says that text follows on the same line, so that the line is a numbered paragraph, not a heading alone.
    """

    line: int
    level: int
    ordinal: str
    title: str
    run_in: bool = False


_UNFINISHED = re.compile("（款）(?!.*（项）).")
"""A classification item whose name goes on below: 社会保障和就业（类）行政事业单位养老（款）行政."""
_MARKS = re.compile(r"^#{1,6}\s*|^[-*+]\s+")


@lru_cache(maxsize=32_768)
def plain(text: str) -> str:
    """A line without Markdown marks and outer spaces, folded: ``## **一、部门职责**`` → ``一、部门职责``."""
    folded = fold_text(text).strip()
    folded = _MARKS.sub("", folded)
    return folded.replace("**", "").replace("\\.", ".").strip()


def parse_heading(index: int, text: str) -> Heading | None:
    """The heading that a line (see ``plain``) opens, if any.

    ``（一）财政拨款支出决算总体情况`` → level SECTION, ordinal （一）; ``1.基本支出：指为保障…`` → level ITEM, run_in.
    """
    heading = _read_heading(text)
    return heading._replace(line=index) if heading is not None else None


@lru_cache(maxsize=32_768)
def _read_heading(text: str) -> Heading | None:
    """The heading that a line opens, as if it were the first line."""
    return (_read_ordinal(text) if _OPENS.match(text) else None) or _read_title(text)


def _read_ordinal(text: str) -> Heading | None:
    for level, pattern in _ORDINALS:
        match = pattern.match(text)
        if match is None:
            continue
        title = text[match.end() :].strip(" ：:")
        if title.endswith("。") and _TITLE_WORDS.search(title[:-1]):
            title = title[:-1]
        run_in = level > PART and (
            any(stop in title for stop in "。；，")
            or len(title) > 36
            or _explains(title)
            or _UNFINISHED.search(title) is not None
        )
        if level == PART and len(title) > 40:
            return None
        return Heading(0, level, squeeze(match[0]).rstrip("、．."), title, run_in)
    return None


def _read_title(text: str) -> Heading | None:
    bare = squeeze(text)
    if len(bare) > 48 or not any(word in bare for word in _IN_TITLES):
        return None
    if len(bare) <= 40 and _TABLES_PART.search(bare):
        return Heading(0, PART, bare, bare)
    if _TITLE_END.search(bare) and not any(stop in bare for stop in _STOP):
        return Heading(0, TITLE, bare, bare)
    return None


def _explains(title: str) -> bool:
    """``基本支出：指为保障机构正常运转`` is a numbered paragraph."""
    head, colon, tail = title.partition("：")
    return bool(colon) and len(tail) > 1 and len(head) > 1


def is_contents_line(text: str) -> bool:
    """Whether a line is of a table of contents: it ends in dot leaders and a page number."""
    if not _LEADERS.search(text):
        return False
    return not (re.fullmatch(r"[\d.\s-]+", text) or _DASHED_CELLS.search(text))


def find_contents_end(texts: Sequence[str]) -> int:
    """Index of the first line after the table of contents (目录), 0 where there is none.

    The contents end where their first ordinal (第一部分) comes again, else after the last line with leaders.
    """
    start = next((i for i, text in enumerate(texts[:120]) if squeeze(text).strip("：:") in {"目录", "目次"}), None)
    led = [i for i, text in enumerate(texts[:400]) if is_contents_line(text)]
    if start is None and len(led) < 3:
        return 0
    first = start if start is not None else led[0]
    opening = next((h for i in range(first, len(texts)) if (h := _part_heading(i, texts[i]))), None)
    if opening is not None:
        for i in range(opening.line + 1, len(texts)):
            heading = _part_heading(i, texts[i])
            if heading is not None and heading.ordinal == opening.ordinal:
                return i
    return (led[-1] + 1) if led else _after_list(texts, first)


def _part_heading(index: int, text: str) -> Heading | None:
    heading = parse_heading(index, _LEADERS.sub("", text))
    return heading if heading is not None and heading.level in (PART, CHAPTER) else None


_AMOUNT = re.compile(r"\d\s*(?:万?元|%)")
"""What no line of a table of contents says."""
_CLOSING = re.compile("名词解释|附件|附表")
"""Parts that nothing of the main report stands in."""


def _after_list(texts: Sequence[str], start: int) -> int:
    """The first line that is no title. A numbered sentence with an amount is none; its part was opened before it."""
    part = 0
    for i in range(start + 1, len(texts)):
        heading = parse_heading(i, texts[i]) if texts[i] else None
        if heading is not None and (_AMOUNT.search(texts[i]) or (heading.run_in and "。" in texts[i])):
            return part or i
        if texts[i] and heading is None:
            return i
        if heading is not None and heading.level == PART:
            part = 0 if _CLOSING.search(heading.title) else i
    return start + 1


_LONGEST = 400
"""How much of a line may be a heading and what it opens."""


def find_headings(
    lines: Sequence[Line], source: str, skip: Sequence[tuple[int, int]] = (), width: int = 0
) -> tuple[list[Heading], int]:
    """Headings of the body and the index of its first line; ``skip`` are stretches (tables, forms) without headings.

    A line of full ``width`` that does not end as titles do is a numbered paragraph whose text goes on below.
    """
    texts = [plain(source[line.start : line.end]) for line in lines]
    body = find_contents_end(texts)
    headings: list[Heading] = []
    note = 0
    for index in range(body, len(lines)):
        text = texts[index]
        if not text or is_covered(lines[index].start, skip):
            continue
        heading = parse_heading(index, text[:_LONGEST])
        note = _note_number(text, heading, note)
        if note:
            continue
        if headings and _awaits_title(headings[-1], texts, index) and (heading is None or heading.ordinal == text):
            headings[-1] = headings[-1]._replace(title=text)
            continue
        if headings and heading is None and _closes_bracket(headings[-1], texts, index):
            headings[-1] = headings[-1]._replace(title=headings[-1].title + squeeze(text))
            continue
        if heading is not None:
            runs_on = heading.level > TITLE and width and display_width(text) >= 0.85 * width
            if runs_on and not _TITLE_WORDS.search(heading.title):
                heading = heading._replace(run_in=True)
            headings.append(_with_line_above(heading, texts, body))
    return [_with_project(heading, texts) for heading in headings], body


_NOTE = re.compile(r"注：?\s*1[.、．]")


def _note_number(text: str, heading: Heading | None, last: int) -> int:
    """The number of a note below a table (注：1.… / 2.…), which is no heading; 0 for any other line."""
    if _NOTE.match(text):
        return 1
    goes_on = last > 0 and heading is not None and heading.ordinal == str(last + 1)
    return last + 1 if goes_on else 0


_PROJECT = re.compile(r"项目(?:支出)?名称：\s*“?([^：，。；|]{4,40}?)”?$")
_NEAR = 8


def _with_project(heading: Heading, texts: Sequence[str]) -> Heading:
    """A report's bare title with the project that is named below it: 项目支出绩效自评报告 / 项目名称：河道清淤."""
    if heading.level != TITLE or not re.match(r"(?:20\d\d年(?:度)?)?(?:部门)?项目(?:支出)?绩效", heading.title):
        return heading
    below = texts[heading.line + 1 : heading.line + 1 + _NEAR]
    named = next((match[1] for text in below if (match := _PROJECT.match(text))), "")
    return heading._replace(title=squeeze(named) + heading.title)


def _awaits_title(heading: Heading, texts: Sequence[str], index: int) -> bool:
    """Whether a part's title is printed on the line below it: ``第四部分`` / ``名词解释``."""
    if heading.level != PART or heading.title or any(texts[heading.line + 1 : index]):
        return False
    return len(texts[index]) <= 30 and not any(stop in texts[index] for stop in _STOP)


def _closes_bracket(heading: Heading, texts: Sequence[str], index: int) -> bool:
    """Whether a line closes the bracket that a part's title opened on the line above it: （医疗保障服务能 / 力建设部分）."""
    opened = heading.title.count("（") > heading.title.count("）")
    if heading.level != PART or not opened or any(texts[heading.line + 1 : index]):
        return False
    return len(texts[index]) <= 30 and texts[index].endswith("）") and not any(stop in texts[index] for stop in _STOP)


def _with_line_above(heading: Heading, texts: Sequence[str], body: int) -> Heading:
    """A title printed on two lines: ``…地方配套资金`` / ``2020年度绩效自评报告`` is one title."""
    if heading.level != TITLE or not re.match(r"20\d\d年", squeeze(heading.title)):
        return heading
    above = next((i for i in range(heading.line - 1, max(body - 1, heading.line - 4), -1) if texts[i]), None)
    if above is None:
        return heading
    text = squeeze(texts[above])
    if not 4 <= len(text) <= 40 or any(stop in text for stop in _STOP) or parse_heading(above, text) is not None:
        return heading
    if not is_chinese(text[-1]) and text[-1] not in "）”":
        return heading
    return heading._replace(line=above, ordinal=text + heading.ordinal, title=text + heading.title)


def is_covered(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of some stretches, which are in order and do not overlap."""
    index = bisect_right(spans, (offset, 1 << 60)) - 1
    return index >= 0 and offset < spans[index][1]
