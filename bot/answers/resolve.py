"""From the words of a question to what a body has figures of: readings, the best first, or what is near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from bot.answers.counts import DOMESTIC, at_home, counted_fits, counted_so, counted_unit, same_unit
from bot.answers.fits import ALIKE, Fit, fits
from bot.answers.knowledge_base import Item, KnowledgeBase
from bot.answers.matching import ends_with, kind, plain, plain_names, stem
from bot.answers.project_readings import called, of_project, of_total, of_whole_project
from bot.answers.projects import projects_named, says_part
from bot.answers.readings import CLEAR, Reading, Resolution, build_readings, whole_project
from bot.answers.totals import family_names
from bot.models import Mention, NameMatch, Question
from bot.questions.facets.units import is_money
from knowledge.vocabulary import metrics
from knowledge.vocabulary.classification import find_name

GOOD = 84.0
LEFT_OVER = 74.0
NAMED, COUNTED = 78.0, 70.0
MOST_UNSURE = 6
PROJECT_BUDGET = "项目预算"
_SIDES = (("支出", "收入"), ("收入", "支出"))
_LONG = 5
_SAYS_PROJECT = re.compile(r"..项目(?:资金|经费)?$")
_JUST_PROJECT = re.compile("(?:项目|专项|资金|经费)*")
_TIMES = re.compile(r"(?:人次|批次|次数)$")


def resolve(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question | None = None) -> Resolution:
    """What of a body's figures a mention may mean."""
    coded = _coded(base, agency_id, mention, question)
    if coded:
        return Resolution((Reading(coded, 100.0, exact=True),))
    asked = plain(mention.text)
    if len(asked) < 2:
        return Resolution()
    unit = counted_unit(question.unit) if question else None
    named = _named_exactly(base, agency_id, mention)
    if named and (unit is None or any(same_unit(other, unit) or not other for item in named for other in item.units)):
        project = _project_items(base, agency_id, asked)
        also = (Reading((whole_project(project),), 100.0, exact=True, project=True),) if project else ()
        exact = Reading(named, 100.0, exact=True)
        return Resolution((of_project(base, agency_id, exact, question), *also))
    said = projects_named(base, agency_id, mention.text) if _SAYS_PROJECT.search(asked) else ()
    said = said or _spending(base, agency_id, asked)
    if said:
        items = base.items(agency_id)
        whole = (tuple(item for item in items if item.subject == subject) for subject in sorted(said))
        return Resolution(tuple(Reading((whole_project(each),), 100.0, project=True) for each in whole))
    spellings = dict.fromkeys((asked, plain(_brackets_first(mention.text))))
    items = _possible_items(base, agency_id, mention)
    found = [fit for item in items for spelling in spellings for fit in fits(spelling, item)]
    found += _known_fits(items, mention)
    if unit:
        term = mention.matches[0].name if mention.matches and not mention.rest else ""
        found += counted_fits(mention.text, term, items, unit)
    found = [of_total(fit, asked) for fit in _in_project_said(base, agency_id, asked, found)]
    found.sort(key=lambda fit: -fit.score)
    near = tuple(dict.fromkeys(fit.item for fit in found))[:6]
    good = [fit for fit in found if fit.score >= (LEFT_OVER if fit.rest else GOOD)]
    if good and good[0].rest:
        good = [replace(fit, score=max(fit.score, good[0].score + CLEAR)) if fit.whole else fit for fit in good]
        good.sort(key=lambda fit: -fit.score)
    good += _equally(good, found, asked) if mention.rest or not mention.matches else []
    if not family_names(mention):
        good = good or _alone(found, asked) or _standard(base, agency_id, mention)
    good = at_home(counted_so(good, unit), asked)
    good = [
        fit for fit in good
        if not (_is_other_side(mention, fit.item.metric, question) or _is_paid(mention, fit.item))
    ]  # fmt: skip
    readings = (of_project(base, agency_id, reading, question) for reading in build_readings(good, question))
    found_so = [reading for reading in readings if reading.items]
    if not family_names(mention) and all(reading.rest for reading in found_so):
        found_so += _project_called(base, agency_id, mention)
    return Resolution(tuple(found_so), near)


def _spending(base: KnowledgeBase, agency_id: int, asked: str) -> frozenset[str]:
    """The project whose full name stands before 支出: 医疗救助补助资金支出."""
    name = asked.removesuffix("支出")
    if name == asked or any(asked in plain_names(item.names) for item in base.items(agency_id)):
        return frozenset()
    return frozenset(subject for subject in base.subjects(agency_id) if plain(subject) == name)


