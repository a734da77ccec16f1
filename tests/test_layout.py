"""Headings, paragraphs, sections and the identity of a report, on lines written for the tests."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.layout.blocks import Paragraph, Report
from knowledge.layout.build import build_report, table_section
from knowledge.layout.headings import ITEM, PART, SECTION, TITLE, find_contents_end, parse_heading, plain
from knowledge.layout.identity import find_identity, find_place
from knowledge.layout.scopes import find_scope, find_year
from knowledge.layout.segments import full_width, is_page_number, split_projects
from knowledge.models import ReportKind, Role, Section, Source
from knowledge.readers.text import split_lines
from knowledge.text import join_lines


def source_of(text: str, name: str = "报告.txt") -> Source:
    return Source(document=name, format="text", sha256="0" * 64, text=text, lines=split_lines(text))


def report_of(text: str, name: str = "报告.txt") -> Report:
    return build_report(source_of(text, name))


@pytest.mark.parametrize(
    ("level", "ordinal", "title", "run_in", "text"),
    [
        (PART, "第三部分", "决算情况说明", False, "# 第三部分 决算情况说明"),
        (SECTION, "（一）", "总体情况", False, "## **（一）总体情况**"),
        (SECTION, "（一）", "总体情况说明", False, "（一）总体情况说明。"),
        (ITEM, "2", "公务接待费支出 0.07 万元，完成预算 100%", True, "2.公务接待费支出 0.07 万元，完成预算 100%"),
        (ITEM, "1", "基本支出：指为保障机构运转", True, "1.基本支出：指为保障机构运转"),
        (TITLE, "2022年部门整体绩效评价报告", "2022年部门整体绩效评价报告", False, "2022 年部门整体绩效评价报告"),
    ],
)
def test_headings_are_recognised(level: int, ordinal: str, title: str, run_in: bool, text: str) -> None:
    heading = parse_heading(0, plain(text))
    assert heading is not None
    assert (heading.level, heading.ordinal, heading.title, heading.run_in) == (level, ordinal, title, run_in)


@pytest.mark.parametrize("text", ["2022 年收入合计 12.30 万元", "3.14 万元", "万元，占 5%。", "合计 100 100", ""])
def test_figures_are_no_headings(text: str) -> None:
    assert parse_heading(0, plain(text)) is None


def test_the_contents_end_where_their_first_part_comes_again() -> None:
    lines = ["目 录", "第一部分 概况……1", "一、职责……1", "第二部分 说明……3", "第一部分 概况", "一、职责"]
    assert find_contents_end(lines) == 4


def test_a_report_without_contents_begins_at_its_first_line() -> None:
    assert find_contents_end(["第一部分 概况", "一、职责", "正文在此。"]) == 0


WRAPPED = """第二部分 决算情况说明

一、收入决算情况说明

某县水务局二〇二二年度的收入合计较多，全年本年收入合计 120.50

万元，其中：财政拨款收入 118.20 万元，占 98.09%；其他收入 2.30

万元，占 1.91%。

二、其他情况

（一）车辆情况

年末共有车辆 3 辆，其中：

