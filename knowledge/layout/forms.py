"""Forms (项目支出绩效自评表, 整体支出绩效自评表, 绩效目标申报表, 基础数据表): where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.layout.form_heads import read_head
from knowledge.layout.form_tables import find_ruled_forms, is_grid
from knowledge.layout.form_titles import STOP, parse_title
from knowledge.layout.form_words import split_words
from knowledge.layout.headings import CHAPTER, PART, SECTION, TITLE, Heading, parse_heading, plain
from knowledge.models import Line, Source, Table
from knowledge.text import squeeze
from knowledge.vocabulary.forms import any_of, form_words

_ATTACHMENT = re.compile(r"附[件表]\d*(?:[-—]\d+)*[：:]?")
_ITEM = re.compile(r"(?:\d{1,2}|[（(]\d{1,2}[)）])[、.．)）:：]|[①-⑳]|[一二三四五六七八九十][、.]|注|备注|说明")
_FRAME = {"一级指标", "二级指标", "三级指标", "控制率", "经费控制情况", "总体资金情况", "指标性质"}
_NUMBERED = re.compile(r"(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])(.*表)。?")
_SENTENCE = 60
_NEAR = 14
"""Printed lines below a title that may stand in a list of contents, in which the words of a form must come."""
LOOK_AHEAD = 90
"""Printed lines after a title in which the words of a form must come."""


@dataclass(frozen=True, slots=True)
class FormSpan:
    """A form found in a source: its stretch, its title, the project that it is about, the tables it is printed as."""

    start: int
    end: int
    title: str
    subject: str | None
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class _Start:
    line: int
    title: str


def find_forms(source: Source, tables: Sequence[Table]) -> tuple[FormSpan, ...]:
    """Forms of a source, flattened to lines or as tables; in printed order, not overlapping."""
    lines = [line for line in source.lines if source.text[line.start : line.end].strip(" \t\r　|")]
    texts = [squeeze(plain(source.text[line.start : line.end])).strip("|") for line in lines]
    ruled = [
        FormSpan(form.start, form.end, form.title, form.subject, _within(lines, form.start, form.end), form.tables)
        for form in find_ruled_forms(source, [table for table in tables if is_grid(table, source)], lines, texts)
    ]
    flat = [
        span for span in _flat_forms(source, lines, texts) if not any(r.start < span.end and span.start < r.end for r in ruled)
    ]  # fmt: skip
    return tuple(sorted([*ruled, *flat], key=lambda span: span.start))


def _within(lines: Sequence[Line], start: int, end: int) -> tuple[Line, ...]:
    return tuple(line for line in lines if start <= line.start < end)


def _flat_forms(source: Source, lines: Sequence[Line], texts: Sequence[str]) -> list[FormSpan]:
    openings = [
        _opening(plain(source.text[line.start : line.end]), text) for line, text in zip(lines, texts, strict=True)
    ]
    starts = _find_starts(texts, openings)
    spans = []
    for position, start in enumerate(starts):
        limit = starts[position + 1].line if position + 1 < len(starts) else len(texts)
        stop = _find_end(texts, start.line, limit)
        held = tuple(lines[start.line : stop])
        subject = read_head(split_words(source.text, held[:40])).project
        spans.append(FormSpan(held[0].start, held[-1].end, start.title, subject, held))
    return spans


def _opening(printed: str, text: str) -> tuple[str, str] | None:
    """A form's title that its first cells share a line with, and what stands behind it on that line."""
    if not any(word in text for word in form_words().title_words):
        return None
    words = re.split(r"[|\s]+", printed.strip("| \t"))
    for size in range(1, min(len(words), 5)):
        title = parse_title("".join(words[:size]))
        if title is not None:
            return title, text[len("".join(words[:size])) :]
    return None


def _find_starts(texts: Sequence[str], openings: Sequence[tuple[str, str] | None]) -> list[_Start]:
    """Titles that a form follows, and forms without a title (项目名称 … 一级指标)."""
    found: list[_Start] = []
    for index, text in enumerate(texts):
        title = parse_title(text) or (_wrapped_title(texts, index) if index else None)
        title = title or _numbered_title(texts, index)
        beside: list[str] = []
        if title is None and (opening := openings[index]) is not None:
            title, beside = opening[0], [opening[1]]
        if title is not None and looks_like_form([*beside, *texts[index + 1 : index + 1 + LOOK_AHEAD]]):
            while found and index - found[-1].line <= 2:
                found.pop()
            found.append(_Start(index, title))
        elif _opens_untitled(texts, index, found):
            found.append(_Start(index, found[-1].title if found else "绩效自评表"))
    return found


def _wrapped_title(texts: Sequence[str], index: int) -> str | None:
    """A title over two lines: the second ends like a title and is short."""
    before, text = texts[index - 1], texts[index]
    if not 3 <= len(text) <= 12 or parse_title(before) or any(stop in before for stop in STOP) or len(before) > 40:
        return None
    return parse_title(before + text)


