"""One body, one mention, one year → figures, or why there are none. Every operation builds on this."""

from __future__ import annotations

from bot.answers.knowledge_base import Item, KnowledgeBase
from bot.answers.matching import plain
from bot.answers.of_reading import figures_of
from bot.answers.outcome import Outcome
from bot.answers.readings import reading_of
from bot.answers.second_attempts import Look, try_again
from bot.answers.totals import same_family
from bot.models import Mention, Question
from bot.questions.facets.scopes import find_scopes
from knowledge.models import Measure


def find(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, *, year: int | None,
         measure: Measure | None = None) -> Outcome:  # fmt: skip
    """Figures of a body for a mention; ``year`` None means the newest year that has any."""
    if question.within and same_family(plain(mention.text), plain(question.within)):
        mention, question = Mention(text=question.within), question.model_copy(update={"within": None})
    look = Look(base, agency_id, mention, question, year, measure)
    return try_again(look, _find_in_scope(look))


def find_asked(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question) -> Outcome:
    """What a look-up shows: the year and the measure that the question names first, else the newest year."""
    year = question.years[0] if question.years else None
    measure = question.measures[0] if question.measures else None
    return find(base, agency_id, mention, question, year=year, measure=measure)


def find_item(base: KnowledgeBase, outcome: Outcome, question: Question, item: Item) -> Outcome:
    """Figures of one of the items that an ambiguous outcome names."""
    year = question.years[0] if question.years else None
    return figures_of(base, outcome.agency_id, outcome.mention, question, reading_of(item), year, outcome.measure)


def _find_in_scope(look: Look) -> Outcome:
    """Figures of the scope that an everyday name says: 年末财政拨款结转和结余 for 年末结转和结余."""
    mention = look.mention
    name = mention.matches[0].name if mention.matches and mention.matches[0].kind == "alias" else mention.text
    said = [found.value for found in find_scopes(mention.text) if "拨款" in mention.text and "拨款" not in name]
    if said and look.question.scope is None:
        found = look._replace(question=look.question.model_copy(update={"scope": said[0]})).find()
        if found.groups and found.groups[0].first.scope == said[0]:
            return found
    return look.find()
