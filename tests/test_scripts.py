"""The scripts for admins, as they are called."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from knowledge.export import FIELDS
from knowledge.samples import sample_files
from scripts import check_reports, export_figures, load_reports

ROOT = Path(__file__).parents[1]
SAMPLE = next(path for path in sample_files() if path.stem.startswith("渠县"))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    assert load_reports.main(["--db", str(path), str(SAMPLE)]) == 0
    return path


def test_load_prints_a_line_per_report_and_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空.txt").touch()
    status = load_reports.main(["--db", str(tmp_path / "k.db"), str(SAMPLE), str(tmp_path / "空.txt")])
    first, second, last = capsys.readouterr().out.strip().splitlines()
    assert status == 1
    assert first.startswith(f"已入库  {SAMPLE.name}：渠县医疗保障局，2022，部门决算；数据 ")
    assert second.startswith(f"失败  {tmp_path / '空.txt'}：《空.txt》是空文件")
    assert last.startswith("共 2 个文件：已入库 1 份，失败 1 份；")


def test_dry_run_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load_reports.main(["--db", str(tmp_path / "k.db"), "--dry-run", str(SAMPLE)]) == 0
    assert "试运行，未写入知识库" in capsys.readouterr().out
    assert not (tmp_path / "k.db").exists()


def test_aliases_are_added(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    aliases = tmp_path / "aliases.toml"
    aliases.write_text('"渠县医疗保障局" = ["县医保"]\n"没有这个局" = "没有"\n', "utf-8")
    assert load_reports.main(["--db", str(database), "--aliases", str(aliases)]) == 0
    assert "“没有这个局”不在知识库中" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--db", "notes.txt", str(SAMPLE)], ["--aliases", "none.csv", "--db", "k.db"]])
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.txt").write_text("不是数据库" * 200, "utf-8")
    assert load_reports.main(arguments) == 1
    error = capsys.readouterr().err.strip()
    assert error.endswith("。")
    assert len(error.splitlines()) == 1


def test_nothing_to_load_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        load_reports.main([])
    assert "请给出要载入的文件" in capsys.readouterr().err


def test_export_as_json_lines(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export_figures.main(["--db", str(database), "--metric", "三公经费"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    spent = next(record for record in records if record["measure"] == "决算数")
    assert list(spent) == list(FIELDS)
    assert (spent["agency"], spent["year"], spent["value"], spent["unit"]) == ("渠县医疗保障局", 2022, "1.38", "万元")
    assert (spent["derived"], spent["document"], spent["page"]) == (False, SAMPLE.name, None)
    assert SAMPLE.read_text("utf-8").splitlines()[spent["line"] - 1].count("1.38万元") == 1


def test_export_as_csv_opens_in_excel(database: Path, tmp_path: Path) -> None:
    output = tmp_path / "figures.csv"
    assert export_figures.main(["--db", str(database), "--format", "csv", "--output", str(output)]) == 0
    assert output.read_bytes().startswith(b"\xef\xbb\xbfid,document,")
    with output.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"1.38", "84.36", "7413.59"} <= {row["value"] for row in rows}


def test_export_as_workbook(database: Path, tmp_path: Path) -> None:
    output = tmp_path / "figures.xlsx"
    assert export_figures.main(["--db", str(database), "--format", "xlsx", "--output", str(output)]) == 0
    header, *rows = openpyxl.load_workbook(output).active.iter_rows(values_only=True)
    assert list(header) == list(FIELDS.values())
    assert 7413.59 in {row[list(FIELDS).index("value")] for row in rows}


def test_same_report_again_has_the_same_ids(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = tmp_path / "again.db"
    load_reports.main(["--db", str(again), str(SAMPLE)])
    capsys.readouterr()
    printed = []
    for path in (database, again):
        export_figures.main(["--db", str(path)])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_check_prints_contradictions(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_reports.main(["--db", str(database), "--format", "jsonl"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"document", "rule", "severity", "message", "places", "printed", "expected"} <= set(records[0])
    assert ("percentage", "error") in {(record["rule"], record["severity"]) for record in records}
    assert check_reports.main(["--db", str(database)]) == 0
    assert "应为 19.01%" in capsys.readouterr().out


@pytest.mark.parametrize("main", [export_figures.main, check_reports.main])
def test_without_a_knowledge_base(main: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(main)
    assert main(["--db", str(tmp_path / "none.db")]) == 1
    assert capsys.readouterr().err.startswith("没有找到知识库")


@pytest.mark.parametrize(
    "command", [("ask.py", "渠县2022年三公经费"), ("explain.py", "渠县2022年三公经费"), ("export_figures.py",)]
)
def test_that_nobody_reads_on_is_no_error(database: Path, command: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [sys.executable, ROOT / "scripts" / command[0], *command[1:], "--db", str(database)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
