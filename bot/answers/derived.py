"""A year without a report, from the next year's report: its figure less 较上年增减, or the same where it says 持平."""

from __future__ import annotations

import re

from bot.answers.amounts import amount, in_unit, printed
from bot.answers.beside import tells_of_actual
from bot.answers.drafts import Draft
from bot.answers.groups import Group, build_groups, is_budget_change, value_of
from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain, stem
from bot.answers.measures import ACTUAL, BUDGET
from bot.answers.outcome import Outcome
from bot.answers.showing import plain_decimal
from bot.models import Result
from knowledge.text import squeeze

_LOOKAHEAD = 160


def derive_year(draft: Draft, outcome: Outcome) -> bool:
    """Add the worked-out value of the year asked for; False where the next year's report does not allow it."""
    year = outcome.year
    if year is None or outcome.measure not in (None, "决算数", "执行数", *BUDGET):
        return False
    kinds = BUDGET if outcome.measure in BUDGET else ACTUAL
    later = [group for group in build_groups(outcome.records)
             if group.first.year == year + 1 and group.first.measure in kinds]  # fmt: skip
    for group in later:
        change = _change(outcome.records, group.first)
        if change is not None:
            return _from_change(draft, group, change, year)
    for group in later:
        said = next((record for record in group.records if says_unchanged(draft.base, record, year)), None)
        if said is not None:
            return _unchanged(draft, Group((said,), group.value, group.split), year)
    return False


def can_derive(base: KnowledgeBase, outcome: Outcome) -> bool:
    """Whether ``derive_year`` can work the year out."""
    later = [record for record in outcome.records
             if record.year == (outcome.year or 0) + 1 and record.measure in ACTUAL]  # fmt: skip
    return any(_change(outcome.records, now) or says_unchanged(base, now, outcome.year or 0) for now in later)


def _change(records: tuple[Record, ...], now: Record) -> Record | None:
    planned = now.measure in BUDGET
    same = [
        record for record in records
        if record.measure == "增减额" and is_budget_change(record) == planned and record.year == now.year and record.scope == now.scope
        and record.subject == now.subject and record.base_unit == now.base_unit and record.report_id == now.report_id
        and (planned or tells_of_actual(record, records))
    ]  # fmt: skip
    return min(same, key=lambda record: abs(record.start - now.start)) if same else None


def _from_change(draft: Draft, group: Group, change: Record, year: int) -> bool:
    now = draft.show(group, asked=True)
    difference = draft.show(build_groups([change])[0], asked=True)
    if now is None or difference is None:
        return False
    value = group.value - value_of(change)
    sign = "+" if change.value.startswith("-") else "−"
    size = f"{change.value.lstrip('-')}{change.unit or ''}"
    draft.results.append(
        Result(
            label=now.metric if now.measure in ACTUAL else f"{now.metric}{now.measure}",
            value=plain_decimal(in_unit(value, now.unit)),
            unit=now.unit,
            formula=f"{printed(now)} {sign} {size} = {amount(value, now.unit)}",
            from_=(now.id, difference.id),
            agency=now.agency,
            year=year,
        )
    )
    draft.note("derived_year", year=year, later=now.year)
    return True


def says_unchanged(base: KnowledgeBase, record: Record, year: int) -> bool:
    """Whether the report says 与上年持平 of this figure, in its sentence or right after it."""
    text = squeeze(base.source(record.report_id)[record.quote_start : record.quote_end + _LOOKAHEAD])
    name = stem(plain(record.metric))
    for sentence in re.split(r"[。；;]", text)[:3]:
        found = re.search(
            rf"(?:与|同|和)(?:{year}年?度?|上年度?|去年)(?:的)?(?:决算数?|支出数?|数)?(?:相比)?持平", sentence
        )
        if found and (name in plain(sentence[: found.start()]) or sentence in squeeze(record.quote)):
            return True
    return False


def _unchanged(draft: Draft, group: Group, year: int) -> bool:
    now = draft.show(group, asked=True)
    if now is None:
        return False
    draft.results.append(
        Result(label=now.metric, value=now.value, unit=now.unit,
               formula=f"{now.year}年{printed(now)}，与上年持平", from_=(now.id,), agency=now.agency, year=year)
    )  # fmt: skip
    draft.note("unchanged_year", year=year, later=now.year)
    return True
