"""Follow-ups: what a message leaves unsaid is taken from the question before it, and that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.models import Answer, Mention, Question
from bot.questions.again import of_set, of_value
from bot.questions.contrasts import exchange
from bot.questions.parts import parts_without
from bot.questions.projects import orders_projects
from bot.questions.together import NUMBERS, last_bodies, of_these
from bot.questions.understand import is_score, spent_of
from bot.questions.words import compile_words, load_words
from knowledge.vocabulary import metrics

_ORDINAL = re.compile(
    r"^(?:我?(?:选|要|看)?)(?:第)?\s?(?P<number>\d{1,2}|[一二两三四五六七八九十])\s?(?:个|项|条|种|家|号)?(?:吧|呢|的)?[。.！!]?$"
)
_THESE = re.compile(r"(?:这|那)(?:(?:两|俩|二|几|三)(?:个|家|项|者|年)?|个|家|项|些)|它们|他们|两者|上面|刚才|前面")
_ASKS_AGAIN = re.compile(r"呢|^那|^它|^还有|^换|^再|^按|该(?:单位|局|部门)|这个|其中")
_WHICH = re.compile(r"(?:那么?|所以|他们|它们)?(?:谁|哪个|哪家|哪边)的?(?:更|要)?(?:多|少|高|低|大|小)")
_YEAR_ALONE = re.compile(
    r"(?:那么?)?(?:大?前年|去年|[上前]一年|上年)度?的?(?:是|花了|用了|支出了?)?(?:多少|几)?(?:钱|万元?)?呢?[？?。]?"
)
_AGAINST = re.compile(
    r"(?:那么?)?(?:(?:和|跟|与|同).+比(?:呢|较|一下|一比|起来)?(?:相?差了?多少|谁[^，,]{1,3}|哪.{2,4})?|对?比.+)[？?。]?"
)
_HOW_MUCH = re.compile(r"^(?:那么?|到底|究竟|实际|应该)*是?(?:多少|几)(?:钱|万元?|元)?(?:呢|啊)?[？?。]?$")
_PART_OF = re.compile("其中|里面|当中")
_PART = re.compile(r"哪一?(?:项|类|块|部分|个项目|方面|年)")
_ASKS_HOW_MANY = re.compile("多少(?!度|岁|号)|几[个家次批人名项辆]|哪些项目")
_YES = re.compile("(?:是|对|嗯)的?(?:啊|呀)?|就(?:是)?(?:这|那)个|没错")
_STANDALONE = ("catalogue", "help", "greeting", "thanks", "definition", "by_value")
_OWN_SCORE = re.compile("自评(?:总?得?分|得了?(?:多少|几)分)[？?。]?$")


def chosen_text(text: str, answers: Sequence[Answer]) -> str | None:
    """The complete question of the choice that ``第二个`` or ``2`` picks from those shown last, or 是的 where there is one."""
    choices = answers[-1].choices if answers else ()
    if len(choices) == 1 and _YES.fullmatch(text.strip()):
        return choices[0].question
    match = _ORDINAL.match(text.strip())
    if match is None:
        return None
    number = match["number"]
    place = int(number) if number.isdecimal() else NUMBERS[number]
    return choices[place - 1].question if 1 <= place <= len(choices) else None


def is_choice(text: str) -> bool:
    """Whether a message does nothing but pick from a list: 第二个."""
    return _ORDINAL.match(text.strip()) is not None


def discussed_year(previous: Question | None, text: str) -> int | None:
    """The year that 去年 counts from in a follow-up: the one under discussion."""
    alone = _YEAR_ALONE.fullmatch(text.strip())
    if previous is None or not previous.years or not (alone or _ASKS_AGAIN.search(text)):
        return None
    return previous.years[-1]


def follow(question: Question, history: Sequence[Question]) -> Question:
    """The question with what it leaves unsaid filled in from before. A question with a body and a metric stands alone."""
    if not history:
        return question
    previous = history[-1]
    question = exchange(question, previous)
    if (again := of_value(question, previous) or of_set(question, previous)) is not None:
        return again
    unnamed = not question.agency_groups and not question.mentions
    several = len(last_bodies(history)) > 1 or len(previous.mentions) > 1 or len(previous.years) > 1
    if question.operation == "ranking" and unnamed and _WHICH.match(question.text) and several:
        return of_these(question, history)
    if len(question.agency_groups) + len(question.mentions) == 1 and _AGAINST.fullmatch(question.text):
        return _compared(question, history)
    if (question.operation in ("comparison", "difference", "sum") and unnamed) or (
        question.operation in ("comparison", "difference", "sum", "ranking") and _THESE.search(question.text)
    ):
        return of_these(question, history)
    if not _is_follow_up(question, previous):
        return question
    question = _as_share(_named_again(question, previous), previous)
    changes: dict[str, object] = {"discussed": _discussed(question, previous)}
    carried: list[str] = []
    _carry_names(question, previous, changes, carried)
    _carry_facets(question, previous, changes, carried)
    if not question.parts and previous.parts:
        changes["parts"] = parts_without(previous.parts, question)
    return question.model_copy(update={**changes, "carried": tuple(carried)})


def _is_follow_up(question: Question, previous: Question) -> bool:
    if question.strangers or question.operation in _STANDALONE:
        return False
    named_body, named_metric = bool(question.agency_groups), bool(question.mentions)
    if named_body and named_metric:
        return False
    if question.operation == "ranking" and named_metric:
        return orders_projects(question) and bool(previous.agency_groups)
    if named_body and _OWN_SCORE.search(question.text) and not _ASKS_AGAIN.search(question.text):
        return False
    if named_body:
        return question.operation not in ("overview",) and bool(previous.mentions)
    if named_metric:
        known = any(mention.matches for mention in question.mentions)
        return bool(previous.agency_groups) and (known or bool(_ASKS_AGAIN.search(question.text) or _asks(question)))
    if _HOW_MUCH.match(question.text):
        return bool(previous.mentions)
    spent = compile_words("spent")["spent"].search(question.text)
    said = (
        spent or question.years or question.recent is not None or question.measures or question.unit or question.scope
    )
    return bool(said or question.operation not in ("lookup", "overview") or question.threshold is not None) and bool(
        previous.mentions
    )


def _asks(question: Question) -> bool:
    """Whether something is asked that a report may say: how many, which projects, what share."""
    if _SHARE.match(question.text):
        return True
    return question.operation == "lookup" and bool(_ASKS_HOW_MANY.search(question.text))


def _carry_names(question: Question, previous: Question, changes: dict[str, object], carried: list[str]) -> None:
    if not question.agency_groups and previous.agency_groups and not _over_all(question):
        changes["agencies"], changes["agency_groups"] = previous.agencies, previous.agency_groups
        carried.append("agency")
    if not question.mentions:
        for name in ("mentions", "metrics", "metric_groups", "within", "code"):
            changes[name] = getattr(previous, name)
        changes["whole"] = question.whole or previous.whole
        if question.unit or question.counted:
            changes["mentions"] = tuple(map(_without_count, previous.mentions))
        spent = spent_of(previous.mentions[-1], question.text)
        if spent:
            changes["mentions"] = (spent,)
        if len(previous.mentions) == 1 and (whole := _whole(question, previous.mentions[0])):
            changes["mentions"] = (whole,)
        carried += ["metric", "around"] if previous.within and question.agency_groups else ["metric"]
    elif question.within is None and _PART_OF.match(question.text) and len(previous.mentions) == 1:
        changes["within"] = previous.mentions[0].text
        carried.append("within")
    elif question.within is None and previous.within is not None and not question.agency_groups:
        changes["within"] = previous.within
        carried.append("within")


def _whole(question: Question, mention: Mention) -> Mention | None:
    """The project again, where another measure of it is asked after its score: 执行了多少 after …自评得分."""
    other = question.measures and "得分" not in question.measures
    return Mention(text=mention.rest) if other and is_score(mention) else None


_COUNT = re.compile("(?:人次|批次|人数|次数|团组数)$")


def _without_count(mention: Mention) -> Mention:
    """What was counted, without its unit: 几批 after 接待了多少人 asks of 公务接待."""
    name = mention.matches[0].name if mention.matches and not mention.rest else ""
    return Mention(text=_COUNT.sub("", name)) if name in metrics() and _COUNT.search(name) else mention


_AGAIN = re.compile("(?:[这那]个|该|此)项目")
_THIS_PROJECT = re.compile("(?:[这那]个|该|此)?项目")


def _named_again(question: Question, previous: Question) -> Question:
    """这个项目 with its metric behind it is the project that the question before named."""
    said = _AGAIN.match(question.text)
    if not said or not previous.mentions or len(question.mentions) != 1:
        return question
    mention, project = question.mentions[0], previous.mentions[0].text
    metric = _THIS_PROJECT.sub("", mention.text, count=1)
    if not metric:
        return question.model_copy(update={"mentions": ()})
    named = mention.model_copy(update={"text": project + metric, "rest": project, "full": ""})
    return question.model_copy(update={"mentions": (named,)})


_PORTION = re.compile("的?(?:比例|比重|比率|百分比|份额)$")
_SHARE = re.compile("(?:那么?|它|其)?所?占")


def _as_share(question: Question, previous: Question) -> Question:
    """占三公经费多少 asks for the share of what the question before was about."""
    if not _SHARE.match(question.text) or len(question.mentions) != 1 or len(previous.mentions) != 1:
        return question
    whole = _PORTION.sub("", question.mentions[0].text.removeprefix("占"))
    return question.model_copy(update={"mentions": (), "metrics": (), "whole": whole, "operation": "ratio"})


def _discussed(question: Question, previous: Question) -> tuple[str, ...]:
    """What the question before was about, as long as the body is the same."""
    if question.agency_groups:
        return ()
    within = (previous.within,) if previous.within else ()
    return (*(mention.text for mention in previous.mentions), *within, *previous.discussed)


def _over_all(question: Question) -> bool:
    return question.operation == "ranking" and not question.mentions and not _PART.search(question.text)


def _carry_facets(question: Question, previous: Question, changes: dict[str, object], carried: list[str]) -> None:
    if (
        not question.years
        and question.recent is None
        and previous.years
        and question.operation not in ("trend", "ranking")
    ):
        changes["years"] = previous.years
        carried.append("years")
    anew = "metric" in previous.carried and bool(question.mentions) and "呢" not in question.text
    shared = "占比" in previous.measures and _PART_OF.match(question.text)
    changed = set(previous.measures) <= {"增减额", "增减率"} and bool(question.mentions or question.agency_groups)
    measured = (
        changed
        or shared
        or question.measures
        or any(_has_own_measure(mention, previous) for mention in question.mentions)
    )
    if not measured and previous.measures and question.operation in ("lookup", "citation") and not anew:
        changes["measures"] = previous.measures
        carried.append("measures")
    if question.scope is None and previous.scope is not None:
        changes["scope"] = previous.scope
        carried.append("scope")
    if (
        (
            question.operation == "lookup"
            and not question.mentions
            and previous.operation not in ("lookup", "verification", "citation")
            and not (previous.operation == "definition" and question.agency_groups)
            and not _HOW_MUCH.match(question.text)
        )
        and not question.measures
        and question.unit is None
    ):
        changes["operation"] = previous.operation


_OF_INDICATORS = {"得分", "权重", "目标值", "完成值"}


def _has_own_measure(mention: Mention, previous: Question) -> bool:
    """Whether a name goes with other measures than those before: a score, or what accounts print beside 得分 and 目标值."""
    name = mention.matches[0].name if mention.matches else ""
    scores = load_words("families")["绩效得分"]
    standard = name in metrics() and not mention.rest and set(previous.measures) <= _OF_INDICATORS
    return standard or name in scores["asked"] or name in scores["names"]


def _compared(question: Question, history: Sequence[Question]) -> Question:
    """和石峰区比呢: what was asked before beside the same of what is named now."""
    changes: dict[str, object] = {}
    _carry_names(question, history[-1], changes, [])
    if not question.years and len(question.mentions) == 1:
        changes["years"] = history[-1].years
    named = question.model_copy(update={**changes, "operation": "lookup"})
    bare = {"agency_groups": (), "mentions": (), "operation": "comparison"}
    both = of_these(question.model_copy(update=bare), (*history, named))
    return both.model_copy(update={"years": question.years}) if len(both.agency_groups) > 1 else both
