"""Tables whose rows are figures already: headings, places, rows that are no figure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.models import Figure
from knowledge.readers.records import split_records
from knowledge.rows import RowError, RowTable, read_rows


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path) -> tuple[RowTable, list[Figure], list[RowError]]:
    table = read_rows(path)
    assert table is not None
    items = list(table)
    figures = [item for item in items if isinstance(item, Figure)]
    for figure in figures:
        assert table.text[figure.place.start : figure.place.end] == figure.printed
        assert " ".join(table.text[figure.quote_start : figure.quote_end].split()) == figure.quote
    return table, figures, [item for item in items if isinstance(item, RowError)]


def test_chinese_headings(tmp_path: Path) -> None:
    path = write(
        tmp_path / "数据.csv",
        "单位,年度,指标,数值,计量单位,口径,来源,别名\n甲县林业局,2023,公务接待费,1.50,万元,年初预算,决算公开,招待费、接待费\n",
        "gb18030",
    )
    _, (figure,), errors = read(path)
    assert errors == []
    assert (figure.agency, figure.year, figure.metric, figure.measure) == (
        "甲县林业局",
        2023,
        "公务接待费",
        "年初预算数",
    )
    assert (figure.value, figure.unit, figure.printed) == (Decimal("1.50"), "万元", "1.50")
    assert (figure.aliases, figure.note, figure.place.line) == (("招待费", "接待费"), "来源：决算公开", 2)


def test_english_headings(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", 'agency,year,metric,value,unit,scope\n甲局,2023,收入合计,"1,234.50",元,政府性基金\n'
    )
    _, (figure,), _ = read(path)
    assert (figure.value, figure.printed, figure.measure) == (Decimal("1234.50"), "1,234.50", "决算数")
    assert figure.scope == "政府性基金预算财政拨款"


def test_columns_named_by_measure_give_a_figure_each(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "三公经费汇总\n单位名称,年份,指标,年初预算数（万元）,决算数（万元）\n甲局,2022,会议费,3,2.5\n乙局,2022,会议费,,4\n",
    )
    _, figures, _ = read(path)
    assert [(f.agency, f.measure, str(f.value), f.unit, f.place.line) for f in figures] == [
        ("甲局", "年初预算数", "3", "万元", 3),
        ("甲局", "决算数", "2.5", "万元", 3),
        ("乙局", "决算数", "4", "万元", 4),
    ]


def test_a_column_called_unit_is_read_by_what_it_holds(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "机构,年度,指标,数值,单位\n甲局,2022,车辆,3,辆\n")
    _, (figure,), _ = read(path)
    assert (figure.agency, figure.unit, figure.measure) == ("甲局", "辆", "数量")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("甲局,22年,会议费,5,万元,", "第 3 行缺少或写错了年度"),
        (",2022,会议费,5,万元,", "第 3 行缺少或写错了单位"),
        ("甲局,2022,,5,万元,", "第 3 行缺少或写错了指标"),
        ("甲局,2022,会议费,约5,万元,", "第 3 行的数值“约5”不是数字"),
        ("甲局,2022,会议费,,万元,", "第 3 行没有数值"),
        ("甲局,2022,会议费,5,万元,随便", "第 3 行的口径“随便”不认识"),
    ],
)
def test_a_row_that_is_no_figure_is_told_and_the_others_stay(tmp_path: Path, row: str, reason: str) -> None:
    good = "甲局,2022,会议费,5,万元,"
    _, figures, (error,) = read(
        write(tmp_path / "a.csv", f"机构,年度,指标,数值,计量单位,口径\n{good}\n{row}\n{good}\n")
    )
    assert (len(figures), error.row) == (2, 3)
    assert error.message == f"{reason}，未载入。"


def test_workbooks_give_cells(tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    for name in ("2022年", "2023年"):
        sheet = workbook.create_sheet(name)
        sheet.append(["数据表"])
        sheet.append(["机构", "年度", "指标", "数值", "计量单位"])
        sheet.append(["甲局", int(name[:4]), "会议费", 1234.5, "万元"])
        sheet["D3"].number_format = "#,##0.00"
    del workbook["Sheet"]
    workbook.save(tmp_path / "a.xlsx")
    _, figures, _ = read(tmp_path / "a.xlsx")
    assert [(f.year, f.printed, f.place.cell) for f in figures] == [
        (2022, "1,234.50", "2022年!D3"),
        (2023, "1,234.50", "2023年!D3"),
    ]


@pytest.mark.parametrize("header", ["科目,金额,备注", "单位,年度,指标,说明", "年度,指标,数值"])
def test_other_tables_are_left_to_the_readers(tmp_path: Path, header: str) -> None:
    assert read_rows(write(tmp_path / "a.csv", f"{header}\n甲,2022,3\n")) is None


def test_ids_stay_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "机构,年度,指标,数值\n甲局,2022,会议费,5\n甲局,2022,会议费,5\n")
    first, second = read(path)[1], read(path)[1]
    assert [figure.id for figure in first] == [figure.id for figure in second]
    assert first[0].id != first[1].id


FIELDS = st.lists(st.lists(st.text('甲1,."\n ', max_size=6), min_size=2, max_size=4), min_size=1, max_size=5)


@given(FIELDS)
def test_records_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    import csv
    import io

    output = io.StringIO()
    csv.writer(output, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    text = output.getvalue()
    records = list(split_records(text, 0, len(text), ","))
    assert [record.fields for record in records] == rows
    for record in records:
        assert text[record.start : record.end] == record.text
        for index, field in enumerate(record.fields):
            if field and '"' not in field:
                start, end = record.span(index, field)
                assert text[start:end] == field
