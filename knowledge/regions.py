"""Provinces, cities and counties (行政区划) with their codes, present and former names.

From vocabulary/regions.csv: present divisions from the npm package china-division (MIT), former names from the PyPI
package GB2260 (BSD). A code of six digits says what lies in what: 511725 渠县 in 511700 达州市 in 510000 四川省.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_SHORT_PEOPLES = "回藏彝苗壮瑶白傣侗黎土羌水怒京满畲佤各"
_ENDING = re.compile(
    rf"(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|(?:(?:[{_SHORT_PEOPLES}]|达斡尔|哈萨克|[\u4e00-\u9fff][^{_SHORT_PEOPLES}])族)+自治[州县旗]|自治[州县旗]|地区|林区|特区|新区|[省市区县旗盟州])$"
)


_OTHER_PLACE = re.compile("[\u4e00-\u9fff]?[市县区旗]")
_NO_PLACES = frozenset(
    {"新区", "城区", "园区", "社区", "街区", "校区", "市", "县", "区", "旗", "城市", "库区", "林区", "矿区", "景区"}
)


class Region(NamedTuple):
    """A division: its code, its name, and names that it had before (澄江市, before 澄江县)."""

    code: int
    name: str
    former: tuple[str, ...] = ()


@cache
def regions() -> dict[int, Region]:
    """All divisions by code."""
    text = files("knowledge.vocabulary").joinpath("regions.csv").read_text("utf-8")
    _, *rows = csv.reader(text.splitlines())
    return {
        int(code): Region(int(code), name, tuple(former.split("|")) if former else ()) for code, name, former in rows
    }


def _ordinary(name: str) -> str:
    """A division of a nationality as people call it: 恩施土家族苗族自治州 → 恩施州, 峨山彝族自治县 → 峨山县."""
    if "自治" not in name or name[-1] not in "州县旗":
        return name
    stem = region_stem(name)
    return stem + name[-1] if len(stem) >= 2 else name


def region_stem(name: str) -> str:
    """The name without its ending: 渠县 → 渠, 四川省 → 四川, 恩施土家族苗族自治州 → 恩施."""
    return _ENDING.sub("", name)


@cache
def codes_by_name() -> dict[str, tuple[int, ...]]:
    """Full names, present and former, and the codes of all divisions called so (鼓楼区: four)."""
    found: dict[str, list[int]] = {}
    for region in regions().values():
        for name in (region.name, *region.former):
            for form in {name, _ordinary(name)}:
                found.setdefault(form, []).append(region.code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def codes_by_stem() -> dict[str, tuple[int, ...]]:
    """Names without their ending, two characters or more: 澄江, 四川."""
    found: dict[str, list[int]] = {}
    for name, codes in codes_by_name().items():
        stem = region_stem(name)
        if 2 <= len(stem) < len(name):
            known = found.setdefault(stem, [])
            known.extend(code for code in codes if code not in known)
    return {stem: tuple(codes) for stem, codes in found.items()}


@cache
def longest_name() -> int:
    """How many characters the longest name of a division has."""
    return max(map(len, codes_by_name()))


def level(code: int) -> int:
    """1 province, 2 city, 3 county."""
    return 1 if code % 10000 == 0 else 2 if code % 100 == 0 else 3


def is_within(code: int, outer: int) -> bool:
    """Whether a division lies in another, or is the same.

    >>> is_within(511725, 510000), is_within(511725, 430000)
    (True, False)
    """
    return code == outer or (level(outer) < level(code) and code // _SPAN[level(outer)] == outer // _SPAN[level(outer)])


_SPAN = {1: 10000, 2: 100}


LOCAL = 1_000_000_000
"""Codes from here on are given by a knowledge base to places that are no division of the list (new ones, old ones)."""
_LOCAL_PLACE = re.compile(
    "[\u4e00-\u9fff]{1,3}[^城社校园景库林灾矿辖片街新地山发][县市旗区](?![场政容民域划长委级直属])(?=[\u4e00-\u9fff]{3})"
)


def find_local_place(name: str) -> str | None:
    """The place that a body's name begins with, of a name that begins with no division of the list.

    >>> find_local_place("淮浦市文化广电和旅游局"), find_local_place("农贸市场管理中心")
    ('淮浦市', None)
    """
    place = _LOCAL_PLACE.match(name)
    return place[0] if place else None


def leading_regions(name: str) -> tuple[tuple[int, ...], int]:
    """The divisions that a body's name begins with, innermost, and where they end.

    >>> leading_regions("株洲市石峰区医疗保障局")
    ((430204,), 6)
    """
    codes: tuple[int, ...] = ()
    end = 0
    while True:
        length, inner = _region_at(name, end, codes)
        if not inner or (end and end + length >= len(name)):
            return codes, end
        codes, end = inner, end + length


def _region_at(name: str, start: int, outer: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    for table, shortest in ((codes_by_name(), 2), (codes_by_stem(), 2)):
        for length in range(min(longest_name(), len(name) - start), shortest - 1, -1):
            found = table.get(name[start : start + length], ())
            inner = tuple(code for code in found if not outer or any(is_within(code, one) for one in outer))
            if not inner or (outer and set(inner) == set(outer)):
                continue
            if table is codes_by_stem() and _goes_on(name, start + length):
                continue
            return length, inner
    return 0, ()


def _goes_on(name: str, end: int) -> bool:
    """Whether what looks like the short name of a division is the beginning of a longer one: 渝北 of 渝北江区."""
    following = _OTHER_PLACE.match(name, end)
    return following is not None and following[0] not in codes_by_name() and following[0] not in _NO_PLACES
