"""What the READMEs say is true: commands, options, settings, examples."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from knowledge.aliases import read_aliases
from scripts.write_examples import READMES, ROOT, build_block, read_block

READ = [pytest.param(path, id=path.name) for path in READMES]


@pytest.mark.parametrize("readme", READ)
def test_newcomers_two_commands(readme: Path) -> None:
    text = readme.read_text("utf-8")
    assert "    pip install uv && uv run python scripts/ask.py 渠县2022年三公经费\n" in text
    assert "    pip install uv && uv run pytest\n" in text


@pytest.mark.parametrize("readme", READ)
def test_conversation_is_what_the_program_prints(readme: Path) -> None:
    assert read_block(readme) == build_block(), "run: uv run python scripts/write_examples.py"


@pytest.mark.parametrize("readme", READ)
def test_scripts_and_their_options_exist(readme: Path) -> None:
    commands = re.findall(r"scripts/(\w+)\.py([^\n`]*)", readme.read_text("utf-8"))
    assert commands
    for script, arguments in commands:
        source = ROOT / "scripts" / f"{script}.py"
        assert source.exists(), script
        parser = getattr(import_module(f"scripts.{script}"), "build_parser", None)
        known = parser().format_help() if parser else source.read_text("utf-8")
        for option in re.findall(r"--[a-z-]+", arguments):
            assert option in known, f"scripts/{script}.py {option}"


@pytest.mark.parametrize("readme", READ)
def test_settings_exist(readme: Path) -> None:
    settings = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", readme.read_text("utf-8")))
    known = (ROOT / ".env.example").read_text("utf-8")
    assert settings
    assert all(f"{name}=" in known for name in settings)


@pytest.mark.parametrize("readme", READ)
def test_example_of_aliases_can_be_read(readme: Path, tmp_path: Path) -> None:
    example = re.search(r"```csv\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    assert example
    path = tmp_path / "aliases.csv"
    path.write_text(example[1], "utf-8")
    assert ("渠县医疗保障局", "县医保局") in list(read_aliases(path))
    assert "单位" not in {agency for agency, _ in read_aliases(path)}


@pytest.mark.parametrize("readme", READ)
def test_links_lead_somewhere(readme: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", readme.read_text("utf-8")):
        assert (ROOT / target).exists(), target
