"""What stands right before and behind an amount: comparisons, brackets, the words that go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.numbers import Amount
from knowledge.rules.statements.clauses import OF_A_PART
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.tokens import Token
from knowledge.rules.statements.trimming import needs_name, trim
from knowledge.vocabulary.columns import counted_units


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
    """Whether an amount of points is what a part weighs: 投入（``15分``）, 投入``15分``得14.5分, ``3分``，自评得分2.65分."""
    amount = tokens[position].amount
    if amount is None or amount.unit != "分":
        return False
    around = [token.kind for token in tokens[max(position - 1, 0) : position + 2]]
    ahead = tokens[position + 1 : position + 3]
    gained = [token.kind for token in ahead] == ["words", "amount"] and ahead[0].text in cues().gained
    gained = gained or _scored_below(tokens[position + 1 : position + 4], amount)
    return gained or around == ["open", "amount", "close"]


def _scored_below(ahead: Sequence[Token], points: Amount) -> bool:
    """Whether the next clause gives a score that is no more than some points, and says of what no more than that."""
    if [token.kind for token in ahead] != ["comma", "words", "amount"] or ahead[1].text not in cues().scored:
        return False
    score = ahead[2].amount
    return score is not None and score.unit == points.unit and score.value <= points.value


def actual_follows(tokens: Sequence[Token], position: int) -> bool:
    """Whether the next clause tells what was reached: 达到``95%``以上，实际完成98.6%."""
    ahead = [token for token in tokens[position + 1 : position + 4] if token.kind in ("comma", "words")]
    return any(one.kind == "comma" and two.text.startswith("实际") for one, two in pairwise(ahead))


def aim_before(tokens: Sequence[Token], position: int) -> bool:
    """Whether the words before the year of an amount say that it is aimed at: ``力争``2023年参保率达到98%以上."""
    before = tokens[max(position - 3, 0) : position]
    return [token.kind for token in before] == ["words", "year", "words"] and before[0].text in cues().target


def target_follows(tokens: Sequence[Token], position: int) -> bool:
    """Whether an amount is called a target behind it: 低于``6个月``的目标值."""
    ahead = tokens[position + 1 : position + 2]
    return bool(ahead) and bool(_CALLED_TARGET.match(ahead[0].text))


def score_follows(tokens: Sequence[Token], position: int) -> bool:
    """Whether the next clause tells the points that were got: 自评总分``100分``，自评得分98.5分."""
    ahead = tokens[position + 1 : position + 4]
    return [token.kind for token in ahead] == ["comma", "words", "amount"] and "得分" in ahead[1].text


def year_of_payment(tokens: Sequence[Token], position: int) -> int | None:
    """The year in which an amount is still to be paid: 6万元``将于2020年进行支付``."""
    ahead = tokens[position + 1 : position + 3]
    if len(ahead) == 2 and ahead[0].kind == "words" and ahead[0].text.startswith("将") and ahead[1].kind == "year":
        return ahead[1].year
    return None


_CALLED_TARGET = re.compile("的(?:年度|全年|年初|预期|绩效|计划|既定)*(?:目标|指标)值?")
_START = re.compile(r"(?:由|从)(?P<last>上年度?|去年|上年同期|去年同期)?的?(?:每人)?(?:每[人月年天日户])?$")
_RISEN = re.compile(r"(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩减|压减|缩短|压缩|降|升)(?:到|至|为)")


def split_start(subject: str, after: str, last_year: int, own_year: int | None) -> tuple[str, int | None]:
    """The name and the year of a value from which another one rose: 列养率由上年的``86.2%``提高到."""
    start = _START.search(subject)
    if start is None or not _RISEN.match(after):
        return subject, None
    return subject[: start.start()], last_year if start["last"] else own_year


def rose_from(subject: str, after: str) -> bool:
    """Whether a value is what another one rose or fell from, in a year that is not said: 由``10个工作日``缩短至."""
    return bool(_START.search(subject) and _RISEN.match(after))


_COUNTED = re.compile(r"(?P<counted>人数|人次|批次|辆数)(?:小计|合计|共计|总计|共|为|是)*$")


def with_counted_unit(token: Token, subject: str) -> Token:
    """A whole number behind a name that says what it counts, with the unit of that: 编制人数小计20."""
    amount, counted = token.amount, _COUNTED.search(subject)
    if amount is None or amount.unit is not None or counted is None or "." in token.text:
        return token
    return token._replace(amount=amount._replace(unit=counted_units()[counted["counted"]]))


def heading_before(tokens: Sequence[Token]) -> str:
    """A heading that runs into the text, where it names a part of the whole: （一）``房屋租赁费``。预算支出为8万元."""
    words = [token for token in tokens if token.kind != "date"]
    return words[0].text if len(words) == 1 and OF_A_PART.search(words[0].text) else ""


def only_measure_follows(tokens: Sequence[Token], position: int, agencies: tuple[str, ...]) -> bool:
    """Whether nothing but a measure stands between a year and its amount: 公务接待费``2023年``预算8万元."""
    ahead = tokens[position + 1 : position + 3]
    kinds = [token.kind for token in ahead]
    return kinds == ["words", "amount"] and needs_name(trim(ahead[0].text, agencies)[0])
