"""Sentences that say there is none → absences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.layout.blocks import Paragraph, Report
from knowledge.layout.scopes import find_scope
from knowledge.models import Absence
from knowledge.rules.base import Reading
from knowledge.rules.statements.phrases import parse_phrase
from knowledge.rules.statements.terms import find_standard
from knowledge.text import Flow
from knowledge.vocabulary import Metric

_NONE = re.compile(
    r"(?:没有(?:使用|安排|发生)?|未(?:发生|安排|使用|产生|开展|列支|编制|购置)|不涉及|不存在|(?<![全毫有高])无(?!法|论|需|关|偿|障|线|形|效|增|减|变|上年))"
    r"(?P<what>[^，。；：（）]*(?:（[^（）]*）[^，。；：（）]*)*)"
)
_TAIL = re.compile(r"(?:的)?(?:相关)?(?:情况|事项|业务|安排|发生|预算安排|变化|问题)+$")
_FUND = re.compile(
    r"(?P<fund>一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?P<in>收入)?(?:[和及、与/])?(?P<out>支出)?(?:安排)?$"
)
_SPLIT = re.compile(r"[、]|(?<=[费出入员物程务算金款])[和及与]")
_YEAR = re.compile(r"((?:19|20)\d\d)年")


def read_absences(paragraph: Paragraph, report: Report) -> Reading:
    """What a paragraph says that there was none of: ``本年度没有“三公”经费支出``."""
    absences = [
        _build_absence(metric, sentence, paragraph, report)
        for sentence in paragraph.sentences
        if "无" in sentence.text or "没有" in sentence.text or "未" in sentence.text or "不" in sentence.text
        for metric in find_absent(sentence.text)
    ]
    return Reading(absences=absences)


def find_absent(text: str) -> Iterator[Metric]:
    """Standard terms that a sentence says there is none of, each once.

    ``2019年度我单位无政府性基金预算收入支出`` → 政府性基金预算财政拨款收入, 政府性基金预算财政拨款支出.
    """
    seen: set[str] = set()
    for match in _NONE.finditer(text):
        for metric in _terms(_TAIL.sub("", match["what"])):
            if metric.name not in seen:
                seen.add(metric.name)
                yield metric


def _terms(what: str) -> Iterator[Metric]:
    fund = _FUND.search(what)
    if fund is not None:
        sides = [side for side in (fund["in"], fund["out"]) if side] or ["支出"]
        found = [find_standard(f"{fund['fund']}预算财政拨款{side}".replace("预算预算", "预算")) for side in sides]
        yield from (metric for metric in found if metric is not None)
        return
    whole = parse_phrase(what).metric or find_standard(f"{what}费")
    if whole is not None:
        yield whole
        return
    pieces = [parse_phrase(_TAIL.sub("", piece)).metric for piece in _SPLIT.split(what) if piece]
    if pieces and all(pieces):
        yield from (metric for metric in pieces if metric is not None)


def _build_absence(metric: Metric, sentence: Flow, paragraph: Paragraph, report: Report) -> Absence:
    start, end = sentence.offsets[0], sentence.offsets[-1] + 1
    year = _YEAR.search(sentence.text)
    own = int(year[1]) if year and abs(int(year[1]) - report.identity.year) <= 1 else report.identity.year
    return Absence(
        metric=metric.name,
        agency=report.identity.agency,
        year=own,
        text=" ".join(report.printed(start, end).split()),
        place=report.place(start, end),
        section=paragraph.section.path,
        scope=metric.scope or find_scope(sentence.text) or paragraph.section.scope,
    )
