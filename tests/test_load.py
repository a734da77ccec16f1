"""Loading files, folders and archives: every outcome, and whole reports whatever happens."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.load import LoadSummary, load_paths
from knowledge.samples import sample_files
from knowledge.store import open_reader, stored_reports

REPORT = """{agency}{year}年度部门决算

一、收入支出决算总体情况说明

{year}年度收、支总计{amount}万元。

二、“三公”经费支出决算情况说明

{year}年“三公”经费支出决算为1.38万元，完成预算的100%。
"""


def write_report(folder: Path, name: str, agency: str = "甲县财政局", year: int = 2022, amount: str = "100.00") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(REPORT.format(agency=agency, year=year, amount=amount), "utf-8")
    return path


def statuses(summary: LoadSummary) -> list[str]:
    return [outcome.status for outcome in summary.outcomes]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


def test_report_is_stored_with_body_and_year(tmp_path: Path, database: Path) -> None:
    (outcome,) = load_paths([write_report(tmp_path, "a.txt")], database).outcomes
    assert (outcome.status, outcome.agency, outcome.year, outcome.kind) == ("stored", "甲县财政局", 2022, "部门决算")
    assert set(stored_reports(database)) == {"a.txt"}


def test_same_file_again_is_unchanged(tmp_path: Path, database: Path) -> None:
    path = write_report(tmp_path, "a.txt")
    load_paths([path], database)
    loaded_at = database.stat().st_mtime_ns
    assert statuses(load_paths([path], database)) == ["unchanged"]
    assert database.stat().st_mtime_ns == loaded_at


def test_changed_file_replaces_its_report(tmp_path: Path, database: Path) -> None:
    load_paths([write_report(tmp_path, "a.txt")], database)
    assert statuses(load_paths([write_report(tmp_path, "a.txt", year=2023)], database)) == ["replaced"]
    assert [report.year for report in stored_reports(database).values()] == [2023]


def test_dry_run_writes_nothing(tmp_path: Path, database: Path) -> None:
    summary = load_paths([write_report(tmp_path, "a.txt")], database, dry_run=True)
    assert statuses(summary) == ["stored"]
    assert not database.exists()


def test_what_the_admin_says_goes_first(tmp_path: Path, database: Path) -> None:
    path = write_report(tmp_path, "a.txt")
    load_paths([path], database)
    summary = load_paths([path], database, agency="甲县财政局本级", year=2021, title="新标题")
    assert statuses(summary) == ["replaced"]
    (report,) = stored_reports(database).values()
    assert (report.agency, report.year, report.title) == ("甲县财政局本级", 2021, "新标题")
    assert statuses(load_paths([path], database)) == ["unchanged"]


def test_bad_files_are_named_and_the_others_loaded(tmp_path: Path, database: Path) -> None:
    good = write_report(tmp_path, "good.txt")
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.touch()
    binary.write_bytes(bytes(range(256)) * 40)
    summary = load_paths(
        [empty, tmp_path / "missing.txt", binary, good, write_report(tmp_path, "x.unknown", amount="7")], database
    )
    by_name = {Path(outcome.origin).name: outcome for outcome in summary.outcomes}
    assert {name for name, outcome in by_name.items() if outcome.status == "failed"} == {
        "empty.txt",
        "missing.txt",
        "binary.txt",
        "x.unknown",
    }
    for name, outcome in by_name.items():
        assert outcome.status == "stored" or (name in outcome.message and outcome.message.endswith("。"))
    assert set(stored_reports(database)) == {"good.txt"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a file that cannot be read")
def test_unreadable_file_is_named(tmp_path: Path, database: Path) -> None:
    path = write_report(tmp_path, "secret.txt")
    path.chmod(0)
    (outcome,) = load_paths([path], database).outcomes
    assert outcome.status == "failed"
    assert "secret.txt" in outcome.message


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_encodings_of_text_files(tmp_path: Path, database: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(REPORT.format(agency="甲县财政局", year=2022, amount="1").encode(encoding))
    (outcome,) = load_paths([path], database).outcomes
    assert (outcome.status, outcome.agency) == ("stored", "甲县财政局")


def test_folder_is_searched_and_other_formats_passed_over(tmp_path: Path, database: Path) -> None:
    folder = tmp_path / "reports"
    write_report(folder / "甲", "a.txt")
    write_report(folder / "乙", "b.txt", agency="乙县财政局")
    (folder / ".hidden.txt").write_text("x")
    (folder / "photo.xyz").write_text("x")
    summary = load_paths([folder], database)
    assert sorted(statuses(summary)) == ["skipped", "stored", "stored"]
    assert set(stored_reports(database)) == {"a.txt", "b.txt"}


def test_archive_is_unpacked(tmp_path: Path, database: Path) -> None:
    path = write_report(tmp_path, "报告.txt")
    archive = tmp_path / "reports.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.write(path, "甲县/报告.txt")
    (outcome,) = load_paths([archive], database).outcomes
    assert (outcome.status, outcome.document) == ("stored", "报告.txt")
    assert statuses(load_paths([archive], database)) == ["unchanged"]


def test_damaged_archive_is_named(tmp_path: Path, database: Path) -> None:
    archive = tmp_path / "bad.zip"
    archive.write_bytes(b"PK\x03\x04 this is no archive")
    (outcome,) = load_paths([archive], database).outcomes
    assert (outcome.status, "bad.zip" in outcome.message) == ("failed", True)


def test_two_files_of_one_name_are_two_reports(tmp_path: Path, database: Path) -> None:
    first = write_report(tmp_path / "2021", "决算.txt", year=2021)
    second = write_report(tmp_path / "2022", "决算.txt", year=2022)
    load_paths([first, second], database)
    assert {name: report.year for name, report in stored_reports(database).items()} == {
        "决算.txt": 2021,
        "2022/决算.txt": 2022,
    }
    assert statuses(load_paths([first, second], database)) == ["unchanged", "unchanged"]
    write_report(tmp_path / "2022", "决算.txt", year=2022, amount="200.00")
    assert statuses(load_paths([first, second], database)) == ["unchanged", "replaced"]
    assert len(stored_reports(database)) == 2


def test_moved_file_keeps_its_report(tmp_path: Path, database: Path) -> None:
    path = write_report(tmp_path / "old", "决算.txt")
    load_paths([path], database)
    (tmp_path / "new").mkdir()
    moved = Path(shutil.move(path, tmp_path / "new"))
    assert statuses(load_paths([moved], database)) == ["unchanged"]
    write_report(tmp_path / "new", "决算.txt", amount="200.00")
    assert statuses(load_paths([moved], database)) == ["replaced"]
    assert len(stored_reports(database)) == 1


def test_copy_of_a_report_is_not_stored_twice(tmp_path: Path, database: Path) -> None:
    path = write_report(tmp_path, "a.txt")
    copy = Path(shutil.copy(path, tmp_path / "b.txt"))
    summary = load_paths([path, copy], database)
    assert sorted(statuses(summary)) == ["stored", "unchanged"]
    (again,) = load_paths([copy], database).outcomes
    assert (again.status, "a.txt" in again.message) == ("unchanged", True)


def test_progress_counts_every_file(tmp_path: Path, database: Path) -> None:
    paths = [write_report(tmp_path, f"{number}.txt", amount=f"{number}.5") for number in range(3)]
    seen: list[tuple[int, int]] = []
    load_paths(paths, database, progress=lambda outcome, done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_several_processes_load_the_same(tmp_path: Path, database: Path) -> None:
    alone = tmp_path / "alone.db"
    load_paths(sample_files(), alone, jobs=1)
    load_paths(sample_files(), database, jobs=2)
    query = "SELECT * FROM figures_readable ORDER BY document, id"
    with closing(open_reader(alone)) as one, closing(open_reader(database)) as two:
        assert [tuple(row) for row in two.execute(query)] == [tuple(row) for row in one.execute(query)]


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_at_any_moment_leaves_whole_reports(tmp_path: Path, database: Path) -> None:
    paths = [
        write_report(tmp_path / "many", f"{number:02}.txt", agency=f"第{number}县财政局", amount=f"{number}.25")
        for number in range(24)
    ]
    load_paths(paths[:1], database)
    fork = multiprocessing.get_context("fork")
    chance = random.Random(7)
    with closing(open_reader(database)) as reader:
        for _ in range(8):
            child = fork.Process(target=load_paths, args=(paths, database), kwargs={"jobs": 1})
            child.start()
            time.sleep(chance.uniform(0.005, 0.2))
            assert reader.execute("SELECT count(*) FROM figures").fetchone()[0] >= 0
            if child.pid:
                os.kill(child.pid, signal.SIGKILL)
            child.join()
            assert_whole(database)
    summary = load_paths(paths, database, jobs=1)
    assert set(statuses(summary)) <= {"stored", "unchanged"}
    assert len(stored_reports(database)) == len(paths)
    assert_whole(database)


def assert_whole(database: Path) -> None:
    """No report without its figures, no figure without its report, no index that says otherwise."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        wrong = connection.execute(
            """
            SELECT document FROM reports WHERE figure_count != (SELECT count(*) FROM figures WHERE report_id = reports.id)
            OR NOT EXISTS (SELECT 1 FROM sources WHERE report_id = reports.id)
            OR NOT EXISTS (SELECT 1 FROM ledger WHERE report_id = reports.id)
            """
        )
        assert wrong.fetchall() == []
        connection.execute("INSERT INTO passages_search(passages_search) VALUES ('integrity-check')")


