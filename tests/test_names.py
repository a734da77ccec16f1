"""Bodies, metrics and projects in questions as people type them; the cases are beside the code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions.lookup import find_prefixes
from bot.questions.names import (
    IndexNaming,
    find_agencies,
    find_agency_mentions,
    find_metric_groups,
    find_metrics,
    find_nearest_agencies,
    find_subjects,
    find_unknown_bodies,
    normalize_question,
)
from bot.questions.typos import CLOSE, are_opposite, likeness
from knowledge.connection import Reader
from knowledge.name_forms import body_forms, name_forms, readings, split_name
from knowledge.names import index_names
from knowledge.store import Store, open_reader
from tests.named_knowledge import AGENCIES, SUBJECTS, make_names

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent.parent / "bot/questions/names.cases.toml").read_text("utf-8")
)
_path: Path


@pytest.fixture(scope="module", autouse=True)
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    global _path
    _path = tmp_path_factory.mktemp("names") / "names.db"
    make_names(_path)
    return _path


@pytest.fixture(scope="module")
def connection(path: Path) -> Iterator[Reader]:
    with closing(open_reader(path)) as opened:
        yield opened


def each(kind: str) -> list[Any]:
    return [pytest.param(case, question, id=question) for case in CASES[kind] for question in case["questions"]]


@pytest.mark.parametrize(("case", "question"), each("agencies"))
def test_agencies(connection: Reader, case: dict[str, Any], question: str) -> None:
    text = normalize_question(question)
    assert sorted({match.name for match in find_agencies(connection, text)}) == sorted(case["expected"])
    unknown = [normalize_question(name) for name in find_unknown_bodies(connection, text)]
    assert unknown == case.get("unknown", [])


@pytest.mark.parametrize(("case", "question"), each("metrics"))
def test_metrics(connection: Reader, case: dict[str, Any], question: str) -> None:
    groups = find_metric_groups(connection, normalize_question(question))
    assert [group[0].name for group in groups if group[0].score >= 80] == case["expected"]


@pytest.mark.parametrize("case", CASES["opposites"], ids=lambda case: case["asked"])
def test_opposites_never_match(connection: Reader, case: dict[str, Any]) -> None:
    assert not {match.name for match in find_metrics(connection, case["asked"])} & set(case["never"])


@pytest.mark.parametrize(("case", "question"), each("subjects"))
def test_subjects(connection: Reader, case: dict[str, Any], question: str) -> None:
    agency = AGENCIES.index(case["agency"]) + 1
    assert [match.name for match in find_subjects(connection, question, [agency])] == case["expected"]


@pytest.mark.parametrize("name", AGENCIES)
def test_an_exactly_named_body_is_found_as_itself(connection: Reader, name: str) -> None:
    for question in (name, f"{name}2022年三公经费", f"请问{name}的三公经费", f"2022年{name}三公经费是多少"):
        found = find_agencies(connection, question)
        assert [match.name for match in found][:1] == [name]
        assert found[0].score == 100
        assert question[found[0].start : found[0].end] == name


@pytest.mark.parametrize(("agency", "subject"), SUBJECTS)
def test_an_exactly_named_project_is_found_as_itself(connection: Reader, agency: str, subject: str) -> None:
    found = find_subjects(connection, f"{agency}{subject}2022年执行数", [AGENCIES.index(agency) + 1])
    assert [match.name for match in found] == [subject]


def test_spans_are_those_of_the_given_text(connection: Reader) -> None:
    text = "您好 渠 縣 ， 醫保局 ２０２２年 “三公” 經費"
    body = find_agencies(connection, text)[0]
    metric = find_metrics(connection, text)[0]
    assert text[body.start : body.end] == "渠 縣 ， 醫保局"
    assert text[metric.start : metric.end] == "三公” 經費"


def test_a_number_in_another_script_is_normalized() -> None:
    assert normalize_question("瀏陽市２０２１年") == "浏阳市2021年"


def test_naming_for_questions(connection: Reader) -> None:
    bodies = IndexNaming(connection).agencies("渠县和渠县财政局的三公经费")
    assert [[match.name for match in group] for group in bodies.groups] == [["渠县医疗保障局"]]
    assert bodies.strangers == ("渠县财政局",)
    assert bodies.spans == ((0, 2), (3, 8))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("渠县财政局", ["渠县医疗保障局", "渠县医疗保障事务中心"]), ("株洲市医疗保障局", ["株洲市石峰区医疗保障局"]),
        ("达州市", ["大竹县庙坝镇人民政府", "大竹县人民医院"]), ("火星市医保局", []), ("", []),
    ],
)  # fmt: skip
def test_nearest_bodies(connection: Reader, name: str, nearest: list[str]) -> None:
    assert [match.name for match in find_nearest_agencies(connection, name, 2)][: len(nearest) or 1] == nearest


def test_a_metric_that_the_body_has_comes_first_of_equals(connection: Reader) -> None:
    assert [match.name for match in find_metrics(connection, "三公经费", [1], [2022])][:1] == ["三公经费"]


def test_a_standard_term_that_no_report_has_is_known(tmp_path: Path) -> None:
    Store(tmp_path / "empty.db").close()
    with closing(open_reader(tmp_path / "empty.db")) as connection:
        found = find_metrics(connection, "公务接待费")
    assert [(match.id, match.name) for match in found] == [(0, "公务接待费")]


def test_names_follow_the_knowledge_base(tmp_path: Path) -> None:
    with Store(tmp_path / "names.db") as store, closing(open_reader(store.path)) as reader:
        connection = store.connection
        connection.execute("INSERT INTO agencies (id, name) VALUES (1, '渠县财政局')")
        index_names(connection, [1], [])
        with reader.snapshot():
            assert [match.name for match in find_agencies(reader, "渠县财政局")] == ["渠县财政局"]
        connection.execute("UPDATE agencies SET name = '渠县审计局' WHERE id = 1")
        index_names(connection, [1], [])
        with reader.snapshot():
            assert find_unknown_bodies(reader, "渠县财政局") == ["渠县财政局"]
        connection.execute("DELETE FROM agencies WHERE id = 1")
        index_names(connection, [1], [])
        with reader.snapshot():
            assert find_agencies(reader, "渠县审计局") == []


def test_names_that_begin_a_text_are_found_among_many_that_begin_alike(tmp_path: Path) -> None:
    others = [f"其他支出{character}项" for character in "甲乙丙丁戊己庚辛壬癸"]
    many = [f"其他{left}{right}费" for left in "子丑寅卯辰巳午未申酉戌亥" for right in "甲乙丙丁戊己庚辛壬癸"]
    names = ["其他", "其他支出", *others, *many]
    with Store(tmp_path / "many.db") as store, closing(open_reader(store.path)) as reader:
        store.connection.executemany("INSERT INTO metrics (name) VALUES (?)", [(name,) for name in names])
        index_names(store.connection, [], range(1, len(names) + 1))
        with reader.snapshot():
            assert find_prefixes(reader, "metric", "text", "其他支出丁项金额") == ["其他支出丁项", "其他支出", "其他"]
            assert find_prefixes(reader, "metric", "text", "其他支出丁项金额", 3) == ["其他支出丁项", "其他支出"]
            assert find_prefixes(reader, "metric", "text", "其他收入") == ["其他"]
            assert find_prefixes(reader, "metric", "text", "其") == []


def test_parts_and_forms_of_names() -> None:
    assert split_name("株洲市石峰区医疗保障局") == ((430204,), "医疗保障局")
    assert split_name("国家医疗保障局") == ((), "国家医疗保障局")
    assert body_forms("医疗保险基金管理中心")["医保中心"] == 92
    assert ("zeng", "du", "qu") in readings("曾都区")
    assert ("initials", "qx", 100) in name_forms("渠县", 100)


@pytest.mark.parametrize(
    ("written", "name", "same"),
    [
        ("医疗障保局", "医疗保障局", True), ("医疗保局", "医疗保障局", True), ("医疗保障障局", "医疗保障局", True),
        ("医疗保樟局", "医疗保障局", True), ("机关运行经贵", "机关运行经费", True), ("财政局", "审计局", False),
        ("年初预算数", "年初决算数", False), ("流动资产", "非流动资产", False), ("2021年补助", "2022年补助", False),
        ("退休人员", "离休人员", False), ("第一季度支出", "第二季度支出", False), ("医疗救助金额", "医疗救助人数", False),
        ("住院补助人次", "门诊补助人次", False), ("项目支出", "基本支出", False),
    ],
)  # fmt: skip
def test_likeness(written: str, name: str, same: bool) -> None:
    assert (likeness(written, name) >= CLOSE) == same


def test_opposites() -> None:
    assert are_opposite("年初预算数", "年初决算数")
    assert not are_opposite("公务用车购置及运行维护费", "公务用车购置及运行费")


ALPHABET = "渠县石峰区医疗保障局财政浏阳市的和三公经费收入支出2022年qxian，、 （）“”縣🤔\ud800\x00'%_"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.text(ALPHABET, max_size=40))
def test_no_text_raises_and_spans_lie_inside(text: str) -> None:
    with closing(open_reader(_path)) as connection:
        plain = normalize_question(text)
        assert len(plain) == len(text)
        mentions = find_agency_mentions(connection, text)
        found = [match for mention in mentions for match in mention.matches]
        found += [*find_metrics(connection, text), *find_subjects(connection, text)]
    assert all(0 <= match.start < match.end <= len(text) and 0 < match.score <= 100 for match in found)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(AGENCIES), st.text("请问查一下的2021年度三公经费基本支出是多少，？ ", max_size=12))
def test_an_exact_name_wins_whatever_follows(name: str, rest: str) -> None:
    with closing(open_reader(_path)) as connection:
        found = find_agencies(connection, f"{name}，{rest}")
    assert found
    assert found[0].name == name
