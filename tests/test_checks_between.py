"""Reports of one body against each other."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from knowledge.checks.between import find_between
from knowledge.connection import open_reader
from knowledge.load import load_paths

OLD = "甲县财政局2021年度部门决算\n\n2021年机关运行经费支出{}万元。\n"
NEW = "甲县财政局2022年度部门决算\n\n2022年机关运行经费支出84.36万元，比上年减少13.50万元。\n"


@pytest.mark.parametrize(("expected", "printed"), [(0, "97.86"), (0, "97.87"), (1, "99.86")])
def test_year_before_as_its_own_report_prints_it(tmp_path: Path, expected: int, printed: str) -> None:
    (tmp_path / "2021.txt").write_text(OLD.format(printed), "utf-8")
    (tmp_path / "2022.txt").write_text(NEW, "utf-8")
    database = tmp_path / "knowledge.db"
    load_paths([tmp_path / "2021.txt", tmp_path / "2022.txt"], database)
    with closing(open_reader(database)) as reader:
        findings = list(find_between(reader))
    assert len(findings) == expected
    for finding in findings:
        assert (finding.document, finding.expected, finding.places) == ("2022.txt", "99.86万元", ({"line": 3},))
