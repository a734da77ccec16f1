"""Columns of a table against their total: 合计 = 类 + 类 + …, 类 = its 款, 款 = its 项."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from decimal import Decimal

from knowledge.checks.facts import Facts, base, group_by, half_unit, is_total, show
from knowledge.models import Figure, Finding, Measure

TOTALS = (
    "本年收入合计",
    "本年支出合计",
    "收入总计",
    "支出总计",
    "财政拨款收入总计",
    "财政拨款支出总计",
    "人员经费",
    "公用经费",
)
BALANCES = (("收入总计", "支出总计"), ("财政拨款收入总计", "财政拨款支出总计"))
_LEVELS = (3, 5, 7)
_NOT_SUMMED = ("增减率", "完成率")
_LOOSE = frozenset(("总收入", "总支出"))
"""Names of totals in an account of operations, which need not balance and of which parts alone may be printed."""
_LEFT = "年末结转和结余"


def check_sums(facts: Facts) -> Iterator[Finding]:
    """Every column of every table, by codes of the classification and by the parts of 本年收入合计 and 本年支出合计."""
    for table in facts.tables:
        codes = {figure.code for figure in table.figures if figure.code}
        for column in _columns(table.figures).values():
            if column[0].measure in _NOT_SUMMED:
                continue
            yield from _check_codes(facts, column, codes)
            yield from _check_totals(facts, column)
            yield from _check_balances(facts, column)


def _columns(figures: Sequence[Figure]) -> dict[tuple[object, ...], tuple[Figure, ...]]:
    """The figures of a table by column."""
    flow = _flow(figures)
    return group_by(
        figures,
        lambda figure: (None if is_total(figure) else figure.split, flow(figure), figure.year, figure.scope),
    )


def _flow(figures: Sequence[Figure]) -> Callable[[Figure], Measure]:
    """The measure of a figure among those that it makes a total with: what is left at the year's end counts as spent."""
    usual = Counter(figure.measure for figure in figures).most_common(1)[0][0]
    return lambda figure: usual if figure.metric == _LEFT and figure.measure == "期末数" else figure.measure


def _check_codes(facts: Facts, column: tuple[Figure, ...], codes: Set[str]) -> Iterator[Finding]:
    coded = {figure.code: figure for figure in column if figure.code}
    if len(coded) != sum(1 for figure in column if figure.code):
        return
    for code, total in coded.items():
        parts = [figure for other, figure in coded.items() if _is_below(other, code)]
        if not (_is_selective(codes) and _are_some(facts, total, parts)):
            yield from compare(facts, total, parts, "下级科目")
    tops = [figure for code, figure in coded.items() if len(code) == _LEVELS[0]]
    first = min((figure.place.start for figure in tops), default=0)
    totals = [figure for figure in column if not figure.code and figure.place.start < first]
    if len(totals) == 1 and sum(len(code) == _LEVELS[0] for code in codes) > 1:
        yield from compare(facts, totals[0], tops, "各类")


def _is_below(code: str, above: str) -> bool:
    return code.startswith(above) and len(above) in _LEVELS[:-1] and len(code) == len(above) + 2


def _is_selective(codes: Set[str]) -> bool:
    """Whether a table prints the parts of some rows alone: of one above the lowest level it prints none."""
    lowest = max(map(len, codes))
    return any(len(code) < lowest and not any(_is_inside(other, code) for other in codes) for code in codes)


def _is_inside(code: str, above: str) -> bool:
    return code != above and code.startswith(above)


def _are_some(facts: Facts, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts that come to less than their total may not be all: there is one, or a table has others."""
    printed = tuple(part.code for part in parts if part.code)
    if sum(map(base, parts), Decimal(0)) >= base(total):
        return False
    inside = (figure.code for figure in facts.figures if figure.code and _is_inside(figure.code, total.code or ""))
    return len(parts) == 1 or any(not code.startswith(printed) for code in inside)


def _strict(column: tuple[Figure, ...]) -> list[Figure]:
    return [figure for figure in column if _LOOSE.isdisjoint(figure.aliases)]


def _check_totals(facts: Facts, column: tuple[Figure, ...]) -> Iterator[Finding]:
    for name in TOTALS:
        totals = [figure for figure in _strict(column) if figure.metric == name and not figure.code]
        parts = [figure for figure in column if figure.parent == name]
        if len(totals) == 1 and parts and len({figure.metric for figure in parts}) == len(parts):
            yield from compare(facts, totals[0], parts, "各项")


def _check_balances(facts: Facts, column: tuple[Figure, ...]) -> Iterator[Finding]:
    for income, expenditure in BALANCES:
        sides = [[figure for figure in _strict(column) if figure.metric == name] for name in (income, expenditure)]
        if all(len(side) == 1 for side in sides) and base(sides[0][0]) != base(sides[1][0]):
            one, other = sides[0][0], sides[1][0]
            message = f"“{income}”{show(one)} 与“{expenditure}”{show(other)} 不相等。"
            yield facts.finding("sum", [one, other], message, f"收支总计相等：{show(one)}")


def compare(facts: Facts, total: Figure, parts: list[Figure], words: str) -> Iterator[Finding]:
    """A finding where the parts do not make the total."""
    if not parts:
        return
    expected = sum(map(base, parts), Decimal(0))
    allowed = sum(map(half_unit, (total, *parts)), Decimal(0))
    if abs(expected - base(total)) > allowed:
        shown = sum((figure.value for figure in parts), Decimal(0))
        pieces = " + ".join(figure.printed for figure in parts)
        column = f"“{total.split}”栏" if total.split else ""
        message = f"“{total.metric}”{column}为 {show(total)}，{words}之和为 {shown}（{pieces}）。"
        yield facts.finding("sum", [total, *parts], message, f"{shown} = {pieces}")
