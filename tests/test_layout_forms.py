"""Several projects under one title, glossaries with what is appended behind them, names that end with their cells."""

from __future__ import annotations

import pytest

from knowledge.extract import Extraction, extract_figures
from knowledge.layout.blocks import Report
from knowledge.layout.build import build_report
from knowledge.models import Source
from knowledge.readers.text import split_lines


def report_of(text: str) -> Report:
    """The report that a text document is."""
    printed = text.strip("\n")
    return build_report(Source(document="a.txt", format="text", sha256="0", text=printed, lines=split_lines(printed)))


def subjects(extraction: Extraction) -> list[tuple[str, str | None]]:
    """The targets of indicators with the project that each is of."""
    return [(figure.metric, figure.subject) for figure in extraction.figures if figure.measure == "目标值"]


TABS = """
测试县水务局2023年度部门决算
项目支出绩效自评表
项目名称\t河道清淤
项目资金（万元）\t年初预算数\t全年预算数\t全年执行数
年度资金总额\t100.00\t90.00\t90.00
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t清淤长度\t≥12公里\t12公里\t30\t30
效益指标\t社会效益指标\t村民满意度\t≥90%\t95%\t30\t30

项目名称\t水文监测
产出指标\t数量指标\t监测站点\t≥8个\t8个\t30\t30
效益指标\t社会效益指标\t数据完整率\t≥99%\t99%\t30\t30
"""


def test_each_project_of_a_table_has_its_own_indicators() -> None:
    """A second 项目名称 in the rows of a form begins the form of another project, with the columns of the first."""
    found = subjects(extract_figures(report_of(TABS)))
    assert found == [
        ("清淤长度", "河道清淤"), ("村民满意度", "河道清淤"), ("监测站点", "水文监测"), ("数据完整率", "水文监测"),
    ]  # fmt: skip


def test_each_project_of_flattened_lines_has_its_own_indicators() -> None:
    """The same where the cells of a row are parted by single spaces."""
    found = subjects(extract_figures(report_of(TABS.replace("\t", " "))))
    assert found == [
        ("清淤长度", "河道清淤"), ("村民满意度", "河道清淤"), ("监测站点", "水文监测"), ("数据完整率", "水文监测"),
    ]  # fmt: skip


def test_a_table_of_projects_is_no_form() -> None:
    """项目名称 above a column of names opens no form, though a form comes below."""
    text = """
测试县水务局2024年部门预算
项目支出情况表
单位：万元
项目名称\t项目单位\t合计\t本年拨款
合计\t\t50.00\t50.00
河道清淤\t测试县水务局\t30.00\t30.00
水文监测\t测试县水务局\t20.00\t20.00

项目支出绩效目标表
项目名称\t河道清淤
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t清淤长度\t≥12公里
"""
    figures = extract_figures(report_of(text)).figures
    assert [(figure.metric, figure.printed) for figure in figures if figure.split == "本年拨款"] == [
        ("项目支出", "50.00"), ("河道清淤", "30.00"), ("水文监测", "20.00"),
    ]  # fmt: skip


LISTED = """
测试县水务局2023年部门预算
部门预算项目绩效目标表
单位：万元
序号	项目名称	预算金额	绩效目标	绩效指标	指标值
1	河道清淤	120.00	清理河道淤积	清淤长度	≥12公里
				村民满意度	≥90%
2	水文监测	30.50	及时报送水情	监测站点	≥8个
	合计	150.50			
"""


def test_a_list_of_projects_with_their_goals_is_read_row_by_row() -> None:
    """Each project has its money and its own indicators; words above the columns are no project, nor is the total."""
    figures = extract_figures(report_of(LISTED)).figures
    assert [(figure.metric, figure.measure, figure.printed, figure.unit, figure.subject) for figure in figures] == [
        ("项目预算", "预算数", "120.00", "万元", "河道清淤"),
        ("清淤长度", "目标值", "12", "公里", "河道清淤"),
        ("村民满意度", "目标值", "90", "%", "河道清淤"),
        ("项目预算", "预算数", "30.50", "万元", "水文监测"),
        ("监测站点", "目标值", "8", "个", "水文监测"),
    ]


def test_a_name_beside_its_label_lists_no_projects() -> None:
    """项目名称 with its name beside it opens the form of one project."""
    text = LISTED.replace(
        "序号\t项目名称\t预算金额\t绩效目标\t绩效指标\t指标值",
        "项目名称\t河道疏浚\n一级指标\t二级指标\t三级指标\t指标值",
    )
    figures = extract_figures(report_of(text)).figures
    assert {figure.subject for figure in figures} <= {"河道疏浚", None}


def test_what_is_appended_behind_the_glossary_is_read() -> None:
    """An appendix without a part of its own is not the glossary's."""
    text = """
测试县水务局2023年度部门决算
第一部分 决算情况说明
一、支出决算情况说明
本年支出合计100.00万元。
第二部分 名词解释
一、基本支出：指为保障机构正常运转而发生的支出，如10万元以下的购置。
附件
测试县水务局2023年度部门整体支出绩效自评报告
一、基本情况
全年清淤河道12公里，投入资金36.50万元。
"""
    printed = [figure.printed for figure in extract_figures(report_of(text)).figures]
    assert printed == ["100.00", "12", "36.50"]


