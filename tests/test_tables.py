"""Tables that text prints as lines: where they are found, their captions, and tables that go on over pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.layout.blocks import FormBlock, TableBlock
from knowledge.layout.build import build_report
from knowledge.layout.captions import is_caption, parse_body, parse_title, parse_unit
from knowledge.layout.tables import build_table_block, find_text_tables, settle_tables
from knowledge.models import Cell, Section, Source, Table
from knowledge.readers.text import split_lines
from knowledge.rules.tables import read_table
from knowledge.rules.tables.amounts import parse_cell
from knowledge.vocabulary.classification import find_name, names_by_code
from knowledge.vocabulary.columns import column_words, counted_units


def source_of(text: str) -> Source:
    return Source(document="a.txt", format="text", sha256="0", text=text, lines=split_lines(text))


def texts(source: Source, table: Table) -> list[list[str]]:
    """The printed cells of a table, row by row."""
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = source.text[cell.start : cell.end]
    return rows


def test_tab_separated_rows() -> None:
    source = source_of("收入决算表\n\n项目\t合计\t \n208\t 社会保障 \t54.92\n\n注：无\n")
    (table,) = find_text_tables(source)
    assert texts(source, table) == [["项目", "合计", ""], ["208", "社会保障", "54.92"]]
    assert table.origin == "tabs"


def test_a_cell_that_wraps_is_one_cell() -> None:
    text = "编码\t名称\t合计\n208\t社会保障和\n就业支出\t54.92\n210\t卫生健康支出\t3.00\n229\t其他支出\t1.00"
    source = source_of(text)
    (table,) = find_text_tables(source)
    assert texts(source, table)[1] == ["208", "社会保障和\n就业支出", "54.92"]
    assert table.rows == 4


def test_a_title_row_opens_the_next_table() -> None:
    source = source_of("项目\t合计\n一、收入\t1.0\n一、其他\t3.0\n支出决算表\t\n项目\t合计\n一、支出\t2.0")
    assert [table.rows for table in find_text_tables(source)] == [3, 3]


def test_markdown_rows_lose_their_marks() -> None:
    source = source_of("| 项目 | **合计** |\n|:---|---:|\n| 培训费 | 1.20 |\n\n正文")
    (table,) = find_text_tables(source)
    assert texts(source, table) == [["项目", "合计"], ["培训费", "1.20"]]


PUSHED = """2022年“三公”经费预算 | |||||||
单位：万元 | |||||||
合 计 | 因公出国（境）费 | {group} | 公务接待费 | ||||
小 计 | 公务用车运行维护费 | 公务用车购置费 | |||||
1.7 | 0.1 | 0.5 | 0.3 | 0.2 | 1.1 | ||
"""


def test_merged_header_cells_that_were_pushed_to_the_left() -> None:
    source = source_of(PUSHED.format(group="公务用车费"))
    (table,) = find_text_tables(source)
    assert texts(source, table)[-3:] == [
        ["合 计", "因公出国（境）费", "公务用车费", "", "", "公务接待费", "", ""],
        ["", "", "小 计", "公务用车运行维护费", "公务用车购置费", "", "", ""],
        ["1.7", "0.1", "0.5", "0.3", "0.2", "1.1", "", ""],
    ]


def test_pushed_header_cells_whose_group_is_not_known_are_no_table() -> None:
    assert not find_text_tables(source_of(PUSHED.format(group="某某费用")))


def test_drawn_tables() -> None:
    source = source_of("┌────┬────┐\n│ 项目 │ 合计 │\n├────┼────┤\n│ 培训费 │ 1.20 │\n└────┴────┘")
    (table,) = find_text_tables(source)
    assert texts(source, table) == [["项目", "合计"], ["培训费", "1.20"]]


def test_columns_set_apart_by_spaces() -> None:
    source = source_of(
        "科目编码   科目名称              本年支出合计    基本支出\n"
        "           合    计                  369.24       65.32\n"
        "208        社会保障和就业支出         54.92\n"
        "229        其他支出                    5.13        5.13\n"
    )
    (table,) = find_text_tables(source)
    assert texts(source, table)[1] == ["", "合    计", "369.24", "65.32"]
    assert texts(source, table)[2] == ["208", "社会保障和就业支出", "54.92", ""]


@pytest.mark.parametrize(
    "text",
    [
        "一、部门职责\n（一）贯彻执行法律法规。\n二、机构设置",
        "\t2022年收入总计 364.11 万元，比上年增加 12.00 万元。\n\t支出总计 364.11 万元。",
        "第一部分 概况\t3\n一、职责\t3\n二、机构\t4\n第二部分 决算表\t6",
        "收入总计……………………3\n支出总计……………………4",
        "单位：万元",
        "",
    ],
)
def test_running_text_and_contents_are_no_tables(text: str) -> None:
    assert find_text_tables(source_of(text)) == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("收入支出决算总表", "收入支出决算总表"),
        ("# 二、收入决算表", "收入决算表"),
        ("一般公共预算财政拨款支出决算表", "一般公共预算财政拨款支出决算表"),
        ("（三）财政拨款“三公”经费支出决算表", "财政拨款“三公”经费支出决算表"),
        ("表3：支出决算表", "支出决算表"),
        ("支出决算表（单位：万元）", "支出决算表"),
        ("表二 一般公共预算支出表", "一般公共预算支出表"),
        ("附表1-2  一般公共预算支出表", "一般公共预算支出表"),
        ("公开01表", None),
        ("单位：万元", None),
        ("决算数", None),
        ("注：本表反映部门本年度的总收支情况", None),
        ("具体情况详见附表", None),
        ("财政部门编制决算表。", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert parse_title(text) == title


@pytest.mark.parametrize(
    ("text", "unit", "body"),
    [
        ("单位：万元", "万元", None),
        ("金额单位：元", "元", None),
        ("公开01表 单位：万元", "万元", None),
        ("部门：甲县水利局", None, "甲县水利局"),
        ("编制单位：甲县水利局 2022年度 金额单位：万元", "万元", "甲县水利局"),
        ("单位：甲县水利局", None, "甲县水利局"),
        ("社会保障和就业支出", None, None),
    ],
)
def test_captions(text: str, unit: str | None, body: str | None) -> None:
    assert (parse_unit(text), parse_body(text)) == (unit, body)
    assert is_caption(text) == (unit is not None or body is not None)


def test_block_of_a_table() -> None:
    source = source_of("一般公共预算财政拨款支出决算表\n公开05表\n单位：万元\n\n项目\t合计\n合计\t1.0")
    (table,) = find_text_tables(source)
    section = Section(path="第二部分>五", titles=("", ""), start=0, end=99, scope="政府性基金预算财政拨款")
    block = build_table_block(source, table, section, ["一般公共预算财政拨款支出决算表", "公开05表", "单位：万元"])
    assert (block.title, block.unit, block.scope) == ("一般公共预算财政拨款支出决算表", "万元", "一般公共预算财政拨款")


def test_the_section_names_a_table_without_a_title() -> None:
    source = source_of("项目\t合计\n合计\t1.0")
    (table,) = find_text_tables(source)
    section = Section(path="第二部分>二", titles=("第二部分", "收入决算表"), start=0, end=9)
    assert build_table_block(source, table, section, []).title == "收入决算表"


def paged(pages: list[tuple[str, list[list[str]]]]) -> tuple[Source, list[Table]]:
    """A paged source: on each page a line above the table, and the table's rows."""
    text, tables = "", []
    for number, (above, rows) in enumerate(pages, start=1):
        text += above + "\n" if above else ""
        cells = []
        start = len(text)
        for r, row in enumerate(rows):
            for c, printed in enumerate(row):
                cells.append(Cell(row=r, column=c, start=len(text), end=len(text) + len(printed)))
                text += printed + ("\n" if c == len(row) - 1 else "\t")
        tables.append(
            Table(rows=len(rows), columns=len(rows[0]), cells=tuple(cells), start=start, end=len(text), page=number)
        )
    return Source(document="a.pdf", format="pdf", sha256="0", text=text, lines=split_lines(text), paged=True), tables


