"""Sentences exist, and take the values that they name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.models import Citation, ShownFigure
from bot.wording import WordingError, phrase, phrases, placeholders
from bot.wording.answer import join_wrapped, readable_quote

BOT = Path(__file__).parents[1] / "bot"


def test_fills_in_values_and_refuses_others() -> None:
    assert phrase("spreadsheet.page", number=3) == "第3页"
    for key, values in (("spreadsheet.page", {}), ("spreadsheet.page", {"number": 3, "x": 1}), ("no.phrase", {})):
        with pytest.raises(WordingError):
            phrase(key, **values)


@pytest.mark.parametrize("sentence", ["{", "第{}页", "第{0}页", "{a.b}"])
def test_refuses_placeholders_without_a_name(sentence: str) -> None:
    with pytest.raises(ValueError):
        placeholders(sentence)


def test_every_phrase_that_the_code_names_exists_with_those_values() -> None:
    found = 0
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase"):
                continue
            if node.args and isinstance(node.args[0], ast.Constant) and all(word.arg for word in node.keywords):
                assert placeholders(phrases()[node.args[0].value]) == {word.arg for word in node.keywords}, path
                found += 1
    assert found > 50


def test_a_row_of_bare_numbers_gives_way_to_a_sentence() -> None:
    said = "“三公”经费支出决算为0.39万元。"
    place = {"figure": "1", "report": "r", "document": "d", "title": "t", "section": "一", "printed": "0.39"}
    figure = ShownFigure(
        id="1",
        document="d",
        agency="甲县水务局",
        year=2024,
        metric="三公经费",
        measure="决算数",
        value="0.39",
        section="一",
        quote="2.85 0.39",
        citations=(Citation(quote="2.85 0.39", **place), Citation(quote=said, **place)),
    )
    assert readable_quote(figure) == said
    assert readable_quote(figure.model_copy(update={"citations": ()})) == "2.85 0.39"


@pytest.mark.parametrize(
    ("expected", "quote"),
    [
        ("选派 14 名工作人员，派驻全县。", "选派 14 名工作人 员，派 驻全县。"),
        ("“三公”经费支出1.38万元。", "“三公” 经费支出1.38万元。"),
        ("公用经费 31.04 42 43.72", "公用经费 31.04 42 43.72"),
        ("其他收入 八、社会保障支出 754.75", "其他收入 八、社会保障支出  754.75"),
    ],
)
def test_a_sentence_is_quoted_without_the_gaps_of_wrapped_lines(expected: str, quote: str) -> None:
    assert join_wrapped(quote) == expected
