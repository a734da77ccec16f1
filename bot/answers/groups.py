"""Occurrences of one figure put together, and the order in which figures are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.answers.knowledge_base import Record
from bot.answers.projects import PROJECT_TOTALS
from knowledge.models import Scope
from knowledge.sort_keys import base_value
from knowledge.text import squeeze
from knowledge.vocabulary.classification import names_by_code

SCOPES: tuple[Scope | None, ...] = (
    "全部", None, "财政拨款", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款",
)  # fmt: skip
TOTALS = frozenset({"合计", "本年支出合计", "支出合计", "小计", "总计", "决算数", "金额", "本年支出"})
_SPENT = re.compile(r"决算|支出(?!预算)|收入(?!预算)|执行|实际|完成")
_BASE = re.compile(r"[比较与和同跟][^，,。；;]{0,6}?(预算|上年|去年|\d{4}年)")
_PLAN_OR_DEED = re.compile("预算|计划|预计|实际|执行|决算")
_CLAUSE = re.compile("[，,；;。]")
_FROM_BUDGET = re.compile(r"[比较与和同跟](?:\d{4}年)?(?:年初|全年|调整后?)?的?预算(?:数|安排)?")
_UNTIL = re.compile(r"(?:截至|截止到?|到)(?:\d{4}年|当年)?(\d{1,2})月|全年|年[末底]")
_OTHER_PERIOD = re.compile(r"年来|以来|半年|季度|月")
_CAME_OR_WENT = re.compile("年内|年中|新增|增加|减少|调出|调入|净增")
_CLASS_CODE = 3
_COUNTS = ("数量", "均值")
_TIER = {"决算数": 0, "执行数": 0, "期末数": 0, "数量": 0, "均值": 1, "完成值": 1, "上年数": 1}


@dataclass(frozen=True, slots=True)
class Group:
    """One value as printed in one or more places; ``records`` the best first, ``value`` in the base unit."""

    records: tuple[Record, ...]
    value: Decimal
    split: str | None

    @property
    def first(self) -> Record:
        """The occurrence that is shown."""
        return self.records[0]


def _is_whole_class(record: Record) -> bool:
    """Whether a figure is everything spent on a class of expenditure (农林水支出 in the table of all funds)."""
    return record.scope == "全部" and record.metric in _classes()


@cache
def _classes() -> frozenset[str]:
    return frozenset(name for code, name in names_by_code().items() if code[0] == "2" and len(code) == _CLASS_CODE)


def total_split(record: Record) -> str | None:
    """The table column of a figure, None where it is the whole (合计, or the metric's own column).

    A class of expenditure in a table of income (卫生健康支出 under 本年收入合计) is what was received for it, not what was spent.
    """
    split = record.split
    if split is None or split in TOTALS or split == record.metric:
        return None
    received = "收入" in split and "收入" not in record.metric
    return None if split == record.parent and not received else split


def order(record: Record) -> tuple[object, ...]:
    """Sort key: whole before column, the year before a part of it, main before appended, done before
    planned, widest scope first, place."""
    split = total_split(record)
    return (
        interim_date(record) is not None,
        0 if split is None else 1 if split == "本年收入合计" else 2,
        _period(record) is not None,
        0 if record.rank <= 1 or _is_whole_class(record) else 1,
        _TIER.get(record.measure, 2),
        _counted_in_plan(record),
        SCOPES.index(record.scope) if record.scope in SCOPES else len(SCOPES),
        record.rank,
        record.confidence != "1" and record.confidence != "1.0",
        record.page or 0,
        record.start,
    )


def build_groups(records: Iterable[Record]) -> list[Group]:
    """Equal values of one thing (body, year, metric, project, measure, scope, column) are one group, in showing order."""
    found: dict[tuple[object, ...], list[Record]] = {}
    for record in sorted(records, key=order):
        found.setdefault(_identity(record), []).append(record)
    return [Group(tuple(same), value_of(same[0]), total_split(same[0])) for same in found.values()]


def _identity(record: Record) -> tuple[object, ...]:
    measure = "实际" if record.measure in _TIER else record.measure
    return (
        record.agency_id, record.year, record.subject, measure, record.sort_key, record.base_unit,
        total_split(record), record.comparator,
    )  # fmt: skip


def said_before(record: Record) -> str:
    """What a figure's sentence says before it, without spaces."""
    return squeeze(record.quote[: max(record.start - record.quote_start, 0)])


def is_budget_change(record: Record) -> bool:
    """Whether a change is one of the budget (预算减少1万元), not of what was spent."""
    if record.measure not in ("增减额", "增减率"):
        return False
    clause, sentence = _CLAUSE.split(_FROM_BUDGET.sub("", said_before(record)))[-1], squeeze(record.quote)
    return any("预算" in said and not _SPENT.search(said) for said in (clause, _FROM_BUDGET.sub("", sentence)))


def is_against_budget(record: Record) -> bool:
    """Whether a change is one from the budget (比年初预算数增加11.06万元), not from the year before."""
    bases = _BASE.findall(said_before(record))
    return record.measure in ("增减额", "增减率") and bool(bases) and bases[-1] == "预算"


def interim_date(record: Record) -> str | None:
    """The month said last before a figure in its sentence, where that is one within the year: 截至9月30日执行131.5万元."""
    dates = _dates(record)
    return dates[-1] if dates and dates[-1] not in ("", "12") else None


def _dates(record: Record) -> list[str]:
    """The months, or empty for the whole year, that a figure's sentence says before it."""
    if "月" not in record.quote:
        return []
    return _UNTIL.findall(said_before(record))


def is_planned(record: Record) -> bool:
    """Whether the word nearest before a figure in its sentence says that it was planned (预算参保人数…, 按116元/人)."""
    cues = _PLAN_OR_DEED.findall(said_before(record))
    return bool(cues) and cues[-1] in ("预算", "计划", "预计")


def _counted_in_plan(record: Record) -> bool:
    """Whether a count or a mean is one that was planned with: 按116元/人计算 beside 实际110元/人."""
    return record.measure in _COUNTS and is_planned(record)


def value_of(record: Record) -> Decimal:
    """The value in its base unit (元, 人 …)."""
    return base_value(Decimal(record.value), record.unit)


def rounding(record: Record) -> Decimal:
    """Half a unit of the last printed digit, in the base unit."""
    exponent = Decimal(record.value).as_tuple().exponent
    return base_value(Decimal((0, (5,), int(exponent) - 1)), record.unit)


def contradicts(left: Group, right: Group) -> bool:
    """Whether two groups say different values of the same thing in the same scope, beyond rounding."""
    a, b = left.first, right.first
    if (a.year, a.agency_id, a.subject, left.split, a.base_unit) != (
        b.year,
        b.agency_id,
        b.subject,
        right.split,
        b.base_unit,
    ):
        return False
    if a.subject and a.metric != b.metric and not {a.metric, b.metric} & {a.subject, *PROJECT_TOTALS}:
        return False
    if not {record.scope for record in left.records} & {record.scope for record in right.records}:
        return False
    if {a.measure, b.measure} & {"年初预算数", "预算数", "调整预算数"} and a.measure != b.measure:
        return False
    if _counted_in_plan(a) != _counted_in_plan(b):
        return False
    if _period(a) != _period(b) or different_rows(left.records, right.records):
        return False
    return abs(left.value - right.value) > max(rounding(a), rounding(b))


def _period(record: Record) -> str | None:
    """The stretch of time that a figure covers where it is not the year: 三年来, 下半年, 截至9月30日."""
    if _dates(record):
        return interim_date(record)
    if flow := _flow(record):
        return flow
    return record.note if record.note and _OTHER_PERIOD.search(record.note) else None


def _flow(record: Record) -> str | None:
    """The word that makes a count one of those who came or went, not of those there are: 年内调出3人、退休2人."""
    if record.measure != "数量":
        return None
    clause = _CLAUSE.split(said_before(record))[-1]
    said = _CAME_OR_WENT.search(clause)
    return said.group() if said and said.group() not in record.metric else None


def different_rows(left: Sequence[Record], right: Sequence[Record]) -> bool:
    """Whether classification codes show that two rows of one name are different things (行政运行 of two 款)."""
    a = {record.code for record in left if record.code}
    b = {record.code for record in right if record.code}
    return bool(a and b) and not any(x.startswith(y) or y.startswith(x) for x in a for y in b)
