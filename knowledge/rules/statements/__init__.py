"""Running text: sentences of 部门决算, 部门预算 and 绩效自评 → claims.

``ignored`` names the numbers that are no figures, ``tokens`` splits the text, ``interpreter`` reads it left to right,
``phrases`` and ``names`` find what an amount is called, ``measures`` what it measures, ``claims`` where it stands.
"""

from __future__ import annotations

import re

from knowledge.layout.blocks import Paragraph, Report
from knowledge.rules.base import Ignored, Reading
from knowledge.rules.statements.claims import build_claims
from knowledge.rules.statements.ignored import find_ignored
from knowledge.rules.statements.interpreter import Interpreter
from knowledge.rules.statements.setting import build_setting
from knowledge.rules.statements.tokens import read_tokens
from knowledge.vocabulary.forms import any_of, form_words

_DIGIT = re.compile(r"\d")


_FORM_WORDS = 6
"""So many different words of forms no sentence holds."""


def is_form(text: str) -> bool:
    """Whether a paragraph is a whole form printed as one line, in which words do not name the number behind them."""
    return "级指标" in text and len(set(any_of(form_words().anchors).findall(text))) >= _FORM_WORDS


def read_paragraph(paragraph: Paragraph, report: Report) -> Reading:
    """What a paragraph of running text claims: ``公务接待费支出0.07万元，占5.07%`` is two figures."""
    text = paragraph.flow.text
    if not _DIGIT.search(text) or is_form(text):
        return Reading()
    setting = build_setting(paragraph, report)
    spans = find_ignored(text, setting.agencies)
    interpreter = Interpreter(read_tokens(text, spans), setting)
    drafts = interpreter.read()
    ignored = [Ignored(*paragraph.flow.span(span.start, span.end), span.reason) for span in spans]
    return Reading(claims=build_claims(drafts, paragraph, setting), ignored=ignored)
