"""Sentences exist, and take the values that they name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.wording import WordingError, phrase, phrases, placeholders

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
