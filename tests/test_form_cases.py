"""Every case of knowledge/rules/forms/*.cases.toml: what stands in a form, and all that it claims.

A claim is written ``rule: metric < parent | measure | comparator value unit`` with ``| year=…`` where it is not 2022.
A negative case names the rule that must stay silent in ``against``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.layout.blocks import FormBlock, Report
from knowledge.layout.build import build_report
from knowledge.layout.form_words import Word
from knowledge.models import Source
from knowledge.readers.text import split_lines
from knowledge.rules.base import Claim, Reading
from knowledge.rules.forms import read_form
from knowledge.rules.forms.values import Value, parse_value

FILES = sorted(Path(__file__).parents[1].glob("knowledge/rules/forms/*.cases.toml"))
CASES = [case for file in FILES for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]
RULES = {"form-budget", "form-indicator", "form-group", "form-total", "form-funds", "form-data", "form-score"}
HEAD = "项目名称 示范项目\n主管部门 某县某局 实施单位 某县某局\n"
TITLE = "2022年项目支出绩效自评表"


def report_of(title: str, form: str) -> Report:
    """A report of 某县某局, 2022, with one form."""
    head = "" if title != TITLE else HEAD
    text = f"某县某局2022年度部门决算\n\n{title}\n{head}{form}"
    source = Source(document="case.txt", format="text", sha256="0", text=text, lines=split_lines(text))
    return build_report(source, agency="某县某局", year=2022)


def read(report: Report) -> Reading:
    """What all forms of a report claim."""
    reading = Reading()
    for block in report.blocks:
        if isinstance(block, FormBlock):
            reading.extend(read_form(block, report))
    return reading


def render(claim: Claim) -> str:
    """A claim in one line."""
    name = claim.metric + (f" < {claim.parent}" if claim.parent else "")
    value = " ".join(filter(None, [claim.comparator, str(claim.value), claim.unit]))
    year = [f"year={claim.year}"] if claim.year not in (None, 2022) else []
    return f"{claim.rule.partition('.')[0]}: " + " | ".join([name, claim.measure, value, *year])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    """A form claims exactly what its case lists, each at the place where it is printed."""
    report = report_of(str(case.get("title", TITLE)), str(case["form"]))
    assert any(isinstance(block, FormBlock) for block in report.blocks)
    claims = sorted(read(report).claims, key=lambda claim: claim.start)
    assert [render(claim) for claim in claims] == case["claims"]
    check_places(claims, report)


def check_places(claims: list[Claim], report: Report) -> None:
    """The digits of a claim are those that stand at its place."""
    for claim in claims:
        printed = "".join(report.printed(claim.start, claim.end).split()).replace(",", "")
        assert printed == str(claim.value)
        assert claim.quote[0] <= claim.start < claim.end <= claim.quote[1]


def test_every_rule_has_a_case_for_and_against() -> None:
    said = {str(line).partition(":")[0] for case in CASES for line in case["claims"]}
    assert said - {"statement"} == RULES
    assert {case.get("against") for case in CASES} - {None} == RULES
    assert all(
        not any(str(line).startswith(case["against"]) for line in case["claims"]) for case in CASES if "against" in case
    )


PRINTED = (
    "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 产出指标 数量指标 质量指标（15） 满意度指 标 效益指标 年初预算数 全年预算数 执行率 "
    "年度资金总额 其中：财政拨款 其他资金 / —— ≥ ≤ ＜ 定 性 % 元/ 人 分 钟 100% ≥95% 98 0.5 1,050.00 12万人 30 （40 分） 合计 总分 98分 "
    "办理及时率 群众满意度 编制数 控制率 2021年决算数 2022年预算数 三公经费 1、公务接待 备注： 评价结论 自评得分 40居民参保人数 预期目标 "
    "实际完成情况 总体资金情况（元） 基本支出 项目支出 财政拨款 项目名称 主管部门"
)
WORDS = st.sampled_from(PRINTED.split(" "))
LAYOUT = st.lists(st.tuples(WORDS, st.sampled_from([" ", "\t", "    ", "\n", "\n\n"])), max_size=60)


@settings(max_examples=60, deadline=None)
@given(LAYOUT)
def test_no_form_raises_and_digits_are_printed(pieces: list[tuple[str, str]]) -> None:
    """Whatever words a form is made of, reading it raises nothing and every claim's digits stand at its place."""
    form = "".join(word + gap for word, gap in pieces)
    header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
    report = report_of(TITLE, form + "\n" + header + form)
    check_places([claim for claim in read(report).claims if claim.rule.startswith("form-")], report)


@given(
    st.integers(0, 10**7),
    st.integers(0, 99),
    st.sampled_from(["%", "万元", "人次", "个工作日", ""]),
    st.sampled_from(["≥", "≤", ""]),
)
def test_a_value_is_read_back(whole: int, part: int, unit: str, sign: str) -> None:
    """Number, unit and comparator of a printed value come back."""
    text = f"{sign}{whole}.{part:02d}{unit}"
    value = parse_value(Word(text, 10, 10 + len(text), 0, True))
    assert isinstance(value, Value)
    assert (str(value.number), value.unit or "", value.comparator or "") == (f"{whole}.{part:02d}", unit, sign)
    assert text[value.start - 10 : value.end - 10] == f"{whole}.{part:02d}"


@pytest.mark.parametrize(
    "text", ["2022年", "办理率", "7*24", "51172522R000000257337", "100字以内", "第3批", "—", "1.2.3"]
)
def test_what_is_no_value(text: str) -> None:
    assert parse_value(Word(text, 0, len(text), 0, True)) is None


def test_a_label_that_begins_inside_a_value_does_not_hide_the_next_one() -> None:
    report = report_of(
        "2022年项目支出绩效自评表 项目名称 委托业务项目 主管部门 某县某局 实施单位 某县某局", BUDGET_PART
    )
    assert {claim.subject for claim in read(report).claims} == {"委托业务项目"}


BUDGET_PART = """年初预算数 全年预算数 全年执行数 执行率
年度资金总额 80 60 60 100%
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 走访户数 ≥30户 31户 50 50
"""
