"""The knowledge base: whole reports, exact values, names that come and go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.findings import find_messages
from knowledge.models import Absence, Definition, Figure, Finding, LedgerEntry, Place
from knowledge.records import Contents, ReportRecord
from knowledge.search import search_query
from knowledge.store import Store, StoreError, open_reader, stored_reports
from knowledge.stored_rows import FigureRow, Rows, build_rows, figure_row

TEXT = "2022年“三公”经费支出1.38万元。\n无政府性基金支出。\n三公经费：三项开支。"


def record(document: str = "渠县.txt", agency: str = "渠县医疗保障局", **fields: str) -> ReportRecord:
    return ReportRecord(
        document=document,
        title=fields.get("title", "渠县医疗保障局2022年度部门决算"),
        agency=agency,
        year=2022,
        kind=fields.get("kind", "部门决算"),
        format="text",
        sha256=fields.get("sha256", "0" * 64),
        version="1",
        text=TEXT,
        agency_aliases=("渠县医保局",),
        place="渠县",
    )


def figure(identifier: str = "a1", value: str = "1.38", **fields: str) -> Figure:
    return Figure(
        id=identifier,
        document="渠县.txt",
        agency=fields.get("agency", "渠县医疗保障局"),
        year=2022,
        metric=fields.get("metric", "三公经费"),
        aliases=("三公开支",),
        measure="决算数",
        value=Decimal(value),
        unit="万元",
        place=Place(start=14, end=18, line=1),
        printed=value,
        section="第二部分>一",
        quote="2022年“三公”经费支出1.38万元。",
        quote_start=0,
        quote_end=22,
        rule="test",
    )


def found(*figures: Figure) -> Rows:
    contents = Contents(
        figures=figures,
        definitions=[
            Definition(
                term="三公经费",
                text="三项开支。",
                place=Place(start=38, end=43, line=3),
                section="名词解释",
                agency="渠县医疗保障局",
                year=2022,
            )
        ],
        absences=[
            Absence(
                metric="政府性基金预算财政拨款支出",
                agency="渠县医疗保障局",
                year=2022,
                text="无政府性基金支出。",
                place=Place(start=23, end=32, line=2),
                section="第二部分",
            )
        ],
        findings=[
            Finding(
                document="渠县.txt",
                rule="sum",
                severity="error",
                message="不一致",
                places=(Place(start=14, end=18, line=1),),
                printed=("1.38",),
                expected="1.40",
                figures=("a1",),
            )
        ],
        ledger=[
            LedgerEntry(start=0, end=4, printed="2022", fate="ignored", reason="日期", line=1),
            LedgerEntry(start=14, end=18, printed="1.38", fate="figure", reason="test", line=1),
        ],
    )
    return build_rows(contents)


def found_only(*figures: Figure) -> Rows:
    return build_rows(Contents(figures))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "knowledge.db") as opened:
        yield opened


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store.connection.execute(sql).fetchall()


def snapshot(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the indexes that may be laid out otherwise, and the time of loading."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'passages_search%'"
            " AND name NOT IN ('bodies', 'name_keys', 'name_pairs', '_sqlite_migrations', 'sqlite_sequence')"
        ).fetchall()
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}
    found["reports"] = [row[:-1] for row in found["reports"]]
    return found


def test_values_are_exact_text(store: Store) -> None:
    long = "12345678901234567890.1234567890"
    store.replace_report(record(), found(figure(), figure("a2", value="50.50"), figure("a3", value=long)))
    assert rows(store, "SELECT value, typeof(value) FROM figures ORDER BY id") == [
        ("1.38", "text"),
        ("50.50", "text"),
        (long, "text"),
    ]


def test_report_is_counted(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    assert rows(store, "SELECT figure_count, ignored_count, unread_count FROM reports") == [(1, 1, 0)]


def test_report_replaces_itself(store: Store) -> None:
    store.replace_report(record(), found(figure(), figure("a2", metric="公务接待费")))
    store.replace_report(record(title="新标题"), found(figure("b1", value="1.39")))
    assert rows(store, "SELECT id, value FROM figures") == [("b1", "1.39")]
    assert rows(store, "SELECT title FROM reports") == [("新标题",)]
    assert rows(store, "SELECT name FROM metrics") == [("三公经费",)]
    assert rows(store, "SELECT count(*) FROM passages") == [(3,)]


def test_same_report_again_changes_nothing(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    before = snapshot(store.path)
    store.replace_report(record(), found(figure()))
    assert snapshot(store.path) == before


def test_failure_in_the_middle_leaves_the_report_as_it_was(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    before = snapshot(store.path)

    def broken() -> Iterator[FigureRow]:
        yield figure_row(figure("b1"))
        raise RuntimeError("rule failed")

    with pytest.raises(RuntimeError):
        store.replace_report(record(title="新标题"), Rows(figures=broken()))  # type: ignore[arg-type]
    assert snapshot(store.path) == before


def test_deleted_report_leaves_nothing(store: Store) -> None:
    empty = snapshot(store.path)
    store.replace_report(record(), found(figure()))
    assert store.delete_report("渠县.txt")
    assert not store.delete_report("渠县.txt")
    assert snapshot(store.path) == empty


def test_projects_of_a_body_that_goes_leave_nothing(store: Store) -> None:
    project = {"subject": "城乡医疗救助资金"}
    store.replace_report(record(), found(figure(agency="渠县医疗保障事务中心").model_copy(update=project)))
    store.replace_report(record(), found(figure().model_copy(update=project)))
    assert rows(store, "SELECT name FROM subjects") == [("城乡医疗救助资金",)]
    store.replace_report(record(), found(figure()))
    assert rows(store, "SELECT target FROM name_pairs WHERE kind = 'subject'") == []


def test_other_reports_keep_shared_names(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    store.replace_report(record("渠县2.txt"), found_only(figure("c1")))
    store.delete_report("渠县.txt")
    assert rows(store, "SELECT name FROM agencies") == [("渠县医疗保障局",)]
    assert rows(store, "SELECT agency, metric FROM figures_readable") == [("渠县医疗保障局", "三公经费")]


def test_readable_view_joins_names_and_citation(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    assert rows(store, "SELECT agency, metric, value, unit, report, line FROM figures_readable") == [
        ("渠县医疗保障局", "三公经费", "1.38", "万元", "渠县医疗保障局2022年度部门决算", 1)
    ]
    assert rows(store, "SELECT term, agency FROM definitions_readable") == [("三公经费", "渠县医疗保障局")]
    assert rows(store, "SELECT severity, message FROM findings_readable") == [("error", "不一致")]


@pytest.mark.parametrize(("expected", "words"), [(1, "三公"), (1, "基金"), (1, "开支"), (0, "接待")])
def test_passages_are_searched_by_two_characters(store: Store, expected: int, words: str) -> None:
    store.replace_report(record(), found(figure()))
    query = "SELECT count(*) FROM passages_search WHERE passages_search MATCH ?"
    assert store.connection.execute(query, [search_query(words)]).fetchone() == (expected,)


def test_search_forgets_replaced_passages(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    store.replace_report(record(), Rows())
    query = "SELECT count(*) FROM passages_search WHERE passages_search MATCH '三公'"
    assert store.connection.execute(query).fetchone() == (0,)


def test_aliases_of_report_vocabulary_and_admin(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    assert store.add_aliases([("渠县医疗保障局", "县医保"), ("没有这个局", "没有")]) == ["没有这个局"]
    assert rows(store, "SELECT alias, origin FROM agency_aliases ORDER BY alias") == [
        ("县医保", "admin"),
        ("渠县医保局", "report"),
    ]
    assert ("三公开支", "report") in rows(store, "SELECT alias, origin FROM metric_aliases")
    assert rows(store, "SELECT count(*) > 3 FROM metric_aliases WHERE origin = 'vocabulary'") == [(1,)]


def test_aliases_that_say_nothing_alone_are_not_taken(store: Store) -> None:
    names = ("年", "总额", "三公经费决算公开2019年度三公经费", "三公”经费总开支", "三公开支")
    store.replace_report(record(), found_only(figure().model_copy(update={"aliases": names})))
    assert rows(store, "SELECT alias FROM metric_aliases WHERE origin = 'report'") == [("三公开支",)]


def test_alias_that_is_another_term_is_not_taken(store: Store) -> None:
    wrong = figure().model_copy(update={"aliases": ("公务接待费",)})
    store.replace_report(record(), found_only(wrong))
    assert rows(store, "SELECT count(*) FROM metric_aliases WHERE alias = '公务接待费'") == [(0,)]


def test_data_table_needs_no_single_body(store: Store) -> None:
    table = ReportRecord("表.csv", "表", None, None, "数据表", "csv", "1" * 64, "1", "")
    store.replace_report(table, found_only(figure("d1", agency="甲局"), figure("d2", agency="乙局")))
    assert rows(store, "SELECT agency FROM figures_readable ORDER BY id") == [("甲局",), ("乙局",)]
    assert stored_reports(store.path)["表.csv"].agency is None


def test_reader_sees_old_report_until_new_is_whole(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    seen: list[tuple[str]] = []

    def watched() -> Iterator[FigureRow]:
        yield figure_row(figure("b1", value="9.99"))
        with closing(open_reader(store.path)) as reader:
            seen.extend(tuple(row) for row in reader.execute("SELECT value FROM figures"))

    store.replace_report(record(), Rows(figures=watched()))  # type: ignore[arg-type]
    assert seen == [("1.38",)]


def test_messages_of_the_checks_are_found_by_figure(store: Store) -> None:
    report = store.replace_report(record(), found(figure(), figure("a2")))
    assert find_messages(store.connection, [report], ["a1"]) == ["不一致"]
    assert find_messages(store.connection, [report], ["a2"]) == []
    assert find_messages(store.connection, [], ["a1"]) == []


def test_foreign_keys_and_integrity(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    assert rows(store, "PRAGMA foreign_key_check") == []
    assert rows(store, "PRAGMA integrity_check") == [("ok",)]
    store.connection.execute("INSERT INTO passages_search(passages_search) VALUES ('integrity-check')")


def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    with Store(path) as store:
        store.replace_report(record(), found(figure()))
    with Store(path) as store:
        assert rows(store, "SELECT count(*) FROM figures") == [(1,)]


def test_file_that_is_no_knowledge_base_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("这不是数据库" * 100, "utf-8")
    with pytest.raises(StoreError, match="不是知识库"):
        Store(path)
    with pytest.raises(StoreError, match="不是本程序的知识库"):
        open_reader(path)
    assert path.read_text("utf-8").startswith("这不是数据库")


def test_reader_needs_a_knowledge_base(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有找到知识库"):
        open_reader(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_reader_cannot_write(store: Store) -> None:
    store.replace_report(record(), found(figure()))
    with closing(open_reader(store.path)) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM figures")


def test_knowledge_base_of_another_version_is_refused(store: Store) -> None:
    store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0002_create_views'")
    with pytest.raises(StoreError, match="另一版本"):
        open_reader(store.path)
