"""One body, one mention, one year → figures, or why there are none. Every operation builds on this."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.body_names import body_name
from bot.answers.by_words import find_in_words
from bot.answers.cells import find_cell
from bot.answers.fits import is_class
from bot.answers.knowledge_base import Item, KnowledgeBase
from bot.answers.matching import plain, stem
from bot.answers.measures import BUDGET
from bot.answers.narrowing import in_scope
from bot.answers.of_reading import choose_figures, figures_of, find_absence
from bot.answers.outcome import Outcome
from bot.answers.projects import projects_named
from bot.answers.readings import Reading, reading_of
from bot.answers.resolve import resolve
from bot.answers.rivals import NEARLY_EXACT, TRIED, agree, other_projects, printed_twice, printing, rivals, saying_all
from bot.answers.totals import family_items, family_names, same_family, says_score, says_several
from bot.models import Mention, Question
from bot.questions.facets.scopes import find_scopes
from bot.questions.words import load_words
from knowledge.models import Measure
from knowledge.name_forms import body_forms, split_name
from knowledge.vocabulary.classification import names_by_code

NAMED_SO, ALIAS_SO = 99.6, 99.5
_RATE_OF_BUDGET = "预算执行率"


def find(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, *, year: int | None,
         measure: Measure | None = None) -> Outcome:  # fmt: skip
    """Figures of a body for a mention; ``year`` None means the newest year that has any."""
    if question.within and same_family(plain(mention.text), plain(question.within)):
        mention, question = Mention(text=question.within), question.model_copy(update={"within": None})
    outcome = _find_in_scope(base, agency_id, mention, question, year, measure)
    if outcome.problem in ("metric", "measure", "context", "ambiguous") and len(plain(mention.full)) > len(
        plain(mention.text)
    ):
        named = _find(base, agency_id, Mention(text=mention.full), question, year, None)
        if named.groups and stem(plain(named.groups[0].first.metric)).endswith(stem(plain(mention.full))):
            return named
    if not outcome.groups and mention.rest and mention.matches and says_score(mention.matches[0].name):
        project = mention.rest.removesuffix("项目") + "项目" if projects_named(base, agency_id, mention.rest) else ""
        scored = _find(base, agency_id, Mention(text=project or mention.rest), question, year, "得分")
        if scored.groups and scored.groups[0].first.subject:
            return scored
        return _score_said_of(base, agency_id, mention, question, year) or outcome
    if not outcome.groups and outcome.problem in ("metric", "context") and _is_field(base, agency_id, mention):
        found = _find(base, agency_id, Mention(text=mention.text.removeprefix(mention.rest)), question, year, measure)
        if found.groups:
            return found
    if not outcome.groups and measure is not None and (other := _in_form(mention, measure)):
        found = _find(base, agency_id, Mention(text=other), question, year, measure)
        if found.groups:
            return found
    if outcome.problem == "measure" and measure is not None:
        classed = _of_class(base, agency_id, mention, question, year, measure)
        if classed is not None:
            return classed
    if not outcome.groups and outcome.problem != "absent" and question.scope is None:
        total = _total_of_scope(base, agency_id, mention, question, year, measure)
        if total.groups:
            return total
    if not outcome.groups and mention.rest and mention.matches and mention.matches[0].name == _RATE_OF_BUDGET:
        done = _find(base, agency_id, Mention(text=mention.rest), question, year, "完成率")
        if done.groups:
            return done
    return find_in_words(base, outcome, question, year) if outcome.problem in ("metric", "context") else outcome


def find_asked(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question) -> Outcome:
    """What a look-up shows: the year and the measure that the question names first, else the newest year."""
    year = question.years[0] if question.years else None
    measure = question.measures[0] if question.measures else None
    return find(base, agency_id, mention, question, year=year, measure=measure)


def _is_field(base: KnowledgeBase, agency_id: int, mention: Mention) -> bool:
    """Whether the words left over before a metric are what the body is called for short: 太湖医保编制."""
    rest = mention.rest
    if len(rest) < 2 or not mention.text.startswith(rest):
        return False
    return plain(rest) in map(plain, body_forms(split_name(body_name(base, agency_id))[1]))


def _score_said_of(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question,
                   year: int | None) -> Outcome | None:  # fmt: skip
    """The score that a sentence gives for the project that it names before: 实训基地建设项目：……自评得分82.05分."""
    within = question.model_copy(update={"within": mention.rest})
    found = _find(base, agency_id, Mention(text=mention.matches[0].name), within, year, "得分")
    first = found.groups[0].first if found.groups else None
    said = first is not None and plain(mention.rest) in plain(first.quote[: first.start - first.quote_start])
    return found if said else None


def _find_in_scope(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, year: int | None,
                   measure: Measure | None) -> Outcome:  # fmt: skip
    """Figures of the scope that an everyday name says: 年末财政拨款结转和结余 for 年末结转和结余."""
    name = mention.matches[0].name if mention.matches and mention.matches[0].kind == "alias" else mention.text
    said = [found.value for found in find_scopes(mention.text) if "拨款" in mention.text and "拨款" not in name]
    if said and question.scope is None:
        scoped = question.model_copy(update={"scope": said[0]})
        found = _find(base, agency_id, mention, scoped, year, measure)
        if found.groups and found.groups[0].first.scope == said[0]:
            return found
    return _find(base, agency_id, mention, question, year, measure)


def _of_class(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, year: int | None,
              measure: Measure) -> Outcome | None:  # fmt: skip
    """The class of expenditure that has what an economic item of nearly its name has not: 机关事业单位职业年金缴费支出 for
    职业年金缴费, whose budget no report prints."""
    asked = plain(mention.text)
    if len(asked) < _CLASS or not is_class(asked):
        return None
    named = [name for name in names_by_code().values() if plain(name) != asked and asked in plain(name)]
    found = [_find(base, agency_id, Mention(text=name), question, year, measure) for name in dict.fromkeys(named)]
    having = [one for one in found if one.groups and one.groups[0].first.metric in named]
    return having[0] if len(having) == 1 else None


_CLASS = 5
_POINT = re.compile("(?:的?(?:这|那|该)?一?项)?(?:指标|内容)?$")


def _in_form(mention: Mention, measure: Measure) -> str:
    """What a self-evaluation form may call it: an indicator without 这项指标, the row of a project's budget by its name."""
    words = _POINT.sub("", mention.text, count=1)
    row = re.compile(f"(?:{'|'.join(load_words('budget')['rows']['names'])})$")
    if measure in ("得分", "权重") and len(row.sub("", words)) > 1:
        words = row.sub("项目预算", words)
    if words == mention.text and measure == "得分" and not says_score(words):
        words += "得分"
    return words if words != mention.text else ""


