"""What stands around a table: title (收入支出决算总表), number (公开01表), body (部门：…), unit (单位：万元)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.text import fold_text, squeeze
from knowledge.vocabulary import units

_NUMBER = re.compile(
    r"(?:公开|财决(?:公开)?|财预|预算|决算|附|GK|批复)?附?表?\d{1,2}(?:-\d{1,2})?表?|附[表件]\d*(?:-\d+)?[：:]?"
)
_UNIT = re.compile(
    r"(?:金额|货币|计量)?[单單]位[：:]\s*(?:人民币)?\s*(?P<unit>[^\s，,；;：:（）。]{1,12}(?:（[^）]{1,4}）)?)"
)
_BODY = re.compile(r"(?:(?:编制|填报|公开|预算|主管)?(?:部门|单位)(?:名称)?|编报单位|填报机关)[：:]\s*(?P<body>\S.*)")
_ANY = re.compile(
    r"(?:编制|填报|公开|预算|主管|金额|货币|计量|编报)?(?:部门|[单單]位)(?:名称)?[：:]|填报机关[：:]|(?:编制|填报|制表)?日期[：:]"
    r"|年度[：:]|收支年度|公开\d+表|财决\S{0,6}表|^表\d+|^附[表件]\d*[：:]?$|制表|单位负责人|^续表|^\d{4}年度?$"
)
_TITLE = re.compile(
    r"表(?:（[^）]{1,24}）)?$|(?:总体|基本|构成|增减变化|收支|安排|占有使用|占用)情况$|[预决]算(?:明细)?$"
)
_NOT_TITLE = re.compile(r"[。；，？！]|^注|^说明|^备注|[：:]$|详见|见附|如下|\.{3}|…")
_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+部分|[一二三四五六七八九十]{1,3}[、．.]|（[一二三四五六七八九十]{1,3}）[、．.]?"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|附[表件]\d*[：:、]?|表\d+[：:、]?|表[一二三四五六七八九十]+[：:、])"
)
_UNIT_AFTER = re.compile(r"（(?:金额)?单位：[^）]{1,6}）$|（(?P<unit>亿元|万元|千元|元)）$")
_FLOWS = re.compile(r"(?:收入|支出|结余|结转|资产)情况$")
"""Titles that say what a table shows where a unit in brackets follows; alone they are headings."""
_NUMBERED = re.compile(r"^附?表\s*[\d一二三四五六七八九十]+(?:[-—.]\d+)?\s+")
_MARKS = re.compile(r"^#{1,6}\s*|\*\*|^[-*+]\s+")


@dataclass(frozen=True, slots=True)
class Caption:
    """Title, unit and body of a table, None where not printed."""

    title: str | None = None
    unit: str | None = None
    body: str | None = None


def plain_caption(text: str) -> str:
    """A caption line folded, without Markdown marks and outer spaces."""
    return _MARKS.sub("", fold_text(text).strip()).strip()


def is_caption(text: str) -> bool:
    """Whether a line or cell belongs to a caption: 公开01表, 单位：万元, 部门：…, or a title.

    >>> is_caption("部门：石峰区医疗保障局"), is_caption("社会保障和就业支出")
    (True, False)
    """
    bare = squeeze(plain_caption(text))
    return bool(bare) and (bool(_ANY.search(bare) or _NUMBER.fullmatch(bare)) or parse_title(bare) is not None)


def parse_title(text: str) -> str | None:
    """The title that a line prints: ``一、收入支出决算总表`` → 收入支出决算总表; None for anything else.

    A title is short, is no sentence and names a table (…表) or what one shows (…情况).
    """
    printed = squeeze(_NUMBERED.sub("", plain_caption(text)))
    given = _UNIT_AFTER.search(printed)
    bare = _UNIT_AFTER.sub("", printed)
    if not 3 <= len(bare) <= 60 or _NOT_TITLE.search(bare) or _NUMBER.fullmatch(bare):
        return None
    bare = _ORDINAL.sub("", bare)
    if (
        len(bare) < 3
        or _ANY.search(bare)
        or not (_TITLE.search(bare) or (given and given["unit"] and _FLOWS.search(bare)))
        or re.fullmatch(r"决算数|预算数|.{0,4}[预决]算数", bare)
    ):
        return None
    return bare


def parse_unit(text: str) -> str | None:
    """The unit that a caption gives: ``公开01表 单位：万元`` and ``收入情况（万元）`` → 万元; a body (单位：某局) is none."""
    for match in _UNIT.finditer(plain_caption(text)):
        if match["unit"] in units():
            return match["unit"]
        known = next((name for name in ("万元", "元", "千元", "亿元") if match["unit"].startswith(name)), None)
        if known is not None:
            return known
    given = _UNIT_AFTER.search(squeeze(text)) if parse_title(text) else None
    return given["unit"] if given else None


_UNIT_ALONE = re.compile(r"（?(?:金额|货币|计量)?[单單]位[：:](?:人民币)?[^\s，,；;：:（）。]{1,8}）?")
_UNIT_NOTE = re.compile(
    r"^（?(?:注|备注|说明)[：:].*?(?:金额|计量|货币)?单位(?:均?为|是|[：:])(?P<unit>亿元|万元|千元|元)(?!/)"
)


def unit_alone(text: str) -> str | None:
    """The unit that a line or cell gives and nothing else: ``（单位：万元）``."""
    return parse_unit(text) if _UNIT_ALONE.fullmatch(squeeze(plain_caption(text))) else None


def unit_noted(text: str) -> str | None:
    """The unit that a note below a table gives: ``注：本表金额单位为万元。``"""
    match = _UNIT_NOTE.match(squeeze(plain_caption(text)))
    return match["unit"] if match else None


def parse_body(text: str) -> str | None:
    """The body that a caption names: ``部门：株洲市石峰区医疗保障局`` → 株洲市石峰区医疗保障局."""
    match = _BODY.search(plain_caption(text))
    if match is None:
        return None
    body = squeeze(re.split(r"\s+(?=(?:金额|货币)?单位[：:]|公开|财决|\d{4}年|日期)", match["body"])[0])
    body = re.split(r"(?:金额|货币)?单位[：:]|公开\d|\d{4}年", body)[0]
    return body if len(body) >= 3 and body not in units() and not body.startswith(("万元", "元")) else None


def _title_beside(text: str) -> str | None:
    """The title on a line that prints other parts of the caption too: ``收入决算表 公开02表 单位：万元``."""
    pieces = text.split()
    titles = [title for piece in pieces if (title := parse_title(piece)) is not None]
    return titles[0] if len(titles) == 1 and all(map(is_caption, pieces)) else None


def read_caption(texts: Iterable[str]) -> Caption:
    """Caption of printed lines or cells, nearest to the table first: the first of each kind counts."""
    title = unit = body = None
    for text in texts:
        unit = unit or parse_unit(text)
        body = body or parse_body(text)
        title = title or parse_title(text) or _title_beside(text)
        if title and unit and body:
            break
    return Caption(title, unit, body)