def test_a_name_ends_with_its_cell() -> None:
    """Cells of neighbouring columns and lines make no name together."""
    text = """
测试县水务局2023年度部门决算
一、机构设置
序号\t单位名称\t单位性质
1\t测试县水务局（本级）\t行政单位
2\t测试县水文监测中心\t公益一类事业单位
局机关内设办公室、规划股。
二、测试县水务局部门预算单位构成
我局共有预算单位2个。
"""
    identity = report_of(text).identity
    assert (identity.agency, [name for name in identity.agency_aliases if "单位" in name or "我局" in name]) == (
        "测试县水务局", [],
    )  # fmt: skip


def test_items_of_the_classification_are_no_bodies() -> None:
    """Under 单位（科目名称） stand bodies and items; an item is what the money is for."""
    text = """
测试县水务局2024年部门预算
部门支出总体情况表
单位：万元
科目编码\t\t\t单位（科目名称）\t总计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
\t\t\t合计\t300.00\t200.00\t100.00
208\t05\t01\t行政单位离退休\t50.00\t50.00\t
213\t03\t01\t行政运行\t150.00\t150.00\t
213\t03\t05\t水利工程建设\t100.00\t\t100.00
"""
    figures = extract_figures(report_of(text)).figures
    assert {figure.agency for figure in figures} == {"测试县水务局"}
    assert "水利工程建设" in {figure.metric for figure in figures}


PLANS = """
测试县水务局2023年部门预算
2023年项目绩效目标表
项目名称\t河道清淤\t业务主管部门\t测试县水务局
2023年预算\t900,000.00元\t本级安排（元）\t900,000.00
绩效指标\t指标\t指标权重\t计量单位\t指标性质\t指标值
\t清淤长度\t50\t公里\t≥\t12
\t村民满意度\t50\t%\t≥\t90
"""


def test_a_plan_whose_names_stand_under_a_short_header() -> None:
    """指标 alone heads the names; unit and comparator of a target stand in cells of their own, the budget beside its year."""
    figures = extract_figures(report_of(PLANS)).figures
    read = [(figure.metric, figure.measure, figure.comparator, figure.printed, figure.unit) for figure in figures]
    assert ("清淤长度", "目标值", "≥", "12", "公里") in read
    assert ("村民满意度", "目标值", "≥", "90", "%") in read
    assert ("项目预算", "预算数", None, "900,000.00", "元") in read


TRANSFER = """测试县水务局2022年度项目支出绩效自评报告

一、测试县水务局的工作
测试县水务局实施河道清淤。测试县水务局组织了自评。

河道清淤补助资金绩效目标自评表
转移支付（项目）名称{gap}河道清淤补助资金
中央主管部门{gap}水利部
地方主管部门{gap}{owner}{gap}资金使用单位{gap}测试县河道管理中心
项目资金（万元）{gap}全年预算数{gap}全年执行数{gap}分值{gap}执行率{gap}得分
年度资金总额{gap}50.00{gap}48.00{gap}10{gap}96%{gap}9.6
绩效指标{gap}一级指标{gap}二级指标{gap}三级指标{gap}年度指标值{gap}实际完成值{gap}分值{gap}得分
产出指标{gap}数量指标{gap}清淤长度{gap}≥5公里{gap}6公里{gap}90{gap}89
总分{gap}100{gap}98.6

20
"""


@pytest.mark.parametrize("gap", [" ", "\t"])
@pytest.mark.parametrize(
    ("owner", "agency"), [("测试县水务局", "测试县水务局"), ("测试县农业农村局", "测试县河道管理中心")]
)
def test_a_form_belongs_to_the_report_where_a_body_of_any_level_is_its_own(gap: str, owner: str, agency: str) -> None:
    figures = extract_figures(report_of(TRANSFER.format(gap=gap, owner=owner))).figures
    assert {figure.agency for figure in figures if figure.rule.startswith("form-")} == {agency}


def test_a_page_number_behind_a_form_is_no_part_of_it() -> None:
    text = TRANSFER.format(gap=" ", owner="测试县水务局")
    found = {(figure.metric, figure.measure, figure.printed) for figure in extract_figures(report_of(text)).figures}
    assert ("绩效自评合计", "得分", "98.6") in found


SCORES = """测试县水务局2022年度部门决算

一、绩效自评情况
2022年度河道清淤项目自评得分98.6分。
1.村庄供水项目：全年预算数为12.00万元，执行数为11.00万元，自评得分95分。
2.水库管护项目：全年预算数为12.00万元，自评得分90分。

2022年项目支出绩效自评表
单位：万元
项目名称\t全年预算数\t全年执行数\t执行率\t自评得分
河道清淤\t50.00\t48.00\t96%\t98.6
村庄供水\t12.00\t11.00\t91.67%\t95
"""


def test_a_score_told_in_a_sentence_belongs_to_the_project_that_it_names() -> None:
    figures = extract_figures(report_of(SCORES)).figures
    scored = {figure.printed: figure.subject for figure in figures if figure.rule == "statement.score"}
    assert scored == {"98.6": "河道清淤", "95": "村庄供水", "90": None}
