"""The words around figures, and how much of a question they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.surroundings import Around, surroundings
from bot.answers.word_weights import weigh
from bot.assistant import Assistant
from knowledge.connection import open_reader
from tests.answer_knowledge import make_answers


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Around]:
    path = tmp_path_factory.mktemp("surroundings") / "knowledge.db"
    make_answers(path)
    base = KnowledgeBase(open_reader(path))
    (agency,) = (number for number, name in base.agencies() if "水利局" in name)
    return {one.record.printed: one for one in surroundings(base, agency)}


def test_a_figure_has_its_own_clause_and_what_was_said_before(around: dict[str, Around]) -> None:
    first, second, third = around["439"], around["56"], around["14"]
    assert first.own == "汛期以来排查沿河养殖场户439家|排查数量"
    assert second.own == "责令清退围网56家|清退数量"
    assert (second.lead, second.earlier) == ("汛期以来", "汛期以来排查沿河养殖场户439家")
    assert "选派驻堤巡河队员14名" in second.near
    assert "责令清退围网" in third.earlier


def test_examples_are_no_words_of_a_sum(around: dict[str, Around]) -> None:
    assert "冲锋舟" not in around["8.60"].own
    assert "共用去860万元" in around["8.60"].own


@pytest.mark.parametrize(
    ("words", "printed", "share"),
    [
        ("驻堤巡河队员", "14", 1.0),
        ("沿河养殖场户", "439", 1.0),
        ("沿河养殖场户", "56", 0.65),
        ("驻堤巡河队员", "8.60", 0.0),
    ],
)
def test_share_of_a_question_around_a_figure(around: dict[str, Around], words: str, printed: str, share: float) -> None:
    asked = weigh(words, list(around.values()))
    assert asked.likeness(around[printed]).share == pytest.approx(share)


def test_what_no_sentence_says_counts_against_a_figure(around: dict[str, Around]) -> None:
    known = weigh("驻堤巡河队员", list(around.values())).likeness(around["14"])
    unknown = weigh("驻堤巡河队员与水质监测站", list(around.values())).likeness(around["14"])
    assert known.share > unknown.share
    assert not weigh("水质监测站", list(around.values())).likeness(around["14"]).own


@given(st.text(max_size=40))
def test_any_words_give_a_share(around: dict[str, Around], words: str) -> None:
    asked = weigh(words, list(around.values()))
    assert all(0 <= asked.likeness(one).share <= 1 for one in around.values() if asked.words)


def test_the_year_asked_for_is_kept(tmp_path: Path) -> None:
    make_answers(tmp_path / "knowledge.db")
    answer, _ = Assistant(tmp_path / "knowledge.db", today=date(2026, 11, 22)).ask("石峰区2020年有多少名驻堤巡河队员")
    assert (answer.status, answer.figures) == ("no_data", ())
