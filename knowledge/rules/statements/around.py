"""What stands right before and behind an amount: comparisons, brackets, the words that go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.tokens import Token


def words_after(tokens: Sequence[Token], position: int) -> str:
    """The words that follow an amount, up to the next punctuation: 30万份``宣传资料``."""
    token = tokens[position + 1] if position + 1 < len(tokens) else None
    if token is None or token.kind != "words":
        return ""
    text = ""
    for token in tokens[position + 1 :]:
        if token.kind not in ("words", "enumeration", "year"):
            break
        text += token.text if token.kind != "year" else ""
    return "" if text.startswith(("的", "等", "车牌")) or re.search(r"[A-Z]\d{4}", text) else text


def base_before(tokens: Sequence[Token], position: int) -> Token | None:
    """The comparison that stands right before an amount: 较上年的``31.22万元``减少."""
    before = tokens[position - 1] if position else None
    return before if before is not None and before.kind == "compare" else None


def unit_of_list(tokens: Sequence[Token], position: int) -> str | None:
    """The unit that a list prints once, behind its last amount: ``100.5``、200.7万元."""
    for before, after in zip(tokens[position + 1 :: 2], tokens[position + 2 :: 2], strict=False):
        if not (before.kind in ("enumeration", "comma") or before.text in ("和", "及")) or after.amount is None:
            return None
        if after.amount.unit is not None:
            return after.amount.unit
    return None


def is_weight(tokens: Sequence[Token], position: int) -> bool:
    """Whether an amount of points is what a part weighs: 投入（``15分``）, 投入``15分``得14.5分."""
    amount = tokens[position].amount
    if amount is None or amount.unit != "分":
        return False
    around = [token.kind for token in tokens[max(position - 1, 0) : position + 2]]
    ahead = tokens[position + 1 : position + 3]
    gained = [token.kind for token in ahead] == ["words", "amount"] and ahead[0].text in cues().gained
    return gained or around == ["open", "amount", "close"]


def actual_follows(tokens: Sequence[Token], position: int) -> bool:
    """Whether the next clause tells what was reached: 达到``95%``以上，实际完成98.6%."""
    ahead = [token for token in tokens[position + 1 : position + 4] if token.kind in ("comma", "words")]
    return any(one.kind == "comma" and two.text.startswith("实际") for one, two in pairwise(ahead))


def year_of_payment(tokens: Sequence[Token], position: int) -> int | None:
    """The year in which an amount is still to be paid: 6万元``将于2020年进行支付``."""
    ahead = tokens[position + 1 : position + 3]
    if len(ahead) == 2 and ahead[0].kind == "words" and ahead[0].text.startswith("将") and ahead[1].kind == "year":
        return ahead[1].year
    return None
