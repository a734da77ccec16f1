"""名词解释 and sentences that say there is none."""

from __future__ import annotations

import pytest

from knowledge.layout.blocks import Paragraph
from knowledge.rules.absences import find_absent, read_absences
from knowledge.rules.glossary import read_glossary
from tests.statement_cases import report_of


def last_paragraph(text: str) -> tuple[Paragraph, object]:
    report = report_of(text, heading="名词解释")
    paragraph = [block for block in report.blocks if isinstance(block, Paragraph)][-1]
    return paragraph, report


@pytest.mark.parametrize(
    ("text", "term", "opening"),
    [
        ("1.基本支出：指为保障机构正常运转而发生的支出。", "基本支出", "指为保障"),
        ("二、“三公”经费：指用财政拨款安排的三项费用。", "“三公”经费", "指用财政拨款"),
        ("（三）机关运行经费，是指为保障行政单位运行的资金。", "机关运行经费", "是指为保障"),
        ("事业收入是指事业单位开展专业活动取得的收入。", "事业收入", "是指事业单位"),
        ("六、购房补贴（项）：反映向职工发放的住房补贴。", "购房补贴", "反映向职工"),
        ("教育支出（类）普通教育（款）小学教育（项）：反映各部门举办小学的支出。", "教育支出（类）普通教育（款）小学教育（项）", "反映各部门"),
    ],
)  # fmt: skip
def test_a_definition_has_its_term_and_place(text: str, term: str, opening: str) -> None:
    paragraph, report = last_paragraph(text)
    (definition,) = read_glossary(paragraph, report).definitions  # type: ignore[arg-type]
    assert definition.term == term
    assert definition.text.startswith(opening)
    assert definition.place.line == 5


@pytest.mark.parametrize(
    "text", ["本单位不涉及专用名词。", "第四部分", "其中：指各项费用的合计，逐年公布。", "（以下名词供参考）"]
)
def test_other_paragraphs_define_nothing(text: str) -> None:
    paragraph, report = last_paragraph(text)
    assert read_glossary(paragraph, report).definitions == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("本年度没有“三公”经费支出。", ["三公经费"]),
        ("2023年度我单位无政府性基金预算收入支出。", ["政府性基金预算财政拨款收入", "政府性基金预算财政拨款支出"]),
        ("本部门没有使用国有资本经营预算安排的支出。", []),
        ("本部门2023年度无国有资本经营预算财政拨款支出。", ["国有资本经营预算财政拨款支出"]),
        ("我局无因公出国（境）费用支出，未发生公务用车购置情况。", ["因公出国（境）费", "公务用车购置费"]),
        ("主要原因是我单位无公务用车购置及运行维护费和公务接待费。", ["公务用车购置及运行维护费", "公务接待费"]),
        ("与上年相比，无法形成对比，无上年数据，无增减变化。", []),
        ("全面推进无障碍设施建设，有无公务接待费均应说明。", []),
        ("公务接待费支出3.20万元。", []),
    ],
)
def test_what_there_is_none_of(text: str, metrics: list[str]) -> None:
    assert [metric.name for metric in find_absent(text)] == metrics


def test_an_absence_cites_its_sentence() -> None:
    report = report_of("公务接待费支出0万元。2023年度本部门没有政府性基金预算财政拨款支出。")
    paragraph = [block for block in report.blocks if isinstance(block, Paragraph)][-1]
    (absence,) = read_absences(paragraph, report).absences
    assert absence.text == "2023年度本部门没有政府性基金预算财政拨款支出。"
    assert (absence.metric, absence.year, absence.scope) == (
        "政府性基金预算财政拨款支出",
        2023,
        "政府性基金预算财政拨款",
    )
    assert report.printed(absence.place.start, absence.place.end) == absence.text
