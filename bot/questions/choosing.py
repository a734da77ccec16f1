"""What is to be done (运算), from the operation words and from how many bodies, metrics and years are named."""

from __future__ import annotations

import re

from bot.models import BodySet, Mention, Operation, Question
from bot.questions.reading import Reading
from bot.questions.spans import GAP, mask

_ORDER: tuple[Operation, ...] = (
    "definition", "citation", "per_head", "composition", "trend", "sum", "growth", "overview", "help", "greeting", "thanks",
)  # fmt: skip


def choose_operation(reading: Reading, years: tuple[int, ...], recent: int | None) -> Operation:
    """What is to be done, from the operation words and from how many bodies, metrics and years are named."""
    said = {item.value for item in reading.operations}
    bodies, mentions = len(reading.bodies.groups), len(reading.relations.mentions)
    several = bodies > 1 or len(years) > 1 or mentions > 1
    if "catalogue" in said and not mentions:
        return "catalogue"
    if reading.against:
        return "against_budget"
    if reading.relations.whole is not None or ("ratio" in said and bodies == 2 and mentions == 1):
        return "ratio"
    if reading.thresholds:
        one = bodies == 1 and reading.together is None
        return "verification" if one and not re.search("哪|谁|几", reading.text) else "ranking"
    if asks_which(reading) or asks_none(reading):
        return "ranking"
    if asks_what_it_is(reading):
        return "by_value"
    if reading.claims and (mentions or "verification" in said):
        return "verification"
    if mentions > 1 and _PLUS.search(reading.text):
        return "sum"
    several_meant = bodies > 1 or (not bodies and _ALL_BODIES.search(reading.text)) or reading.together is not None
    if several_meant and mentions == 1 and _ADDED_UP.search(reading.relations.mentions[0].text):
        return "sum"
    if said & {"comparison", "difference"} and several:
        return "difference" if bodies < 2 else "comparison"
    if "comparison" in said and "ranking" not in said and not bodies and not mentions and not _WHO.search(reading.text):
        return "comparison"
    if said & {"ranking", "comparison"} and not ("comparison" in said and "ranking" not in said and bodies == 1):
        return "ranking" if bodies < 2 else "comparison"
    if "composition" in said and (several or len(reading.measures) > 1) and _EACH.search(reading.text):
        said -= {"composition"}
    for operation in _ORDER:
        if operation in said and (operation not in ("definition", "sum") or _fits(operation, reading, several)):
            return operation
    if recent is not None:
        return "trend"
    return "lookup"


def asks_which(reading: Reading) -> bool:
    """``哪些单位三公经费是0``: a number that the bodies looked for have, no claim about one of them."""
    return bool(reading.claims) and not reading.bodies.groups and bool(_WHICH_BODIES.search(reading.text))


_THING = "(?:钱|费用?|支出|收入|项目|科目|资金|数据|数字|数|指标|开支|款项?|经费|东西|内容)"
_WHAT_IS_IT = re.compile(
    rf"(?:是|属于|指|为|算|对应)的?(?:什么|啥|哪一?[项个笔类块里])(?:的?{_THING})?的?[？?。]?$"
    rf"|(?:什么|哪一?[项个笔类])的?{_THING}(?:的?(?:决算|预算|执行|年初|金额)数?)?(?:正好|刚好|恰好)?(?:是|为|等于|花了|用了)$"
)


def asks_what_it_is(reading: Reading) -> bool:
    """``渠县2022年1.38万元是什么钱``, ``渠县哪项支出是84.36万元``: what the number of a body is."""
    if len(reading.claims) != 1 or not reading.bodies.groups:
        return False
    claim = reading.claims[0]
    said = mask(reading.text, [*reading.bodies.spans, (claim.start, claim.end)])
    before, after = said[: claim.start].replace(GAP, ""), said[claim.end :].replace(GAP, "")
    return bool(_WHAT_IS_IT.search(after) or (_WHAT_IS_IT.search(before) and not after.strip("的？?。 ")))


_NONE = re.compile("没有?(?:发生|花|支|用|产生)|没有|未发生|零支出|一分(?:钱)?(?:都)?没")
_MANY = re.compile("(?:哪些|哪几个?|哪个|几个|多少个?)(?:单位|部门|局|医院)|哪家|哪几家|几家|谁")


def asks_none(reading: Reading) -> bool:
    """``哪些单位没有公务接待费``: which bodies had nothing of what is named."""
    several = not reading.bodies.groups or reading.together is not None
    many = _MANY.search(reading.text) or (reading.together and "哪" in reading.text)
    named = bool(reading.relations.mentions) and not reading.claims
    return several and named and bool(many) and bool(_NONE.search(reading.text))


_WHICH_BODIES = re.compile("哪些|哪个|哪几|谁|的(?:单位|部门|局|有)")
_WHO = re.compile(r"哪|谁|单位")
_PLUS = re.compile(r"[+＋]|加上?|之和")
_ADDED_UP = re.compile(r"(?<!支出)(?<!收入)(?:合计|总和)$")
_ADDED = re.compile("各|所有|全部|每|加起来|之和|总和|合计")
_ALL_BODIES = re.compile(r"(?:所有|全部|各个?|这些|几个?)(?:单位|部门|局|家)")
_EACH = re.compile(r"各(?:自|是|有|花了?)?(?:多少|几)|分别")


def sums_bodies(question: Question) -> bool:
    """Whether one figure of all bodies, or of those meant together, is to be added up."""
    unnamed = not question.agency_groups and not question.strangers and len(question.mentions) == 1
    return unnamed and (question.among is not None or bool(_ALL_BODIES.search(question.text)))


def _fits(operation: Operation, reading: Reading, several: bool) -> bool:
    if operation == "sum":
        unnamed = not reading.bodies.groups and not reading.relations.mentions
        together = reading.together is not None and bool(_ADDED.search(reading.text))
        return several or unnamed or together or bool(_ALL_BODIES.search(reading.text))
    return not reading.years


_OF_SEVERAL: dict[Operation, Operation] = {
    "ranking": "ranking", "sum": "sum", "catalogue": "catalogue", "lookup": "ranking", "overview": "catalogue",
    "composition": "catalogue",
}  # fmt: skip


def choose_set(reading: Reading, mentions: tuple[Mention, ...], said: Operation) -> tuple[BodySet | None, Operation]:
    """The bodies meant together and what is done with them: an order of what is named, else a list."""
    operation = _OF_SEVERAL.get(said)
    if reading.together is None or operation is None:
        return None, said
    scored = said == "ranking" and any(item.value == "得分" for item in reading.measures)
    if operation == "catalogue" or not (mentions or scored):
        return (None, said) if mentions else (reading.together.bodies, "catalogue")
    if said == "lookup" and not _EACH_BODY.search(reading.text):
        return None, said
    return reading.together.bodies, operation


_EACH_BODY = re.compile("各|每一?[个家]|所有|全部|哪些|哪几")


def region_alone(reading: Reading) -> tuple[str, ...]:
    """A region that no body is loaded of, where no set of bodies is asked for."""
    together = reading.together
    return (together.bodies.text,) if together and together.bodies.regions and not reading.bodies.groups else ()
