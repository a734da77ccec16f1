"""Titles of forms: 2021年项目支出绩效自评表, 部门整体支出绩效自评基础数据表."""

from __future__ import annotations

import re

from knowledge.vocabulary.forms import form_words

STOP = "。；，！？、《》"


def parse_title(text: str) -> str | None:
    """The title of a form that a line (without spaces) is, if any: ``2021年项目支出绩效自评表``."""
    words = form_words()
    bare = re.sub(r"^附[件表]\d*(?:[-—]\d+)*[：:]?", "", text.strip("：:"))
    core = re.sub(r"（[^（）]{0,16}）$", "", bare)
    if not 4 <= len(core) <= 48 or any(stop in core for stop in STOP):
        return None
    if not core.endswith(words.title_ends) or not any(word in core for word in words.title_words):
        return None
    return bare
