"""Text → Question: what stands in it, and what that means together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.models import Mention, NameMatch, Question
from bot.questions.choosing import asks_none, asks_which, choose_operation, choose_set, region_alone
from bot.questions.facets.amounts import Bound
from bot.questions.facets.operations import find_count, is_ascending
from bot.questions.facets.units import is_money
from bot.questions.facets.years import Years
from bot.questions.naming import Naming
from bot.questions.parts import find_parts
from bot.questions.reading import CODE, Reading, asks_place, read_question
from bot.questions.spans import Found
from bot.questions.words import compile_words, load_words
from knowledge.models import Measure

_YEAR_END = "12月"
_HOW_MANY = re.compile(r"了?(?:多少|几)(?=[\u4e00-\u9fff]{2})")


def understand(text: str, naming: Naming, *, today: date, discussed: int | None = None) -> Question:
    """The question that a message asks, on its own; ``discussed`` is the year that 去年 counts from in a follow-up."""
    reading = read_question(text, naming)
    years, recent = resolve_years(reading.years, discussed or today.year)
    years = _with_next(years, reading)
    threshold = reading.thresholds[0].value if reading.thresholds else None
    claim = reading.claims[0].value if reading.claims else None
    if asks_which(reading) and threshold is None:
        threshold, claim = replace(claim, comparator="=") if claim else None, None
    mentions = _with_measure(reading)
    wanted = _wanted_units(reading, mentions)
    operation = choose_operation(reading, years, recent)
    ascending = is_ascending(reading.text)
    if operation == "ranking":
        wanted = [unit for unit in wanted if is_money(unit)]
        if threshold is None and asks_none(reading):
            threshold, claim, ascending = Bound(Decimal(0), None, "="), None, True
    if operation == "verification" and claim:
        wanted = wanted or _claimed_units(reading)
        operation = "lookup" if len(wanted) > 1 else operation
    among, operation = choose_set(reading, mentions, operation)
    if operation == "by_value":
        mentions = ()
    code = CODE.search(reading.masked)
    groups = reading.bodies.groups if among is None or asks_place(reading.text) else ()
    question = Question(
        text=text,
        operation=operation,
        agencies=tuple(group[0] for group in groups),
        agency_groups=groups,
        strangers=() if among else reading.bodies.strangers or region_alone(reading),
        among=among,
        metrics=tuple(mention.matches[0] for mention in mentions if mention.matches),
        metric_groups=tuple(mention.matches for mention in mentions if mention.matches),
        mentions=mentions,
        within=reading.relations.within,
        whole=reading.relations.whole,
        years=years,
        recent=recent,
        until=next((item.value for item in reading.dates if not item.value.startswith(_YEAR_END)), None),
        measures=_asked_measures(reading),
        scope=reading.scopes[0].value if reading.scopes else None,
        unit=next((unit for unit in wanted if is_money(unit)), wanted[0] if wanted else None),
        counted=tuple(wanted) if len(wanted) > 1 and not any(map(is_money, wanted)) else (),
        count=find_count(reading.text),
        descending=not ascending,
        comparator=threshold.comparator if threshold else None,
        threshold=threshold.value if threshold else None,
        threshold_unit=threshold.unit if threshold else None,
        claimed=claim.value if claim else None,
        claimed_unit=claim.unit if claim else None,
        code=code.group() if code else None,
        unknown=reading.relations.unknown,
    )
    parts = find_parts(reading, question, discussed or today.year)
    return question.model_copy(update={"parts": parts}) if parts else question


_OF_ALL: frozenset[Measure] = frozenset({"预算数", "年初预算数", "调整预算数", "决算数", "执行数", "完成率"})


_ALL_SPENT = Mention(text="总支出")


def complete(question: Question) -> Question:
    """花了多少, 有多少人, 自评得分 or 预算 of a body, with nothing named, mean all that it spent, its staff, its own score."""
    scored = question.operation == "ranking" and "得分" in question.measures
    question = _without_bare(among_all(question))
    if question.mentions or not (question.agency_groups or question.strangers or scored):
        return question
    said = next((name for name, pattern in compile_words("unnamed").items() if pattern.search(question.text)), None)
    words = said or question.code
    if not question.unknown and "得分" in question.measures:
        words = "绩效自评得分"
    elif not question.unknown and set(question.measures) & _OF_ALL:
        words = "总支出"
    full = "预算完成率" if "完成率" in question.measures else ""
    return question.model_copy(update={"mentions": (Mention(text=words, full=full),)}) if words else question


def _without_bare(question: Question) -> Question:
    """预算总额 and 总预算 name nothing but the measure, as 预算 does; 收入预算总额 says of what."""
    names = load_words("bare")["names"]
    unknown = tuple(words for words in question.unknown if words not in names)
    if not all(mention.text in names and not mention.rest for mention in question.mentions):
        return question
    if not question.mentions or question.carried:
        return question.model_copy(update={"unknown": unknown})
    mentions = () if question.measures else (_ALL_SPENT,)
    return question.model_copy(update={"unknown": unknown, "mentions": mentions})


def among_all(question: Question) -> Question:
    """渠县三公经费排第几 is answered by all bodies in order, and the place of the one."""
    if question.operation == "ranking" and len(question.agency_groups) == 1 and asks_place(question.text):
        placed = question.agency_groups[0][0].id
        return question.model_copy(update={"agency_groups": (), "agencies": (), "placed": placed})
    return question


def asks_elsewhere(question: Question) -> bool:
    """Whether nothing is asked that reports of figures print: 电话, 地址, 局长."""
    names = load_words("elsewhere")["names"]
    return bool(question.mentions) and all(
        mention.text in names and not any(match.kind == "exact" for match in mention.matches)
        for mention in question.mentions
    )


def _with_measure(reading: Reading) -> tuple[Mention, ...]:
    """The mentions; a single one also with the measure words that stand by it."""
    mentions = reading.relations.mentions
    mentions = tuple({mention.text: mention for mention in reversed(mentions)}.values())[::-1]
    scope = "财政拨款" if any(found.value == "财政拨款" for found in reading.scopes) else ""
    mentions = tuple(each for mention in mentions for each in _both_sides(_without_how_many(mention), scope))
    mentions = (*mentions, *_also_spent(mentions, reading.text))
    mentions = tuple(_named(mention) for mention in mentions if mention.text or mention.matches)
    mentions = (*_asked_first(mentions, reading.text), *mentions)
    if len(mentions) == 1 and reading.measures:
        return (_with_score(mentions[0].model_copy(update={"full": reading.full}), reading),)
    return mentions


_FIRST = re.compile("^(?P<first>[^，,；;。？?]*(?:多少|几)[^，,；;。？?]{0,3})[，,；;。？?](?=.*(?:多少|几|占))")


def _asked_first(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    """What is asked with nothing named before the first name: 一共花了多少钱，三公经费多少."""
    first = _FIRST.match(text)
    known = [mention.matches[0].start for mention in mentions if mention.matches]
    if first is None or len(known) < len(mentions) or not known or min(known) < first.end():
        return ()
    patterns = compile_words("unnamed").items()
    return tuple(Mention(text=name) for name, pattern in patterns if pattern.search(first["first"]))[:1]


_SELF_SCORE = "绩效自评得分"


def _with_score(mention: Mention, reading: Reading) -> Mention:
    """基金监管工作经费自评打了几分 asks for the score of the whole, as 基金监管工作经费绩效自评得分 does."""
    said = any("自评" in reading.text[item.start : item.end] for item in reading.measures if item.value == "得分")
    return score_of(mention) if said else mention


def score_of(mention: Mention) -> Mention:
    """The score of a whole that has been named."""
    if mention.text.endswith("得分"):
        return mention
    score = NameMatch(id=0, name=_SELF_SCORE, start=0, end=0, kind="alias", score=100.0)
    return mention.model_copy(
        update={"text": mention.text + _SELF_SCORE, "matches": (score,), "rest": mention.text, "full": ""}
    )


def is_score(mention: Mention) -> bool:
    """Whether a mention is the score of a whole, and not the whole."""
    return bool(mention.rest) and mention.text == f"{mention.rest}{_SELF_SCORE}"


_BOTH_SIDES = re.compile(r"(?P<scope>财政拨款)?收(?:入)?[、和及]?支(?:出)?(?:总(?:计|额|数|体)?)?")


def spent_of(mention: Mention, text: str) -> Mention | None:
    """What 用了多少 asks of after 参保缴费专项经费到位多少: the project, and not what had arrived for it."""
    funded = re.search(f"(?:{compile_words('spent')['funded'].pattern})$", mention.text)
    if funded is None or funded.start() < 2 or not compile_words("spent")["spent"].search(text):
        return None
    return Mention(text=mention.text[: funded.start()])


def _also_spent(mentions: tuple[Mention, ...], text: str) -> list[Mention]:
    """参保缴费专项经费到位多少，用了多少 asks for both; the project may stand apart from 到位."""
    spent = spent_of(Mention(text="".join(mention.text for mention in mentions)), text)
    return [spent] if spent and len(mentions) <= 2 else []


def _both_sides(mention: Mention, scope: str) -> tuple[Mention, ...]:
    """收支总计 asks for 收入总计 and 支出总计; with 财政拨款 before it for those of 财政拨款."""
    match = _BOTH_SIDES.fullmatch(mention.text)
    if match is None:
        return (mention,)
    return tuple(Mention(text=f"{match['scope'] or scope}{side}总计") for side in ("收入", "支出"))


def _named(mention: Mention) -> Mention:
    """A mention whose own words said something else too (剩多少) goes by the name that they stand for."""
    return mention if mention.text else mention.model_copy(update={"text": mention.matches[0].name})


def _without_how_many(mention: Mention) -> Mention:
    """追回了多少基金 asks about 追回基金, …项目到位多少资金 about 到位资金 of the project."""
    if mention.matches and (not mention.rest or _HOW_MANY.match(mention.text)):
        return mention
    return mention.model_copy(update={"text": _HOW_MANY.sub("", mention.text), "rest": _HOW_MANY.sub("", mention.rest)})


def _asked_measures(reading: Reading) -> tuple[Measure, ...]:
    """The measures asked for; 花了多少 beside a budget asks for what was spent too: ``预算多少，花了多少``."""
    measures = tuple(dict.fromkeys(item.value for item in reading.measures))
    planned = bool(measures) and all(measure.endswith("预算数") for measure in measures)
    spent = planned and not reading.against and compile_words("spent")["spent"].search(reading.text)
    return (*measures, "决算数") if spent else measures


_COUNT = re.compile(r"(?:人数|人次|次数|数量|批次|家数|户数|个数|件数|辆数)$")


def _wanted_units(reading: Reading, mentions: tuple[Mention, ...]) -> list[str]:
    """The units asked for; of what is counted 多少万 asks for no money: ``参保人数多少万``."""
    scored = any(item.value in ("得分", "权重") for item in reading.measures)
    units = [unit for unit in dict.fromkeys(item.value for item in reading.units) if not (scored and unit == "分")]
    counted = bool(mentions) and all(_COUNT.search(mention.text) for mention in mentions)
    return [unit for unit in units if not (counted and is_money(unit))]


def _claimed_units(reading: Reading) -> list[str]:
    """What the numbers claimed are counted in; of several counts each is looked up: 2批次26人次."""
    units = dict.fromkeys(claim.value.unit for claim in reading.claims if claim.value.unit)
    counted = [unit for unit in units if unit != "%" and not is_money(unit)]
    return counted if reading.claims[0].value.unit in counted else []


def resolve_years(found: list[Found[Years]], base: int) -> tuple[tuple[int, ...], int | None]:
    """Years in the order they are named, and how many recent ones are wanted (0: all)."""
    years = tuple(dict.fromkeys(year for item in found for year in item.value.resolve(base)))
    recent = next((item.value.recent for item in found if item.value.recent is not None), None)
    return years, recent


_FROM = re.compile("[比较与同和跟]$")


def _with_next(years: tuple[int, ...], reading: Reading) -> tuple[int, ...]:
    """比2021年增加多少 asks for the change on that year, which the report of the next one prints."""
    change = any(item.value in ("增减额", "增减率") for item in reading.measures)
    if len(years) != 1 or not change or not _FROM.search(reading.text[: reading.years[0].start].rstrip()):
        return years
    return (*years, years[0] + 1)
