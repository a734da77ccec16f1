"""Contradictions found in short reports, and none found where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.checks import check_report
from knowledge.extract import extract_figures
from knowledge.layout.build import build_report
from knowledge.models import Finding
from knowledge.readers import read_source

HEAD = "甲县财政局2022年度部门决算\n\n"
TABLE = """甲县财政局2022年度部门决算

支出决算表
公开03表
部门：甲县财政局	单位：万元
项目		本年支出合计	基本支出	项目支出	上缴上级支出	经营支出	对附属单位补助支出
功能分类科目编码	科目名称						
栏次		1	2	3	4	5	6
合计		{total}	{basic}	40.00			
201	一般公共服务支出	80.00	60.00	20.00			
20106	财政事务	80.00	60.00	20.00			
2010601	行政运行	80.00	60.00	{run}			
208	社会保障和就业支出	20.00		20.00			
20805	行政事业单位养老支出	20.00		20.00			
2080505	机关事业单位基本养老保险缴费支出	20.00		20.00			
"""
GOOD_TABLE = TABLE.format(total="100.00", basic="60.00", run="20.00")


def find(tmp_path: Path, text: str) -> tuple[Finding, ...]:
    path = tmp_path / "报告.txt"
    path.write_text(text, "utf-8")
    report = build_report(read_source(path))
    return check_report(report, extract_figures(report))


CONTRADICTIONS = [
    ("percentage error", "2022年度收入总计110.00万元，与2021年相比增加10.00万元，增长12%。"),
    ("percentage error", "2022年“三公”经费支出预算为2.00万元，支出决算为1.00万元，完成预算的60%。"),
    ("percentage error", "2022年公务接待费支出1.31万元，完成预算0%。"),
    (
        "percentage error",
        "2022年度收入合计100.00万元，其中：财政拨款收入80.00万元，占80%；事业收入15.00万元，占25%；其他收入5.00万元，占5%。",
    ),
    (
        "percentage warning",
        "2022年度收入合计30000.00万元，其中：财政拨款收入20000.00万元，占66.66%；事业收入10000.00万元，占33.33%。",
    ),
    ("zero-base error", "2022年“三公”经费支出年初预算为0万元，支出决算为1.00万元，完成预算的100%。"),
    ("zero-base warning", "2022年“三公”经费支出预算为0万元，支出决算为0万元，完成预算的0%。"),
    ("zero-base warning", "2022年机关运行经费支出11.06万元，比上年增加11.06万元，增长100%。"),
    (
        "sum error",
        "2022年“三公”经费支出决算为1.38万元，其中：因公出国（境）费支出决算为0万元，公务用车购置及运行维护费支出决算为1.31万元，公务接待费支出决算为0.17万元。",
    ),
    (
        "direction error",
        "2022年“三公”经费支出年初预算为2.00万元，支出决算为1.00万元，完成预算的50%，决算数大于预算数的主要原因是厉行节约。",
    ),
    ("direction error", "2022年机关运行经费支出90.00万元，比上年增加10.00万元，下降10%。"),
    ("zero-base warning", "本单位于2022年4月成立。2022年公用经费支出15.60万元，比上年增加0%。"),
    ("placeholder warning", "公务用车运行维护费主要用于（相关工作范围）所需燃料费。"),
]


@pytest.mark.parametrize(
    ("expected", "sentence"), CONTRADICTIONS, ids=[sentence[:24] for _, sentence in CONTRADICTIONS]
)
def test_contradiction_is_found(tmp_path: Path, expected: str, sentence: str) -> None:
    assert expected in {f"{finding.rule} {finding.severity}" for finding in find(tmp_path, HEAD + sentence + "\n")}


SOUND = [
    "2022年度收入总计110.00万元，与2021年相比增加10.00万元，增长10%。",
    "2022年度收入总计7413.59万元，与2021年相比减少1740.65万元，下降19.01%。",
    "2022年“三公”经费支出预算为2.00万元，支出决算为1.00万元，完成预算的50%，决算数小于预算数的主要原因是厉行节约。",
    "2022年度收入合计100.00万元，其中：财政拨款收入80.00万元，占80%；事业收入15.00万元，占15%；其他收入5.00万元，占5%。",
    "2022年度收入合计3.00万元，其中：财政拨款收入2.00万元，占66.67%；事业收入1.00万元，占33.33%。",
    "2022年“三公”经费支出决算为1.38万元，其中：因公出国（境）费支出决算为0万元，公务用车购置及运行维护费支出决算为1.31万元，公务接待费支出决算为0.07万元。",
    "2022年因公出国（境）费支出0万元，完成预算0%，与2021年决算数持平。",
    "2022年机关运行经费支出84.36万元，与2021年决算数相比减少13.5万元，下降13.79%。",
    "2022年共筹集财政补助资金100.00万元，其中：中央财政补助资金80.00万元，省级财政补助资金10.00万元。",
    "2022年度基本支出711.01万元，其中：人员经费667.29万元，占总支出的6.97%。",
    "本单位于2022年4月成立。2022年机关运行经费支出84.36万元。",
    "2022年“三公”经费支出决算为4.35万元，完成全年预算6.50万元的66.92%，比上年减少0.47万元，下降9.75%。",
    "2022年末在职人员100人，其中：行政人员21人，事业人员79人；离退休人员68人。",
    "2022年末资产总额60.00万元，其中：流动资产20.00万元，固定资产30.00万元，在建工程8.00万元，无形资产2.00万元。",
    "本单位于2022年4月成立。2022年全县参保率97.60%，比上年增长1.80%。",
    "2022年度“三公”经费支出决算18.00万元，完成预算24.00万元的75%，比上年减少2.00万元，下降10%。",
    "2022年末编制58人，其中行政编制8人、事业编制50人；实有51人，其中行政7人、事业44人。",
    "2022年末卫生技术人员100人，其中高级职称20人，中级职称40人，执业医师60人，注册护士30人。",
    "收入支出与上年决算数相比各增加（减少）-5.00万元，增长（下降）5%。",
    "2022年政府采购支出总额100.00万元。授予中小企业合同金额80.00万元，占政府采购支出总额的80.00%，其中：授予小微企业合同金额40.00万元，占授予中小企业合同金额的50.00%；货物采购授予中小企业合同金额占货物支出金额的90.00%。",
    "全年检查药店80家，其中城区50家、乡镇30家；处理机构12家，追回基金30.00万元。",
]
BALANCE = """甲县财政局2022年度部门决算

