"""Shares (占比) and per-head values (人均): printed first, else worked out from two printed figures."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from bot.answers.amounts import base_of, comparable, in_base, in_unit, printed
from bot.answers.body_names import body_name
from bot.answers.changes import share_result
from bot.answers.drafts import Draft
from bot.answers.find import find
from bot.answers.groups import Group, build_groups, is_planned, rounding
from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.lookup import answer_lookup, begin, find_all, say_what_was_taken, show_outcome, year_for
from bot.answers.matching import plain
from bot.answers.measures import ACTUAL, BUDGET
from bot.answers.nothing import explain_nothing
from bot.answers.outcome import Outcome
from bot.answers.showing import plain_decimal
from bot.answers.totals import same_family
from bot.models import Answer, Mention, Question, Result, ShownFigure
from bot.questions.words import load_words

_EACH = re.compile("均|每")


def answer_ratio(base: KnowledgeBase, question: Question) -> Answer:
    """The share of one figure in another, or how many times one body's figure is another's."""
    if question.whole is None and len(question.agency_groups) == 2:
        return _answer_times(base, question)
    if question.whole is None and len(question.mentions) < 2:
        return answer_lookup(base, question.model_copy(update={"measures": ("占比",)}))
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    whole = Mention(text=question.whole) if question.whole else question.mentions[1]
    for agency_id in chosen.ids:
        year = year_for(draft, agency_id, question)
        if _show_named(draft, question, agency_id, whole, year):
            continue
        share = find(base, agency_id, question.mentions[0], question, year=year, measure="占比")
        fitting = [group for group in share.groups if _is_share_of(base, group, whole)] or _equal_share(
            base, question, agency_id, share, whole
        )
        if fitting:
            draft.show(fitting[0], asked=True)
            continue
        _work_out(draft, question, agency_id, whole, year)
    return draft.finish()


def _show_named(draft: Draft, question: Question, agency_id: int, whole: Mention, year: int | None) -> bool:
    """A share that has a name of its own: 重特大疾病救助人次占直接救助人次比例, with its 目标值 and 完成值."""
    name = Mention(text=f"{question.mentions[0].text}占{whole.text}比例")
    asked = next((measure for measure in question.measures if measure != "占比"), None)
    found = find(draft.base, agency_id, name, question, year=year, measure=asked)
    shares = found.groups[:1] if found.groups and "占" in found.groups[0].first.metric else ()
    return any(draft.show(group, asked=True) for group in shares)


def _answer_times(base: KnowledgeBase, question: Question) -> Answer:
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    outcomes = find_all(base, question, chosen.ids)
    for outcome in outcomes:
        show_outcome(draft, replace(outcome, groups=outcome.groups[:1]))
    sides = draft.figures[: draft.asked]
    if len(sides) == 2 and comparable(sides) and in_base(sides[1]) != 0:
        draft.results.append(_times_result(*sides))
    say_what_was_taken(draft, outcomes)
    return draft.finish()


def _times_result(left: ShownFigure, right: ShownFigure) -> Result:
    exact = in_base(left) / in_base(right)
    times = plain_decimal(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    sign = "=" if Decimal(times) == exact else "≈"
    formula = f"{printed(left)} ÷ {printed(right)} {sign} {times}倍"
    return Result(label="倍数", value=times, unit="倍", formula=formula, from_=(left.id, right.id))


def _is_share_of(base: KnowledgeBase, group: Group, whole: Mention) -> bool:
    words = plain(whole.text)
    for record in group.records:
        parent = plain(record.parent or "")
        if parent and (parent == words or parent.startswith(words) or words.startswith(parent)):
            return True
        if words in plain(record.quote) or same_family(words, parent):
            return True
        known = base.metric_id(record.parent or "")
        if known is not None and known == base.metric_id(whole.text):
            return True
    return False


def _equal_share(
    base: KnowledgeBase, question: Question, agency_id: int, share: Outcome, whole: Mention
) -> list[Group]:
    """A printed share that is what the two printed figures give, to its last digit."""
    first = find(base, agency_id, question.mentions[0], question, year=share.year)
    second = find(base, agency_id, whole, question, year=share.year)
    for group, part, total in ((g, p, t) for g in share.groups for p in first.groups for t in second.groups):
        if total.value and abs(part.value * 100 / total.value - Decimal(group.first.value)) <= rounding(group.first):
            return [group]
    return []


def _work_out(draft: Draft, question: Question, agency_id: int, whole: Mention, year: int | None) -> None:
    first = find(draft.base, agency_id, question.mentions[0], question, year=year)
    second = find(draft.base, agency_id, whole, question, year=first.year or year)
    missing = [side for side in (first, second) if not side.groups]
    for side in missing:
        explain_nothing(draft, side)
    if missing:
        return
    part, total = (draft.show(side.groups[0], asked=True) for side in (first, second))
    if part and total and comparable((part, total)) and in_base(total) != 0:
        draft.results.append(share_result(part, total))


def answer_per_head(base: KnowledgeBase, question: Question) -> Answer:
    """人均: as printed, else a figure divided by the number of persons that the same report prints."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    mention = question.mentions[0]
    for agency_id in chosen.ids:
        year = year_for(draft, agency_id, question)
        printed = _per_head_as_printed(base, agency_id, question, year)
        if printed:
            _show_printed_each(draft, printed)
            continue
        _divide(draft, question, agency_id, mention, year)
    return draft.finish()