def _numbered_title(texts: Sequence[str], index: int) -> str | None:
    """A title that is a numbered heading (（二）项目支出绩效目标表。) with a form right below it."""
    match = _NUMBERED.fullmatch(texts[index])
    title = parse_title(match[1]) if match is not None else None
    return title if title and looks_like_form(texts[index + 1 : index + 1 + _NEAR]) else None


@cache
def _anchors() -> re.Pattern[str]:
    return any_of(form_words().anchors)


def looks_like_form(texts: Sequence[str]) -> bool:
    """Whether lines after a title hold three different words of a form, one of its frame, before the next title."""
    held = []
    for position, text in enumerate(texts):
        if parse_title(text) and position > 2:
            break
        held.append(text)
    found = set(_anchors().findall("".join(held)))
    return len(found) >= 3 and bool(found & _FRAME or {"项目名称", "主管部门"} <= found)


def _opens_untitled(texts: Sequence[str], index: int, found: Sequence[_Start]) -> bool:
    words = form_words()
    if not texts[index].startswith(words.project_fields):
        return False
    field = max((word for word in words.project_fields if texts[index].startswith(word)), key=len)
    behind = texts[index].removeprefix(field).lstrip("|")
    if behind.startswith((*words.agency_fields, *words.owner_fields)):
        return False
    if found and index - found[-1].line < 8:
        return False
    if found and not any(_is_total(text) for text in texts[found[-1].line : index]):
        return False
    near, far = "".join(texts[index : index + 8]), texts[index : index + 2 * LOOK_AHEAD]
    if not any(word in near for word in ("主管部门", "实施单位", "项目单位", "填报单位")):
        return False
    frame = next((position for position, text in enumerate(far) if "三级指标" in text), None)
    return frame is not None and not _is_prose(far[:frame])


def _is_prose(texts: Sequence[str]) -> bool:
    """Whether lines are those of a report, with chapters and long sentences, which names its project at the top too."""
    headings = (parse_heading(0, text) for text in texts)
    chapters = sum(heading is not None and heading.level == CHAPTER and not heading.run_in for heading in headings)
    return chapters > 0 and any(len(text) > _SENTENCE and "。" in text for text in texts)


@cache
def _totals() -> re.Pattern[str]:
    rows = "|".join(form_words().totals["rows"])
    return re.compile(rf"(?:{rows})[：:]?(?:分值|权重)?\d+(?:\.\d+)?分?(?:得分)?(?:\d+(?:\.\d+)?分?)?")


def _is_total(text: str) -> bool:
    return bool(_totals().fullmatch(text))


@cache
def _tail_words() -> tuple[str, ...]:
    zones = form_words().zones
    return (
        *zones["text"],
        *zones["notes"],
        *zones["signature"],
        "偏差",
        "改进",
        "未完成",
        "联系",
        "自评",
        "等级",
        "总体",
    )


def _find_end(texts: Sequence[str], start: int, limit: int) -> int:
    """Index of the first line after the form that starts at ``start``; ``limit`` is where the next one starts."""
    seen_indicators = seen_total = noted = False
    for index in range(start + 1, limit):
        text = texts[index]
        if _ends_before(index, text, seen_indicators, seen_total):
            return index
        if seen_total and _is_total(texts[index - 1]) and not _opens_tail(texts, index):
            return index
        if noted and texts[index - 1].endswith("。") and not _ITEM.match(text):
            return index
        seen_indicators = seen_indicators or any(
            word in text
            for word in ("一级指标", "三级指标", "控制率", "经费控制", "数量指标", "质量指标", "满意度指标")
        )
        seen_total = seen_total or _is_total(text)
        noted = noted or (seen_indicators and text.startswith(form_words().zones["notes"]))
        if seen_indicators and text.startswith(form_words().zones["signature"]):
            return _after_signatures(texts, index, limit)
    return limit


def _after_signatures(texts: Sequence[str], index: int, limit: int) -> int:
    while index + 1 < limit and texts[index + 1].startswith(form_words().zones["signature"]):
        index += 1
    return index + 1


def _opens_tail(texts: Sequence[str], index: int) -> bool:
    ahead = "".join(texts[index : index + 8])
    return ahead.startswith(_tail_words()) or bool(re.match(r"[（(]?\d*分?[)）]?$", texts[index]))


def _ends_before(index: int, text: str, seen_indicators: bool, seen_total: bool) -> bool:
    if _ATTACHMENT.fullmatch(text):
        return True
    heading: Heading | None = parse_heading(index, text)
    if heading is None:
        return False
    if heading.level in (PART, TITLE):
        return not heading.run_in
    if heading.level == CHAPTER:
        return seen_indicators and not heading.run_in
    return heading.level == SECTION and seen_total and not heading.run_in
