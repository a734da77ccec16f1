"""Folding, joining of wrapped lines with their map back, and the number lexer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbers import find_amounts, parse_chinese_number, parse_number
from knowledge.text import display_width, fold, fold_text, join_lines


@pytest.mark.parametrize(
    ("expected", "source"),
    [
        ("收入7413.59万元", "收入 7413.59\n\n万元"),
        ("其他人员0人。", "其他人员 0人。"),
        ("DRG试点", " DRG 试点"),
        ("共12 34人", "共 12\n34 人"),
        ("（一）2022年", "(一)２０２２ 年"),
    ],
)
def test_wrapped_lines_read_as_a_person_reads_them(expected: str, source: str) -> None:
    spans, start = [], 0
    for line in source.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    assert join_lines(source, spans).text == expected


@given(st.lists(st.text(alphabet="收入支出12.5万元 　（）%\t", max_size=12), max_size=6))
def test_every_joined_character_knows_where_it_stood(lines: list[str]) -> None:
    source = "\n".join(lines)
    spans, start = [], 0
    for line in lines:
        spans.append((start, start + len(line)))
        start += len(line) + 1
    flow = join_lines(source, spans)
    assert len(flow.text) == len(flow.offsets)
    assert list(flow.offsets) == sorted(flow.offsets)
    for character, offset in zip(flow.text, flow.offsets, strict=True):
        assert character == " " or fold_text(source[offset]) == character


@given(st.text())
def test_a_text_is_folded_character_by_character(text: str) -> None:
    assert fold_text(text) == "".join(map(fold, text))
    assert len(fold_text(text)) == len(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ([("7413.59", "万元", None, False)], "收、支总计7413.59万元"),
        ([("4596.52", "万元", None, False)], "总额4,596.52万元"),
        ([("95", "%", "≥", False)], "满意度≥95％"),
        ([("95", "%", "≥", False)], "满意度不低于95%"),
        ([("10", "%", "≤", False)], "控制在10%以内"),
        ([("1000", "张", None, True)], "张贴1000余张举报电话"),
        ([("580", "元/人", None, False)], "补助标准580元/人"),
        ([("0.00", "万元", None, False), ("0", "个", None, False)], "支出0.00万元，团组0个"),
        ([], "发放到位，没有数字"),
    ],
)
def test_amounts_are_read_with_unit_and_comparator(
    expected: list[tuple[str, str, str | None, bool]], text: str
) -> None:
    found = [(str(a.value), a.unit, a.comparator, a.approximate) for a in find_amounts(fold_text(text))]
    assert found == expected


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_printed_digits_are_kept(value: Decimal) -> None:
    assert parse_number(f"{value:,}") == value
    assert str(parse_number(f"{value}")) == f"{value}"


@pytest.mark.parametrize("text", ["", "一", "1.2.3", "12a", "."])
def test_what_is_no_number_gives_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.text(max_size=60))
def test_the_lexer_never_raises_and_its_spans_are_the_digits(text: str) -> None:
    folded = fold_text(text)
    for amount in find_amounts(folded):
        assert parse_number(folded[amount.start : amount.end]) == amount.value


@pytest.mark.parametrize(("expected", "text"), [(Decimal(2022), "二〇二二"), (Decimal(100000), "拾万"), (None, "甲乙")])
def test_chinese_numerals(expected: Decimal | None, text: str) -> None:
    assert parse_chinese_number(text) == expected


@pytest.mark.parametrize(("expected", "text"), [(0, ""), (4, "a 1."), (5, "渠县 "), (7, "（一）a"), (2, "　")])
def test_a_chinese_character_takes_two_columns(expected: int, text: str) -> None:
    assert display_width(text) == expected
