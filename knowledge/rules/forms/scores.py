"""绩效自评得分 told in a sentence or beside the title: 项目自评得分 100 分; 总分：100."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.layout.blocks import Report
from knowledge.layout.form_words import Word
from knowledge.rules.base import Reading
from knowledge.rules.forms.claims import Setting, score_claim
from knowledge.rules.forms.values import Value, parse_value
from knowledge.text import join_lines

_SCORE = re.compile(
    r"(?:自评|评价|综合|绩效|最终)*(?:得分|总分|评分|自评分)(?:[为是：:]{0,2}(\d+(?:\.\d+)?)(?:分|(?=[，。；\s]|$))|（分）\s*(\d+(?:\.\d+)?))"
)


def read_scores(words: Sequence[Word], reading: Reading, report: Report, setting: Setting) -> None:
    """绩效自评得分 printed in a sentence or beside the title: 项目自评得分 100 分; 总分：100."""
    if not words:
        return
    flow = join_lines(report.source.text, [(words[0].start, words[-1].end)])
    for match in _SCORE.finditer(flow.text):
        digits = match.lastindex or 1
        start, end = flow.span(*match.span(digits))
        begin, stop = flow.span(*match.span())
        number = parse_value(Word(match[digits], start, end, 0, True))
        if number is not None and end - start == len(match[digits]):
            reading.claims.append(score_claim(setting, Value(start, end, stop, number.number), (begin, stop)))
