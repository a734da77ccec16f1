"""The direction of imports: the house of the design, kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FORMAT_LIBRARIES = {
    "pypdfium2", "pypdfium2_raw", "openpyxl", "xlrd", "docx", "lxml", "defusedxml", "rapidocr_onnxruntime",
    "charset_normalizer", "pdfplumber",
}  # fmt: skip

LAYERS = (
    {"knowledge.models", "knowledge.text"},
    {"knowledge.vocabulary", "knowledge.numbers", "knowledge.regions", "knowledge.spelling"},
    {"knowledge.readers", "knowledge.layout"},
    {"knowledge.rules"},
    {"knowledge.ledger", "knowledge.extract"},
    {"knowledge.checks"},
    {"knowledge.prepare"},
    {"knowledge.store", "knowledge.schema"},
    {"knowledge.load"},
    {"knowledge.samples"},
)
"""From the ground up: a layer imports its own and those before it."""


@cache
def modules() -> dict[str, Path]:
    """Every module of the project by its dotted name."""
    found = {}
    for package in ("knowledge", "bot", "scripts"):
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports(module: str) -> frozenset[str]:
    """What a module imports, wherever the statement stands; names imported from a package as ``package.name``."""
    tree = ast.parse(modules()[module].read_text("utf-8"))
    return frozenset(name for node in ast.walk(tree) for name in _imported(node))


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_in(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _importers(packages: set[str]) -> set[str]:
    return {module for module in modules() if any(_is_in(name, packages) for name in imports(module))}


def test_knowledge_never_imports_bot_or_scripts() -> None:
    assert not [module for module in _importers({"bot", "scripts"}) if module.startswith("knowledge")]


def test_bot_never_imports_scripts() -> None:
    assert not [module for module in _importers({"scripts"}) if module.startswith("bot")]


def test_only_store_and_schema_import_sqlite_utils() -> None:
    assert _importers({"sqlite_utils"}) == {"knowledge.store", "knowledge.schema"}


def test_only_readers_import_format_libraries() -> None:
    outside = {module for module in _importers(FORMAT_LIBRARIES) if not _is_in(module, {"knowledge.readers"})}
    assert outside <= {"knowledge.pictures", "scripts.benchmark"}


def test_only_the_telegram_channel_imports_telegram() -> None:
    assert {module for module in _importers({"telegram"}) if not _is_in(module, {"bot.channels.telegram"})} <= {
        "bot.__main__",
        "scripts.benchmark",
    }


@pytest.mark.parametrize("height", range(len(LAYERS)))
def test_layers_import_downwards(height: int) -> None:
    above = set().union(*LAYERS[height + 1 :])
    wrong = {
        (module, name)
        for module in modules()
        if _is_in(module, LAYERS[height])
        for name in imports(module)
        if _is_in(name, above)
    }
    assert not wrong


def test_every_module_of_a_layer_exists() -> None:
    assert set().union(*LAYERS) <= set(modules())
