"""PDF: tables from rulings and from columns, pages in any direction, margins, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.models import Source
from knowledge.readers import ReaderError, read_source
from tests.published import INCOME, REPORT, Grid, Printer, check_source, row, table_texts, write_pdf


def rows_of(source: Source, index: int = 0) -> list[list[str]]:
    """Texts of a table row by row; wrapped lines joined by a slash."""
    table = source.tables[index]
    return [
        [source.text[cell.start : cell.end].replace("\n", "/") for cell in table.cells if cell.row == number]
        for number in range(table.rows)
    ]


def lines_of(source: Source) -> list[str]:
    return [source.text[line.start : line.end] for line in source.lines]


def test_places_are_page_and_box(tmp_path: Path) -> None:
    source = read_source(write_pdf(tmp_path / "report.pdf"))
    cell = next(cell for cell in source.tables[0].cells if source.text[cell.start : cell.end] == "1,063.60")
    assert source.paged and source.tables[0].page == 1
    assert cell.box is not None
    x0, top, x1, bottom = cell.box
    assert (round(x1 - x0), round(bottom - top)) == (80, 30)
    line = next(line for line in source.lines if source.text[line.start : line.end] == "收入决算表")
    assert line.page == 1 and line.box is not None and line.box[3] < top


def test_wrapped_cells_keep_their_lines_together(tmp_path: Path) -> None:
    source = read_source(write_pdf(tmp_path / "report.pdf"))
    assert rows_of(source, 1)[1][1] == "公务用车购置及运行维/护费"


def test_headers_footers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    long = (*REPORT, *(f"{index}、这是说明文字的第{index}段，共使用资金{index}.50万元。" for index in range(1, 120)))
    source = read_source(write_pdf(tmp_path / "report.pdf", long))
    assert max(line.page or 0 for line in source.lines) >= 4
    assert not [line for line in lines_of(source) if "政务公开" in line or line.startswith("—")]
    assert sum("共使用资金" in line for line in lines_of(source)) == 119


def test_units_at_the_top_of_every_page_are_no_running_header(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "report.pdf")
    for page in range(4):
        if page:
            printer.canvas.showPage()
            printer.canvas.setFont("STSong-Light", 10)
        printer.canvas.drawString(60, 815, "部门：云岭县林业局")
        printer.canvas.drawString(450, 815, "单位：万元")
        printer.canvas.drawString(60, 600, f"第{page}段说明文字，金额12.50万元。")
    printer.close()
    assert sum("单位：万元" in line for line in lines_of(read_source(tmp_path / "report.pdf"))) == 4


def test_a_table_over_two_pages_is_two_tables(tmp_path: Path) -> None:
    many = Grid(
        INCOME.rows[:3] + tuple(row(str(20100 + n), f"科目{n}", f"{n}.00", "", "") for n in range(40)), INCOME.widths
    )
    source = read_source(write_pdf(tmp_path / "report.pdf", ("收入决算表", many)))
    assert [table.page for table in source.tables] == [1, 2]
    assert sum(table.rows for table in source.tables) == len(many.rows)
    assert {table.columns for table in source.tables} == {5}


def test_columns_without_rulings(tmp_path: Path) -> None:
    grid = Grid(
        (
            row("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            row("208", "社会保障和就业支出", "120.25", "120.25", "0.00"),
            row("213", "农林水支出", "1,100.00", "600.00", "500.00"),
            row("221", "住房保障支出", "66.15", "66.15", "0.00"),
            row("", "合计", "1,286.40", "786.40", "500.00"),
        ),
        (70, 150, 80, 80, 80),
    )
    source = read_source(
        write_pdf(tmp_path / "report.pdf", ("支出决算表", "单位：万元", grid, REPORT[-1]), ruled=False)
    )
    check_source(source)
    assert source.tables[0].origin == "columns"
    assert table_texts(source, source.tables[0]) == grid.placed()


def test_a_wrapped_name_without_rulings_is_one_row(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "report.pdf")
    rows = [
        ("农林水支出", "1,100.00"),
        ("其他用于林业和草原防灾减灾的", ""),
        ("补助支出", "36.40"),
        ("住房保障支出", "66.15"),
        ("社会保障和就业支出", "120.25"),
    ]
    for index, (name, amount) in enumerate(rows):
        printer.canvas.drawString(70, 700 - 16 * index, name)
        printer.canvas.drawRightString(400, 700 - 16 * index, amount)
    printer.close()
    assert rows_of(read_source(tmp_path / "report.pdf"))[1] == ["其他用于林业和草原防灾减灾的/补助支出", "36.40"]


def draw_column_ruled(path: Path, columns: list[list[str]], width: float = 90) -> Source:
    """A table with a ruled header, and below it one box a column with its lines 16 points apart."""
    printer = Printer(path)
    canvas = printer.canvas
    height = 16 * max(map(len, columns))
    for index, lines in enumerate(columns):
        left = 60 + width * index
        canvas.rect(left, 700, width, 20)
        canvas.rect(left, 700 - height, width, height)
        canvas.drawString(left + 2, 706, lines[0])
        for number, line in enumerate(lines[1:]):
            if line:
                canvas.drawRightString(left + width - 4, 688 - 16 * number, line)
    printer.close()
    return read_source(path)


def test_rows_that_are_not_ruled(tmp_path: Path) -> None:
    columns = [
        ["科目名称", "农林水支出", "其他林业和草原", "支出", "住房保障支出"],
        ["合计", "1,100.00", "36.40", "", "66.15"],
        ["基本支出", "600.00", "0.00", "", "66.15"],
    ]
    assert rows_of(draw_column_ruled(tmp_path / "report.pdf", columns)) == [
        ["科目名称", "合计", "基本支出"],
        ["农林水支出", "1,100.00", "600.00"],
        ["其他林业和草原/支出", "36.40", "0.00"],
        ["住房保障支出", "66.15", "66.15"],
    ]


def test_a_wrapped_number_makes_no_row(tmp_path: Path) -> None:
    columns = [
        ["名称", "其他林业和", "草原支出"],
        ["合计", "123456789012", "345.40"],
        ["基本", "12345678901", "2345.40"],
    ]
    source = draw_column_ruled(tmp_path / "report.pdf", columns, width=60)
    assert rows_of(source)[1] == ["其他林业和/草原支出", "123456789012/345.40", "12345678901/2345.40"]


def test_watermarks_are_left_out(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "report.pdf")
    printer.add_line("本年收入合计12.50万元。")
    printer.canvas.translate(200, 300)
    printer.canvas.rotate(45)
    printer.canvas.setFont("STSong-Light", 60)
    printer.canvas.drawString(0, 0, "2023公开稿")
    printer.close()
    assert lines_of(read_source(tmp_path / "report.pdf"))[1:] == ["本年收入合计12.50万元。"]


def test_contents_and_running_text_are_no_tables(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "report.pdf")
    for index, name in enumerate(("部门概况", "部门决算表", "决算情况说明", "名词解释")):
        printer.canvas.drawString(70, 700 - 20 * index, name)
        printer.canvas.drawRightString(500, 700 - 20 * index, str(3 + 4 * index))
    for index in range(4):
        printer.canvas.drawString(70, 500 - 20 * index, f"本年收入{index}12.50")
        printer.canvas.drawString(150 + 37 * index, 500 - 20 * index, "万元，比上年增加")
        printer.canvas.drawString(290 + 21 * index, 500 - 20 * index, f"{index}.35万元，")
    printer.close()
    source = read_source(tmp_path / "report.pdf")
    assert source.tables == ()
    assert len(source.lines) == 1 + 8


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "report.pdf")
    printer.canvas.rect(60, 300, 400, 400)
    printer.canvas.rect(64, 304, 392, 392)
    printer.add_line("本年收入合计12.50万元。")
    printer.close()
    assert read_source(tmp_path / "report.pdf").tables == ()


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_reads_the_same(tmp_path: Path, turns: int) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(write_pdf(tmp_path / "upright.pdf"))
    for page in document:
        page.set_rotation(90 * turns)
    document.save(tmp_path / "turned.pdf")
    upright, turned = (read_source(tmp_path / name) for name in ("upright.pdf", "turned.pdf"))
    assert turned.text == upright.text
    box = turned.tables[0].cells[-1].box
    size = (842, 595) if turns % 2 else (595, 842)
    assert box is not None and 0 <= box[0] < box[2] <= size[0] and 0 <= box[1] < box[3] <= size[1]


@pytest.mark.parametrize("clockwise", [True, False])
def test_a_table_printed_sideways(tmp_path: Path, clockwise: bool) -> None:
    printer = Printer(tmp_path / "report.pdf")
    canvas = printer.canvas
    canvas.translate(*((0, 842) if clockwise else (595, 0)))
    canvas.rotate(-90 if clockwise else 90)
    printer.top, printer.bottom = 500.0, 0.0
    printer.add_table(
        Grid((row("A", "2022", "2023"), row("B", "1.50", "2.50"), row("C", "36.40", "66.15")), (80, 80, 80))
    )
    printer.close()
    source = read_source(tmp_path / "report.pdf")
    assert rows_of(source) == [["A", "2022", "2023"], ["B", "1.50", "2.50"], ["C", "36.40", "66.15"]]


def test_a_number_that_runs_over_its_cell_stays_whole(tmp_path: Path) -> None:
    printer = Printer(tmp_path / "report.pdf")
    canvas = printer.canvas
    for left in (100, 130, 160):
        canvas.rect(left, 600, 30, 20)
        canvas.rect(left, 580, 30, 20)
    canvas.drawRightString(158, 606, "123456789.12")
    canvas.drawString(165, 606, "乙丙")
    canvas.drawString(102, 586, "甲乙")
    printer.close()
    assert rows_of(read_source(tmp_path / "report.pdf"))[0][1] == "123456789.12"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: b"", "空文件"),
        (lambda data: data[: len(data) // 3], "不是完整的 PDF"),
        (lambda data: b"%PDF-1.7\n" + b"\x00" * 400, "不是完整的 PDF"),
    ],
)
def test_a_damaged_file_gives_one_sentence(tmp_path: Path, damage: object, reason: str) -> None:
    path = write_pdf(tmp_path / "report.pdf")
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(ReaderError, match=reason) as error:
        read_source(path)
    assert str(error.value).startswith("《report.pdf》") and str(error.value).endswith("。")


def test_a_locked_file_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"《locked\.pdf》设有打开密码"):
        read_source(write_pdf(tmp_path / "locked.pdf", encrypt="secret"))


@pytest.fixture
def no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge.readers import recognition

    def missing() -> None:
        raise recognition.RecognitionMissingError

    monkeypatch.setattr(recognition, "engine", missing)


def write_broken(path: Path, *, sound_pages: int) -> Path:
    """A report whose last page has digits and no Chinese: its font map lost the characters."""
    printer = Printer(path)
    for _ in range(sound_pages):
        printer.add_line("本年收入合计12.50万元。")
        printer.canvas.showPage()
    for index in range(12):
        printer.canvas.setFont("Helvetica", 10)
        printer.canvas.drawString(70, 700 - 20 * index, f"{index}123.45")
    printer.close()
    return path


@pytest.mark.usefixtures("no_recognition")
def test_a_page_whose_text_is_broken_is_named_where_ocr_is_missing(tmp_path: Path) -> None:
    source = read_source(write_broken(tmp_path / "report.pdf", sound_pages=1))
    assert "第 2 页是扫描图像或文字已损坏，需要文字识别组件" in source.notes[0]
    assert "123.45" not in source.text


@pytest.mark.usefixtures("no_recognition")
def test_a_scan_asks_for_what_is_missing(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (1240, 1754), 200).save(tmp_path / "scan.pdf", resolution=150)
    with pytest.raises(ReaderError, match=r"《scan\.pdf》第 1 页是扫描图像.*uv sync --extra ocr"):
        read_source(tmp_path / "scan.pdf")
