"""Full-text search over Chinese without a word list: text cut into overlapping pairs of characters.

FTS5 takes a run of Chinese characters for one word. Cut into pairs, every word of two characters is a term, and a
longer word is a phrase of its pairs. Quotation marks are left out, so that “三公”经费 is found as 三公经费.
"""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.text import flow_text, fold_text, is_chinese

_DROPPED = str.maketrans("", "", "“”‘’《》「」『』\0")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\u3400-\u4dbf\u4e00-\u9fff]+")


def _pairs(run: str) -> str:
    if not is_chinese(run[0]) or len(run) == 1:
        return run
    return " ".join(map("".join, pairwise(run)))


def search_terms(text: str) -> str:
    """The text as the index keeps it.

    >>> search_terms("“三公”经费1.38万元")
    '三公 公经 经费 1.38 万元'
    """
    return " ".join(map(_pairs, _RUN.findall(flow_text(text).translate(_DROPPED))))


def search_query(words: str) -> str:
    """An FTS5 query for passages that contain every word (separated by spaces); empty when nothing can be searched.

    >>> search_query("公务接待 渠县")
    '"公务 务接 接待" AND "渠县"'
    """
    return " AND ".join(query for query in map(_phrase, fold_text(words).split()) if query)


def _phrase(word: str) -> str:
    terms = search_terms(word)
    if not any(character.isalnum() for character in terms):
        return ""
    if len(terms) == 1 and is_chinese(terms):
        return f'"{terms}" *'
    return f'"{terms}"'
