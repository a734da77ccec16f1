"""Changes, completion and shares that a report does not print, from figures that it does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from bot.answers.amounts import amount, comparable, in_base, in_unit, percent, printed
from bot.answers.drafts import Draft
from bot.answers.find import find
from bot.answers.groups import Group, build_groups, rounding
from bot.answers.outcome import Outcome
from bot.answers.series import one_series
from bot.answers.showing import plain_decimal
from bot.models import Mention, Result, ShownFigure
from knowledge.models import Measure


def _groups_of(draft: Draft, outcome: Outcome, year: int | None, measure: Measure | None = None) -> Sequence[Group]:
    """The figures of the same body and mention in a year."""
    found = find(draft.base, outcome.agency_id, outcome.mention, draft.question, year=year, measure=measure)
    return () if found.instead else found.groups


def find_figure(draft: Draft, outcome: Outcome, year: int | None, measure: Measure | None = None) -> ShownFigure | None:
    """The first figure of the same body and mention in a year, added to the answer."""
    groups = _groups_of(draft, outcome, year, measure)
    return draft.show(groups[0], asked=True) if groups else None


def show_change(draft: Draft, outcome: Outcome) -> bool:
    """增减额 and 增减率 from the figures of two years; the years asked for, else the newest and the one before it."""
    asked = sorted(draft.question.years)
    last = asked[-1] if asked else None
    late = _groups_of(draft, outcome, last)
    if not late:
        return False
    earlier = asked[0] if len(asked) > 1 else late[0].first.year - 1
    early = _groups_of(draft, outcome, earlier)
    shown = [draft.show(group, asked=True) for group in one_series([late, *filter(None, [early])])]
    now, before = shown[0], shown[1] if early else None
    if now is None:
        return False
    if before is None or not comparable((now, before)):
        draft.figures = [figure for figure in draft.figures if figure not in (now, before)]
        draft.asked = len(draft.figures)
        draft.note("no_change", year=earlier, metric=now.metric)
        return True
    results = change_results(now, before)
    draft.results.extend(reversed(results) if outcome.measure == "增减率" else results)
    return True


def change_results(now: ShownFigure, before: ShownFigure) -> list[Result]:
    """Difference and growth between two years of one metric."""
    difference = in_base(now) - in_base(before)
    unit = now.unit
    results = [
        Result(
            label=f"{now.metric}比{before.year}年增减额",
            value=plain_decimal(in_unit(difference, unit)),
            unit=unit,
            formula=f"{printed(now)} − {printed(before)} = {amount(difference, unit)}",
            from_=(now.id, before.id),
            agency=now.agency,
            year=now.year,
        )
    ]
    if in_base(before) != 0:
        rate = percent(difference, in_base(before))
        results.append(
            Result(
                label=f"{now.metric}比{before.year}年增减率",
                value=str(rate),
                unit="%",
                formula=f"（{printed(now)} − {printed(before)}）÷ {printed(before)} ≈ {rate}%",
                from_=(now.id, before.id),
                agency=now.agency,
                year=now.year,
            )
        )
    return results


def _printed_rate(draft: Draft, outcome: Outcome) -> Group | None:
    """预算数为10万元，执行数为10万元，``执行率100%``: a rate of the same project and year that is said of the figure."""
    done = find_figure(Draft(draft.base, draft.question), outcome, outcome.year, "决算数")
    rate = draft.base.metric_id("预算执行率")
    if done is None or rate is None:
        return None
    said = [
        record for record in draft.base.records(outcome.agency_id, (rate,))
        if (record.measure, record.year, record.subject) == ("完成率", done.year, done.subject)
        and done.metric in json.loads(record.aliases or "[]")
    ]  # fmt: skip
    return next(iter(build_groups(said)), None)


def _said_of(draft: Draft, outcome: Outcome, done: ShownFigure, rate: Decimal) -> Group | None:
    """The rate that the same sentence prints, where it is what its figures give: 实际支出128.7万元，预算执行率97.5%."""
    metric = draft.base.metric_id("预算执行率")
    said = [
        record for record in draft.base.records(outcome.agency_id, (metric,) if metric else ())
        if (record.measure, record.year, record.quote) == ("完成率", done.year, done.quote)
        and abs(Decimal(record.value) - rate) <= rounding(record)
    ]  # fmt: skip
    return next(iter(build_groups(said)), None)


_ABSURD = 10_000
"""Per cent. A completion beyond it comes of a unit misprinted in the report: 元 in a form that means 万元."""


def show_rate(draft: Draft, outcome: Outcome) -> bool:
    """完成率 as printed beside the figure under a name of its own, else from 决算数 and the adjusted, else the only, budget."""
    beside = _printed_rate(draft, outcome)
    if beside is not None:
        return draft.show(beside, asked=True) is not None
    done = find_figure(draft, outcome, outcome.year, "决算数")
    if done is None:
        return False
    budget = find_figure(draft, outcome, done.year, "调整预算数") or find_figure(draft, outcome, done.year, "预算数")
    if budget is None or budget.metric != done.metric or not comparable((done, budget)) or in_base(budget) == 0:
        draft.figures.clear()
        draft.asked = 0
        return False
    rate = percent(in_base(done), in_base(budget))
    said = _said_of(draft, outcome, done, rate)
    if said is not None:
        draft.figures.clear()
        draft.asked = 0
        return draft.show(said, asked=True) is not None
    if rate > _ABSURD:
        draft.warn("units_apart", first=printed(done), second=printed(budget))
        return True
    draft.results.append(
        Result(label=f"{done.metric}完成率", value=str(rate), unit="%", formula=f"{printed(done)} ÷ {printed(budget)} ≈ {rate}%",
               from_=(done.id, budget.id), agency=done.agency, year=done.year)
    )  # fmt: skip
    return True


def show_share(draft: Draft, outcome: Outcome) -> bool:
    """占比 of a figure in its parent, where the report prints both but not the share."""
    found = find(draft.base, outcome.agency_id, outcome.mention, draft.question, year=outcome.year)
    parent = found.groups[0].first.parent if found.groups and not found.instead else None
    if parent is None:
        return False
    total = find(draft.base, outcome.agency_id, Mention(text=parent), draft.question, year=found.year)
    if (
        not total.groups
        or total.groups[0].first.base_unit != found.groups[0].first.base_unit
        or not total.groups[0].value
    ):
        return False
    part, whole = draft.show(found.groups[0], asked=True), draft.show(total.groups[0], asked=True)
    if part is None or whole is None:
        return False
    draft.results.append(share_result(part, whole))
    return True


def share_result(part: ShownFigure, whole: ShownFigure) -> Result:
    """``part`` as a share of ``whole``."""
    rate = percent(in_base(part), in_base(whole))
    return Result(
        label=f"{part.metric}占{whole.metric}的比重",
        value=str(rate),
        unit="%",
        formula=f"{printed(part)} ÷ {printed(whole)} ≈ {rate}%",
        from_=(part.id, whole.id),
        agency=part.agency,
        year=part.year,
    )