HEAD = ["科目编码", "科目名称", "合计"]


def test_a_table_goes_on_over_a_page() -> None:
    source, tables = paged([("收入决算表", [HEAD, ["208", "社会保障", "1.00"]]), ("", [["210", "卫生健康", "2.00"]])])
    (table,) = settle_tables(source, tables)
    assert texts(source, table) == [HEAD, ["208", "社会保障", "1.00"], ["210", "卫生健康", "2.00"]]


def test_a_repeated_header_is_dropped() -> None:
    second = [HEAD, ["210", "卫生健康", "2.00"]]
    source, tables = paged([("收入决算表", [HEAD, ["208", "社会保障", "1.00"]]), ("续表", second)])
    (table,) = settle_tables(source, tables)
    assert texts(source, table) == [HEAD, ["208", "社会保障", "1.00"], ["210", "卫生健康", "2.00"]]


def test_a_title_between_keeps_tables_apart() -> None:
    second = [HEAD, ["210", "卫生健康", "2.00"]]
    source, tables = paged([("收入决算表", [HEAD, ["208", "社会保障", "1.00"]]), ("支出决算表", second)])
    assert len(settle_tables(source, tables)) == 2


def test_other_columns_keep_tables_apart() -> None:
    source, tables = paged([("收入决算表", [HEAD, ["208", "社会保障", "1.00"]]), ("", [["210", "2.00"]])])
    assert len(settle_tables(source, tables)) == 2


