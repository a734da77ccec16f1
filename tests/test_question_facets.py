"""The facets of questions, from the cases beside them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.facets.amounts import Bound, find_claims, find_thresholds
from bot.questions.facets.dates import find_dates
from bot.questions.facets.measures import find_measures
from bot.questions.facets.operations import find_count, find_operations, is_ascending
from bot.questions.facets.scopes import find_scopes
from bot.questions.facets.units import find_units
from bot.questions.facets.years import Years, find_years
from bot.questions.fillers import is_filler, strip_fillers
from bot.questions.spans import Found, keep_longest, mask

FOLDER = Path(__file__).parent.parent / "bot" / "questions" / "facets"
OTHER = tomllib.loads((FOLDER / "other.cases.toml").read_text("utf-8"))


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(expected, text) for expected, texts in table.items() for text in texts]


def load(name: str) -> list[tuple[str, str]]:
    return cases(tomllib.loads((FOLDER / f"{name}.cases.toml").read_text("utf-8")))


def year_label(found: list[Found[Years]]) -> str:
    years = [str(year) for item in found for year in item.value.years]
    offsets = [str(item.value.offset) for item in found if item.value.offset is not None]
    recent = [f"recent {item.value.recent}" for item in found if item.value.recent is not None]
    return ",".join(years + offsets + recent) or "none"


def bound_label(bound: Bound) -> str:
    return " ".join(part for part in (bound.comparator, str(bound.value), bound.unit) if part)


def label(values: list[str]) -> str:
    return ",".join(values) or "none"


@pytest.mark.parametrize(("expected", "text"), load("years"))
def test_years(expected: str, text: str) -> None:
    assert year_label(find_years(text)) == expected


@pytest.mark.parametrize(("expected", "text"), load("measures"))
def test_measures(expected: str, text: str) -> None:
    assert label([found.value for found in find_measures(text)]) == expected


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["scopes"]))
def test_scopes(expected: str, text: str) -> None:
    assert label([found.value for found in find_scopes(text)]) == expected


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["units"]))
def test_units(expected: str, text: str) -> None:
    assert label([found.value for found in find_units(text)]) == expected


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["thresholds"]))
def test_thresholds(expected: str, text: str) -> None:
    assert label([bound_label(found.value) for found in find_thresholds(text)]) == expected


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["dates"]))
def test_dates(expected: str, text: str) -> None:
    assert label([found.value for found in find_dates(text)]) == expected


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["claims"]))
def test_claims(expected: str, text: str) -> None:
    assert label([bound_label(found.value) for found in find_claims(text)]) == expected


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["operations"]))
def test_operations(expected: str, text: str) -> None:
    found = {item.value for item in find_operations(text)}
    assert expected in found if expected != "none" else not found


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["counts"]))
def test_counts(expected: str, text: str) -> None:
    assert str(find_count(text) or "none") == expected


@pytest.mark.parametrize(("expected", "text"), cases(OTHER["ascending"]))
def test_ascending(expected: str, text: str) -> None:
    assert is_ascending(text) == (expected == "yes")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("三公经费", "请问三公经费是多少呢"),
        ("三公经费", "您好，麻烦查一下三公经费，谢谢"),
        ("住房公积金", "查 住房公积金"),
        ("会议费", "会议费??"),
        ("固定资产原值", "固定资产原值🤔"),
        ("为民服务经费", "为民服务经费"),
        ("中央财政补助资金", "中央财政补助资金"),
        ("特殊门诊申请", "特殊门诊申请"),
        ("检查", "检查"),
        ("在职人员", "在职人员有多少"),
        ("行政审批", "行政审批多少"),
        ("大病保险赔付", "大病保险赔付了多少钱"),
        ("给水工程", "请问给水工程"),
        ("引进人才", "引进人才有几个"),
        ("问题整改落实率", "问题整改落实率"),
        ("", "请问一下"),
        ("", "多少钱"),
        ("", "！？"),
    ],
)
def test_fillers_come_off_the_edges_alone(expected: str, text: str) -> None:
    assert strip_fillers(text) == expected
    assert is_filler(text) == (not expected)


def test_relative_years_count_from_the_year_given() -> None:
    assert find_years("去年")[0].value.resolve(2026) == (2025,)
    assert find_years("前年")[0].value.resolve(2022) == (2020,)
    assert find_years("2019年")[0].value.resolve(2026) == (2019,)


def test_masks_keep_offsets() -> None:
    assert mask("渠县2022年三公", [(2, 7)]) == "渠县     三公"
    assert keep_longest([Found(0, 2, "a"), Found(1, 5, "b")]) == [Found(1, 5, "b")]


FRAGMENTS = st.sampled_from(
    [
        "渠县",
        "2022",
        "年",
        "去",
        "近",
        "三",
        "超过",
        "100",
        "万",
        "元",
        "%",
        "比",
        "上年",
        "少",
        "多",
        "预算",
        "〇",
        "-",
        "到",
        "前",
        "第",
        ".",
        "，",
        "吗",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=14).map("".join)))
def test_facets_stand_inside_the_text_and_never_raise(text: str) -> None:
    finders = (
        find_years,
        find_measures,
        find_scopes,
        find_units,
        find_thresholds,
        find_claims,
        find_operations,
        find_dates,
    )
    for finder in finders:
        for found in finder(text):  # type: ignore[operator]
            assert 0 <= found.start < found.end <= len(text)
    assert len(strip_fillers(text)) <= len(text)