收入支出决算总表
公开01表
部门：甲县财政局	单位：万元
收入	支出
项目	行次	金额	项目	行次	金额
栏次		1	栏次		2
一、一般公共预算财政拨款收入	1	80.00	一、一般公共服务支出	32	90.00
本年收入合计	27	80.00	本年支出合计	57	90.00
使用非财政拨款结余	28	0.00	结余分配	58	3.00
年初结转和结余	29	20.00	年末结转和结余	59	7.00
总计	31	100.00	总计	62	100.00
"""
FUND = """甲县财政局2022年度部门决算

政府性基金预算财政拨款收入支出决算表
部门：甲县财政局	单位：万元
科目编码	科目名称	年初结转和结余	本年收入	本年支出小计	基本支出	项目支出	年末结转和结余
	合计	0.00	20.00	20.00	0.00	20.00	0.00
2296002	用于社会福利的彩票公益金支出	0.00	20.00	20.00	0.00	20.00	0.00
"""
TWO_ROWS = """甲县财政局2022年度部门决算

政府性基金预算财政拨款收入支出决算表
公开08表
部门：甲县财政局 单位：万元
项 目 年初结转
和结余 本年收入 本年支出 年末结转
和结余科目编码 科目名称 小计 基本支出 项目支出
合计 42.00 84.00 105.00 0.00 105.00 21.00
2296002 用于社会福利的彩票公益金支出 42.00 84.00 105.00 0.00 105.00 21.00
"""
INCOME = """甲县财政局2022年度部门决算

