"""Names that one list gives to several amounts: ``住院和门诊报销比例``分别为75%和60%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.rules.statements.cues import cues, one_of
from knowledge.rules.statements.tokens import Token

_AND = re.compile("[、和与及]")
_BETWEEN = ("和", "及", "与")
_MOST = 6


def count_listed(tokens: Sequence[Token], position: int) -> int:
    """How many amounts a list of them holds that stands behind 分别为."""
    count = 0
    for token in tokens[position + 1 :]:
        if token.kind == "amount":
            count += 1
        elif token.kind not in ("enumeration", "comma") and token.text not in _BETWEEN:
            break
    return count


def split_listed(text: str, count: int) -> list[str]:
    """The names that words list, as many as there are amounts, each with what the last one says for all; else none."""
    pieces = [piece for piece in _AND.split(text) if piece]
    if not 2 <= len(pieces) == count <= _MOST or min(map(len, pieces)) < 2:
        return []
    last = pieces[-1]
    tails = [_shared_tail(piece, last) for piece in pieces[:-1]]
    if any(tail is None for tail in tails):
        return []
    return [*(piece + (tail or "") for piece, tail in zip(pieces, tails, strict=False)), last]


def _shared_tail(piece: str, last: str) -> str | None:
    """What a piece lacks that the last one says: 城乡居民 of 城镇职工``参保人数``; nothing where it is a name itself."""
    words = cues()
    said = (*words.nominal, *words.rates)
    if not last.endswith(said) or (piece.endswith(said) and not piece.endswith(words.persons)):
        return ""
    shared = last.rfind(piece[-2:])
    if shared > 0:
        return last[shared + 2 :]
    verb = re.compile(one_of(words.action)).search(last, 1)
    if verb is not None:
        return last[verb.start() :]
    rest = last[len(piece) :]
    return rest if len(rest) > 1 and rest in words.nominal else None
