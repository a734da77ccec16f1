"""Whether a PDF page's text layer can be trusted: scans, text drawn as shapes, and broken font maps are told here."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

UNMAPPED = re.compile("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\ufffd-\uffff\ue000-\uf8ff]")
CHINESE = re.compile("[\u4e00-\u9fff]")
COMMON = re.compile(
    "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "预算决支收入部门单位元万其他合计项目数表财政拨款本基公共服务管理运机关事业费用情况比减增加保障社会工资福利总结转余度县市区局处办名称"
    "类金额资开务业执完完标指绩效目评职内外第三二四五六七八九十零]"
)
LITTLE = 8
BROKEN_SHARE = 0.05
INVISIBLE = 3


def is_legible(page: Any, text_page: Any, count: int) -> bool:
    """Whether the page (raw handles) is to be read from its text; otherwise OCR reads its picture."""
    text = page_text(text_page, count)
    visible = len(text) - sum(map(str.isspace, text))
    if visible < LITTLE:
        return not _shows_more(page)
    if _is_hidden_layer(page):
        return False
    return not _is_broken(text, visible)


def page_text(text_page: Any, count: int) -> str:
    """All characters of the page in one call."""
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")


def _is_broken(text: str, visible: int) -> bool:
    unmapped = len(UNMAPPED.findall(text))
    if unmapped >= 10 and unmapped > BROKEN_SHARE * visible:
        return True
    chinese = CHINESE.findall(text)
    digits = sum(map(str.isdigit, text))
    if digits >= 30 and len(chinese) < 2:
        return True
    return len(chinese) >= 60 and len(COMMON.findall("".join(chinese))) < 0.2 * len(chinese)


def _is_hidden_layer(page: Any) -> bool:
    """Invisible text over a picture: another program's OCR of a scan."""
    return any(
        pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT
        and pdfium.FPDFTextObj_GetTextRenderMode(item) == INVISIBLE
        for item in _objects(page, 3)
    ) and _has_large_picture(page)


def _shows_more(page: Any) -> bool:
    """Whether a page without text shows a large picture, or very many shapes that may be characters."""
    return _has_large_picture(page) or pdfium.FPDFPage_CountObjects(page) > 400


def _has_large_picture(page: Any) -> bool:
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    bounds = [ctypes.c_float() for _ in range(4)]
    for item in _objects(page, 200):
        if pdfium.FPDFPageObj_GetType(item) in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(value) for value in bounds))
            left, bottom, right, top = (value.value for value in bounds)
            if (right - left) * (top - bottom) > 0.25 * area:
                return True
    return False


def _objects(page: Any, most: int) -> list[Any]:
    count = min(most, pdfium.FPDFPage_CountObjects(page))
    return [pdfium.FPDFPage_GetObject(page, index) for index in range(count)]