def test_rows_of_figures_are_stored_and_bad_rows_told(tmp_path: Path, database: Path) -> None:
    path = tmp_path / "数据.csv"
    path.write_text(
        "单位,年度,指标,数值,计量单位\n甲县财政局,2022,三公经费,1.38,万元\n乙县财政局,2021,三公经费,不详,万元\n"
        "乙县财政局,2020,三公经费,2.50,万元\n",
        "utf-8",
    )
    (outcome,) = load_paths([path], database).outcomes
    assert (outcome.status, outcome.figures, outcome.kind) == ("stored", 2, "数据表")
    assert "第 3 行" in outcome.message
    with closing(open_reader(database)) as reader:
        rows = reader.execute("SELECT agency, year, value, line FROM figures_readable ORDER BY line")
        assert [tuple(row) for row in rows] == [("甲县财政局", 2022, "1.38", 2), ("乙县财政局", 2020, "2.50", 4)]
    assert statuses(load_paths([path], database)) == ["unchanged"]
    (dry,) = load_paths([path], tmp_path / "other.db", dry_run=True).outcomes
    assert dry.figures == 2


def test_rows_without_a_figure_are_refused(tmp_path: Path, database: Path) -> None:
    path = tmp_path / "数据.csv"
    path.write_text("单位,年度,指标,数值,计量单位\n甲县财政局,二,三公经费,1.38,万元\n", "utf-8")
    (outcome,) = load_paths([path], database).outcomes
    assert outcome.status == "failed"
    assert stored_reports(database) == {}
