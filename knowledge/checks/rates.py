"""Rates against the numbers that they are of: growth, share, completion; and rates on a base of zero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, Decimal

from knowledge.checks.facts import PLANNED, SPENT, Facts, Severity, base, half_unit, is_total, show
from knowledge.models import Figure, Finding
from knowledge.text import fold_text, squeeze
from knowledge.vocabulary import metric_by_alias, metrics

_HUNDRED = Decimal(100)
_TOTALS: tuple[frozenset[str | None], ...] = (
    frozenset({"支出总计", "本年支出合计"}),
    frozenset({"收入总计", "本年收入合计"}),
)
_LAST_YEAR = r"上年|{}\s*年"


def check_rates(facts: Facts) -> Iterator[Finding]:
    """Every rate of running text whose numbers stand beside it, and growth on a year in which the body was not there."""
    yield from _check_new_body(facts)
    for paragraph in facts.paragraphs:
        for sentence in paragraph.sentences():
            for rate in sentence:
                if rate.measure == "增减率":
                    yield from _check_growth(facts, rate, sentence, facts.section(rate))
                elif rate.measure == "完成率":
                    yield from _check_completion(facts, rate, sentence)
                elif rate.measure == "占比":
                    yield from _check_share(facts, rate, sentence, paragraph.figures)


def _check_new_body(facts: Facts) -> Iterator[Finding]:
    year = facts.report.identity.year
    text = squeeze(facts.report.source.folded)
    if not re.search(rf"{year}年\d{{1,2}}月(?:份|\d{{1,2}}日)?(?:新?成立|组建|挂牌)", text):
        return
    for figure in facts.figures:
        own = (term := metrics().get(figure.metric)) is not None and term.nature == "money"
        if not own or figure.measure != "增减率" or figure.year != year:
            continue
        if re.search(_LAST_YEAR.format(year - 1), figure.quote):
            message = f"单位于 {year} 年成立，没有上年数，“{figure.metric}”却写有增减率 {show(figure)}。"
            yield facts.finding("zero-base", [figure], message, "没有上年数，没有增减率", severity="warning")


def _beside(rate: Figure, figures: Iterable[Figure], measures: Iterable[str]) -> Figure | None:
    """The number of the same thing that stands nearest before the rate."""
    same = [
        figure
        for figure in figures
        if figure.measure in measures
        and (figure.metric, figure.scope, figure.subject, figure.year, figure.agency)
        == (rate.metric, rate.scope, rate.subject, rate.year, rate.agency)
        and figure.place.start < rate.place.start
    ]
    return same[-1] if same else None


def _only(sentence: Iterable[Figure], measures: Iterable[str], rate: Figure) -> Figure | None:
    """The one number before the only completion rate of a sentence, where names were read differently."""
    figures = [figure for figure in sentence if figure.measure in measures]
    rates = [figure for figure in sentence if figure.measure == rate.measure]
    alone = len(figures) == len(rates) == 1 and figures[0].place.start < rate.place.start
    return figures[0] if alone else None


def _check_growth(
    facts: Facts, rate: Figure, sentence: tuple[Figure, ...], section: tuple[Figure, ...]
) -> Iterator[Finding]:
    change = _beside(rate, sentence, ("增减额",))
    values = [
        _beside(rate, sentence, SPENT) or _beside(rate, section, SPENT | set(PLANNED)),
        _beside(rate, section, SPENT),
    ]
    if change is None or (value := values[0]) is None or change.place.start < value.place.start:
        return
    if any(other is not None and _is_growth(rate, change, other) for other in values):
        return
    if base(value) == base(change):
        if base(change) or rate.value:
            message = (
                f"“{rate.metric}”{show(value)}、增减 {show(change)}，基数为 0，无法计算增减率，却写作 {show(rate)}。"
            )
            yield facts.finding("zero-base", [value, change, rate], message, "基数为 0，没有增减率", severity="warning")
        return
    sign = "+" if change.value < 0 else "−"
    formula = f"{show(change)} ÷（{show(value)} {sign} {show(change)}）"
    yield from _compare(facts, rate, *_growth_of(change, value), [value, change, rate], formula)


def _is_growth(rate: Figure, change: Figure, value: Figure) -> bool:
    """Whether a rate is what a change to a value is; none is on a base of zero."""
    return base(value) != base(change) and _judge(rate, *_growth_of(change, value)) == "right"


def _growth_of(change: Figure, value: Figure) -> tuple[Decimal, Decimal]:
    """The growth that a change to a value is, and how far rounding may carry it."""
    before = base(value) - base(change)
    expected = base(change) / before * _HUNDRED
    slack = (half_unit(change) + abs(expected) / _HUNDRED * (half_unit(value) + half_unit(change))) / abs(before)
    return expected, slack * _HUNDRED


def _check_completion(facts: Facts, rate: Figure, sentence: tuple[Figure, ...]) -> Iterator[Finding]:
    spent = _beside(rate, sentence, SPENT) or _only(sentence, SPENT, rate)
    planned = _beside(rate, sentence, PLANNED) or _only(sentence, PLANNED, rate)
    if spent is None and planned is None:
        spent, planned = _beside(rate, sentence, ("数量",)), _beside(rate, sentence, ("目标值",))
    if spent is None:
        return
    if planned is None:
        if spent.value and not rate.value:
            message = f"“{rate.metric}”支出 {show(spent)}，完成率却为 {show(rate)}。"
            yield facts.finding("percentage", [spent, rate], message, "完成率应大于 0")
    elif planned.value == 0:
        message = f"“{rate.metric}”预算为 {show(planned)}，无法计算完成率，却写作 {show(rate)}。"
        severity: Severity = "error" if spent.value else "warning"
        yield facts.finding("zero-base", [planned, spent, rate], message, "预算为 0，没有完成率", severity=severity)
    else:
        expected = base(spent) / base(planned) * _HUNDRED
        slack = (half_unit(spent) + expected / _HUNDRED * half_unit(planned)) / base(planned) * _HUNDRED
        yield from _compare(facts, rate, expected, slack, [planned, spent, rate], f"{show(spent)} ÷ {show(planned)}")


def _check_share(
    facts: Facts, rate: Figure, sentence: tuple[Figure, ...], paragraph: tuple[Figure, ...]
) -> Iterator[Finding]:
    part = _beside(rate, sentence, SPENT | set(PLANNED))
    if part is None or part.value == 0:
        return
    said = said_whole(facts, rate)
    near, far = [figure for figure in paragraph if _may_be_whole(figure, part)], _wholes_elsewhere(facts, part, said)
    wholes = near or far
    if any(_judge(rate, *_share_of(part, whole)) == "right" for whole in (*near, *far)):
        return
    named = _terms(said) or {part.parent}
    sure = [whole for whole in wholes if whole.metric in named or _is_confirmed(whole, paragraph)]
    if sure:
        whole = sure[-1]
        expected, slack = _share_of(part, whole)
        yield from _compare(facts, rate, expected, slack, [whole, part, rate], f"{show(part)} ÷ {show(whole)}")


_SHARE_OF = re.compile(r"占([^，。；：\d]{2,24}?)的?(?:比重|比例|比率)?(?:为|是|约)?$")


def said_whole(facts: Facts, rate: Figure) -> str:
    """What the sentence says that the share is of: ``总支出`` in 占总支出的6.97%; empty where it says nothing."""
    before = squeeze(fold_text(facts.report.printed(rate.quote_start, rate.place.start)))
    match = _SHARE_OF.search(before)
    return match[1] if match else ""


def _terms(said: str) -> set[str | None]:
    """The standard terms that the words for a whole may mean: 总支出 is 支出总计 or 本年支出合计."""
    words = {said, said.replace("总", ""), said.removesuffix("决算"), f"{said}合计"}
    terms: set[str | None] = {metric_by_alias()[word].name for word in words if word in metric_by_alias()}
    for pair in _TOTALS:
        if terms & pair:
            terms |= pair
    return terms | {said} if said else set()


def _wholes_elsewhere(facts: Facts, part: Figure, said: str) -> list[Figure]:
    """What the share is of, where the report prints it with one value only."""
    named = _terms(said) or {part.parent}
    wholes = [
        figure
        for figure in facts.figures
        if figure.metric in named
        and (figure.measure, figure.unit, figure.year) == (part.measure, part.unit, part.year)
        and figure.rank <= 1
        and is_total(figure)
        and figure.value >= part.value
    ]
    return wholes[:1] if len({figure.value for figure in wholes}) == 1 else []


def _may_be_whole(whole: Figure, part: Figure) -> bool:
    return (
        (whole.measure, whole.unit, whole.year) == (part.measure, part.unit, part.year)
        and whole.metric != part.metric
        and whole.place.start < part.place.start
        and whole.value >= part.value
        and whole.value > 0
    )


def _is_confirmed(whole: Figure, paragraph: tuple[Figure, ...]) -> bool:
    """Whether another share of the paragraph is plainly of this whole."""
    shares = [figure for figure in paragraph if figure.measure == "占比" and figure.value]
    parts = [_beside(share, paragraph, (whole.measure,)) for share in shares]
    return any(
        part is not None and _may_be_whole(whole, part) and _judge(share, *_share_of(part, whole)) == "right"
        for share, part in zip(shares, parts, strict=True)
    )


def _share_of(part: Figure, whole: Figure) -> tuple[Decimal, Decimal]:
    expected = base(part) / base(whole) * _HUNDRED
    return expected, (half_unit(part) + expected / _HUNDRED * half_unit(whole)) / base(whole) * _HUNDRED


def _judge(rate: Figure, expected: Decimal, slack: Decimal) -> str:
    """``right``, ``cut`` (cut off instead of rounded) or ``wrong``."""
    printed = rate.value
    if abs(printed - expected) <= half_unit(rate) + slack:
        return "right"
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return "cut" if expected.quantize(step, rounding=ROUND_DOWN) == printed else "wrong"


def _compare(
    facts: Facts, rate: Figure, expected: Decimal, slack: Decimal, figures: list[Figure], formula: str
) -> Iterator[Finding]:
    judged = _judge(rate, expected, slack)
    if judged == "right":
        return
    step = Decimal(1).scaleb(min(int(rate.value.as_tuple().exponent), -2))
    worked_out = f"{abs(expected).quantize(step)}%"
    reason = "（未四舍五入）" if judged == "cut" else ""
    message = f"“{rate.metric}”写作 {show(rate)}，按 {formula} 应为 {worked_out}{reason}。"
    severity: Severity = "warning" if judged == "cut" else "error"
    yield facts.finding("percentage", figures, message, f"{worked_out} = {formula}", severity=severity)
