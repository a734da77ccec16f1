"""One thing printed with two values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.checks.facts import SPENT, Facts, base, group_by, half_unit, is_total, show
from knowledge.checks.parts import COMPOSITIONS
from knowledge.models import Figure, Finding

MEASURES = frozenset({"决算数", "年初预算数", "预算数"})
STABLE = frozenset(
    {"收入总计", "支出总计", "财政拨款收入总计", "财政拨款支出总计", "本年收入合计", "本年支出合计"}
    | {"一般公共预算财政拨款支出", "机关运行经费", "政府采购支出总额"}
    | {"三公经费", *COMPOSITIONS["三公经费"]}
)
"""Terms that mean one thing wherever they stand, within a scope."""
_UNDIVIDED = ("政府采购支出总额",)
"""Terms that no fund divides, so that no scope is printed with them."""
_WITH_CARRIED = {"本年收入合计": "收入总计", "本年支出合计": "支出总计"}
"""What the text may mean by 收入合计: the total with what was carried over."""
_OF_A_FUND = ("一般公共预算财政拨款支出", "财政拨款支出")
_PROJECTS = {part for parts in (COMPOSITIONS["三公经费"], COMPOSITIONS["公务用车购置及运行维护费"]) for part in parts}


def check_restated(facts: Facts) -> Iterator[Finding]:
    """Rows of the classification by code, terms that mean one thing, and items of the text against the tables."""
    figures = [
        figure for figure in facts.figures if figure.measure in MEASURES and figure.rank <= 1 and is_total(figure)
    ]
    sure = [
        figure
        for figure in figures
        if figure.code or (figure.metric in STABLE and (figure.scope or figure.metric in _UNDIVIDED))
    ]
    for same in group_by(sure, _identity).values():
        yield from _compare(facts, same)
    yield from _check_items(facts, figures)
    yield from _check_rates(facts)
    yield from _check_projects(facts, figures)


def _identity(figure: Figure) -> tuple[object, ...]:
    income = figure.split == "本年收入合计" or figure.parent == "本年收入合计"
    return (
        figure.agency,
        figure.year,
        figure.code or figure.metric,
        figure.scope,
        figure.subject,
        figure.measure,
        income or (figure.code is not None and figure.split),
    )


def _compare(facts: Facts, same: tuple[Figure, ...]) -> Iterator[Finding]:
    first = same[0]
    others = [figure for figure in same[1:] if _differ(first, figure)]
    carried = _WITH_CARRIED.get(first.metric) if others else None
    if carried is not None:
        totals = {base(figure) for figure in facts.figures if figure.metric == carried}
        others = [figure for figure in others if not {base(first), base(figure)} & totals]
    if others:
        message = f"“{first.metric}”{first.measure}前后不一：{show(first)}，{show(others[0])}。"
        yield facts.finding("restated", [first, *others], message, f"与另一处相同：{show(first)}")


def _check_items(facts: Facts, figures: Iterable[Figure]) -> Iterator[Finding]:
    """An item of the text whose value no table prints for it."""
    items = [figure for figure in figures if figure.measure in SPENT and figure.parent and not figure.subject]
    for same in group_by(items, lambda figure: (figure.agency, figure.year, figure.metric, figure.parent)).values():
        rows = [figure for figure in same if figure.code and figure.rank == 0]
        for figure in same:
            if figure.rank == 1 and not figure.code and rows and all(_differ(figure, row) for row in rows):
                yield from _compare_item(facts, figure, rows)


def _compare_item(facts: Facts, figure: Figure, rows: list[Figure]) -> Iterator[Finding]:
    """An item against the rows of its own scope, else of a wider one."""
    codes = {row.code for row in rows}
    alike = [
        other
        for other in facts.figures
        if other.code in codes and other.rank == 0 and other.measure in SPENT and is_total(other)
        and other.year == figure.year and figure.scope in (None, other.scope)
    ]  # fmt: skip
    if alike and not all(_differ(figure, row) for row in alike):
        return
    if alike or not any(_is_paid_otherwise(facts, figure, row) for row in rows):
        meant = (alike or rows)[0]
        message = f"“{figure.metric}”文中为 {show(figure)}，表中为 {show(meant)}。"
        yield facts.finding("restated", [figure, *(alike or rows)], message, f"与表中相同：{show(meant)}")


def _is_paid_otherwise(facts: Facts, figure: Figure, row: Figure) -> bool:
    """Whether what a row of all funds has more than an item of one fund may have been paid from the others."""
    spent = [
        other for other in facts.figures if other.measure in SPENT and other.year == figure.year and is_total(other)
    ]
    whole = [base(other) for other in spent if other.metric == "本年支出合计" and other.scope == row.scope]
    own = [base(other) for other in spent if other.metric in _OF_A_FUND and other.scope == figure.scope]
    return bool(whole and own) and 0 <= base(row) - base(figure) <= max(whole) - max(own)


def _check_rates(facts: Facts) -> Iterator[Finding]:
    """A rate of a standard term (三公经费控制率) that is printed with two values."""
    rates = [
        figure
        for figure in facts.figures
        if figure.measure in {"完成率", "完成值"}
        and figure.unit == "%"
        and not figure.comparator
        and _names_a_rate(figure)
    ]
    for same in group_by(rates, lambda figure: (figure.agency, figure.year, figure.metric, figure.subject)).values():
        yield from _compare(facts, same)


def _names_a_rate(figure: Figure) -> bool:
    return figure.metric.endswith("率") and figure.metric.startswith((*STABLE, "公用经费", "人员经费"))


def _check_projects(facts: Facts, figures: Iterable[Figure]) -> Iterator[Finding]:
    """A project named after a part of 三公经费 that spent more than the account shows for it."""
    accounts = {
        figure.metric: figure for figure in figures if figure.measure == "决算数" and figure.metric in _PROJECTS
    }
    spent = (figure for figure in facts.figures if figure.measure == "执行数" and figure.parent is None)
    for project in spent if accounts else ():
        account = accounts.get(re.sub(r"（[^）]*）$", "", project.subject or ""))
        if account and base(project) > base(account):
            message = f"项目“{project.subject}”执行 {show(project)}，多于“{account.metric}”决算数 {show(account)}。"
            yield facts.finding("restated", [account, project], message, f"不多于 {show(account)}", severity="warning")


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two values differ by more than rounding, of which the last digit of a table may be one more."""
    return abs(base(one) - base(other)) > 3 * max(half_unit(one), half_unit(other))
