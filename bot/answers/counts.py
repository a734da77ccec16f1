"""Questions that say what is counted: 公务接待多少批次 asks for batches, never for the money spent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.answers.fits import Fit, turned
from bot.answers.knowledge_base import Item
from bot.answers.matching import opposite, plain, stem
from bot.questions.facets.units import is_money
from knowledge.vocabulary import units

_PERSONS, _TIMES = frozenset({"人", "名", "位", "个", "人次"}), frozenset({"次", "批", "批次", "场", "场次"})
_HEADS = frozenset({"人", "名", "位", "人次"})
_HOUSES = frozenset({"户"})
_APART = ((_HEADS, _TIMES), (_TIMES, _HEADS), (_HEADS, _HOUSES), (_HOUSES, _HEADS))
_ALIKE = {
    **dict.fromkeys(("人", "名", "位"), _PERSONS),
    "人次": frozenset({"人次", "人"}),
    "个": frozenset({"个", "家", "所", "项", "次"}),
    "家": frozenset({"家", "个", "所", "户"}),
    "工作日": frozenset({"工作日", "个工作日", "日", "天"}),
    **dict.fromkeys(_TIMES, _TIMES),
}
_COUNTED, _OWN = 90.0, 96.5
DOMESTIC = "国内"
_ABROAD = "外"
_PIECE = "个"
_COUNT = re.compile("(?:人次|批次|次数|人数|户数|家数|个数|数量|数)$")


def counted_unit(unit: str | None) -> str | None:
    """The unit that a question counts in, None for money and where none is said."""
    return unit if unit and not is_money(unit) and unit not in ("%", "‰") else None


def same_unit(unit: str | None, asked: str) -> bool:
    """Whether a figure's unit is what was asked for: 万人 for 人, 名 for 人, 批次 for 次."""
    known, wanted = units().get(unit or ""), units().get(asked)
    base = known.base if known else unit
    return base == (wanted.base if wanted else asked) or base in _ALIKE.get(asked, ())


def other_count(unit: str | None, asked: str) -> bool:
    """Whether one of two units counts persons and the other how often, or households: 人次 and 批次, 人 and 户."""
    return any(unit in one and asked in other for one, other in _APART)


def counted_fits(words: str, term: str, items: Iterable[Item], unit: str) -> Iterator[Fit]:
    """Items counted in the unit whose name holds what is asked about: 公务接待, 批次 → 国内公务接待批次.

    First that of the standard ``term`` itself: of 接待 公务接待批次, before 外宾接待批次.
    """
    asked, own = stem(plain(words)), stem(plain(term))
    for item in items:
        names = [plain(name) for name in item.names]
        if not any(same_unit(other, unit) or (other == _PIECE and _ends_in(names[0], unit)) for other in item.units):
            continue
        if any(_is_named(asked, name) and not opposite(asked, name) for name in names):
            terms = [term for term in (own, asked) if term]
            score = _OWN if any(_counts(term, name) for name in names for term in terms) else _COUNTED
            yield Fit(item, score - (2 if item.subject else 0))


def _ends_in(name: str, unit: str) -> bool:
    """Whether a name says what it counts, so that a form may print 个: 组织培训次数."""
    return name.removesuffix("数").endswith(unit)


def _is_named(asked: str, name: str) -> bool:
    """Whether a name holds the words, or says the same the other way round: 接待来宾 and 来宾接待人次."""
    return asked in name or turned(asked, _COUNT.sub("", name))


def _counts(term: str, name: str) -> bool:
    """Whether a plain name is that of a count of a term: 公务接待批次 or 国内公务接待批次 of 公务接待."""
    unit = name.removeprefix(DOMESTIC).removeprefix(term)
    return len(unit) < len(name) and (unit in units() or unit == "人数")


def counted_so(good: list[Fit], unit: str | None) -> list[Fit]:
    """Fits counted in the unit asked for, where there are any: 农村低保对象有多少人 asks for no households."""
    said = [fit for fit in good if unit and any(same_unit(own, unit) for own in fit.item.units)]
    return said or good


def at_home(good: list[Fit], asked: str) -> list[Fit]:
    """公务接待批次 are the domestic ones where a report tells them from those of foreigners."""
    if not any(plain(fit.item.metric) == DOMESTIC + asked for fit in good):
        return good
    return [fit for fit in good if _ABROAD not in fit.item.metric]