收入决算表
部门：甲县财政局	单位：万元
科目编码	科目名称	本年收入合计	财政拨款收入	事业收入	其他收入
	合计	100.00	80.00	15.00	5.00
208	社会保障和就业支出	100.00	80.00	15.00	5.00
"""
OPERATIONS = """甲县人民医院2022年度财务信息公开

單位:元
项目	行号	本期	上年同期	增加额	增长率
1、总收入	1	600.00	500.00	100.00	20.00%
其中:医疗收入	2	450.00	400.00	50.00	12.50%
2、总支出	5	580.00	520.00	60.00	11.54%
其中:医疗成本	6	500.00	480.00	20.00	4.17%
"""
SIDES = """甲县财政局2022年度部门决算

一般公共预算财政拨款基本支出决算表
部门：甲县财政局	单位：万元
人员经费	公用经费
科目编码	科目名称	决算数	科目编码	科目名称	决算数	科目编码	科目名称	决算数
301	工资福利支出	30.00	302	商品和服务支出	9.00	30299	其他商品和服务支出	4.00
30101	基本工资	30.00	30201	办公费	5.00	310	资本性支出	1.00
人员经费合计	30.00	公用经费合计	10.00
"""


@pytest.mark.parametrize("sentence", SOUND, ids=[sentence[:24] for sentence in SOUND])
def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path, sentence: str) -> None:
    assert find(tmp_path, HEAD + sentence + "\n") == ()


@pytest.mark.parametrize(
    "table",
    [GOOD_TABLE, BALANCE, FUND, TWO_ROWS, INCOME, OPERATIONS, SIDES],
    ids=["codes", "balance", "fund", "fund with two header rows", "income", "account of operations", "three sides"],
)
def test_sound_table(tmp_path: Path, table: str) -> None:
    assert find(tmp_path, table) == ()


def test_balance_that_does_not_add_up(tmp_path: Path) -> None:
    findings = find(tmp_path, BALANCE.replace("7.00", "9.00"))
    assert {finding.rule for finding in findings} == {"sum"}


@pytest.mark.parametrize(
    ("expected", "table"),
    [
        ("row error", TABLE.format(total="101.00", basic="60.00", run="20.00")),
        ("sum error", TABLE.format(total="101.00", basic="61.00", run="20.00")),
        ("row error", TABLE.format(total="100.00", basic="60.00", run="")),
    ],
    ids=["total", "column", "empty cell"],
)
def test_table_that_does_not_add_up(tmp_path: Path, expected: str, table: str) -> None:
    assert expected in {f"{finding.rule} {finding.severity}" for finding in find(tmp_path, table)}


SELECTED = """甲县财政局2022年度部门决算

支出决算表
部门：甲县财政局	单位：万元
科目编码	科目名称	本年支出合计	基本支出	项目支出
	合计	100.00	60.00	40.00
