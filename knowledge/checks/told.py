"""What text or lists say of a project and its form says otherwise: the score, what an indicator reached."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks.facts import Facts, base, group_by, half_unit, show
from knowledge.models import Figure, Finding

_TOLD, _SUM = "绩效自评得分", "绩效自评合计"
_NEARLY = 50
"""Two counts that differ by less than this part are the same count, printed once wrongly."""


def check_told(facts: Facts) -> Iterator[Finding]:
    """Scores and indicators of one project that its form prints with another value than the text or a list of projects."""
    own = (figure for figure in facts.figures if figure.subject)
    for same in group_by(own, lambda figure: (figure.agency, figure.year, figure.subject)).values():
        yield from _check_score(facts, same)
        yield from _check_indicators(facts, same)


def _check_score(facts: Facts, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    scores = [figure for figure in figures if figure.measure == "得分" and figure.unit in (None, "分")]
    sums = [figure for figure in scores if figure.metric == _SUM]
    for name in (_TOLD, figures[0].subject):
        told = [figure for figure in scores if figure.metric == name]
        if len({figure.value for figure in told}) == len(sums) == 1 and told[0].value != sums[0].value:
            message = f"自评得分另一处为 {show(told[0])}，自评表合计为 {sums[0].printed}。"
            yield facts.finding("score", [*told, *sums], message, f"与自评表相同：{sums[0].printed}")


def _check_indicators(facts: Facts, figures: tuple[Figure, ...]) -> Iterator[Finding]:
    for same in group_by(figures, lambda figure: (figure.metric, figure.unit)).values():
        reached = [figure for figure in same if figure.measure == "完成值" and figure.rule == "form-indicator"]
        told = [figure for figure in same if figure.measure == "数量" and figure.rule.startswith("statement")]
        if len(reached) != 1 or len(told) != 1 or told[0].approximate:
            continue
        apart = abs(base(reached[0]) - base(told[0]))
        if half_unit(told[0]) + half_unit(reached[0]) < apart and apart * _NEARLY < abs(base(told[0])):
            message = f"“{told[0].metric}”文中为 {show(told[0])}，自评表中为 {show(reached[0])}。"
            yield facts.finding("restated", [*told, *reached], message, f"与另一处相同：{show(told[0])}")
