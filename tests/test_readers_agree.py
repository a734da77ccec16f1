"""The same report gives the same cells, lines and figures in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.extract import extract_figures
from knowledge.layout.build import build_report
from knowledge.models import Source
from knowledge.readers import read_source
from tests.published import (
    AGENCY,
    INCOME,
    REPORT,
    THREE_PUBLIC,
    check_source,
    table_texts,
    write_docx,
    write_html,
    write_pdf,
    write_picture,
    write_xlsx,
)

WRITERS: dict[str, Callable[[Path], Path]] = {
    "report.pdf": write_pdf,
    "report.docx": write_docx,
    "report.xlsx": write_xlsx,
    "report.html": write_html,
}
SHORT = (*REPORT[4:9], *REPORT[12:15])
Claim = tuple[str, str, str, str | None, str | None, str | None, int]


def figures(source: Source) -> Counter[Claim]:
    """What a source says, whatever its format."""
    report = build_report(source, agency=AGENCY, year=2023)
    return Counter(
        (figure.metric, figure.measure, str(figure.value), figure.unit, figure.scope, figure.split, figure.year)
        for figure in extract_figures(report).figures
    )


@pytest.mark.parametrize("name", WRITERS)
def test_cells_are_those_of_the_report(tmp_path: Path, name: str) -> None:
    source = read_source(WRITERS[name](tmp_path / name))
    check_source(source)
    assert [table_texts(source, table) for table in source.tables] == [INCOME.placed(), THREE_PUBLIC.placed()]


@pytest.mark.parametrize("name", WRITERS)
def test_lines_are_those_of_the_report(tmp_path: Path, name: str) -> None:
    source = read_source(WRITERS[name](tmp_path / name))
    tables = [(table.start, table.end) for table in source.tables]
    printed = "".join(
        source.text[line.start : line.end]
        for line in source.lines
        if not any(start <= line.start <= end for start, end in tables)
    )
    expected = "".join(block for block in REPORT if isinstance(block, str))
    assert "".join(printed.split()).replace("云岭县林业局政务公开", "") == "".join(expected.split())


def test_figures_are_the_same_in_every_format(tmp_path: Path) -> None:
    read = {name: figures(read_source(write(tmp_path / name))) for name, write in WRITERS.items()}
    assert read["report.pdf"][("本年收入合计", "决算数", "1286.40", "万元", "全部", None, 2023)] >= 1
    assert len(read["report.pdf"]) >= 20
    for name, found in read.items():
        assert found == read["report.pdf"], name


def test_a_scan_gives_the_figures_or_marks_them(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    pytest.importorskip("pylopdf_fonts_zh_cn")
    source = read_source(write_picture(tmp_path / "scan.png", SHORT))
    check_source(source)
    assert (source.format, source.tables[0].origin) == ("scan", "ocr")
    expected = figures(read_source(write_docx(tmp_path / "report.docx", SHORT)))
    found = figures(source)
    assert sum((expected & found).values()) >= 0.97 * sum(expected.values())
    doubtful = "".join(source.text[doubt.start : doubt.end] for doubt in source.doubts)
    assert all(value in doubtful for _, _, value, *_ in found - expected)
