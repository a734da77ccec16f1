"""Reports in traditional characters or with other commas: read like all others, cited as printed."""

from pathlib import Path

from bot.assistant import Assistant
from knowledge.extract import extract_figures
from knowledge.layout.build import build_report
from knowledge.load import load_paths
from knowledge.readers import read_source

TRADITIONAL = """東湖縣中醫醫院2017年部門決算公開
二、收入決算情況說明
2017年總收入6628.72萬元,其中:事業收入4131.31萬元。
2017年“三公經(jīng)費(fèi)”支出預(yù)算為12.50萬元,支出決算為13.07萬元。
"""


def _written(folder: Path) -> Path:
    path = folder / "公開.txt"
    path.write_text(TRADITIONAL, encoding="utf-8")
    return path


def test_traditional_characters_are_read_as_simplified_ones_and_cited_as_printed(tmp_path: Path) -> None:
    report = build_report(read_source(_written(tmp_path)))
    figures = {(figure.metric, figure.measure): figure for figure in extract_figures(report).figures}
    assert report.identity.agency == "东湖县中医医院"
    assert str(figures["三公经费", "决算数"].value) == "13.07"
    total = figures["收入总计", "决算数"]
    assert (total.printed, total.unit) == ("6628.72", "万元")
    assert total.quote == "2017年總收入6628.72萬元,其中:事業收入4131.31萬元。"
    assert TRADITIONAL[total.place.start : total.place.end] == total.printed


def test_an_answer_cites_the_line_as_printed(tmp_path: Path) -> None:
    load_paths([_written(tmp_path)], tmp_path / "kb.db")
    answer, _ = Assistant(tmp_path / "kb.db").ask("东湖县中医医院2017年三公经费决算")
    assert [figure.value for figure in answer.figures][:1] == ["13.07"]
    assert "支出決算為13.07萬元" in answer.text


def test_a_mirrored_table_with_question_marks_for_spaces(tmp_path: Path) -> None:
    path = tmp_path / "基金.txt"
    path.write_text(
        "二○二四年醫(yī)療保險(xiǎn)基金收支預(yù)算表 |\n|\n| 單位:萬元 |\n"
        "項(xiàng)????目 | 2023年執(zhí)行數(shù) | 2024年預(yù)算數(shù) | 項(xiàng)????目 | 2023年執(zhí)行數(shù) | 2024年預(yù)算數(shù) |\n"
        "一、醫(yī)療保險(xiǎn)費(fèi)收入 | 27,362.00? | 28,219.00? | 一、醫(yī)療待遇支出 | 70,764.00? | 70,965.00? |\n"
        "????其中:集體扶持收入 |\n|\n| ????其中:住院費(fèi)用支出 | 59,585.00? | 59,586.00? |\n"
        "總????計(jì) | 114,879.00? | 115,344.00? | 總????計(jì) | 114,879.00? | 115,344.00? |\n",
        encoding="utf-8",
    )
    report = build_report(read_source(path))
    found = {(figure.metric, figure.year): str(figure.value) for figure in extract_figures(report).figures}
    assert (found["住院费用支出", 2023], found["住院费用支出", 2024]) == ("59585.00", "59586.00")
    assert found["医疗待遇支出", 2024] == "70965.00"
    assert "集体扶持收入" not in {metric for metric, _ in found}


def test_a_report_in_simplified_characters_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "公开.txt"
    path.write_text("乾县医院2017年部门决算\n总收入 5 万元。於萬\n", encoding="utf-8")
    source = build_report(read_source(path)).source
    assert source.original is None
    assert "於萬" in source.text


def test_a_comma_between_words_is_a_chinese_one_and_cited_as_printed(tmp_path: Path) -> None:
    path = tmp_path / "公开.txt"
    path.write_text(
        "东湖县医院2023年部门决算\n本年收入1,234.5万元,无因公出国(境)费支出,比上年减少2万元。\n", encoding="utf-8"
    )
    report = build_report(read_source(path))
    extraction = extract_figures(report)
    assert report.source.text.count("，") == 2
    assert [str(figure.value) for figure in extraction.figures] == ["1234.5", "-2"]
    assert extraction.figures[0].quote.count(",") == 3
