"""Other ways to understand a mention whose first reading gave no figures: each is tried in its order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.answers.body_names import body_name
from bot.answers.by_words import find_in_words
from bot.answers.find_named import find_named
from bot.answers.fits import is_class
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.matching import plain, stem
from bot.answers.outcome import Outcome
from bot.answers.projects import projects_named
from bot.answers.totals import family_names, says_score
from bot.models import Mention, Question
from bot.questions.facets.scopes import find_scopes
from bot.questions.understand import score_of
from bot.questions.words import load_words
from knowledge.models import Measure
from knowledge.name_forms import body_forms, split_name
from knowledge.vocabulary.classification import names_by_code

_RATE_OF_BUDGET = "预算执行率"
_CLASS = 5
_POINT = re.compile("(?:的?(?:这|那|该)?一?项)?(?:指标|内容)?$")


class Look(NamedTuple):
    """What is looked for: figures of a body for a mention; ``year`` None means the newest year that has any."""

    base: KnowledgeBase
    agency_id: int
    mention: Mention
    question: Question
    year: int | None
    measure: Measure | None

    def find(self) -> Outcome:
        """What the mention's readings give."""
        return find_named(*self)


Attempt = Callable[[Look, Outcome], Outcome | None]


def try_again(look: Look, outcome: Outcome) -> Outcome:
    """What the first attempt that finds something gives; the ``outcome`` so far if none does."""
    for attempt in _ATTEMPTS:
        found = attempt(look, outcome)
        if found is not None:
            return found
    return outcome


def _by_full_name(look: Look, outcome: Outcome) -> Outcome | None:
    """The longer words that the mention was cut from, where a name ends with them."""
    full = look.mention.full
    if outcome.problem not in ("metric", "measure", "context", "ambiguous"):
        return None
    if len(plain(full)) <= len(plain(look.mention.text)):
        return None
    found = look._replace(mention=Mention(text=full), measure=None).find()
    return found if found.groups and stem(plain(found.groups[0].first.metric)).endswith(stem(plain(full))) else None


def _by_score(look: Look, outcome: Outcome) -> Outcome | None:
    """The score of the project that the words left over name; nothing else is tried for a score."""
    mention = look.mention
    if outcome.groups or not mention.rest or not mention.matches or not says_score(mention.matches[0].name):
        return None
    named = projects_named(look.base, look.agency_id, mention.rest)
    project = mention.rest.removesuffix("项目") + "项目" if named else mention.rest
    scored = look._replace(mention=Mention(text=project), measure="得分").find()
    if scored.groups and scored.groups[0].first.subject:
        return scored
    return _score_said_of(look) or outcome


def _score_of_project(look: Look, outcome: Outcome) -> Outcome | None:
    """The score of a project that is named without it: 自评得分多少 after 医疗救助."""
    mention = look.mention
    if outcome.groups or look.measure != "得分" or not projects_named(look.base, look.agency_id, mention.text):
        return None
    found = look._replace(mention=score_of(mention)).find()
    return found if found.groups and found.groups[0].first.subject else None


def _score_said_of(look: Look) -> Outcome | None:
    """The score that a sentence gives for the project that it names before: 实训基地建设项目：……自评得分82.05分."""
    rest = look.mention.rest
    within = look.question.model_copy(update={"within": rest})
    found = look._replace(mention=Mention(text=look.mention.matches[0].name), question=within, measure="得分").find()
    first = found.groups[0].first if found.groups else None
    said = first is not None and plain(rest) in plain(first.quote[: first.start - first.quote_start])
    return found if said else None


def _without_field(look: Look, outcome: Outcome) -> Outcome | None:
    """The words without what the body is called for short: 太湖医保编制."""
    mention = look.mention
    rest = mention.rest
    if outcome.groups or outcome.problem not in ("metric", "context"):
        return None
    if len(rest) < 2 or not mention.text.startswith(rest):
        return None
    forms = body_forms(split_name(body_name(look.base, look.agency_id))[1])
    if plain(rest) not in map(plain, forms):
        return None
    return _with_groups(look._replace(mention=Mention(text=mention.text.removeprefix(rest))).find())


