"""A form flattened to lines → claims, zone by zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.layout.blocks import FormBlock, Report
from knowledge.layout.form_heads import find_projects, read_head
from knowledge.layout.form_words import Word, drop_page_numbers, split_words
from knowledge.rules.base import Ignored, Reading
from knowledge.rules.forms.basics import read_control, read_staffing
from knowledge.rules.forms.budget import asks_for_money, read_budget, read_request
from knowledge.rules.forms.claims import (
    PROJECT_BUDGET,
    WHOLE_BUDGET,
    Setting,
    build_claims,
    data_claims,
    fund_claims,
    group_claim,
)
from knowledge.rules.forms.funds import read_funds
from knowledge.rules.forms.headers import Header
from knowledge.rules.forms.indicators import read_indicators
from knowledge.rules.forms.labelled import read_labelled, read_labelled_budget
from knowledge.rules.forms.narrative import goal_texts, plain_text, read_text
from knowledge.rules.forms.natures import read_natures
from knowledge.rules.forms.rows import FormRows, Group
from knowledge.rules.forms.scores import read_scores
from knowledge.rules.forms.settings import find_setting
from knowledge.rules.forms.signed import read_signed
from knowledge.rules.forms.values import Kind, read_items
from knowledge.rules.forms.zones import Zone, find_levels, find_zones

_WORDS_LIMIT = re.compile(r"\d+字(?:以内|左右)|不超过\d+字|未达到\d+%的?需说明原因")

_TARGETS = Header(("级次", "目标值"), ("三级指标", "指标值"), 0, 0)
"""The columns of a form of targets that prints no header."""


def read_flattened(block: FormBlock, report: Report) -> Reading:
    """Claims of a flattened form; numbers that are template or labels are ignored by name."""
    words = split_words(report.source.text, drop_page_numbers(report.source.text, block.lines))
    whole = find_setting("".join(word.text for word in words), block, read_head(words), report)
    reading = Reading()
    header = _TARGETS if asks_for_money(block.title) else None
    for position, part in enumerate(_split_projects(words)):
        project = read_head(part).project if position else None
        setting = replace(whole, subject=project or whole.subject)
        if (rows := read_labelled(part)) is not None:
            reading.claims += build_claims(rows, setting)
            continue
        zones = find_zones(part, header)
        header = next((zone.header for zone in zones if zone.kind == "indicators"), header)
        _read_part(zones, part, reading, block, report, setting)
    _drop_doubles(reading)
    if not reading.claims:
        reading.ignored.clear()
    return reading


def _split_projects(words: Sequence[Word]) -> list[Sequence[Word]]:
    """The forms of several projects under one title, one after the other; each has indicators of its own."""
    edges = [0, *find_projects(words), len(words)]
    parts: list[Sequence[Word]] = []
    for start, end in pairwise(edges):
        if parts and find_levels(words[start:end]) is None:
            start -= len(parts.pop())
        parts.append(words[start:end])
    return parts


def _read_part(
    zones: Sequence[Zone],
    words: Sequence[Word],
    reading: Reading,
    block: FormBlock,
    report: Report,
    setting: Setting,
) -> None:
    rows = FormRows()
    for zone in zones:
        _read_zone(zone, words, rows, reading, block, report, setting)
    reading.claims += build_claims(rows, setting)


def _read_zone(
    zone: Zone,
    words: Sequence[Word],
    rows: FormRows,
    reading: Reading,
    block: FormBlock,
    report: Report,
    setting: Setting,
) -> None:
    held = words[zone.start : zone.end]
    body = words[zone.header.end : zone.end] if zone.header else held
    if zone.kind == "head":
        rows.budget += read_request(held, block.title) or read_labelled_budget(held)
        read_scores(held, reading, report, setting)
        reading.ignored.append(Ignored(held[0].start, held[-1].end, "表头"))
    elif zone.kind == "budget" and zone.header is not None:
        rows.budget += read_budget(body, zone.header)
        rows.budget += read_natures(body, rows.budget)
        _read_budget_points(zone, words, reading, setting)
        reading.ignored += _label_points(held)
    elif zone.kind == "indicators" and zone.header is not None:
        found = read_signed(body, zone.header) or read_indicators(body, zone.header)
        rows.indicators += found.indicators
        rows.groups += found.groups
        rows.totals += found.totals
        for words_of_reason in found.reasons:
            reading.extend(read_text(plain_text(words_of_reason), block.section, report, setting))
        reading.ignored += [Ignored(*row.named, "指标名称") for row in found.indicators if row.named is not None]
        reading.ignored += [Ignored(*span, "得分系数") for span in found.coefficients]
        reading.ignored += [*_label_points(held), *_template(held)]
    elif zone.kind in ("staffing", "control"):
        data = read_staffing(held) if zone.kind == "staffing" else read_control(held)
        reading.claims += data_claims(data, setting)
    elif zone.kind == "funds":
        quote = (held[0].start, held[-1].end)
        reading.claims += fund_claims(read_funds(held), setting, quote)
    elif zone.kind in ("notes", "signature"):
        reason = "填表说明" if zone.kind == "notes" else "签字栏"
        reading.ignored.append(Ignored(held[0].start, held[-1].end, reason))
    else:
        _read_texts(zone, held, reading, block, report, setting)


def _read_texts(
    zone: Zone, words: Sequence[Word], reading: Reading, block: FormBlock, report: Report, setting: Setting
) -> None:
    read_scores(words, reading, report, setting)
    after = _after_label(words, zone.name)
    texts = goal_texts(after) if zone.kind == "goals" else iter([plain_text(after, aim=zone.kind == "goal")])
    for text in texts:
        reading.extend(read_text(text, block.section, report, setting))
    reading.ignored += [*_label_points(words), *_template(words)]


def _after_label(words: Sequence[Word], name: str) -> Sequence[Word]:
    taken = 0
    for index, word in enumerate(words):
        if taken >= len(name):
            return words[index:]
        taken += len(word.text)
        if taken > len(name):
            return [word.part(len(word.text) - (taken - len(name)), len(word.text)), *words[index + 1 :]]
    return []


def _read_budget_points(zone: Zone, words: Sequence[Word], reading: Reading, setting: Setting) -> None:
    """预算执行情况（20分): the points of the budget part where the header has no column for them."""
    if zone.header is None or "权重" in zone.header.columns or "得分" not in zone.header.columns:
        return
    before = read_items(words[max(zone.start - 6, 0) : zone.start])
    points = [item for item in before if item.kind is Kind.SCORE and item.value is not None]
    if points and points[-1].value is not None:
        span = (points[-1].words[0].start, points[-1].words[-1].end)
        name = PROJECT_BUDGET if setting.subject else WHOLE_BUDGET
        reading.claims.append(group_claim(setting, Group(name, None, "权重", points[-1].value, span)))


def _label_points(words: Sequence[Word]) -> list[Ignored]:
    """Points in side labels and header cells: 绩效指标（90分）, 得分（20分*执行率）."""
    text = "".join(word.text for word in words)
    offsets = [word.start + index for word in words for index in range(len(word.text))]
    return [
        Ignored(offsets[match.start()], offsets[match.end() - 1] + 1, "栏目分值")
        for match in re.finditer(r"（\d+(?:\.\d+)?分?(?:[*×][^（）]*)?）|绩效指标（[^（）]*）", text)
    ]


def _template(words: Sequence[Word]) -> list[Ignored]:
    """Hints of the empty form that were left in: （100字以内）."""
    text = "".join(word.text for word in words)
    offsets = [word.start + index for word in words for index in range(len(word.text))]
    return [
        Ignored(offsets[match.start()], offsets[match.end() - 1] + 1, "填表说明")
        for match in _WORDS_LIMIT.finditer(text)
    ]


def _drop_doubles(reading: Reading) -> None:
    """Statement rules may read a score that the form's own rules read: the form's stays."""
    own = {claim.start for claim in reading.claims if claim.rule.startswith("form-")}
    reading.claims = [claim for claim in reading.claims if claim.rule.startswith("form-") or claim.start not in own]