def _equally(good: Sequence[Fit], found: Iterable[Fit], asked: str) -> list[Fit]:
    """Longer names that hold the words as the best one does: 医保基金收入 is 职工医保基金收入 no more than 城乡居民医保基金收入."""
    best = good[0] if good else None
    if best is None or best.exact or best.rest or asked not in plain(best.item.metric):
        return []
    taken = {fit.item.metric_id for fit in good}
    longer = (fit for fit in found if fit.score >= NAMED and not fit.rest and fit.item.metric_id not in taken)
    return [replace(fit, score=best.score) for fit in longer if asked in plain(fit.item.metric)]


def _in_project_said(base: KnowledgeBase, agency_id: int, asked: str, found: list[Fit]) -> list[Fit]:
    """Of fits those of the project that the words begin with, where it has any: 残疾人就业保障金项目支出 is no 项目支出 of all."""
    begun = {
        subject for subject in base.subjects(agency_id)
        if len(plain(subject)) >= _LONG and asked.startswith(plain(subject)) and not _JUST_PROJECT.fullmatch(asked, len(plain(subject)))
    }  # fmt: skip
    return [fit for fit in found if fit.item.subject in begun] or found


def _project_called(base: KnowledgeBase, agency_id: int, mention: Mention) -> list[Reading]:
    """The one project whose name has all the words in their order, and little more: 驻村工作队员补助."""
    if kind(plain(mention.text)) not in (None, "money"):
        return []
    named = [subject for subject in projects_named(base, agency_id, mention.text) if says_part(mention.text, subject)]
    items = tuple(item for item in base.items(agency_id) if len(named) == 1 and item.subject in named)
    return [Reading((whole_project(items),), ALIKE, project=True)] if items else []


def _is_other_side(mention: Mention, metric: str, question: Question | None) -> bool:
    """Whether the measure, or the whole that is named, says 支出 and the metric is an income, or the other way round:
    财政拨款实际支出 is no 财政拨款收入."""
    said_so = f"{mention.full}{question.within or '' if question else ''}"
    return any(said in said_so and said not in mention.text + metric and other in metric for said, other in _SIDES)


def _is_paid(mention: Mention, item: Item) -> bool:
    """Whether persons or things alone are asked for in everyday words, and the metric is money: 退休的 is no 退休费."""
    if mention.rest or not mention.matches or mention.matches[0].kind != "alias":
        return False
    known = [metrics().get(match.name) for match in mention.matches]
    counted = all(metric is not None and metric.nature == "count" for metric in known)
    return counted and bool(item.units) and all(map(is_money, item.units))


def _coded(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question | None) -> tuple[Item, ...]:
    """Items of the classification code asked for; where a body prints no codes, those of the code's own name."""
    code = question.code if question else None
    if code is None or (mention.matches and code not in mention.text):
        return ()
    metric = base.metric_id(find_name(code) or "")
    above = find_name(code[:-2])
    named = base.metric_items(agency_id, metric) if metric else ()
    return base.code_items(agency_id, code) or tuple(item for item in named if above is None or above in item.parents)


def _possible_items(base: KnowledgeBase, agency_id: int, mention: Mention) -> tuple[Item, ...]:
    """What a body has figures of; of a name typed in letters only what the name index found by its sound."""
    if not (mention.text.isascii() and mention.matches):
        return base.items(agency_id)
    ids = sorted({match.id for match in mention.matches})
    return tuple(item for metric_id in ids for item in base.metric_items(agency_id, metric_id))


def _project_items(base: KnowledgeBase, agency_id: int, asked: str) -> tuple[Item, ...]:
    """Items of the project that is called as the words say; bodies have few projects and many items."""
    if asked not in map(plain, base.subjects(agency_id)):
        return ()
    return tuple(item for item in base.items(agency_id) if item.subject and plain(item.subject) == asked)


def _brackets_first(text: str) -> str:
    """What stands in brackets after a name says where it belongs: 补助资金（城乡居民医保） → 城乡居民医保补助资金."""
    return re.sub(r"^(.+?)（(.+)）$", r"\2\1", text)


def _named_exactly(base: KnowledgeBase, agency_id: int, mention: Mention) -> tuple[Item, ...]:
    """Items of the metric whose full name the words are."""
    if not mention.matches or mention.rest or mention.matches[0].kind != "exact":
        return ()
    return base.metric_items(agency_id, mention.matches[0].id) if mention.matches[0].id else ()


def _known_fits(items: Iterable[Item], mention: Mention) -> list[Fit]:
    """Items that the name index found in the words, by sound, likeness or everyday name too."""
    known = {match.id: match for match in reversed(mention.matches)}
    rest = plain(mention.rest)
    found = []
    for item in _of_mistyped_project(items, mention, known):
        match = known.get(item.metric_id)
        if match is None or (match.kind == "alias" and match.score >= 97 and not _has_name(item, mention)):
            continue
        if not _fits_ending(mention, item) or _is_project(mention, item) or _runs_on(mention):
            continue
        score = match.score - (2 if item.subject else 0)
        if len(rest) >= 2:
            found.append(Fit(item, min(62 + 0.3 * score, score), rest=rest))
        else:
            found.append(Fit(item, max(score, GOOD + 1) if score >= 78 else score, exact=match.score >= 99.5))
    return found


