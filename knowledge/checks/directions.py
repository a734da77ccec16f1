"""Words of comparison against the numbers: 大于, 小于, 持平; 增加 beside 下降."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks.facts import PLANNED, SPENT, Facts, Group, base, show
from knowledge.layout.blocks import Paragraph
from knowledge.models import Figure, Finding

_COMPARED = re.compile(
    r"(?:决算|支出)数?(?:与(?:年初)?预算数?(?P<same>持平|一致|相等)|(?P<sign>大于|高于|多于|小于|低于|少于|等于)(?:年初)?预算)"
)
_SIGNS = {"大于": 1, "高于": 1, "多于": 1, "小于": -1, "低于": -1, "少于": -1, "等于": 0, None: 0}
_WORDS = {1: "大于", -1: "小于", 0: "等于"}


def check_directions(facts: Facts) -> Iterator[Finding]:
    """Every sentence that compares in words and in numbers."""
    for paragraph in facts.paragraphs:
        yield from _check_signs(facts, paragraph)
        yield from _check_words(facts, paragraph)


def _check_signs(facts: Facts, paragraph: Group) -> Iterator[Finding]:
    for sentence in paragraph.sentences():
        for change in (figure for figure in sentence if figure.measure == "增减额" and figure.value):
            for rate in (figure for figure in sentence if figure.measure == "增减率" and figure.value):
                if rate.metric == change.metric and rate.year == change.year and rate.value * change.value < 0:
                    message = f"“{rate.metric}”增减额与增减率方向相反：{change.value}{change.unit}，{rate.value}%。"
                    yield facts.finding("direction", [change, rate], message, "同增或同减")


def _check_words(facts: Facts, paragraph: Group) -> Iterator[Finding]:
    block = paragraph.block
    if not isinstance(block, Paragraph):
        return
    for match in _COMPARED.finditer(block.flow.text):
        offset = block.flow.offsets[match.start()]
        said = _SIGNS[match["sign"]]
        pair = _pair_before(paragraph.figures, offset)
        if pair is None:
            continue
        spent, planned = pair
        difference = base(spent) - base(planned)
        found = (difference > 0) - (difference < 0)
        if found != said:
            message = f"“{spent.metric}”写作决算数{_WORDS[said]}预算数，实为 {show(spent)} 与 {show(planned)}。"
            yield facts.finding("direction", [planned, spent], message, f"决算数{_WORDS[found]}预算数")


def _pair_before(figures: tuple[Figure, ...], offset: int) -> tuple[Figure, Figure] | None:
    """The nearest amount spent before an offset, and its budget in the same sentence."""
    before = [figure for figure in figures if figure.place.start < offset]
    spent = next((figure for figure in reversed(before) if figure.measure in SPENT), None)
    if spent is None:
        return None
    planned = next(
        (
            figure
            for figure in reversed(before)
            if figure.measure in PLANNED
            and (figure.metric, figure.year, figure.scope) == (spent.metric, spent.year, spent.scope)
            and figure.unit == spent.unit
        ),
        None,
    )
    return (spent, planned) if planned else None