def _in_form(look: Look, outcome: Outcome) -> Outcome | None:
    """What a self-evaluation form may call it."""
    if outcome.groups or look.measure is None:
        return None
    name = _name_in_form(look.mention.text, look.measure)
    return _with_groups(look._replace(mention=Mention(text=name)).find()) if name else None


def _name_in_form(text: str, measure: Measure) -> str:
    """An indicator without 这项指标, the row of a project's budget by its name; empty if that changes nothing."""
    words = _POINT.sub("", text, count=1)
    row = re.compile(f"(?:{'|'.join(load_words('budget')['rows']['names'])})$")
    if measure in ("得分", "权重") and len(row.sub("", words)) > 1:
        words = row.sub("项目预算", words)
    if words == text and measure == "得分" and not says_score(words):
        words += "得分"
    return words if words != text else ""


def _of_class(look: Look, outcome: Outcome) -> Outcome | None:
    """The class of expenditure that has what an economic item of nearly its name has not: 机关事业单位职业年金缴费支出 for
    职业年金缴费, whose budget no report prints."""
    asked = plain(look.mention.text)
    if outcome.problem != "measure" or look.measure is None or len(asked) < _CLASS or not is_class(asked):
        return None
    named = [name for name in names_by_code().values() if plain(name) != asked and asked in plain(name)]
    found = [look._replace(mention=Mention(text=name)).find() for name in dict.fromkeys(named)]
    having = [one for one in found if one.groups and one.groups[0].first.metric in named]
    return having[0] if len(having) == 1 else None


def _of_scope(look: Look, outcome: Outcome) -> Outcome | None:
    """政府性基金预算财政拨款支出 of a body that prints it as 本年支出 of this scope alone."""
    if outcome.groups or outcome.problem == "absent" or look.question.scope is not None:
        return None
    text = look.mention.text
    said = next((found for found in find_scopes(text) if found.start == 0), None)
    side = Mention(text=text[said.end :] if said else "")
    if said is None or not family_names(side):
        return None
    scoped = look.question.model_copy(update={"scope": said.value})
    found = look._replace(mention=side, question=scoped).find()
    return found if found.groups and found.groups[0].first.scope == said.value else None


def _as_rate(look: Look, outcome: Outcome) -> Outcome | None:
    """The rate at which what the words left over name was carried out: 公用经费预算执行率."""
    mention = look.mention
    if outcome.groups or not mention.rest or not mention.matches or mention.matches[0].name != _RATE_OF_BUDGET:
        return None
    return _with_groups(look._replace(mention=Mention(text=mention.rest), measure="完成率").find())


def _rate_of_budget(look: Look, outcome: Outcome) -> Outcome | None:
    """The rate of execution that stands by itself, or those that projects alone have, where none is printed of everything
    that was spent: 2021年预算执行率."""
    if outcome.groups or look.measure != "完成率" or not family_names(look.mention):
        return None
    found = look._replace(mention=Mention(text=_RATE_OF_BUDGET)).find()
    several = found.problem == "ambiguous" and all(item.subject for item in found.items)
    return found if found.groups or several else None


def _by_words(look: Look, outcome: Outcome) -> Outcome | None:
    """The figure whose sentence says most of the question."""
    if outcome.problem not in ("metric", "context"):
        return None
    return find_in_words(look.base, outcome, look.question, look.year)


def _with_groups(outcome: Outcome) -> Outcome | None:
    return outcome if outcome.groups else None


_ATTEMPTS: tuple[Attempt, ...] = (
    _by_full_name,
    _by_score,
    _score_of_project,
    _without_field,
    _in_form,
    _of_class,
    _of_scope,
    _as_rate,
    _rate_of_budget,
    _by_words,
)
