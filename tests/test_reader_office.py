"""Word, Excel, HTML and CSV: order, merged cells, displayed numbers, encodings, what is hidden and what is left out."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from knowledge.models import Source
from knowledge.readers import ReaderError, read_source
from knowledge.readers.spreadsheet_numbers import render_number
from tests.published import REPORT, check_source, table_texts, write_docx, write_html, write_xlsx


def lines_of(source: Source) -> list[str]:
    return [text for line in source.lines if (text := source.text[line.start : line.end])]


def cell_text(source: Source, reference: str) -> str:
    cells = (cell for table in source.tables for cell in table.cells if cell.reference == reference)
    return next(source.text[cell.start : cell.end] for cell in cells)


def replace_in_docx(path: Path, before: str, after: str) -> Path:
    """Edit the document part of a .docx file."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode("utf-8")
    assert before in body
    parts["word/document.xml"] = body.replace(before, after, 1).encode("utf-8")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def test_line_numbers_count_from_one_in_the_text(tmp_path: Path) -> None:
    source = read_source(write_docx(tmp_path / "report.docx"))
    for line in source.lines:
        assert line.number == source.text.count("\n", 0, line.start) + 1


def test_inserted_words_count_and_deleted_ones_do_not(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "report.docx", ("收入合计12.50万元",))
    run = "<w:r><w:t>收入合计12.50万元</w:t></w:r>"
    kept = "<w:ins><w:r><w:t>13.50</w:t></w:r></w:ins>"
    gone = "<w:del><w:r><w:delText>12.50</w:delText></w:r></w:del>"
    tracked = f"<w:r><w:t>收入合计</w:t></w:r>{gone}{kept}<w:r><w:t>万元</w:t></w:r>"
    assert lines_of(read_source(replace_in_docx(path, run, tracked))) == ["收入合计13.50万元"]


def test_automatic_numbers_are_read_as_printed(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document: Any = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (("收入情况", 0), ("总体", 1), ("明细", 1), ("支出情况", 0), ("总体", 1)):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    document.save(str(tmp_path / "report.docx"))
    expected = ["一、收入情况", "（一）总体", "（二）明细", "二、支出情况", "（一）总体"]
    assert lines_of(read_source(tmp_path / "report.docx")) == expected


def test_old_word_files_say_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "report.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    with pytest.raises(ReaderError, match="请安装 LibreOffice，或另存为"):
        read_source(tmp_path / "report.doc")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_an_old_word_file_reads_like_the_new_one_that_it_was_made_of(tmp_path: Path) -> None:
    new = write_docx(tmp_path / "report.docx", (*REPORT, "以上数据来自决算报表。"))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "doc",
               "--outdir", str(tmp_path), str(new)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    expected, old = read_source(new), read_source(tmp_path / "report.doc")
    assert [line.strip() for line in lines_of(old)] == [line.strip() for line in lines_of(expected)]
    assert [table_texts(old, table) for table in old.tables] == [
        table_texts(expected, table) for table in expected.tables
    ]


@pytest.mark.parametrize(
    ("value", "pattern", "expected"),
    [
        (7413.5, "#,##0.00", "7,413.50"),
        (7413.59, "General", "7413.59"),
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "General", "1000000000000000000000"),
        (0.988, "0.0%", "98.8%"),
        (1.005, "0.00", "1.01"),
        (-12.5, "#,##0.00_);(#,##0.00)", "-12.50"),
        (-12.5, "#,##0.00;[Red]#,##0.00", "-12.50"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "0.00;-0.00;;@", ""),
        (0, "General", "0"),
        (12.5, '0.00"万元"', "12.50万元"),
        (12345678, "0!.0000", "1234.5678"),
        (12345678, "#,##0,", "12,346"),
        (45, "@", "45"),
        (5, '"¥"#,##0.00', "¥5.00"),
    ],
)
def test_numbers_are_read_as_displayed(value: float, pattern: str, expected: str) -> None:
    assert render_number(value, pattern) == expected


def test_cells_have_addresses(tmp_path: Path) -> None:
    source = read_source(write_xlsx(tmp_path / "report.xlsx"))
    assert cell_text(source, "Sheet!C12") == "1,100.00"


