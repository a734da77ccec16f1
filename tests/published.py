"""One short report of our own, written as PDF, Word, Excel, HTML and picture: what the readers' tests read back."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from knowledge.models import Source, Table

AGENCY = "云岭县林业局"


@dataclass(frozen=True)
class Grid:
    """A table: rows of (text, columns, rows) in printed order; a covered place has no entry."""

    rows: tuple[tuple[tuple[str, int, int], ...], ...]
    widths: tuple[int, ...]

    def placed(self) -> list[tuple[int, int, int, int, str]]:
        """(row, column, row span, column span, text) of every cell."""
        taken: set[tuple[int, int]] = set()
        cells = []
        for row, members in enumerate(self.rows):
            column = 0
            for text, across, down in members:
                while (row, column) in taken:
                    column += 1
                cells.append((row, column, down, across, text))
                taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
        return cells


def row(*texts: str) -> tuple[tuple[str, int, int], ...]:
    """A row without merged cells."""
    return tuple((text, 1, 1) for text in texts)


INCOME = Grid(
    (
        (("项目", 2, 1), ("本年收入合计", 1, 2), ("财政拨款收入", 1, 2), ("其他收入", 1, 2)),
        (("科目编码", 1, 1), ("科目名称", 1, 1)),
        (("合计", 2, 1), ("1,286.40", 1, 1), ("1,250.00", 1, 1), ("36.40", 1, 1)),
        row("208", "社会保障和就业支出", "120.25", "120.25", ""),
        row("213", "农林水支出", "1,100.00", "1,063.60", "36.40"),
        row("2130299", "其他林业和草原支出", "1,100.00", "1,063.60", "36.40"),
        row("221", "住房保障支出", "66.15", "66.15", "0.00"),
    ),
    (70, 150, 80, 80, 70),
)
THREE_PUBLIC = Grid(
    (
        (("预算数", 3, 1), ("决算数", 3, 1)),
        row("合计", "公务用车购置及运行维护费", "公务接待费", "合计", "公务用车购置及运行维护费", "公务接待费"),
        row("9.50", "8.00", "1.50", "7.36", "6.80", "0.56"),
    ),
    (60, 105, 65, 60, 105, 65),
)
REPORT: tuple[str | Grid, ...] = (
    "云岭县林业局2023年度部门决算",
    "第一部分 部门概况",
    "一、主要职责",
    "负责全县造林绿化、森林防火和林业有害生物防治。",
    "第二部分 2023年度部门决算表",
    "收入决算表",
    "单位：万元",
    INCOME,
    "注：本表反映部门本年度取得的各项收入情况。",
    "财政拨款“三公”经费支出决算表",
    "单位：万元",
    THREE_PUBLIC,
    "第三部分 2023年度部门决算情况说明",
    "一、收入决算情况说明",
    "2023年度本年收入合计1,286.40万元，其中：财政拨款收入1,250.00万元，占97.17%。",
    "二、“三公”经费支出决算情况说明",
    "2023年度“三公”经费支出决算为7.36万元，完成预算的77.47%。",
)


def table_texts(source: Source, table: Table) -> list[tuple[int, int, int, int, str]]:
    """The cells of a table as ``Grid.placed`` gives them, without the breaks of wrapped lines."""
    return [
        (
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            "".join(source.text[cell.start : cell.end].split()),
        )
        for cell in table.cells
    ]


def check_source(source: Source) -> None:
    """What holds for every source: lines in order and apart, cells inside their table, no text outside the lines."""
    assert all(left.end < right.start for left, right in zip(source.lines, source.lines[1:], strict=False))
    covered = set().union(*(range(line.start, line.end) for line in source.lines)) if source.lines else set()
    assert not {index for index, character in enumerate(source.text) if not character.isspace()} - covered
    for table in source.tables:
        squares = [
            (cell.row + i, cell.column + j)
            for cell in table.cells
            for i in range(cell.row_span)
            for j in range(cell.column_span)
        ]
        assert len(squares) == len(set(squares))
        assert all(row < table.rows and column < table.columns for row, column in squares)
        ends = [table.start]
        for cell in table.cells:
            assert ends[-1] <= cell.start <= cell.end <= table.end
            assert "\t" not in source.text[cell.start : cell.end]
            ends.append(cell.end)


def write_docx(path: Path, report: tuple[str | Grid, ...] = REPORT) -> Path:
    """The report as a Word document."""
    import docx

    document = docx.Document()
    for block in report:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block.rows), len(block.widths))
        for top, left, down, across, text in block.placed():
            cell = table.cell(top, left)
            if down * across > 1:
                cell = cell.merge(table.cell(top + down - 1, left + across - 1))
            cell.text = text
    document.save(str(path))
    return path


def write_xlsx(path: Path, report: tuple[str | Grid, ...] = REPORT) -> Path:
    """The report as one sheet: numbers as numbers with two decimals and thousands separators."""
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    top = 1
    for block in report:
        if isinstance(block, str):
            sheet.cell(top, 1, block)
            top += 1
            continue
        for row_, column, down, across, text in block.placed():
            number = text.replace(",", "")
            cell = sheet.cell(top + row_, 1 + column, float(number) if "." in number else text or None)
            if "." in number:
                cell.number_format = "#,##0.00"
            if down * across > 1:
                sheet.merge_cells(
                    start_row=top + row_,
                    start_column=1 + column,
                    end_row=top + row_ + down - 1,
                    end_column=column + across,
                )
        top += len(block.rows) + 1
    workbook.save(path)
    return path


def write_html(path: Path, report: tuple[str | Grid, ...] = REPORT, encoding: str = "gb18030") -> Path:
    """The report as a published page with menu, footer and script around it."""
    parts = []
    for block in report:
        if isinstance(block, str):
            parts.append(f"<p>{escape(block)}</p>")
            continue
        rows = (
            "<tr>"
            + "".join(f'<td colspan="{across}" rowspan="{down}">{escape(text)}</td>' for text, across, down in members)
            + "</tr>"
            for members in block.rows
        )
        parts.append(f"<table>{''.join(rows)}</table>")
    page = (
        f'<html><head><meta charset="{"gb2312" if encoding == "gb18030" else encoding}"><title>{report[0]}</title>'
        '<script>var views = 12345;</script></head><body><div class="nav">首页 | 公开目录 2</div>'
        f'<div class="content">{"".join(parts)}</div><div id="footer">备案编号 20230001</div></body></html>'
    )
    path.write_bytes(page.encode(encoding))
    return path


def write_pdf(path: Path, report: tuple[str | Grid, ...] = REPORT, **options: Any) -> Path:
    """The report as a PDF with ruled tables, a running header and page numbers; see ``Printer``."""
    printer = Printer(path, **options)
    for block in report:
        if isinstance(block, str):
            printer.add_line(block)
        else:
            printer.add_table(block)
    printer.close()
    return path


class Printer:
    """Draws lines and tables on A4 pages with a Chinese font that needs no file."""

    def __init__(self, path: Path, *, ruled: bool = True, bottom: float = 90, encrypt: str | None = None) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.canvas = Canvas(str(path), pagesize=(595, 842), encrypt=encrypt)
        self.ruled = ruled
        self.bottom = bottom
        self.page = 0
        self._turn()

    def _turn(self) -> None:
        """Begin a page."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.top = 760.0
        self.canvas.setFont("STSong-Light", 9)
        self.canvas.drawString(60, 800, "云岭县林业局政务公开")
        self.canvas.drawCentredString(297, 40, f"— {self.page} —")
        self.canvas.setFont("STSong-Light", 10)

    def add_line(self, text: str) -> None:
        """A paragraph, wrapped after 40 characters."""
        for start in range(0, len(text), 40):
            if self.top < self.bottom:
                self._turn()
            self.canvas.drawString(70, self.top, text[start : start + 40])
            self.top -= 20

    def add_table(self, grid: Grid) -> None:
        """A table whose cells wrap; rows that do not fit go on the next page."""
        lefts = [65.0]
        for width in grid.widths:
            lefts.append(lefts[-1] + width)
        height = 30
        for index in range(len(grid.rows)):
            if self.top - height < self.bottom:
                self._turn()
            for row_, column, down, across, text in grid.placed():
                if row_ == index:
                    right, low = lefts[column + across], self.top - height * down
                    self._cell(lefts[column], right, self.top, low, text)
            self.top -= height
        self.top -= 20

    def _cell(self, left: float, right: float, top: float, low: float, text: str) -> None:
        if self.ruled:
            self.canvas.rect(left, low, right - left, top - low)
        length = max(1, int((right - left - 4) // 10))
        lines = [text[start : start + length] for start in range(0, len(text), length)]
        if text.isdecimal():
            lines = [text]
        if text[:1].isdigit() and ("." in text or "," in text):
            self.canvas.drawRightString(right - 3, (top + low) / 2 - 3, text)
            return
        for index, line in enumerate(lines):
            middle = (top + low) / 2 - 3 + 6 * (len(lines) - 1) - 12 * index
            if right - left < 100:
                self.canvas.drawCentredString((left + right) / 2, middle, line)
            else:
                self.canvas.drawString(left + 3, middle, line)

    def close(self) -> None:
        """Write the file."""
        self.canvas.save()


def write_picture(path: Path, report: tuple[str | Grid, ...] = REPORT) -> Path:
    """The report as a picture of one page at 150 dpi, as a scanner gives it."""
    from PIL import Image, ImageDraw, ImageFont
    from pylopdf_fonts_zh_cn import __file__ as fonts

    scale = 150 / 72
    picture = Image.new("L", (round(595 * scale), round(842 * scale)), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(Path(fonts).parent / "NotoSansSC-Regular.otf"), round(10 * scale))
    y = 60.0
    for block in report:
        if isinstance(block, str):
            for start in range(0, len(block), 44):
                draw.text((60 * scale, y * scale), block[start : start + 44], 0, font)
                y += 19
            continue
        lefts = [65.0]
        for width in block.widths:
            lefts.append(lefts[-1] + width)
        for row_, column, down, across, text in block.placed():
            left, right = lefts[column], lefts[column + across]
            top, low = y + 26 * row_, y + 26 * (row_ + down)
            draw.rectangle([left * scale, top * scale, right * scale, low * scale], outline=0, width=2)
            length = max(1, int((right - left - 6) // 10)) if not text[:1].isdigit() else 99
            for index, start in enumerate(range(0, len(text), length)):
                draw.text(((left + 4) * scale, (top + 1 + 12 * index) * scale), text[start : start + length], 0, font)
        y += 26 * len(block.rows) + 8
    picture.convert("RGB").save(path)
    return path
