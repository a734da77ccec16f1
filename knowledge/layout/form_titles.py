"""Titles of forms: 2021年项目支出绩效自评表, 部门整体支出绩效自评基础数据表."""

from __future__ import annotations

import re

from knowledge.vocabulary.forms import form_words

_ATTACHMENT = re.compile(r"^附[件表]\d*(?:[-—]\d+)*[：:]?")
_ASIDE = re.compile(r"（[^（）]{0,16}）$")
STOP = "。；，！？、《》"


def parse_title(text: str) -> str | None:
    """The title of a form that a line (without spaces) is, if any: ``2021年项目支出绩效自评表``."""
    words = form_words()
    bare = text.strip("：:")
    if not bare.endswith((*words.title_ends, "）")):
        return None
    bare = _ATTACHMENT.sub("", bare)
    core = _ASIDE.sub("", bare)
    if not 4 <= len(core) <= 48 or any(stop in core for stop in STOP):
        return None
    if not core.endswith(words.title_ends) or not any(word in core for word in words.title_words):
        return None
    return bare