def test_hidden_sheets_and_rows_are_read_and_noted(tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    for name in ("收入表", "底稿"):
        sheet = workbook.create_sheet(name)
        for number in range(1, 4):
            sheet.append([f"科目{number}", number * 1.5])
    workbook["底稿"].sheet_state = "hidden"
    workbook["收入表"].row_dimensions[2].hidden = True
    workbook.save(tmp_path / "report.xlsx")
    source = read_source(tmp_path / "report.xlsx")
    assert (cell_text(source, "底稿!B2"), cell_text(source, "收入表!B2")) == ("3", "3")
    assert "隐藏的工作表（底稿）" in source.notes[0] and "（收入表）含有隐藏的行或列" in source.notes[1]


def test_formulas_without_results_are_refused(tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["B3"] = "合计", 5, "=B1*2", "=B2*2"
    workbook.save(tmp_path / "report.xlsx")
    with pytest.raises(ReaderError, match="B2 等 2 个单元格只有公式、没有计算结果"):
        read_source(tmp_path / "report.xlsx")


def test_old_excel_files(tmp_path: Path) -> None:
    import xlwt

    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("收入表")
    sheet.write_merge(0, 0, 0, 1, "项目")
    sheet.write(0, 2, "决算数")
    for index, (code, name, amount) in enumerate((("208", "社会保障", 1120.25), ("213", "农林水", 0.5)), 1):
        sheet.write(index, 0, code)
        sheet.write(index, 1, name)
        sheet.write(index, 2, amount, xlwt.easyxf(num_format_str="#,##0.00"))
    workbook.save(str(tmp_path / "report.xls"))
    source = read_source(tmp_path / "report.xls")
    check_source(source)
    expected = [(0, 0, 1, 2, "项目"), (0, 2, 1, 1, "决算数"), (1, 0, 1, 1, "208"), (1, 1, 1, 1, "社会保障"),
                (1, 2, 1, 1, "1,120.25"), (2, 0, 1, 1, "213"), (2, 1, 1, 1, "农林水"), (2, 2, 1, 1, "0.50")]  # fmt: skip
    assert table_texts(source, source.tables[0]) == expected
    assert cell_text(source, "收入表!C3") == "0.50"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_pages_in_any_encoding_without_what_surrounds_them(tmp_path: Path, encoding: str) -> None:
    source = read_source(write_html(tmp_path / "report.html", encoding=encoding))
    assert lines_of(source)[:2] == ["云岭县林业局2023年度部门决算", "第一部分 部门概况"]
    assert not any(word in source.text for word in ("首页", "备案编号", "12345"))


def test_tables_that_arrange_the_page_are_no_tables(tmp_path: Path) -> None:
    inner = "<table><tr><td>科目</td><td>金额</td></tr><tr><td>会议<br>费</td><td>1.50</td></tr></table>"
    page = f"<html><body><table><tr><td>左栏</td><td><p>正文</p>{inner}</td></tr></table></body></html>"
    (tmp_path / "report.html").write_text(page, "utf-8")
    source = read_source(tmp_path / "report.html")
    assert [table_texts(source, table) for table in source.tables] == [
        [(0, 0, 1, 1, "科目"), (0, 1, 1, 1, "金额"), (1, 0, 1, 1, "会议费"), (1, 1, 1, 1, "1.50")]
    ]
    assert lines_of(source)[:2] == ["左栏", "正文"]


def test_delimited_files(tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_bytes(
        '收入表\n科目,金额\n"会议,培训","1,234.50"\n\n水费,2\n电费,3\n'.encode("gb18030")
    )
    source = read_source(tmp_path / "report.csv")
    check_source(source)
    assert [line.number for line in source.lines] == [1, 2, 3, 4, 5, 6]
    assert table_texts(source, source.tables[0])[2:] == [(1, 0, 1, 1, "会议,培训"), (1, 1, 1, 1, "1,234.50")]
    assert "水费\t2" in source.text


def test_xml_with_entities_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "report.docx")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document '
    with pytest.raises(ReaderError, match="XML 中含有实体定义"):
        read_source(replace_in_docx(path, "<w:document ", bomb))


def test_zip_bombs_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "report.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.bin", b"\0" * (40 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(ReaderError, match="疑似压缩炸弹"):
        read_source(path)


def test_locked_office_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(ReaderError, match=r"《report\.docx》设有打开密码"):
        read_source(tmp_path / "report.docx")


@pytest.mark.parametrize("write", [write_docx, write_xlsx])
def test_truncated_office_files_are_named(tmp_path: Path, write: Any) -> None:
    path = write(tmp_path / f"report.{write.__name__[-4:]}")
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(ReaderError, match="已损坏或未下载完"):
        read_source(path)


def test_content_decides_where_the_name_is_wrong(tmp_path: Path) -> None:
    written = write_docx(tmp_path / "report.docx")
    wrong = written.rename(tmp_path / "report.xlsx")
    source = read_source(wrong)
    assert source.format == "word"
    assert source.notes == ("《report.xlsx》的扩展名是 .xlsx，内容却是Word 文件，已按内容读取。",)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("report.pdf", "<html><body>404 Not Found</body></html>", "内容却是网页"),
        ("report.pdf", "本年收入合计", "内容却不是PDF 文件的内容"),
        ("report.docx", "\x01\x02\x03", "内容却不是Word 文件的内容"),
        ("report.xlsx", "", "空文件"),
        ("report.png", "不是图片", "内容却不是图片的内容"),
        ("report.rtf", "x", "暂不支持"),
    ],
)
def test_wrong_content_gives_one_sentence(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(ReaderError, match=reason) as error:
        read_source(tmp_path / name)
    assert str(error.value).startswith(f"《{name}》")


def test_pictures_that_are_cut_off_are_named(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    from PIL import Image

    output = io.BytesIO()
    Image.effect_noise((300, 300), 60).save(output, "PNG")
    (tmp_path / "scan.png").write_bytes(output.getvalue()[:3000])
    with pytest.raises(ReaderError, match="不是完整的图片"):
        read_source(tmp_path / "scan.png")