def test_names_without_figures_may_open_a_page() -> None:
    first = [["项目", "决算数"], ["一、甲", "1.00"]]
    source, tables = paged([("收入支出决算总表", first), ("", [["结余分配", ""], ["总计", "3.00"]])])
    (table,) = settle_tables(source, tables)
    assert texts(source, table)[2:] == [["结余分配", ""], ["总计", "3.00"]]


def test_a_page_that_lacks_an_edge_of_the_header_is_fitted() -> None:
    source, (first, second) = paged(
        [
            ("收入决算表", [["项目", "", "合计", "其他"], ["208", "社保", "1.00", "2.00"]]),
            ("", [["210", "卫生", "3.00"]]),
        ]
    )

    def boxed(table: Table, edges: list[float]) -> Table:
        cells = [
            cell.model_copy(update={"box": (edges[cell.column], 0, edges[cell.column + 1], 9)}) for cell in table.cells
        ]
        return table.model_copy(update={"cells": tuple(cells)})

    (table,) = settle_tables(source, [boxed(first, [0, 50, 150, 250, 350]), boxed(second, [1, 50, 250, 350])])
    assert texts(source, table)[2] == ["210", "卫生", "", "3.00"]


def test_stacked_tables_come_apart() -> None:
    first = [["收入决算表", ""], ["项目", "合计"], ["一、甲", "1.00"]]
    source, tables = paged([("", [*first, ["支出决算表", ""], ["项目", "合计"], ["一、乙", "2.00"]])])
    upper, lower = settle_tables(source, tables)
    assert texts(source, upper) == first
    assert texts(source, lower) == [["支出决算表", ""], ["项目", "合计"], ["一、乙", "2.00"]]


@pytest.mark.parametrize(
    ("printed", "value", "place", "unit"),
    [
        ("4,596.52", "4596.52", "4,596.52", None),
        (" －12.5 ", "-12.5", "－12.5", None),
        ("(12.30)", "-12.30", "12.30", None),
        ("95.45%", "95.45", "95.45", "%"),
        ("3辆", "3", "3", "辆"),
        ("55.4\n7", "55.47", "55.4\n7", None),
        ("1,234,\n567.00", "1234567.00", "1,234,\n567.00", None),
        ("０.００", "0.00", "０.００", None),
    ],
)
def test_cells_with_a_number(printed: str, value: str, place: str, unit: str | None) -> None:
    amount = parse_cell(printed, 0, len(printed))
    assert amount is not None
    assert (value, place, unit) == (str(amount.value), printed[amount.start : amount.end], amount.unit)


@pytest.mark.parametrize(
    "printed", ["", "-", "—", "无", "05", "12.3 4.5", "12 30", "2022年3月", "约10", "1.2.3", "第3", "5～8"]
)
def test_cells_without_one_number(printed: str) -> None:
    assert parse_cell(printed, 0, len(printed)) is None


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("万元", "2024年“三公”经费安排 32.6 万元，比上年减少 3.4 万元。"),
        ("元", "2024年公务接待费 400.50 元，公务用车运行维护费 1200 元。"),
        (None, "2024年“三公”经费安排 32.6 万元，公务接待费 400.50 元。"),
        (None, "2024年公务接待费 400.50 元。"),
        (None, "2024年有关经费 99.9 万元。"),
        (None, "2024年“三公”经费安排 36 万元。"),
    ],
)
def test_a_table_without_a_unit_takes_that_with_which_the_text_prints_its_total(unit: str | None, told: str) -> None:
    rows = "项目\t2023年\t2024年\t增减\n合计\t36\t32.6\t-3.4\n公务接待费\t6\t400.50\t-2\n公务用车运行维护费\t30\t1,200\t0\n"
    report = build_report(source_of(f"一、三公经费\n{told}\n{rows}"))
    assert [block.unit for block in report.blocks if isinstance(block, TableBlock)] == [unit]


