"""The lists of a whole body's form beside its budget: 按收入性质分：一般公共预算：50.00 …, 按支出性质分：基本支出：30.00 …

They have no columns: what they list is of the measure whose total they add up to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from knowledge.layout.form_words import Word
from knowledge.rules.forms.rows import BudgetRow
from knowledge.rules.forms.values import Value

_OPENING = "性质分"
_PART = re.compile(r"(?:其中：)?(?P<label>[\u4e00-\u9fff（）]{2,20})：(?P<number>\d[\d,]*(?:\.\d+)?)(?:万元)?")
_SPENT = ("支出", "经费")


def read_natures(words: Sequence[Word], rows: Sequence[BudgetRow]) -> list[BudgetRow]:
    """Rows of both lists; none of a list that adds up to no total of the budget, or to two."""
    text = "".join(word.text for word in words)
    total = next((row for row in rows if row.total), None)
    if _OPENING not in text or total is None:
        return []
    offsets = [word.start + index for word in words for index in range(len(word.text))]
    sides: dict[bool, list[tuple[str, Value]]] = {True: [], False: []}
    for match in _PART.finditer(text, text.index(_OPENING)):
        start, end = (offsets[match.start("number")], offsets[match.end("number") - 1] + 1)
        number = Decimal(match["number"].replace(",", ""))
        value = Value(start, end, offsets[match.end() - 1] + 1, number, begin=offsets[match.start()])
        sides[match["label"].endswith(_SPENT)].append((match["label"], value))
    return [row for parts in sides.values() for row in _rows(parts, total)]


def _rows(parts: Sequence[tuple[str, Value]], total: BudgetRow) -> list[BudgetRow]:
    whole = sum((value.number for _, value in parts), Decimal(0))
    measures = [name for name, value in total.values.items() if name.endswith("数") and value.number == whole]
    if len(parts) < 2 or len(measures) != 1:
        return []
    return [BudgetRow(label, False, None, (value.begin, value.stop), {measures[0]: value}) for label, value in parts]
