"""Bad and hostile files: each gives one sentence with its name, the knowledge base stays as it was, the rest is loaded."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from knowledge.load import load_paths
from knowledge.store import stored_reports
from tests.published import write_docx, write_pdf, write_xlsx


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1500])


def write_formula(path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = "合计", "=1+1"
    workbook.save(path)


def add_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/zeros.bin", b"\0" * (40 << 20))


def add_entities(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/extra.xml", '<!DOCTYPE x [<!ENTITY a "&a;">]><x>&a;</x>')


def write_archive_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("report.txt", b"\0" * (80 << 20))


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.pdf": (lambda path: path.write_bytes(b""), "是空文件"),
    "locked.pdf": (lambda path: write_pdf(path, encrypt="secret"), "设有打开密码"),
    "truncated.pdf": (lambda path: truncate(write_pdf(path)), "不是完整的 PDF 文件"),
    "truncated.docx": (lambda path: truncate(write_docx(path)), "已损坏或未下载完"),
    "truncated.xlsx": (lambda path: truncate(write_xlsx(path)), "已损坏或未下载完"),
    "page.pdf": (lambda path: path.write_text("<html><body>404</body></html>"), "内容却是网页"),
    "noise.docx": (lambda path: path.write_bytes(bytes(range(256))), "内容却不是Word 文件的内容"),
    "formula.xlsx": (write_formula, "只有公式、没有计算结果"),
    "bomb.docx": (lambda path: add_bomb(write_docx(path)), "疑似压缩炸弹"),
    "entities.docx": (lambda path: add_entities(write_docx(path)), "XML 中含有实体定义"),
    "bomb.zip": (write_archive_bomb, "疑似压缩炸弹"),
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], set[str], set[str]]:
    """Messages by file name, and the documents stored before and after."""
    folder = tmp_path_factory.mktemp("bad")
    database = folder / "knowledge.db"
    load_paths([write_docx(folder / "before.docx")], database)
    before = set(stored_reports(database))
    paths = [folder / name for name in BAD]
    for path in paths:
        BAD[path.name][0](path)
    good = folder / "good.txt"
    good.write_text("甲县财政局2022年度部门决算\n\n2022年度收、支总计100.00万元。\n", "utf-8")
    summary = load_paths([*paths, good], database, jobs=1)
    failed = {Path(outcome.origin).name: outcome.message for outcome in summary.outcomes if outcome.status == "failed"}
    return failed, before, set(stored_reports(database))


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_names_the_file_and_the_reason(
    loaded: tuple[dict[str, str], set[str], set[str]], name: str
) -> None:
    message = loaded[0][name]
    assert message.startswith(f"《{name}》") and message.endswith("。") and "\n" not in message
    assert BAD[name][1] in message


def test_the_knowledge_base_stays_and_the_rest_is_loaded(loaded: tuple[dict[str, str], set[str], set[str]]) -> None:
    _, before, after = loaded
    assert after == before | {"good.txt"}