201	一般公共服务支出	80.00	60.00	20.00
20106	财政事务	{affairs}
2010601	行政运行	60.00	60.00	0.00
208	社会保障和就业支出	20.00	0.00	20.00
{pensions}"""


@pytest.mark.parametrize(
    ("affairs", "pensions", "rules"),
    [
        ("80.00	60.00	20.00", "", set()),
        ("50.00	50.00	0.00", "", {"sum"}),
        (
            "80.00	60.00	20.00",
            "20805	养老支出	20.00	0.00	20.00\n2080505	养老保险缴费	20.00	0.00	20.00\n",
            {"sum"},
        ),
    ],
    ids=["some parts alone", "a part above its total", "all parts"],
)
def test_table_that_prints_some_parts_alone(tmp_path: Path, affairs: str, pensions: str, rules: set[str]) -> None:
    """Where a table prints no part of one item, the only part of another may be less than it, and not more."""
    assert {finding.rule for finding in find(tmp_path, SELECTED.format(affairs=affairs, pensions=pensions))} == rules


def test_parts_of_which_another_table_prints_more(tmp_path: Path) -> None:
    """Two parts below their total contradict it, unless another table of the report prints a third."""
    some = SELECTED.format(
        affairs="80.00	60.00	20.00\n2010602	一般行政管理事务	5.00	0.00	5.00", pensions=""
    )
    assert {finding.rule for finding in find(tmp_path, some)} == {"sum"}
    other = "科目编码	科目名称	本年收入合计	财政拨款收入	其他收入\n2010699	其他财政事务支出	15.00	15.00	0.00\n"
    assert find(tmp_path, f"{some}\n收入决算表\n部门：甲县财政局	单位：万元\n{other}") == ()


PLANNED_TABLE = """甲县财政局2022年部门预算

一般公共预算财政拨款支出预算表
单位：万元
功能分类科目		2021年预算数	2022年预算数		
科目编码	科目名称		总计	基本支出	项目支出
合计		90.00	100.00	60.00	40.00
201	一般公共服务支出	90.00	100.00	60.00	40.00
"""


def test_last_year_has_no_columns_of_its_own(tmp_path: Path) -> None:
    assert find(tmp_path, PLANNED_TABLE) == ()


FUNDS = """
一、一般公共预算财政拨款支出决算情况说明

2022年度一般公共预算财政拨款支出{own}万元。其中：

1.一般公共服务支出（类）财政事务（款）行政运行（项）支出决算为{item}万元。
"""


@pytest.mark.parametrize(
    ("own", "item", "rules"),
    [("90.00", "72.00", set()), ("99.00", "72.00", {"restated"}), ("90.00", "88.00", {"restated"})],
)
def test_item_of_one_fund_against_a_table_of_all(tmp_path: Path, own: str, item: str, rules: set[str]) -> None:
    """What other funds paid explains that an item of one fund is less than the row of all, and nothing else does."""
    assert {f.rule for f in find(tmp_path, GOOD_TABLE + FUNDS.format(own=own, item=item))} == rules


def test_text_against_table(tmp_path: Path) -> None:
    text = "\n一、一般公共预算财政拨款支出决算情况说明\n\n1.一般公共服务支出（类）财政事务（款）行政运行（项）支出决算为{}万元。\n"
    assert find(tmp_path, GOOD_TABLE + text.format("80.00")) == ()
    (finding,) = find(tmp_path, GOOD_TABLE + text.format("8.00"))
    assert (finding.rule, finding.expected) == ("restated", "与表中相同：80.00万元")


@pytest.mark.parametrize(("told", "rules"), [("152.37", {"restated"}), ("152.73", set())])
def test_procurement_told_otherwise_than_in_its_table(tmp_path: Path, told: str, rules: set[str]) -> None:
    table = "政府采购情况表\n公开11表\n部门：甲县财政局\t单位：万元\n项目\t决算数\n总计\t152.73\n货物\t39.31\n工程\t0.00\n服务\t113.42\n"
    found = find(tmp_path, f"{HEAD}{table}\n一、政府采购情况\n2022年度政府采购支出总额{told}万元。\n")
    assert {finding.rule for finding in found} == rules


def test_tables_that_are_only_named(tmp_path: Path) -> None:
    names = "第五部分 附表\n一、收入支出决算总表\n二、收入决算表\n三、支出决算表\n四、财政拨款收入支出决算总表\n"
    (finding,) = find(tmp_path, HEAD + "2022年度收入总计110.00万元。\n\n" + names)
    assert (finding.rule, finding.severity) == ("missing", "warning")


def test_name_cut_off(tmp_path: Path) -> None:
    (finding,) = find(tmp_path, GOOD_TABLE.replace("部门：甲县财政局", "部门：甲县财政"))
    assert (finding.rule, finding.expected) == ("name", "甲县财政局")


def test_finding_names_its_figures_and_places(tmp_path: Path) -> None:
    (finding,) = find(tmp_path, HEAD + "2022年度收入总计110.00万元，与2021年相比增加10.00万元，增长12%。\n")
    assert finding.printed == ("110.00万元", "10.00万元", "12%")
    assert [place.line for place in finding.places] == [3, 3, 3]
    assert len(finding.figures) == 3
    assert finding.message == "“收入总计”写作 12%，按 10.00万元 ÷（110.00万元 − 10.00万元） 应为 10.00%。"


FORM = """甲县财政局2022年度项目支出绩效自评