def test_a_total_printed_anywhere_gives_the_unit_of_a_table_where_it_has_digits_enough() -> None:
    table = "科目\t合计\t基本支出\n合计\t{total}\t12\n教育支出\t9\t12\n"
    text = "一、附表\n{table}二、说明\n本年支出合计 369.24 万元，办公费 210 万元。\n"
    for total, unit in (("369.24", "万元"), ("210", None)):
        report = build_report(source_of(text.format(table=table.format(total=total))))
        assert [block.unit for block in report.blocks if isinstance(block, TableBlock)] == [unit]


@pytest.mark.parametrize("between", ["\n", "\n\n\n\n", "\n- 3 -\n", "\n\n第4页 共9页\n\n"])
def test_blank_lines_and_page_marks_leave_a_table_its_caption(between: str) -> None:
    lines = ["支出决算表", "公开03表", "单位：万元", "部门：青州县水务局", "科目\t合计\n教育支出\t9.5\n文化支出\t3.5"]
    report = build_report(source_of("收入决算表\n空表。\n" + between.join(lines)))
    assert [(block.title, block.unit) for block in report.blocks if isinstance(block, TableBlock)] == [
        ("支出决算表", "万元")
    ]


def test_sentences_with_wide_spaces_are_no_table() -> None:
    text = "我局三公经费实际支出　１．６２　万元，其中公务接待费　１．６２　万元，公务用车\n运行费　０　万元、因公出国（境）费　０　万元，比上年\n"
    assert find_text_tables(source_of(text)) == ()


def test_spaces_in_place_of_tabs_keep_empty_cells() -> None:
    rows = [
        ["编码", "科目", "合计", "项目支出", ""],
        ["", "合计", "54.92", "", ""],
        ["208", "社会保障 支出", "", "54.92", "4"],
    ]
    source = source_of("\n".join((" " * 4).join(row) for row in rows))
    (table,) = find_text_tables(source)
    assert texts(source, table) == rows


def test_cells_a_line_each_with_pipes_stay_apart() -> None:
    text = "三公经费支出预算表\n单位：万元\n项目 |\n预算数 |\n合计 |\n11.77 |\n因公出国（境）费 |\n|\n公务接待费 |\n11.77 |\n"
    assert all(table.rows > 2 for table in find_text_tables(source_of(text)))


def test_rows_of_two_cells_above_a_wider_one_open_a_table_between_pipes() -> None:
    source = source_of("项目名称 | 改造资金\n主管部门 | 某局 | 实施单位\n | 一级指标 | 分值\n合计 | 9 | 8\n")
    (table,) = find_text_tables(source)
    assert texts(source, table)[0] == ["项目名称", "改造资金", ""]
    assert texts(source, table)[2] == ["", "一级指标", "分值"]
    assert find_text_tables(source_of("中文版 | 繁体版\n收入情况说明\n")) == ()


FORM_HEAD = "项目名称\t窗口外包\t负责人\t某某\n资金（万元）\t年初预算数\t实际支出数\t执行率\n合计\t175\t165\t94.29%\n"
FORM_ROWS = "一级指标\t三级指标\t目标值\t实际值\t权重\t得分\n产出指标\t{name}\t26个\t26个\t20\t20\n效益指标\t满意度\t≥9件\t9件\t20\t20\n"


@pytest.mark.parametrize("between", ["\n\n\n", "\n\n- 5 -\n\n"])
def test_a_form_whose_upper_part_is_a_table_of_its_own_is_one_form(between: str) -> None:
    report = build_report(source_of(f"项目绩效自评结果\n自评表\n{FORM_HEAD}{between}{FORM_ROWS.format(name='窗口数')}"))
    assert [(block.subject, len(block.tables)) for block in report.blocks if isinstance(block, FormBlock)] == [
        ("窗口外包", 2)
    ]


def test_projects_below_one_header_are_one_form() -> None:
    rows = "| 项目名称 | {0} | |\n| 绩效目标 | 完成任务 | |\n| 产出指标 | 数量指标 | ≥5个 |\n|  | 质量指标 | 98% |\n| 效益指标 | 满意度指标 | 95% |\n"
    header = "| 一级指标 | 二级指标 | 指标值 |\n"
    first = rows.format("甲项目").replace("| 产出", header + "| 产出", 1)
    report = build_report(source_of(f"项目支出绩效目标表\n{first}\n\n{rows.format('乙项目')}"))
    assert len([block for block in report.blocks if isinstance(block, FormBlock)]) == 1


def test_words_of_headers_are_loaded() -> None:
    assert column_words()["上年决算数"].measure == "决算数"
    assert column_words()["上年决算数"].years == -1
    assert column_words()["一般公共预算"].scope == "一般公共预算财政拨款"
    assert counted_units()["在职人数"] == "人"


