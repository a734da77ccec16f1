"""Answers to the cases beside the code, over a small knowledge base."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers import bodies_in_order
from bot.answers.matching import plain
from bot.assistant import Assistant, Conversation
from bot.models import Answer
from tests.answer_knowledge import REPORTS, make_answers

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent.parent / "bot/answers/answers.cases.toml").read_text("utf-8")
)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("answers") / "knowledge.db"
    make_answers(path)
    return Assistant(path, today=TODAY)


def cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for status, tables in CASES.items():
        for table in tables:
            for question in table["questions"]:
                yield status, question, table


def shown(answer: Answer) -> list[str]:
    return [f"{figure.value}{figure.unit or ''}" for figure in answer.figures]


@pytest.mark.parametrize(("status", "question", "expected"), [pytest.param(*case, id=case[1]) for case in cases()])
def test_cases(assistant: Assistant, status: str, question: str, expected: dict[str, Any]) -> None:
    answer, _ = assistant.ask(question)
    assert answer.status == status, answer.text
    if "first" in expected:
        assert shown(answer)[:1] == [expected["first"]], answer.text
    assert set(expected.get("has", ())) <= set(shown(answer)), answer.text
    assert set(expected.get("results", ())) <= {f"{result.value}{result.unit or ''}" for result in answer.results}
    for piece in expected.get("says", ()):
        assert piece in answer.text
    assert not [piece for piece in expected.get("says_not", ()) if piece in answer.text]
    assert answer.text
    if status == "not_understood":
        assert not answer.figures


def talk(assistant: Assistant, *messages: str) -> list[Answer]:
    conversation: Conversation | None = None
    answers = []
    for message in messages:
        answer, conversation = assistant.ask(message, conversation)
        conversation = Conversation.model_validate_json(conversation.model_dump_json())
        answers.append(answer)
    return answers


@pytest.mark.parametrize(
    ("messages", "first", "piece"),
    [
        (("渠县2022年三公经费", "那2021年呢"), "1.40万元", "沿用"),
        (("渠县2022年三公经费", "公务接待呢"), "0.07万元", "渠县林业局"),
        (("渠县2022年三公经费", "石峰区的呢"), "5.20万元", "石峰区"),
        (("渠县2022年三公经费", "去年呢"), "1.40万元", "2021年"),
        (("渠县2022年三公经费", "换成元"), "1.38万元", "13800元"),
        (("渠县2022年三公经费", "预算呢"), "1.50万元", "预算数"),
        (("渠县2022年三公经费", "完成率呢"), "92%", "完成率"),
        (("渠县2022年三公经费", "出处呢"), "1.38万元", "第4行"),
        (("渠县2022年三公经费", "构成呢"), "1.38万元", "公务接待费"),
        (("渠县2022年三公经费", "和石峰区比呢"), "5.20万元", "相差"),
        (("渠县2022年三公经费", "石峰区的呢", "哪个高"), "5.20万元", "1.38万元"),
        (("渠县2022年三公经费", "机关运行经费", "加起来多少"), "1.38万元", "85.74万元"),
        (("渠县2022年三公经费", "机关运行经费", "基本支出", "三个加起来"), "1.38万元", "759.42万元"),
        (("渠县2022年三公经费是1.83万元吗", "那是多少"), "1.38万元", "渠县林业局"),
        (("渠县2022年三公经费", "上一年"), "1.40万元", "2021年"),
        (("渠县2022年事业机构", "其中项目支出"), "14.00万元", "事业机构"),
        (("渠县2021年三公经费", "和石峰区比差多少"), "5.20万元", "相差"),
        (("渠县2022年三公经费", "完成率呢", "公务接待费"), "0.07万元", "沿用"),
        (("渠县2022年三公经费", "历年呢"), "1.40万元", "2021年"),
        (("渠县2022年三公经费", "比上年减少多少"), "-0.02万元", "沿用"),
        (("渠县2022年三公经费", "石峰区2022年三公经费", "这两个比一下"), "5.20万元", "相差"),
        (("渠县和石峰区三公经费谁多", "差多少"), "5.20万元", "相差"),
        (("渠县造林补助资金2022年年初预算", "执行了多少"), "653.11万元", "造林补助资金"),
        (("渠县造林补助资金自评得分", "预算执行了多少"), "653.11万元", "造林补助资金"),
        (("渠县造林补助资金预算", "自评得分多少"), "98分", "造林补助资金"),
        (("渠县2021年三公经费", "占总支出多少", "石峰区呢"), "5.20万元", "最新年度2022年"),
        (("湖南有哪些单位", "他们2022年的三公经费"), "5.20万元", "沿用上文：湖南"),
        (("湖南三公经费最高的单位", "机关运行经费呢"), "120000元", "沿用上文：湖南"),
        (("2022年所有单位三公经费合计", "渠县的呢"), "1.38万元", "渠县林业局"),
        (("渠县2022年1.38万元是什么钱", "那84.36万元呢"), "84.36万元", "机关运行经费"),
        (("渠县2022年三公经费和石峰区2022年机关运行经费", "换成元"), "1.38万元", "13800元"),
        (("渠县2022年三公经费", "0.07万元是渠县的什么费用"), "0.07万元", "公务接待费"),
        (("渠县2022年三公经费", "哪个单位最高"), "5.20万元", "从高到低"),
        (("渠县2021年三公经费", "石峰区基本支出"), "310.5万元", "最新年度2022年"),
        (("渠县2022年三公经费", "哪个项目花得最多"), "653.11万元", "造林补助资金"),
        (("渠县2022年护林人员", "第二个"), "180人", "专职护林人员"),
        (("渠县2022年护林人员", "3"), "95人", "生态护林人员"),
        (("渠县2022年三公经费", "今天天气怎么样", "那2021年呢"), "1.40万元", "沿用"),
        (("渠县2022年三公经费", "基本支出呢", "项目支出呢"), "6739.91万元", "2022年"),
        (("浏阳公务接待费", "接待了几批", "那多少人次呢"), "21人次", "沿用"),
        (("浏阳慰问专项经费用了多少", "到位多少"), "5.00万元", "慰问专项经费"),
        (("浏阳慰问专项经费到位多少", "实际用了多少"), "4.56万元", "慰问专项经费"),
        (("浏阳慰问专项经费用了多少", "到位多少", "那临时救助专项经费到位多少"), "9.55万元", "临时救助专项经费"),
        (("浏阳养老服务项目执行数", "自评得了多少分"), "99分", "养老服务"),
        (("浏阳养老服务项目执行数", "这个项目自评总分多少"), "99分", "养老服务"),
        (("浏阳养老服务项目里县级财政负担比例", "目标是多少", "这一项得了几分"), "6分", "县级财政负担比例"),
        (("浏阳养老服务项目自评得了多少分", "公务接待费呢"), "1.62万元", "公务接待费"),
        (("石峰区2022年基本支出里人员经费", "那渠县2022年的基本支出呢"), "673.68万元", "渠县林业局"),
        (("大竹县水务局本年收入合计", "其中财政拨款收入呢"), "66.00万元", "沿用"),
        (("渠县2022年总支出", "其中项目支出呢", "占总支出多少"), "90.91%", "沿用"),
        (("渠县2022年总支出", "其中项目支出呢"), "6739.91万元", "沿用"),
        (("渠县2022年三公经费", "前一年呢"), "1.40万元", "2021年"),
        (("渠县2022年三公经费", "公车那块呢"), "1.31万元", "沿用"),
        (("渠县2022年基本支出", "项目支出呢", "上面两个加起来多少"), "673.68万元", "7413.59万元"),
        (("渠县2022年基本支出和项目支出各多少", "哪个多"), "6739.91万元", "相差"),
        (("渠县2022年三公经费", "比上年减少多少", "机关运行经费呢"), "84.36万元", "比上年减少13.5万元"),
        (("大竹县水务局2023年会议费", "超了没有"), "-0.10万元", "与预算相比"),
        (("渠县2022年三公经费预算", "有哪些项目", "造林补助资金得了多少分"), "98分", "造林补助资金"),
        (("石峰区2022年公务接待费", "发放了多少份防汛明白卡"), "2150份", "沿用"),
        (("渠县2022年三公经费预算", "机关运行经费呢"), "84.36万元", "沿用"),
        (("大竹县水务局财政拨款收入", "占收入的比例"), "7.64%", "沿用"),
        (("渠县2022年三公经费", "去年多少"), "1.40万元", "2021年"),
        (("渠县2022年机关运行经费", "怎么少了"), "84.36万元", "减少13.5万元"),
        (("渠县2022年三公经费", "涨了还是跌了"), "-0.02万元", "沿用"),
        (("渠县2022年三公经费", "预算执行怎么样"), "92%", "沿用"),
        (("石峰区公务接待了多少人次", "几批"), "32批次", "沿用"),
        (("渠县造林补助资金造林面积的目标值", "完成了吗"), "3120亩", "造林补助资金"),
        (("渠县2022年机关运行经费比上年减少多少", "为什么"), "-13.5万元", "原文"),
        (("渠县2022年三公经费", "渠县排第几"), "5.20万元", "渠县林业局"),
        (("大竹县水务局农村饮水困难对象有多少人", "城市的呢"), "3018人", "沿用"),
        (("大竹县水务局农村饮水困难对象有多少户", "那城市的有多少户"), "2146户", "沿用"),
    ],
)
def test_conversations(assistant: Assistant, messages: tuple[str, ...], first: str, piece: str) -> None:
    answer = talk(assistant, *messages)[-1]
    assert shown(answer)[:1] == [first], answer.text
    assert piece in answer.text


def test_a_new_subject_resets_the_year(assistant: Assistant) -> None:
    answer = talk(assistant, "渠县2021年三公经费", "渠县林业局基本支出")[-1]
    assert answer.figures[0].year == 2022


def test_every_choice_is_a_question_with_one_reading(assistant: Assistant) -> None:
    choices = assistant.ask("渠县2022年护林人员")[0].choices
    assert len(choices) == 3
    for choice in choices:
        assert assistant.ask(choice.question)[0].status == "answered"


def test_citations_point_at_the_printed_number(assistant: Assistant) -> None:
    texts = {f"{report.agency}{report.year}.txt": [line for line, _ in report.lines]
             for report in REPORTS}  # fmt: skip
    for _, question, _ in cases():
        for figure in assistant.ask(question)[0].figures:
            for citation in figure.citations:
                assert citation.printed in texts[citation.document][(citation.line or 0) - 1]


def test_figures_that_the_source_does_not_print_are_left_out(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "knowledge.db"
    make_answers(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE figures SET printed = '9.99' WHERE printed = '1.38'")
    answer, _ = Assistant(path, today=TODAY).ask("渠县2022年三公经费决算数")
    assert "1.38万元" not in shown(answer)
    assert "核对不上" in answer.text


def test_a_reloaded_report_is_seen_while_the_bot_runs(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    make_answers(path)
    assistant = Assistant(path, today=TODAY)
    assert assistant.ask("渠县2022年三公经费")[0].status == "answered"
    from knowledge.store import Store

    with Store(path) as store:
        store.delete_report("渠县林业局2022.txt")
    assert assistant.ask("渠县2022年公务接待费")[0].status != "answered"
    path.unlink()
    make_answers(path)
    assert shown(assistant.ask("渠县2022年三公经费")[0])[0] == "1.38万元"


def test_a_missing_knowledge_base_is_said_not_raised(tmp_path: Path) -> None:
    answer, _ = Assistant(tmp_path / "none.db").ask("渠县2022年三公经费")
    assert answer.status == "not_understood"
    assert "知识库" in answer.text


BODIES = {"渠县林业局": "渠县", "株洲市石峰区水利局": "石峰区"}
WORDS = st.sampled_from(
    [
        "三公经费",
        "基本支出",
        "项目支出",
        "机关运行经费",
        "公务接待费",
        "预算",
        "占比",
        "比上年减少多少",
        "构成",
        "历年",
        "多少",
        "折合多少元",
        "呢",
        "吗",
        "1.38万元",
        "最高",
        "和",
        "里的",
        "得分",
        "造林补助资金",
        "的",
        "？",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(BODIES)),
    st.sampled_from([2019, 2020, 2021, 2022, 2023]),
    st.lists(WORDS, min_size=1, max_size=5),
)
def test_no_figure_contradicts_the_body_and_year_named(
    assistant: Assistant, body: str, year: int, words: list[str]
) -> None:
    answer, _ = assistant.ask(f"{body}{year}年{''.join(words)}")
    if answer.question.operation in ("ranking", "trend"):
        return
    derived = {source for result in answer.results for source in result.from_}
    for figure in answer.figures[: answer.asked]:
        assert figure.agency == body
        assert figure.year == year or figure.id in derived
    for result in answer.results:
        assert result.agency in (None, body)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=80), st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=8).map("".join)))
def test_no_input_raises(assistant: Assistant, text: str) -> None:
    answer, conversation = assistant.ask(text)
    assert answer.text
    assert "没有处理成功" not in answer.text
    again, _ = assistant.ask("那2021年呢", conversation)
    assert "没有处理成功" not in again.text


def test_what_stands_beside_a_part_is_not_called_its_part(assistant: Assistant) -> None:
    answer, _ = assistant.ask("石峰区2022年应急保障用车")
    assert shown(answer) == ["6辆"], answer.text
    assert "其中" not in answer.text.partition("原文")[0]


def test_a_part_is_no_more_than_its_total(assistant: Assistant) -> None:
    text = assistant.ask("大竹县2023年沙袋支出")[0].text
    assert text.startswith("8.00万元")
    assert "编织沙袋" not in text


def test_columns_of_a_row_are_no_other_readings_of_its_whole(assistant: Assistant) -> None:
    answer, _ = assistant.ask("渠县2022年事业机构")
    assert shown(answer) == ["44.00万元"], answer.text


def test_a_choice_without_a_list_is_said_to_be_none(assistant: Assistant) -> None:
    answer, _ = assistant.ask("第二个")
    assert answer.status == "not_understood"
    assert "没有这一项" in answer.text


def test_which_bodies_have_a_number_is_no_claim(assistant: Assistant) -> None:
    answer, _ = assistant.ask("哪些单位2022年三公经费是1.38万元")
    assert [result.agency for result in answer.results] == ["渠县林业局"], answer.text


def test_each_division_of_a_total_stands_alone(assistant: Assistant) -> None:
    answer, _ = assistant.ask("石峰区2022年基本支出构成")
    assert "其中：人员经费280.5万元，公用经费30万元。" in answer.text


def test_a_year_worked_out_is_compared_once_with_its_formula_and_its_sources(assistant: Assistant) -> None:
    answer, _ = assistant.ask("渠县2021年和石峰区2022年机关运行经费哪个高")
    assert [(result.year, f"{result.value}{result.unit}") for result in answer.results[:2]] == [
        (2021, "97.86万元"),
        (2022, "120000元"),
    ]
    assert answer.results[0].formula == "84.36万元 + 13.5万元 = 97.86万元"
    assert shown(answer) == ["84.36万元", "-13.5万元", "120000元"]


def test_what_belongs_together_stays_so_in_a_follow_up(assistant: Assistant) -> None:
    answer = talk(assistant, "渠县2022年三公经费和石峰区2022年机关运行经费", "换成元")[-1]
    assert shown(answer) == ["1.38万元", "120000元"]
    later = talk(assistant, "渠县2022年三公经费和石峰区2022年机关运行经费", "那2021年呢")[-1]
    assert shown(later)[:1] == ["1.40万元"] and "84.36" not in later.text


def test_a_complete_question_is_about_all_bodies_again(assistant: Assistant) -> None:
    answer = talk(assistant, "湖南三公经费最高的单位", "2022年三公经费最低的单位")[-1]
    assert shown(answer)[:1] == ["1.38万元"]


def test_who_takes_part_in_an_insurance_is_insured() -> None:
    assert plain("参加城乡居民医保人数") == plain("城乡居民医保参保人数")
    assert plain("城镇职工参加人数") == plain("城镇职工参保人数")
    assert plain("参加培训人数") == "参加培训人数"


def test_bodies_meant_together_are_found_in_the_order_of_all(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies_in_order, "FEW", 0)
    assert shown(assistant.ask("湖南2022年三公经费最高的单位")[0]) == ["5.20万元"]
    assert assistant.ask("湖南奶牛头数最多的单位")[0].status == "no_data"