项目支出绩效自评表
项目名称 信息系统运行维护费
主管部门 甲县财政局 实施单位 甲县财政局
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 10.00 10.00 10.00 10 100% 10
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 {indicator} 40 {score}
质量指标 系统正常运行率 ≥95% 98% 20 20
满意度指标 服务对象满意度指标 用户满意度 ≥90% 95% 30 30
总分 100 {total}
"""


@pytest.mark.parametrize(
    ("expected", "indicator", "score", "total"),
    [
        (set(), "巡检次数 ≥12次 12次", "40", "100"),
        ({"score error"}, "巡检次数 ≥12次 12次", "45", "105"),
        ({"score error"}, "巡检次数 ≥12次 12次", "40", "99"),
        ({"target error"}, "巡检次数 ≥12次 10次", "40", "100"),
        ({"unit error"}, "巡检次数 ≥12% 12%", "40", "100"),
    ],
)
def test_form(tmp_path: Path, expected: set[str], indicator: str, score: str, total: str) -> None:
    found = find(tmp_path, FORM.format(indicator=indicator, score=score, total=total))
    assert {f"{finding.rule} {finding.severity}" for finding in found} == expected


TOLD = """甲县财政局2022年度项目支出绩效自评报告

信息系统运行维护费2022年度绩效自评报告

一、完成情况
全年住院救助{told}人次。经自评，项目综合得分{score}分。

项目支出绩效自评表
项目名称 信息系统运行维护费
主管部门 甲县财政局 实施单位 甲县财政局
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 10.00 10.00 10.00 10 100% 10
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 住院救助人次 ≥4000人次 4136人次 40 40
质量指标 系统正常运行率 ≥95% 98% 20 20
满意度指标 服务对象满意度指标 用户满意度 ≥90% 95% 30 26.5
总分 100 96.5
"""


@pytest.mark.parametrize(
    ("told", "score", "rules"),
    [
        ("4136", "96.5", set()),
        ("4163", "96.5", {"restated"}),
        ("2100", "96.5", set()),
        ("4136", "95.6", {"score"}),
    ],
    ids=["the same", "two digits exchanged", "another count", "another score"],
)
def test_text_and_form_of_a_project(tmp_path: Path, told: str, score: str, rules: set[str]) -> None:
    assert {finding.rule for finding in find(tmp_path, TOLD.format(told=told, score=score))} == rules


RATE = """甲县财政局2022年度部门整体支出绩效自评报告

一、“三公”经费情况
2022年“三公”经费控制率{told}%。

部门整体支出绩效自评表
部门名称 甲县财政局
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
投入指标 “三公”经费控制率 ≤100% {formed}% 50 50
满意度指标 服务对象满意度指标 用户满意度 ≥90% 95% 50 50
总分 100 100
"""


@pytest.mark.parametrize(
    ("told", "formed", "rules"), [("81.67", "84.72", {"restated"}), ("81.67", "81.67", set()), ("81.7", "81.67", set())]
)
def test_a_rate_of_text_and_form_is_one_however_it_is_spelled(
    tmp_path: Path, told: str, formed: str, rules: set[str]
) -> None:
    assert {finding.rule for finding in find(tmp_path, RATE.format(told=told, formed=formed))} == rules
