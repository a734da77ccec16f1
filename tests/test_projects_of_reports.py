"""Reports about several projects, from the file to the answer: whose figures they are, and where a project is told twice."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant import Assistant
from knowledge.load import load_paths

REPORT = """渠县水利局关于2021年度上级转移支付资金的绩效自评报告

第一部分 小型水库维修养护补助资金

一、资金情况
上级财政共下达我县小型水库维修养护补助资金500.00万元，全年执行480.00万元，预算执行率96.00%。

二、绩效情况
全年巡查水库4138座次，维修养护水库36座。

三、自评结论
经自评，项目综合得分95.5分。

小型水库维修养护补助资金绩效自评表

项目名称 小型水库维修养护补助资金
主管部门 渠县水利局 实施单位 渠县水利局
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 500.00 500.00 480.00 10 96.00% 9.6
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 维修养护水库座数 ≥36座 36座 50 50
满意度指标 服务对象满意度指标 群众满意度 ≥90% 88% 40 35
总分 100 94.6

第二部分 农村供水工程维修养护补助资金（管网改造部

分）

一、资金情况
该项目为2021年新增一次性项目，年初预算200.00万元，全年支出176.00万元，预算执行率88.00%。全年水费补助3126户，补助资金81.20万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("projects")
    (folder / "报告.txt").write_text(REPORT, "utf-8")
    load_paths([folder / "报告.txt"], folder / "knowledge.db")
    return Assistant(folder / "knowledge.db", today=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("question", "value", "metric"),
    [
        ("渠县小型水库维修养护补助资金2021年执行了多少", "480.00", "项目预算"),
        ("渠县农村供水工程维修养护补助资金2021年执行了多少", "176.00", "项目支出"),
        ("渠县农村供水工程维修养护补助资金2021年年初预算", "200.00", "项目支出"),
        ("渠县2021年水费补助资金", "81.20", "水费补助资金"),
    ],
)
def test_money_of_a_project(assistant: Assistant, question: str, value: str, metric: str) -> None:
    answer, _ = assistant.ask(question)
    (first, *_) = answer.figures
    assert (first.value, first.metric) == (value, metric)


def test_a_rate_that_only_projects_have_is_asked_about(assistant: Assistant) -> None:
    answer, _ = assistant.ask("渠县2021年预算执行率")
    assert answer.status == "needs_choice"
    assert [choice.label.partition("：")[0][:6] for choice in answer.choices] == ["小型水库维修", "农村供水工程"]


def test_a_score_that_the_form_prints_otherwise_is_shown_twice(assistant: Assistant) -> None:
    answer, _ = assistant.ask("渠县小型水库维修养护补助资金2021年自评得分")
    assert [figure.value for figure in answer.figures] == ["95.5", "94.6"]
    assert any("94.6" in warning for warning in answer.warnings)