机要通信用车 1 辆、应急保障用车 2 辆。
"""


def paragraphs(report: Report) -> list[str]:
    return [block.flow.text for block in report.blocks if isinstance(block, Paragraph)]


def test_wrapped_lines_become_one_paragraph() -> None:
    found = paragraphs(report_of(WRAPPED))
    assert any(
        "本年收入合计120.50万元，其中：财政拨款收入118.20万元" in text and text.endswith("占1.91%。") for text in found
    )
    assert "年末共有车辆3辆，其中：机要通信用车1辆、应急保障用车2辆。" in found


def test_a_heading_stands_alone() -> None:
    assert "（一）车辆情况" in paragraphs(report_of(WRAPPED))


def test_sections_carry_their_path() -> None:
    paths = [section.path for section in report_of(WRAPPED).sections]
    assert "第二部分>二>（一）" in paths


def test_numbered_notes_below_a_table_are_no_headings() -> None:
    text = "第二部分 报表\n注：1.本表反映总收支情况。\n2.金额单位转换时可能存在尾数误差。\n{}\n另行说明\n"
    assert report_of(text.format("3.本表不含往来款项。")).sections[-1].titles == ("报表",)
    assert report_of(text.format("1.情况说明")).sections[-1].titles == ("报表", "情况说明")


def test_whole_paragraph_lines_are_not_taken_for_wrapped_ones() -> None:
    assert full_width([40, 300, 120, 500, 64, 900, 210]) == 0
    assert full_width([56, 58, 58, 57, 20, 58, 58, 140]) > 50


@pytest.mark.parametrize(
    ("expected", "text"), [(True, "17"), (True, "- 3 -"), (True, "第 5 页 共 9 页"), (False, "17 人")]
)
def test_page_numbers(expected: bool, text: str) -> None:
    assert is_page_number(text) is expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("一般公共预算财政拨款", "五、一般公共预算财政拨款支出决算情况说明"),
        ("财政拨款", "财政拨款收入支出决算总表"),
        ("政府性基金预算财政拨款", "政府性基金预算支出决算情况"),
        ("财政拨款", "一般公共预算和政府性基金预算财政拨款收支"),
        (None, "收入决算表"),
    ],
)
def test_scope_of_a_heading(expected: str | None, text: str) -> None:
    assert find_scope(text) == expected


@pytest.mark.parametrize(
    ("expected", "text"), [(2021, "2021 年度部门决算"), (None, "2020—2021 年比较：2020年与2021年"), (None, "决算")]
)
def test_year_of_a_heading(expected: int | None, text: str) -> None:
    assert find_year(text) == expected


BODIES = [
    (
        "南湖区供销合作社",
        2021,
        ReportKind.BUDGET,
        "南湖区供销合作社2021年部门预算\n一、收支情况\n2021年收入预算 5 万元。\n",
    ),
    (
        "中共安县县委宣传部",
        2023,
        ReportKind.FINAL_ACCOUNT,
        "2023年度\n中共安县县委宣传部部门决算\n一、收支情况\n2023年度收入 5 万元。\n",
    ),
    (
        "青州县水务局",
        2022,
        ReportKind.FINAL_ACCOUNT,
        "2022 年度\n青州县水务局部门决算\n" + "青州县水务局 2022 年度收入合计 1 万元。\n" * 3,
    ),
    (
        "东海市人民医院",
        2023,
        ReportKind.BUDGET,
        "东海市人民医院 2023 年部门预算公开\n一、单位概况\n东海市人民医院 2023 年收入预算 5 万元。\n" * 2,
    ),
    (
        "云山区教育局",
        2020,
        ReportKind.PERFORMANCE_SELF_EVALUATION,
        "校舍维修经费\n2020 年度绩效自评报告\n主管部门 云山区教育局 实施单位 云山区教育局\n云山区教育局对 2020 年度校舍维修经费开展自评。\n",
    ),
    (
        "和平经济开发区管理委员会",
        2023,
        ReportKind.BUDGET,
        "和平经济开发区管理委员会2023年部门预算\n2023年预算 5 万元，比2022年增加 1 万元，2022年预算 4 万元，2022年决算 4 万元。\n",
    ),
    (
        "东海市妇幼保健院",
        2021,
        ReportKind.FINAL_ACCOUNT,
        "东海市妇幼保健院2021年度单位决算\n餐厅改造支出 5 万元。东海市妇幼保健院下属二级预算单位 3 个。\n",
    ),
    (
        "东海市食品学校",
        2019,
        ReportKind.PERFORMANCE_SELF_EVALUATION,
        "食堂及餐厅改造经费绩效自评表\n（2019年度）|\n主管部门\n\n东海市发改委\n\n实施单位\n\n东海市食品学校\n\n项目资金\n（万元）\n",
    ),
    (
        "南湖区水利局",
        2024,
        ReportKind.BUDGET,
        "索 引 号: nh2024/2024-00251 分 类: 财政预决算\n责任部门: 区水利局 发文日期: 2024年03月27日\n南湖区水利局2024年部门预算\n"
        "一、收支情况\n2024年收入预算 5 万元。\n",
    ),
]


FRAGMENTS = [
    ("保健院", "保健院2020决算.txt", "2020年收入合计 5 万元，主要用于保健院住院楼项目。\n"),
    ("云山县文化和旅游局", "云山县文化和旅游局2022决算.txt", "2022年，县文化和旅游局机关运行经费支出 5 万元。\n"),
    ("青川县农业农村局", "青川县2022三公经费公开.txt", "2022年县农业农村局支出 5 万元。县农业农村局有车辆 2 辆。\n"),
    ("青川县农业农村局", "决算说明.txt", "县农业农村局2022年度三公经费决算说明\n青川县财政下达 5 万元。\n"),
    ("大理白族自治州水务局", "大理州水务局2022决算.txt", "大理白族自治州水务局2022年度支出 5 万元。\n"),
    ("东湖区新和镇", "新和镇2021三公决算.txt", "现将东湖区新和镇2021年度“三公”经费决算情况公布如下：\n"),
    ("新和镇", "新和镇2021三公决算.txt", "2021年度全镇“三公”经费支出 5 万元。\n"),
    ("南青县政协", "南青县政协绩效.txt", "2021年县政协支出 5 万元。\n"),
    ("东湖市城建幼儿园", "东湖市城建幼儿园2022.txt", "人员编制 26 名。\n"),
    ("安和镇", "a.txt", "现将安和镇2020年度“三公”经费决算情况公布如下：\n"),
    ("棠下区安和镇人民政府", "安和镇自评表.txt", "项目支出绩效自评表 实施单位 棠下区安和镇人民政府\n"),
    ("东湖区安和镇中心幼儿园", "a.txt", "东湖区安和镇中心幼儿园2021年度单位决算\n"),
    ("鹿寨县", "a.txt", "2019年度鹿寨县“三公”经费支出决算情况\n经县财政局汇总，支出 5 万元。\n"),
    (
        "中国人民政治协商会议云南省大理市委员会",
        "a.txt",
        "中国人民政治协商会议云南省大理市委员会2022年度决算\n政协大理市委员会2022年度决算\n"
        "中国人民政治协商会议云南省大理市委员会支出 5 万元。\n",
    ),
    ("东湖县机构编制委员会办公室", "a.txt", "2016年预算情况说明\n东湖县机构编制委员会办公室2016年度预算为 5 万元。\n"),
    ("东湖市第四中学", "a.txt", "东湖市第四中学专项资金绩效自评价报告一、保障学校运转，保证学校运转。\n"),
    ("许河镇", "a.txt", "许河镇2020年“三公”经费决算数共计 5 万元。\n"),
    ("南山2023单位预算", "南山2023单位预算.txt", "工资福利支出预算 716 元\n"),
    ("b", "b.txt", "鹿寨县2017年度部门“三公”经费预算情况表\n"),
    ("县农业农村局", "说明.txt", "县农业农村局2022年度决算说明\n支出 5 万元。\n"),
    ("东湖区疾病预防控制中心", "a.txt", "（一）职责\n东湖区疾病预防控制中心为全额拨款事业单位,主要职责是：检测。\n"),
    (
        "鹿寨县人社局",
        "a.txt",
        "为加强管理,鹿寨县人社局对2022年度补贴使用情况开展了绩效评价。根据《转发省人社厅的通知》办理。\n",
    ),
    ("许河县民政局", "a.txt", "附件2\n标题：许河县民政局2022年度部门决算公开\n支出 5 万元。\n"),
    ("大英县粮食局", "a.txt", "项目支出绩效自评表\n主管部门 | 大英县粮食局部门 | 实施单位\n用于监管全县医院\n"),
]


@pytest.mark.parametrize(("agency", "document", "text"), FRAGMENTS)
def test_a_fragment_is_filed_under_the_body_that_it_names(agency: str, document: str, text: str) -> None:
    assert find_identity(source_of(text, document)).agency == agency


def test_the_title_gives_the_place_of_a_body_named_without_one() -> None:
    text = "锡林郭勒盟养老保险补助资金2022年度绩效自评报告\n发文机构：人力资源和社会保障局\n支出 5 万元。\n"
    assert find_identity(source_of(text)).place == "锡林郭勒盟"


def test_a_title_gives_the_places_around_a_town() -> None:
    text = "四川省锦川县清溪镇人民政府部门决算\n" + "清溪镇人民政府支出 5 万元。\n" * 4
    identity = find_identity(source_of(text))
    assert (identity.agency, "四川省锦川县清溪镇人民政府" in identity.agency_aliases) == ("清溪镇人民政府", True)


def test_contents_end_where_an_amount_is_printed() -> None:
    lines = [
        "目录",
        "第一部分 概况",
        "一、职责",
        "第三部分 说明",
        "（一）2022年度总收入 9.5 万元，其中",
        "本年收入 9 万元。",
    ]
    assert find_contents_end(lines) == 3


def test_words_run_together_once_are_no_name_of_the_body() -> None:
    text = "东湖县医疗保障局2023年度部门决算\n" + "东湖县医疗保障局支出 5 万元。\n" * 70
    text += "单位名称    性质\n东湖县医疗保障基金管理中心    公益一类事业单位\n局内设科室 3 个。\n"
    assert find_identity(source_of(text)).agency == "东湖县医疗保障局"


def test_a_spelled_year_and_a_title_below_navigation() -> None:
    identity = find_identity(source_of("• 设为首页\n• 加入收藏\n东湖县卫生院二〇二四年预算公开\n支出预算 5 万元。\n"))
    assert (identity.year, identity.title, identity.kind) == (2024, "东湖县卫生院2024年预算公开", ReportKind.BUDGET)


def test_a_report_without_headings_announces_its_kind() -> None:
    text = "现将东湖区新和镇2021年度“三公”经费决算情况公布如下：\n全镇支出 5 万元。\n"
    assert find_identity(source_of(text)).kind is ReportKind.FINAL_ACCOUNT
    assert find_identity(source_of("经汇总，2023年三公经费支出预算为 5 万元。\n")).kind is ReportKind.BUDGET


@pytest.mark.parametrize(("agency", "year", "kind", "text"), BODIES)
def test_a_report_says_whose_and_of_which_year_it_is(agency: str, year: int, kind: ReportKind, text: str) -> None:
    identity = find_identity(source_of(text))
    assert (identity.agency, identity.year, identity.kind) == (agency, year, kind)


def test_what_the_caller_says_goes_before_what_is_found() -> None:
    identity = find_identity(source_of(BODIES[2][3]), agency="青州县水利局", year=2021, title="标题")
    assert (identity.agency, identity.year, identity.title) == ("青州县水利局", 2021, "标题")
    assert "青州县水务局" in identity.agency_aliases


def test_a_renamed_body_answers_to_both_names() -> None:
    text = (
        "青州县医保管理中心 2019 年度收入合计 3 万元。\n" * 3 + "根据批复，青州县医保管理中心更名为青州市医保中心。\n"
    )
    assert "青州市医保中心" in find_identity(source_of(text)).agency_aliases


def test_an_appended_performance_report_is_told_from_the_main_report() -> None:
    text = "第一部分 决算情况说明\n一、收入\n收入 1 万元。\n第二部分 附件\n2022 年部门整体绩效评价报告\n一、基本情况\n收入 2 万元。\n"
    roles = {section.path: section.role for section in report_of("2022 年度青州县水务局部门决算\n" + text).sections}
    assert roles["第一部分>一"] is Role.MAIN
    assert roles["第二部分>2022年部门整体绩效评价报告>一"] is Role.PERFORMANCE


def test_appended_tables_of_accounts_are_no_performance_report() -> None:
    text = "第一部分 说明\n收入 1 万元。\n附件：2022年部门决算公开报表\n收入决算表\n收入 2 万元。\n"
    sections = report_of("青州县水务局2022年度部门决算\n" + text).sections
    assert {section.role for section in sections} == {Role.MAIN}


def test_a_title_that_says_what_a_report_is_on() -> None:
    text = "青州县水务局关于2022年度河道清淤经费的绩效自评报告\n一、自评结论\n自评得分 98 分。\n"
    subjects = {section.subject for section in report_of(text * 2).sections}
    assert "河道清淤经费" in subjects


def test_a_title_without_what_labels_it() -> None:
    assert (
        find_identity(source_of("附件2\n标题：青州县水务局2022年度部门决算公开\n")).title
        == "青州县水务局2022年度部门决算公开"
    )


def test_a_projects_own_report_is_about_the_project() -> None:
    text = "青州县农村饮水配套资金\n2020 年度绩效自评报告\n一、自评结论\n自评得分 98 分。\n主管部门 青州县水务局\n"
    subjects = {section.path: section.subject for section in report_of(text * 2).sections}
    assert "农村饮水配套资金" in subjects.values()


@given(st.text(alphabet="第一部分二三（）、1.2收入支出万元%\n\t 2022年度目录…：。，", max_size=300))
def test_any_text_is_laid_out_without_an_error(text: str) -> None:
    report = report_of(text or " ")
    for block in report.blocks:
        if isinstance(block, Paragraph):
            assert block.flow.text == "".join(sentence.text for sentence in block.sentences)


def test_a_file_name_serves_where_no_body_is_named() -> None:
    assert find_identity(source_of("没有名称", "某单位说明.txt")).agency == "某单位说明"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("青州县水务局2022年度部门决算", "信息名称： 青州县水务局2022年度部门决算\n字号： 大 中 小\n\n一、概况\n"),
        ("2022年度青州县水务局部门决算公开", "名    称\t2022年度青州县水务局部门决算公开\n有 效 性\t有效\n"),
        ("青州县水务局2022年度部门决算公开", "青州门户网站>政府信息公开>部门决算\n青州县水务局2022年度部门决算公开\n"),
        ("青州县水务局2022年度部门决算", "东江省2022年度部门决算公开说明\n\n青州县水务局\n2022年度部门决算\n"),
        (
            "青州县2022年度部门整体支出绩效自评报告",
            "青州县2022年度部门整体支出绩效自评报告\n\n青州县水务局\n部门概况\n",
        ),
    ],
)
def test_a_title_without_what_stands_around_it(expected: str, text: str) -> None:
    assert find_identity(source_of(text)).title == expected


def test_parts_of_a_self_evaluation_are_about_one_fund_each() -> None:
    text = (
        "某县水务局2021年度转移支付资金绩效自评报告\n第一部分 水库维修养护补助资金\n一、情况\n依法履职。\n"
        "第二部分 农村供水补助资金（管网改\n\n造部分）\n一、项目资金情况\n依法履职。\n第三部分 项目资金\n一、情况\n依法履职。\n"
    )
    subjects = {section.path: section.subject for section in report_of(text).sections}
    assert subjects["第一部分>一"] == "水库维修养护补助资金"
    assert subjects["第二部分>一"] == "农村供水补助资金（管网改造部分）"
    assert subjects["第三部分>一"] is None


def test_a_part_takes_its_title_from_the_line_below() -> None:
    text = "第一部分\n部门概况\n一、职责\n依法履职。\n第二部分\n名词解释\n一、基本支出：指保障运转的支出。\n"
    sections = {section.path: section for section in report_of(text).sections}
    assert sections["第一部分"].titles == ("部门概况",)
    assert sections["第二部分"].role is Role.GLOSSARY


@pytest.mark.parametrize(
    ("expected", "path", "titles", "title"),
    [
        ("第二部分>收入决算表", "第二部分>八", ("", "政府性基金预算财政拨款收入支出决算表"), "收入决算表"),
        ("第二部分>三", "第二部分>三", ("", "支出决算表"), "支出决算表"),
        ("三>收支预算总表", "三", ("部门预算情况",), "收支预算总表"),
        ("第二部分>八", "第二部分>八", ("", "基金支出表"), ""),
    ],
)
def test_a_table_is_cited_under_its_own_title(expected: str, path: str, titles: tuple[str, ...], title: str) -> None:
    section = Section(path=path, titles=titles, start=0, end=9)
    assert table_section(section, title).path == expected


def test_a_paragraph_that_sums_up_a_self_evaluation_is_about_its_project() -> None:
    text = "（二）绩效自评结果\n1.农村公路养护项目自评综述：根据目标，项目自评得分为96.5分。\n2.部门整体支出绩效自评情况：得分为95分。\n"
    subjects = {section.path: section.subject for section in report_of(text).sections}
    assert subjects["（二）>1"] == "农村公路养护"
    assert subjects["（二）>2"] is None


def test_a_paragraph_that_sums_up_several_projects_is_cut_before_each() -> None:
    text = "（二）自评结果。农村公路养护项目绩效自评得分为97分，执行数12万元。安全宣传经费项目绩效自评得分为95分，执行数3万元。"
    cut = [flow.text for flow in split_projects(join_lines(text, [(0, len(text))]))]
    assert cut == [text[: text.index("安全")], text[text.index("安全") :]]
    alone = "农村公路养护项目绩效自评得分为97分，本单位自评得分为96分。"
    assert [flow.text for flow in split_projects(join_lines(alone, [(0, len(alone))]))] == [alone]


def test_a_paragraph_on_a_numbered_project_is_about_it() -> None:
    text = "（三）项目支出自评结果\n（1）项目一 村庄规划编制经费项目绩效情况：编制规划12个，自评得分97分。\n（2）项目绩效情况：得分为95分。\n"
    subjects = {section.path: section.subject for section in report_of(text).sections}
    assert subjects["（三）>（1）"] == "村庄规划编制经费"
    assert subjects["（三）>（2）"] is None


def test_the_headings_below_a_report_on_projects_name_them() -> None:
    text = "2019年度项目绩效评价报告\n一、公益岗位补贴\n（一）项目概况\n用于补贴。\n（二）资金情况\n到位资金 9 万元。\n二、参保宣传经费\n到位资金 5 万元。\n"
    subjects = {section.path.split(">", 1)[-1]: section.subject for section in report_of(text).sections}
    assert subjects["一>（二）"] == "公益岗位补贴"
    assert subjects["二"] == "参保宣传经费"


UNITS = "本部门下属单位包括：淮浦市图书馆、淮浦市博物馆、淮浦市文化馆。"


def test_a_body_on_a_line_of_its_own_in_the_title_goes_before_units_printed_as_often() -> None:
    text = f"2023年度\n淮浦市文化广电和旅游局\n部门决算公开\n一、机构设置\n{UNITS}\n预算单位共计4家：淮浦市文化广电和旅游局（本级）、{UNITS[9:]}\n"
    assert report_of(text).identity.agency == "淮浦市文化广电和旅游局"


def test_of_names_printed_equally_often_the_first_is_taken_in_every_process() -> None:
    program = "from knowledge.layout.bodies import *; print(choose_body(find_bodies([input()] * 3, [], '1.txt'))[0])"
    found = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program], input=UNITS, text=True, encoding="utf-8", check=True, capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
        ).stdout.strip()
        for seed in range(3)
    }  # fmt: skip
    assert found == {"淮浦市图书馆"}


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("石峰区", "株洲市石峰区医疗保障局"),
        ("渠县", "四川渠县医疗保障局"),
        ("湘南县", "湘南县交通运输局"),
        ("渝北江区", "渝北江区应急管理局"),
        (None, "国家医疗保障局"),
        ("山阳镇", "山阳镇社区卫生服务中心"),
    ],
)
def test_the_innermost_place_of_a_name(expected: str | None, name: str) -> None:
    assert find_place(name) == expected


def test_empty_cells_at_the_end_of_rows_are_no_contents() -> None:
    rows = ["其中：当年财政拨款 30.00 30.00 — — —", "上年结转资金 0.00 0.00 — — —", "其他资金 0.00 0.00 — — —"]
    assert find_contents_end(["一、项目概况", "2022年安排资金30.00万元。", *rows, "二、问题"]) == 0
