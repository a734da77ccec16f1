"""What a term means: the entry of a report's 名词解释, as printed."""

from __future__ import annotations

from bot.answers.drafts import Draft
from bot.answers.knowledge_base import KnowledgeBase, Statement
from bot.answers.lookup import not_understood
from bot.answers.matching import plain, stem
from bot.models import Answer, Mention, Question
from knowledge.text import squeeze
from knowledge.vocabulary import metrics

MOST = 2
_SAID = 4
_LEVELS = "类款项"


def answer_definition(base: KnowledgeBase, question: Question) -> Answer:
    """Definitions of the terms asked for, of the bodies named or of any."""
    draft = Draft(base, question)
    if not question.mentions:
        return not_understood(question)
    bodies = tuple(match.id for match in question.agencies)
    for mention in question.mentions:
        words = tuple(dict.fromkeys(_spellings(base, mention.text, tuple(match.id for match in mention.matches[:2]))))
        found = base.definitions(words, bodies) or base.definitions(words) or _as_part(base, mention)
        for statement in _best(found, mention.text)[:MOST]:
            draft.state(statement)
        if not found:
            draft.note("no_definition", words=mention.text)
    if not draft.statements and not any(mention.matches for mention in question.mentions):
        return not_understood(question)
    return draft.finish()


def _as_part(base: KnowledgeBase, mention: Mention) -> list[Statement]:
    """What a definition of the whole says of its part: 公务接待费 in the one of “三公”经费."""
    name = mention.matches[0].name if mention.matches and not mention.rest else ""
    metric = metrics().get(name)
    while metric is not None and metric.parent:
        words = tuple(_spellings(base, metric.parent, ()))
        found = [entry for entry in base.definitions(words) if name[:_SAID] in squeeze(entry.text)]
        if found:
            return found
        metric = metrics().get(metric.parent)
    return []


def _spellings(base: KnowledgeBase, text: str, metric_ids: tuple[int, ...]) -> list[str]:
    names = [text, *(name for number in metric_ids for name in base.metric_names(number))]
    return [
        shape for name in names
        for shape in (name, plain(name), f"“{plain(name)}”", plain(name).replace("三公", "“三公”"), stem(plain(name)),
                      f"{plain(name)}支出", f"“三公”{plain(name).removeprefix('三公')}支出",
                      *(f"{plain(name)}（{level}）" for level in _LEVELS))
    ]  # fmt: skip


def _best(found: list[Statement], text: str) -> list[Statement]:
    """One entry per wording, exact terms first."""
    once: dict[str, Statement] = {}
    for statement in sorted(found, key=lambda entry: plain(entry.term) != plain(text)):
        once.setdefault(plain(statement.text), statement)
    return list(once.values())