def _total_of_scope(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, year: int | None,
                    measure: Measure | None) -> Outcome:  # fmt: skip
    """政府性基金预算财政拨款支出 of a body that prints it as 本年支出 of this scope alone."""
    nothing = Outcome(agency_id, mention, measure, problem="metric")
    said = next((found for found in find_scopes(mention.text) if found.start == 0), None)
    side = mention.text[said.end :] if said else ""
    if said is None or not family_names(Mention(text=side)):
        return nothing
    scoped = question.model_copy(update={"scope": said.value})
    found = _find(base, agency_id, Mention(text=side), scoped, year, measure)
    return found if found.groups and found.groups[0].first.scope == said.value else nothing


def _find(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, year: int | None,
          measure: Measure | None) -> Outcome:  # fmt: skip
    cell = find_cell(base, agency_id, mention, question)
    if cell is not None:
        scoped = in_scope(cell[1], question)
        return choose_figures(base, agency_id, mention, scoped or cell[1], [], cell[0], year, measure)
    resolution = resolve(base, agency_id, mention, question)
    readings = _with_family(base, agency_id, mention, resolution.readings, measure)
    tried: Outcome | None = None
    for place, reading in enumerate(readings[:TRIED]):
        outcome = figures_of(base, agency_id, mention, question, reading, year, measure)
        if outcome.groups and reading.unsure:
            items = tuple(item for other in readings if other.unsure for item in other.items)
            return Outcome(agency_id, mention, measure, problem="ambiguous", items=items)
        if outcome.groups or outcome.problem == "ambiguous":
            others = rivals(reading, readings[place + 1 :], base, agency_id, question, literal=mention.literal)
            others += [*saying_all(reading, resolution.near), *other_projects(base, agency_id, mention, reading)]
            if outcome.groups and not outcome.instead:
                others = printing(base, agency_id, mention, question, others, year, measure)
            if others and not agree(base, agency_id, mention, question, outcome, others, year, measure):
                if printed := printed_twice(base, outcome, question, others):
                    return replace(outcome, groups=(*outcome.groups, *printed))
                return Outcome(agency_id, mention, measure, problem="ambiguous", items=(*reading.items, *others))
            return outcome
        if tried is None or (tried.problem == "context" and outcome.problem != "context"):
            tried = outcome
    if tried is not None and tried.problem != "context":
        return tried
    statement = find_absence(base, agency_id, mention, year)
    if statement:
        return Outcome(agency_id, mention, measure, problem="absent", statement=statement, year=statement.year)
    near = tuple(dict.fromkeys((*(tried.items if tried else ()), *resolution.near)))
    return Outcome(agency_id, mention, measure, problem="metric", items=near)


def find_item(base: KnowledgeBase, outcome: Outcome, question: Question, item: Item) -> Outcome:
    """Figures of one of the items that an ambiguous outcome names."""
    year = question.years[0] if question.years else None
    return figures_of(base, outcome.agency_id, outcome.mention, question, reading_of(item), year, outcome.measure)


def _least(mention: Mention) -> float:
    """How well words must fit a name to stand before the family of totals; 收入预算总额 is the name of 收入总计 itself."""
    return ALIAS_SO if mention.text.endswith(("总额", "总计")) else NAMED_SO


def _with_family(
    base: KnowledgeBase, agency_id: int, mention: Mention, readings: tuple[Reading, ...], measure: Measure | None
) -> tuple[Reading, ...]:
    """Where the words are a way to say a total, the name that this body prints for it, unless they fit exactly.

    Of a budget or its completion any of the names: reports plan under another one than they spend.
    """
    several, planned = says_several(mention), measure == "完成率" or measure in BUDGET
    fit = bool(readings) and (readings[0].exact or (readings[0].score >= _least(mention) and not readings[0].rest))
    if fit and not several and (readings[0].exact or not planned):
        return readings
    family = family_items(base, agency_id, mention)
    if several:
        return (*(Reading((item,), NEARLY_EXACT) for item in family), *readings)
    named = tuple(Reading((item,), 100.0, exact=True) for item in (family if planned else family[:1]))
    if fit:
        return (*readings, *named)
    return (*named, *readings)