def _show_printed_each(draft: Draft, groups: list[Group]) -> None:
    """The first as the answer, others of the name below it."""
    draft.show(groups[0], asked=True)
    for group in groups[1:]:
        draft.show(group)
        draft.note("same_name", metric=group.first.metric)


def _per_head_as_printed(base: KnowledgeBase, agency_id: int, question: Question, year: int | None) -> list[Group]:
    """What a report prints as 人均…, or as a standard for each person: 补助标准 in 元/人; last what its sentences say so."""
    mention, plainly = question.mentions[0], question.model_copy(update={"unit": None})
    for spelling in (Mention(text=f"人均{mention.text}"), Mention(text=f"{mention.text}人均")):
        outcome = find(base, agency_id, spelling, question, year=year)
        if outcome.groups and _EACH.search(outcome.groups[0].first.metric):
            return [outcome.groups[0]]
    groups = find(base, agency_id, mention, plainly, year=year).groups
    each = [group for group in groups if _is_each(group, mention)]
    if each:
        planned = bool(set(question.measures) & set(BUDGET))
        return sorted(each, key=lambda group: is_planned(group.first) != planned)
    if _heads_known(base, agency_id, mention, plainly, year):
        return []
    said = question.model_copy(update={"operation": "lookup", "measures": ()})
    return list(find(base, agency_id, mention, said, year=year, measure="均值").groups[:1])


def _heads_known(base: KnowledgeBase, agency_id: int, mention: Mention, question: Question, year: int | None) -> bool:
    """Whether the figure itself and the number of persons are there, so that it can be divided."""
    outcome = find(base, agency_id, mention, question, year=year)
    return bool(outcome.groups) and _heads(base, outcome) is not None


def _is_each(group: Group, mention: Mention) -> bool:
    """Whether a figure of just what is asked is itself one for each person."""
    for_each = group.first.metric.endswith("标准") or (group.first.unit or "").endswith(("/人", "/人年"))
    return for_each and group.first.measure in ACTUAL and plain(group.first.metric) in plain(mention.text)


def _divide(draft: Draft, question: Question, agency_id: int, mention: Mention, year: int | None) -> None:
    outcome = find(draft.base, agency_id, mention, question, year=year)
    if not outcome.groups:
        show_outcome(draft, outcome)
        return
    heads = _heads(draft.base, outcome)
    money = draft.show(outcome.groups[0], asked=True) if heads and heads.value else None
    persons = draft.show(heads, asked=True) if heads else None
    if money is None or persons is None:
        draft.figures.clear()
        draft.asked = 0
        draft.note("no_heads", agency=body_name(draft.base, agency_id), year=outcome.year or "")
        return
    exact = in_unit(in_base(money) / in_base(persons), money.unit)
    each = plain_decimal(exact.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))
    sign = "=" if Decimal(each) == exact else "≈"
    draft.results.append(
        Result(label=f"人均{money.metric}", value=each, unit=money.unit,
               formula=f"{printed(money)} ÷ {printed(persons)}（{persons.metric}）{sign} {each}{money.unit or ''}",
               from_=(money.id, persons.id), agency=money.agency, year=money.year)
    )  # fmt: skip


def _heads(base: KnowledgeBase, outcome: Outcome) -> Group | None:
    own = {plain(name): item for item in base.items(outcome.agency_id) if item.subject is None for name in item.names}
    table = load_words("families")["人数"]
    for name in table["names"]:
        item = own.get(plain(name))
        if item is None or name in table["partial"]:
            continue
        records = [
            record for record in base.records(outcome.agency_id, (item.metric_id,))
            if record.year == outcome.year and record.measure == "数量" and base_of(record.unit) in ("人", "名")
        ]  # fmt: skip
        if records:
            return build_groups(records)[0]
    return None
