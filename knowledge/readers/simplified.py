"""Reports in traditional characters, as some sites mirror them: read as simplified ones, cited as printed."""

from __future__ import annotations

import re

from knowledge.models import Source
from knowledge.spelling import simplify

_TRADITIONAL = "萬經費預決撥總"
"""Characters that every such report prints and that no report in simplified characters does."""
_ENOUGH = 5
_LOST = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zà-ǜ]{1,7}[)）]|\?{2,}|(?<=\d)\?")
"""What mirroring puts into text: pinyin in brackets, question marks for spaces."""


def simplified(source: Source) -> Source:
    """A source in traditional characters with its text simplified, without what mirroring put in; any other as it is."""
    if sum(map(source.text.count, _TRADITIONAL)) < _ENOUGH:
        return source
    plain = _LOST.sub(lambda match: " " * len(match[0]), simplify(source.text))
    return source.model_copy(update={"text": plain, "original": source.text})
