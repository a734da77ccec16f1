"""Full-text search over Chinese."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search import search_query, search_terms

SENTENCES = (
    "2022年“三公”经费财政拨款支出决算为1.38万元",
    "公务接待费支出0.07\n万元，完成预算100%",
    "政府采购货物支出0万元",
)


@pytest.fixture
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    connection.executemany("INSERT INTO words VALUES (?)", [(search_terms(text),) for text in SENTENCES])
    return connection


def found(index: sqlite3.Connection, words: str) -> list[int]:
    query = search_query(words)
    return [row for (row,) in index.execute("SELECT rowid FROM words WHERE words MATCH ?", [query])] if query else []


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ([1], "三公"),
        ([1], "三公经费"),
        ([1], "“三公”经费"),
        ([2], "接待"),
        ([2], "公务接待费"),
        ([3], "采购 货物"),
        ([2], "0.07万元"),
        ([1, 2, 3], "支出"),
        ([1, 2, 3], "万"),
        ([], "接待 采购"),
        ([], "费接"),
        ([], "“”"),
    ],
)
def test_words_find_sentences(index: sqlite3.Connection, expected: list[int], words: str) -> None:
    assert found(index, words) == expected


@given(st.text())
def test_no_input_is_a_bad_query(words: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    found(connection, words)


def test_cut_text() -> None:
    assert search_terms("“三公”经费1.38万元") == "三公 公经 经费 1.38 万元"
