"""Parts against their whole where the terms themselves fix the parts: 三公经费 = 因公出国（境）费 + 公务用车… + 公务接待费."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from knowledge.checks.facts import PLANNED, Facts, Group, base, group_by, half_unit, is_total
from knowledge.checks.rates import said_whole
from knowledge.checks.sums import compare
from knowledge.layout.blocks import Paragraph
from knowledge.models import Figure, Finding
from knowledge.vocabulary import metrics

COMPOSITIONS: dict[str, tuple[str, ...]] = {
    "三公经费": ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"),
    "公务用车购置及运行维护费": ("公务用车购置费", "公务用车运行维护费"),
    "基本支出": ("人员经费", "公用经费"),
    "政府采购支出总额": ("政府采购货物支出", "政府采购工程支出", "政府采购服务支出"),
    "本年支出合计": ("基本支出", "项目支出"),
    "资产总额": ("流动资产", "固定资产"),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "本年支出合计": ("上缴上级支出", "经营支出", "对附属单位补助支出"),
    "资产总额": ("对外投资及有价证券", "对外投资/有价证券", "在建工程", "无形资产", "其他资产"),
}
"""Parts that count where they are printed."""
_FEWEST_ITEMS = 3
_LEVELS = ("（项）", "（款）", "（类）")
_SAME = re.compile(r"与(?:上年|上年度|20\d\d年)[^，。；]{0,12}持平")


def check_parts(facts: Facts) -> Iterator[Finding]:
    """Compositions inside a section or table, and the items of the classification against the total above them."""
    for figures in group_by(facts.figures, _section).values():
        names = {figure.metric for figure in figures}
        for whole, parts in COMPOSITIONS.items():
            if whole not in names:
                continue
            more = tuple(part for part in OPTIONAL.get(whole, ()) if part in names)
            yield from _check_composition(facts, figures, whole, parts + more)
    yield from _check_items(facts)
    for form in facts.forms:
        yield from _check_form(facts, form)
    for paragraph in facts.paragraphs:
        yield from _check_excess(facts, paragraph)


def _section(figure: Figure) -> tuple[object, ...]:
    section = ">".join(figure.section.split(">")[:2])
    return (section, figure.rank, figure.agency, figure.year, figure.subject, figure.measure)


def _check_composition(
    facts: Facts, figures: tuple[Figure, ...], whole: str, parts: tuple[str, ...]
) -> Iterator[Finding]:
    values = {
        name: [figure for figure in figures if figure.metric == name and is_total(figure)] for name in (whole, *parts)
    }
    measure = figures[0].measure
    if measure == "增减额":
        yield from _check_changes(facts, values, whole, parts)
    elif measure not in {"增减率", "占比", "完成率", "权重", "得分"} and all(map(_one_value, values.values())):
        yield from compare(facts, values[whole][0], [values[name][0] for name in parts], "各项")


def _one_value(figures: list[Figure]) -> bool:
    """Printed, and always the same."""
    return len({base(figure) for figure in figures}) == 1


def _check_changes(
    facts: Facts, values: dict[str, list[Figure]], whole: str, parts: tuple[str, ...]
) -> Iterator[Finding]:
    """Changes on the year before; a part that is said to be 持平 has changed by nothing."""
    if not _one_value(values[whole]):
        return
    total = values[whole][0]
    changed = [values[name][0] for name in parts if _one_value(values[name])]
    unchanged = [name for name in parts if not values[name] and _is_said_unchanged(facts, name, total)]
    if not changed or len(changed) + len(unchanged) < len(parts):
        return
    expected = sum(map(base, changed), Decimal(0))
    if abs(expected - base(total)) > sum(map(half_unit, (total, *changed)), Decimal(0)):
        shown = sum((figure.value for figure in changed), Decimal(0))
        message = f"“{whole}”比上年增减 {total.value}{total.unit}，各项增减之和为 {shown}{total.unit}。"
        yield facts.finding("sum", [total, *changed], message, f"{shown}{total.unit}")


def _is_said_unchanged(facts: Facts, metric: str, total: Figure) -> bool:
    top = total.section.split(">")[:2]
    return any(
        _SAME.search(sentence.text) and metric[:4] in sentence.text
        for block in facts.report.blocks
        if isinstance(block, Paragraph) and block.section.path.split(">")[:2] == top
        for sentence in block.sentences
    )


def _check_excess(facts: Facts, paragraph: Group) -> Iterator[Finding]:
    """其中: what is listed under an amount may leave something out, but cannot be more than it."""
    by_whole = group_by(paragraph.figures, lambda figure: (figure.parent, *_alike(figure)))
    for total in paragraph.figures:
        listed_under = by_whole.get((total.metric, *_alike(total)), ())
        parts = [figure for figure in listed_under if figure.place.start > total.place.start]
        names = {figure.metric for figure in parts}
        if len(parts) < 2 or len(names) < len(parts) or any(_standard_parent(name) in names for name in names):
            continue
        listed = facts.report.printed(total.place.end, parts[-1].place.end)
        if _is_complete(total, parts) or _may_overlap(total) or _are_of_others(facts, total, parts):
            continue
        if listed.count("其中") == 1 and "。" not in listed and sum(map(base, parts), Decimal(0)) > base(total):
            yield from compare(facts, total, parts, "其中各项")


def _may_overlap(total: Figure) -> bool:
    """Whether what is listed may count one person twice: 执业医师 and 高级职称 of 卫生技术人员, but not 行政编制 and 事业编制."""
    return total.unit in ("人", "名") and "编制" not in total.metric


def _are_of_others(facts: Facts, total: Figure, parts: list[Figure]) -> bool:
    """Whether shares are said to be of something else than the share above them: 占政府采购支出总额的, 占货物支出金额的."""
    wholes = {said_whole(facts, figure) for figure in (total, *parts)} - {""}
    return total.measure == "占比" and len(wholes) > 1


def _is_complete(total: Figure, parts: list[Figure]) -> bool:
    """Whether the first parts make the total: what is listed behind them is none, or divides it in another way."""
    return any(abs(sum_ - base(total)) <= half_unit(total) for sum_ in accumulate(map(base, parts)))


def _alike(figure: Figure) -> tuple[object, ...]:
    """What a whole and its parts have in common."""
    return figure.measure, figure.unit, figure.year, figure.agency, figure.subject


def _standard_parent(name: str) -> str | None:
    """What a standard term is part of: 人员经费 of 基本支出."""
    term = metrics().get(name)
    return term.parent if term else None


def _check_form(facts: Facts, form: tuple[Figure, ...]) -> Iterator[Finding]:
    """基本支出 of a form of the whole body against its targets for 人员经费 and 公用经费."""
    whole = [figure for figure in form if figure.metric == "基本支出" and figure.measure in PLANNED]
    parts = [
        next((figure for figure in form if figure.measure == "目标值" and figure.metric in names), None)
        for names in (("人员经费",), ("公用经费", "日常公用经费"))
    ]
    if not whole or parts[0] is None or parts[1] is None or parts[0].unit != parts[1].unit:
        return
    known = [parts[0], parts[1]]
    expected = known[0].value + known[1].value
    if "万元" in {whole[0].unit, known[0].unit} and abs(expected - whole[0].value) > sum(map(_half_digit, known)):
        message = f"“基本支出”预算 {whole[0].printed}，人员经费与公用经费的目标之和为 {expected}。"
        yield facts.finding("sum", [whole[0], *known], message, f"{expected}{known[0].unit}")


def _half_digit(figure: Figure) -> Decimal:
    return Decimal(5).scaleb(int(figure.value.as_tuple().exponent) - 1)


def _check_items(facts: Facts) -> Iterator[Finding]:
    """1. …（类）…（款）…（项）支出决算为 …: the items of a section against the total that stands above them."""
    spent = [figure for figure in facts.figures if figure.measure == "决算数" and figure.rank == 1]
    for figures in group_by(spent, lambda figure: ">".join(figure.section.split(">")[:3])).values():
        items = _items(facts, figures)
        if not items:
            continue
        before = [figure for figure in figures if figure.place.start < items[0].place.start]
        totals = [figure for figure in before if figure.unit == items[0].unit]
        if totals and not any(_agree(total, items) for total in totals):
            yield from compare(facts, totals[-1], items, "以下各项")


def _items(facts: Facts, figures: tuple[Figure, ...]) -> list[Figure]:
    """The items of one level, by the words of their sentences, else of the headings above them; none where levels mix."""
    by_sentence = {figure.id: _level(figure.quote) for figure in figures}
    by_heading = {figure.id: _level("".join(facts.titles.get(figure.section, ())[-1:])) for figure in figures}
    for levels in (by_sentence, by_heading):
        items = [figure for figure in figures if levels[figure.id]]
        one_level = len({levels[figure.id] for figure in items}) == 1
        alone = len({figure.quote_start for figure in items}) == len(items)
        if len(items) >= _FEWEST_ITEMS and one_level and alone:
            return items
    return []


def _level(words: str) -> str | None:
    """How deep in the classification an item is."""
    return next((level for level in _LEVELS if level in words), None)


def _agree(total: Figure, items: list[Figure]) -> bool:
    allowed = sum(map(half_unit, (total, *items)), Decimal(0))
    return abs(sum(map(base, items), Decimal(0)) - base(total)) <= allowed
