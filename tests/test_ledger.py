"""What became of each printed number: those that no rule claims."""

from __future__ import annotations

import pytest

from knowledge.extract import extract_figures
from tests.statement_cases import report_of

LONG = "办公室按照要求组织开展工作。\n" * 4


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([("2023", "日期"), ("12", "日期"), ("31", "日期")], "2023年12月31日"),
        ([("2023", "日期"), ("12", "日期"), ("31", "日期")], "截至2023\n\n年12月31\n日"),
        ([("2019", "文号"), ("15", "文号")], "测水\n〔2019〕\n15号"),
        ([("2019", "文号"), ("46", "文号")], "池人社发【2019】46号"),
        ([("123", "文号"), ("6", "文号"), ("2023", "文号"), ("00020", "文号")], "索引号：123-6/2023-00020"),
        ([("2023", "日期"), ("4", "日期"), ("27", "日期"), ("14", "时刻"), ("20", "时刻"), ("36", "时刻")], "2023年4月27日 14:20:36"),
        ([("23", "经纬度"), ("29", "经纬度")], "地跨北纬23°29′"),
        ([("31", "浏览次数")], "医疗资讯 31阅读"),
        ([("0377", "电话"), ("65", "电话")], "联系电话：0377-65×××××"),
        ([("123", "文号"), ("6", "文号"), ("2023", "文号"), ("00020", "文号")], "索引号: | 123-6/2023-00020 | 公开方式: | 主动公开 |"),
        ([("100", "算式")], "预算执行率（B/A×100%）"),
        ([("1", "序号")], "1)数量指标"),
        ([("01", "序号"), ("1", "序号")], "国卫财01-1表"),
        ([("3", "页码"), ("4", "页码"), ("9", "页码")], f"{LONG}- 3 -\n{LONG}第4页 共9页\n{LONG}"),
        ([("1", "序号"), ("2", "序号")], f"1.\n办公室\n{LONG}2.\n财务室"),
    ],
)  # fmt: skip
def test_numbers_are_ignored_by_name(expected: list[tuple[str, str]], text: str) -> None:
    assert _without_figures(text) == [(printed, "ignored", reason) for printed, reason in expected]


def test_what_nothing_names_is_unread() -> None:
    assert _without_figures(f"{LONG}×7×\n{LONG}") == [("7", "unread", "")]


def _without_figures(text: str) -> list[tuple[str, str, str]]:
    """Numbers of the text (the title's year aside) that are no figures."""
    ledger = extract_figures(report_of(text)).ledger[1:]
    return [(entry.printed, entry.fate, entry.reason) for entry in ledger if entry.fate != "figure"]
