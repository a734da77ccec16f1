"""Scores and targets of performance forms: points above their weight, sums, full points for a missed target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from operator import ge, gt, le, lt

from knowledge.checks.facts import Facts, group_by, show
from knowledge.models import Figure, Finding

_MEETS: dict[str | None, Callable[[Decimal, Decimal], bool]] = {"≥": ge, "≤": le, ">": gt, "<": lt}
Row = dict[str, Figure]


def check_scores(facts: Facts) -> Iterator[Finding]:
    """Every form: its rows, then their sums against the total."""
    for form in facts.forms:
        rows = _rows(form)
        for row in rows:
            yield from _check_row(facts, row)
        yield from _check_sums(facts, rows)


def _rows(form: tuple[Figure, ...]) -> list[Row]:
    """The figures of each indicator by measure, in printed order; a measure printed twice ends a row."""
    rows: list[Row] = []
    for figures in group_by(form, lambda figure: (figure.metric, figure.parent)).values():
        row: Row = {}
        for figure in figures:
            if figure.measure in row:
                rows.append(row)
                row = {}
            row[figure.measure] = figure
        rows.append(row)
    return sorted(rows, key=lambda row: min(figure.place.start for figure in row.values()))


def _check_row(facts: Facts, row: Row) -> Iterator[Finding]:
    weight, score = row.get("权重"), row.get("得分")
    if weight is None or score is None:
        return
    if score.value > weight.value:
        message = f"“{score.metric}”得分 {score.printed} 高于权重 {weight.printed}。"
        yield facts.finding("score", [weight, score], message, f"不高于 {weight.printed}")
    target, done = row.get("目标值"), row.get("完成值")
    if target is None or weight.value == 0 or score.value < weight.value:
        return
    if done is None:
        message = f"“{score.metric}”没有填完成值，却得满分 {score.printed}。"
        yield facts.finding("target", [target, weight, score], message, "完成值", severity="warning")
    elif target.comparator in _MEETS and done.unit == target.unit and not _meets(target, done):
        message = f"“{score.metric}”目标 {target.comparator}{show(target)}，完成 {show(done)}，未达目标却得满分 {score.printed}。"
        yield facts.finding("target", [target, done, weight, score], message, f"{target.comparator}{show(target)}")


def _meets(target: Figure, done: Figure) -> bool:
    return _MEETS[target.comparator](done.value, target.value)


def _check_sums(facts: Facts, rows: list[Row]) -> Iterator[Finding]:
    totals = sorted((row for row in rows if _is_total(row)), key=lambda row: "权重" not in row)
    items = [row for row in rows if not _is_total(row) and "权重" in row and not _is_heading(row)]
    if not totals or len(items) < 3:
        return
    total = totals[0].get("得分") or totals[0].get("权重")
    if total is None:
        return
    unscored = [row["权重"] for row in items if "得分" not in row]
    scored = [row["得分"] for row in items if "得分" in row]
    if not scored:
        return
    earned = sum((figure.value for figure in scored), Decimal(0))
    if unscored and earned + sum((figure.value for figure in unscored), Decimal(0)) >= total.value > earned:
        names = "、".join(f"“{figure.metric}”" for figure in unscored)
        message = f"{names}没有填得分，已填各项得分之和为 {earned}，合计 {total.printed}。"
        yield facts.finding("score", [*unscored, total], message, f"得分 {total.value - earned}", severity="warning")
    elif not unscored and earned != total.value and _weights_agree(items, totals[0]):
        message = f"各项得分之和为 {earned}，合计却为 {total.printed}。"
        yield facts.finding("score", [total, *scored], message, str(earned))


def _weights_agree(items: list[Row], total: Row) -> bool:
    """Whether the rows read are all there are: their weights make 100 or the printed total."""
    weights = sum((row["权重"].value for row in items), Decimal(0))
    return weights == (total["权重"].value if "权重" in total else 100)


def _is_heading(row: Row) -> bool:
    """产出指标（40 分）: the weight of a group of indicators."""
    return row.keys() == {"权重"} and row["权重"].metric.endswith("指标")


def _is_total(row: Row) -> bool:
    metric = next(iter(row.values())).metric
    return metric.endswith(("合计", "总分", "自评得分", "总得分"))
