"""Every case of knowledge/rules/statements/*.cases.toml: a piece of running text and all that it claims.

A claim is written ``rule: code metric < parent | scope | measure | value unit``; the list is complete. ``without`` names a
rule that must claim nothing in the text: each rule has a case where it reads and one where it must not.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.numbers import find_formal_amounts
from knowledge.rules.statements.ignored import IGNORED, find_ignored
from tests.statement_cases import read_text, render, report_of

FOLDER = Path(__file__).parents[1] / "knowledge/rules/statements"
CASES = {
    f"{file.name.removesuffix('.cases.toml')}: {case['name']}": case
    for file in sorted(FOLDER.glob("*.cases.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
}
RULES = sorted(
    {rule for file in FOLDER.glob("*.py") for rule in re.findall(r'"(statement\.\w+)"', file.read_text("utf-8"))}
)


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    """A text claims exactly what its case lists, each at the place where it is printed."""
    case = CASES[name]
    report = report_of(case["text"], case.get("kind", "决算"), case.get("heading", "情况说明"))
    claims = read_text(report).claims
    assert [render(claim) for claim in claims] == case["claims"]
    for claim in claims:
        assert claim.rule != case.get("without")
        assert claim.quote[0] <= claim.start < claim.end <= claim.quote[1]


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_cases_for_and_against(rule: str) -> None:
    """A rule reads something in one case and must keep silent in another."""
    prefix = rule.removeprefix("statement.") + ": "
    assert any(claim.startswith(prefix) for case in CASES.values() for claim in case["claims"])
    assert any(case.get("without") == rule for case in CASES.values())


def test_a_decimal_at_the_end_of_a_line_is_no_page_number() -> None:
    assert find_ignored("公务接待费支出 2.60") == []
    assert [span.reason for span in find_ignored("部门职责……12")] == ["页码"]


@given(
    st.text(
        "（若年初预算基数为0《》〔20231〕第号A9单价万元以上岁至到月日近三每天:时分钟-·+版“附表类款)①、.一率达=%…热线",
        max_size=30,
    )
)
def test_a_pattern_is_looked_for_wherever_it_can_match(text: str) -> None:
    for _, _, signs, pattern in IGNORED:
        assert not pattern.search(text) or signs & set(text)


_PIECES = st.sampled_from(
    ["收入合计", "“三公”经费", "公务接待费", "支出决算为", "其中：", "占", "增加", "下降", "完成预算的", "（", "）", "、", "，", "。", "；", "：",
     "与2022年相比", "分别为", "共计", "2023年", "1.", "（1）", "人", "辆", "万元", "%", "元", "0", "12.5", "1,234.56", "-3", "≥", "印制", "资料", "1-6月",
     "〔2023〕11号", "单价100万元以上", "教育（类）普通教育（款）", "小学教育（项）", "\n", " ", "测试县水务局", "拾万元", "每人每年", "用于", "得分", "分"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_every_claim_is_printed(text: str) -> None:
    """No text raises; a claim has a name, and its place in the source holds the digits of its value."""
    report = report_of(text)
    for claim in read_text(report).claims:
        printed = "".join(report.printed(claim.start, claim.end).split()).replace(",", "")
        assert printed == "拾" or Decimal(printed) in (claim.value, -claim.value)
        assert claim.metric not in ("", "其中", "合计", "共计")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("拾万元", "10", "万元"),
        ("叁佰贰拾元整", "320", "元"),
        ("壹仟伍佰万元", "1500", "万元"),
        ("贰拾叁元", "23", "元"),
    ],
)
def test_capital_numerals(text: str, value: str, unit: str) -> None:
    (amount,) = find_formal_amounts(text)
    assert (amount.value, amount.unit) == (Decimal(value), unit)
    assert list(find_formal_amounts("10万元，四五十人")) == []
