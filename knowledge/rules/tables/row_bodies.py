"""The body that a row is about, by its full name: 县医疗保障事务中心 in a report of 平江县医疗保障局 is one of 平江县."""

from __future__ import annotations

import re

from knowledge.regions import leading_regions
from knowledge.rules.tables.labels import parse_label

_ALL = re.compile(r"汇总|合计")
_ITSELF = re.compile(r"[局委办院厅部处会]?(?:机关|本级|本部)")
_LEVELS = "县市区旗州"


def is_all(name: str) -> bool:
    """Whether a cell below 单位名称 says that the row is of all bodies: 合计, 局机关及二级机构汇总."""
    return parse_label(name).is_total or bool(_ALL.search(name))


def full_name(name: str, agency: str) -> str:
    """The body that a cell below 单位名称 names in a report of ``agency``.

    >>> full_name("1、局机关", "渠县医疗保障局"), full_name("2、县医疗保障事务中心", "渠县医疗保障局")
    ('渠县医疗保障局机关', '渠县医疗保障事务中心')
    """
    bare = parse_label(name).name
    if _ITSELF.fullmatch(bare):
        return f"{agency}{bare[-2:]}"
    place = agency[: leading_regions(agency)[1]]
    if bare[:1] in _LEVELS and place[-1:] == bare[:1] and not leading_regions(bare)[1]:
        return f"{place}{bare[1:]}"
    return bare