def test_classification() -> None:
    assert find_name("2080505") == "机关事业单位基本养老保险缴费支出"
    assert find_name("30217") == "公务接待费"
    assert find_name("9999999") is None
    assert all(len(code) in (3, 5, 7) for code in names_by_code())
    assert all(code[:-2] in names_by_code() for code in names_by_code() if len(code) > 3)


CELL = st.text(st.sampled_from("项目合计支出收入208 05.,-%（）一、万元年度表单位：\u3000决算数"), max_size=8)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=7)


@settings(max_examples=120, deadline=None)
@given(ROWS, st.sampled_from(["\t", "  ", " | "]))
def test_no_table_raises_and_every_cell_is_where_it_says(rows: list[list[str]], mark: str) -> None:
    text = "\n".join(mark.join(row) for row in rows)
    source = source_of(text)
    for table in find_text_tables(source):
        for cell in table.cells:
            printed = source.text[cell.start : cell.end]
            assert printed == printed.strip()
            assert table.start <= cell.start <= cell.end <= table.end
            assert 0 <= cell.row < table.rows
            assert 0 <= cell.column < table.columns
    report = build_report(source, agency="某县某局", year=2022)
    for block in report.blocks:
        if isinstance(block, TableBlock):
            for claim in read_table(block, report).claims:
                digits = "".join(source.text[claim.start : claim.end].split()).replace(",", "")
                assert digits.lstrip("-") == str(abs(claim.value))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("社会保障卫生健康", min_size=2, max_size=6), st.integers(0, 10**7)), min_size=1, max_size=8
    )
)
def test_every_figure_of_a_plain_table_is_read(rows: list[tuple[str, int]]) -> None:
    printed = [f"{name}\t{cents / 100:.2f}" for name, cents in rows]
    report = build_report(
        source_of("\n".join(["支出决算表", "单位：万元", "项目\t决算数", *printed])), agency="某县某局", year=2022
    )
    (block,) = [block for block in report.blocks if isinstance(block, TableBlock)]
    claims = read_table(block, report).claims
    assert [(name, f"{cents / 100:.2f}") for name, cents in rows] == [
        (claim.metric, str(claim.value)) for claim in claims
    ]


WORDS = [
    "项目",
    "科目编码",
    "科目名称",
    "合计",
    "小计",
    "决算数",
    "预算数",
    "收入",
    "支出",
    "本年收入",
    "本年支出",
    "基本支出",
    "项目支出",
    "208",
    "20805",
    "301",
    "一、公共安全支出",
    "（一）支出合计",
    "其中：外事",
    "1",
    "2",
    "3",
    "栏次",
    "行次",
    "总计",
    "本年收入合计",
    "3.20",
    "(4.5)",
    "-",
    "5%",
    "上年数",
    "增减%",
    "人数（人）",
    "单位名称",
    "某县教育局",
    "项目名称",
    "单位",
    "数量",
    "套",
    "一般公共预算",
]


@st.composite
def ruled_sources(draw: st.DrawFn) -> Source:
    """A page with one ruled table of any words and spans."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    text = (
        draw(st.sampled_from(["收入支出决算总表", "收入决算表", "“三公”经费支出决算表", "政府采购预算表", "情况表"]))
        + "\n"
    )
    start, used, cells = len(text), set[tuple[int, int]](), []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in used:
                continue
            high, wide = draw(st.integers(1, rows - row)), draw(st.integers(1, columns - column))
            squares = {(row + i, column + j) for i in range(high) for j in range(wide)}
            if squares & used:
                high, wide, squares = 1, 1, {(row, column)}
            used |= squares
            word = draw(st.sampled_from([*WORDS, ""]))
            cells.append(
                Cell(
                    row=row, column=column, row_span=high, column_span=wide, start=len(text), end=len(text) + len(word)
                )
            )
            text += word + "\t"
    table = Table(rows=rows, columns=columns, cells=tuple(cells), start=start, end=len(text), page=1, origin="ruled")
    lines = split_lines(text, page=1)
    return Source(document="a.pdf", format="pdf", sha256="0", text=text, lines=lines, tables=(table,), paged=True)


@settings(max_examples=80, deadline=None)
@given(ruled_sources())
def test_no_ruled_table_raises_whatever_its_spans(source: Source) -> None:
    report = build_report(source, agency="某县某局", year=2022)
    for block in report.blocks:
        if isinstance(block, TableBlock):
            for claim in read_table(block, report).claims:
                assert source.text[claim.start : claim.end].lstrip("-") == str(abs(claim.value))
                assert claim.quote[0] <= claim.start < claim.end <= claim.quote[1]