def _of_mistyped_project(items: Iterable[Item], mention: Mention, known: Mapping[int, NameMatch]) -> list[Item]:
    """Of the figures of many projects those of the one that the words nearly name (补助姿金 for 补助资金)."""
    asked = plain(mention.text)
    named = [item for item in items if item.metric_id in known]
    alike = [item for item in named if item.subject and _is_like(asked, plain(item.subject))] or [
        item for item in named if item.subject and says_part(asked, item.subject)
    ]
    mistyped = alike and all(known[item.metric_id].kind in ("fuzzy", "pinyin") for item in alike)
    return alike if mistyped else named


def _is_like(asked: str, name: str) -> bool:
    """Whether two long names differ in a character or so."""
    common = LCSseq.similarity(asked, name)
    return len(name) >= _LONG and max(len(asked), len(name)) - common <= max(1, len(name) // 8)


def _is_project(mention: Mention, item: Item) -> bool:
    """Whether the words are the project itself, which has its budget under its own name."""
    return item.subject is not None and stem(plain(mention.text)) == stem(plain(item.subject))


def _runs_on(mention: Mention) -> bool:
    """Whether a name is only the end of a longer word: 电费 of 水电费."""
    return len(mention.rest) == 1 and mention.text.startswith(mention.rest)


def _fits_ending(mention: Mention, item: Item) -> bool:
    """Words right after a known name make another name of it (培训 and 培训人数), unless they stand in brackets."""
    asked, rest = plain(_brackets_first(mention.text)), plain(mention.rest.split(" ")[-1])
    counted, known = kind(asked), kind(plain(item.metric))
    if counted and known and counted != known:
        return False
    return not rest or not asked.endswith(rest) or ends_with(asked, asked.removesuffix(rest))


def _has_name(item: Item, mention: Mention) -> bool:
    words = plain(mention.text)
    return any(len(plain(name)) >= 2 and plain(name) in words for name in item.names)


def _is_small_part(asked: str, name: str) -> bool:
    """Whether words are so little of a name that it may be something else: not where the rest only describes them
    (为保障运行而开支的机关运行经费)."""
    return 3 * len(asked) < len(name) and not name.endswith(f"的{asked}")


def _says_times(asked: str, metric: str) -> bool:
    """Whether both end in how often something happened, and the name holds what: 门诊人次 and 普通门诊就诊人次."""
    times = _TIMES.search(asked)
    return times is not None and plain(metric).endswith(times.group()) and asked[: times.start()] in plain(metric)


def _standard(base: KnowledgeBase, agency_id: int, mention: Mention) -> list[Fit]:
    """Items whose name holds the standard term that an everyday word stands for: 国内公务接待人次 for 接待了多少人.

    What another body's project is called says nothing of this one's: its name is no word for 项目预算.
    """
    best = mention.matches[0] if mention.matches and not mention.rest else None
    if best is None or best.kind != "alias" or best.score < GOOD:
        return []
    whole = best.name == PROJECT_BUDGET
    items = [item for item in base.items(agency_id) if not (whole and item.subject)]
    found = [fit for item in items for fit in fits(plain(best.name), item) if fit.score >= GOOD]
    return [fit for fit in found if plain(fit.item.metric) == DOMESTIC + plain(best.name)] or found


def _alone(found: list[Fit], asked: str) -> list[Fit]:
    """The one metric whose name contains all the words: 疫苗接种费用 and only 新冠病毒疫苗接种费用; several: all of them.

    A word that is only a small part of a name is asked about. Of a count also names that have the words apart (门诊人次, 普通门诊就诊人次), to be asked about.
    """
    inside = [of_whole_project(fit, asked) for fit in found if not fit.rest and asked in plain(fit.item.label)]
    if inside:
        return [replace(fit, unsure=_is_small_part(asked, plain(called(fit)))) for fit in inside]
    if len(asked) < 4:
        return []
    whole = [fit for fit in found if not fit.rest]
    if kind(asked) in ("count", "mean"):
        likely = [fit for fit in whole[:MOST_UNSURE] if fit.score >= COUNTED]
        sure = len({fit.item.metric_id for fit in likely}) == 1 and _says_times(asked, likely[0].item.metric)
        return [replace(fit, unsure=fit.score < NAMED and not sure) for fit in likely]
    return [fit for fit in found[:1] if fit.score >= NAMED and (fit.whole or asked.startswith(plain(fit.item.metric)))]
