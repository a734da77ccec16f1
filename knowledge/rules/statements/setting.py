"""What heading, report and the paragraph before say for a whole paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from knowledge.layout.blocks import Paragraph, Report, block_start
from knowledge.layout.sections import find_summarized
from knowledge.models import Identity
from knowledge.rules.statements.clauses import spoken_of, strip_situation
from knowledge.rules.statements.drafts import Setting
from knowledge.rules.statements.names import Name
from knowledge.rules.statements.phrases import parse_phrase

_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[.、．]|[①-⑳])\s*"
)


_STOP = re.compile("[，。；：]")
_NUMBERS = re.compile(r"(?:20\d\d年(?:度)?)|\d[\d,.]*(?:万元|元|%)?")
_AIMS_SET = re.compile("目标的?(?:设立|设定|设置|制定)(?:情况)?$")
_AIMS = re.compile("(?:绩效|年度|总体|预期)目标$|工作计划$|目标任务$")
"""Headings of what was planned."""
_AIM = re.compile(r"(?:任务|目标)[\d一二三四五六七八九十]{1,2}[:：]")
"""How a paragraph begins that says one of several aims."""
_AIM_HEADED = re.compile(
    r"(?:（[一二三四五六七八九十\d]{1,2}）|\d{1,2}[.、．])?(?:年度|项目|总体)*(?:绩效)?目标(?:设定|设立)?(?:情况)?[。：]"
)
"""The same where the heading runs into its text: （三）绩效目标。"""
_STRUCTURE = re.compile("(?:决算|预算)?的?(?:结构|构成)(?:情况)?$")
_LISTED = re.compile(r"\d{1,2}[.．、]|（\d{1,2}）")
_ITEM = re.compile("（[类款项]）[。：；]?$")
_UNDER = re.compile("下属|所属|二级")


@lru_cache(maxsize=16)
def find_agencies(identity: Identity) -> tuple[str, ...]:
    """Names of the body as the text may print them, the longest first."""
    names = {identity.agency, *identity.agency_aliases, identity.place or ""}
    names |= {name.replace("和", "与") for name in names} | {name.replace("与", "和") for name in names}
    return tuple(sorted((name for name in names if len(name) > 2 and not _UNDER.search(name)), key=len, reverse=True))


def _is_aim(titles: Sequence[str]) -> bool:
    """Whether the headings above say that what stands below was planned."""
    return any(map(_AIMS_SET.search, titles[-2:])) or bool(_AIMS.search(_last(titles)))


def _opens_aim(text: str) -> bool:
    """Whether a paragraph says by its own beginning that it tells what was planned."""
    return _AIM.match(text) is not None or _AIM_HEADED.match(text) is not None


def _last(titles: Sequence[str]) -> str:
    """The heading above, past those of an item that runs on into its text."""
    return next((title for title in reversed(titles) if title), "")


def build_setting(paragraph: Paragraph, report: Report) -> Setting:
    """The setting of a paragraph; its topic comes from the heading above it or the paragraph before."""
    agencies = find_agencies(report.identity)
    section = paragraph.section
    bare = Setting(year=report.identity.year, agencies=agencies)
    heading = section.titles[-1] if section.titles else ""
    lead = _topic_of(heading, bare)
    whole = _divided(_last(section.titles), paragraph, bare)
    if not lead or paragraph.flow.text.startswith("其中"):
        lead = _lead_of_previous(paragraph, report, bare) or lead
        whole = lead if paragraph.flow.text.startswith("其中") else whole
    return Setting(
        year=report.identity.year,
        kind=report.identity.kind,
        role=section.role,
        agencies=agencies,
        scope=section.scope,
        lead=lead,
        whole=whole,
        target=_is_aim(section.titles) or _opens_aim(paragraph.flow.text),
        heading=heading,
        fallback=find_summarized(paragraph.flow.text, headed=True) or section.subject or "",
    )


def _divided(heading: str, paragraph: Paragraph, bare: Setting) -> tuple[Name, ...]:
    """What a heading says is divided by the items of a list below it: 财政拨款支出决算结构情况, 1.卫生健康支出（类）98.58万元."""
    structure = _STRUCTURE.search(heading)
    if structure is None or not _LISTED.match(paragraph.flow.text):
        return ()
    return _topic_of(heading[: structure.start()], bare)


def _topic_of(heading: str, bare: Setting) -> tuple[Name, ...]:
    """The standard term or item that a heading is, without 情况说明."""
    text = strip_situation(heading)
    phrase = parse_phrase(text, bare.agencies) if text else None
    if phrase is None or (phrase.metric is None and phrase.item is None):
        return ()
    return spoken_of(text, bare)


def _lead_of_previous(paragraph: Paragraph, report: Report, bare: Setting) -> tuple[Name, ...]:
    """The first standard term of the paragraph before, where both stand in one section; an item of the classification that
    stands there alone: 1、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）."""
    index = bisect_left(report.blocks, block_start(paragraph), key=block_start)
    for block in reversed(report.blocks[max(index - 3, 0) : index]):
        if not isinstance(block, Paragraph) or block.section is not paragraph.section:
            return ()
        first = _STOP.split(_ORDINAL.sub("", block.flow.text), maxsplit=1)[0]
        found = spoken_of(_NUMBERS.sub("", first), bare)
        if found and (found[0].standard or (found[0].item and _ITEM.search(block.flow.text))):
            return found
    return ()
