"""The text that rules read, where it is not the one that the file prints: simplified characters, Chinese commas."""

from __future__ import annotations

import re

from knowledge.models import Source
from knowledge.spelling import simplify

_TRADITIONAL = "萬經費預決撥總"
"""Characters that every report in traditional characters prints and that no report in simplified ones does."""
_ENOUGH = 5
_LOST = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zà-ǜ]{1,7}[)）]|\?{2,}|(?<=\d)\?")
"""What sites that mirror reports put into them: pinyin in brackets, question marks for spaces."""
_COMMA = re.compile(r"(?<=[\u4e00-\u9fff）)”%]),|,(?=[\u4e00-\u9fff（(“])")


def readable(source: Source) -> Source:
    """A source in simplified characters and with Chinese commas; what it prints stays beside it where that differs."""
    text = source.text
    if sum(map(text.count, _TRADITIONAL)) >= _ENOUGH:
        text = _LOST.sub(lambda match: " " * len(match[0]), simplify(text))
    if "," in text:
        text = _COMMA.sub("，", text)
    return source if text == source.text else source.model_copy(update={"text": text, "original": source.text})
