"""Numbers in running text that are no figures: dates, document numbers, thresholds inside names, models, hotlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_letters, ascii_uppercase, digits
from typing import Literal, NamedTuple

Kind = Literal["break", "inline", "drop"]


class Span(NamedTuple):
    """A stretch whose numbers are no figures.

    ``kind``: ``break`` ends a name (a date), ``inline`` belongs to it (单价100万元以上专用设备), ``drop`` is left out
    of it (（若占比10%以上，需列出）).
    """

    start: int
    end: int
    reason: str
    kind: Kind


_YEAR = r"(?:19|20)\d\d"
_MONTH = rf"(?:{_YEAR}年)?\d{{1,2}}月(?:份|底|末|初)?(?:\d{{1,2}}[日号])?"
_PATTERNS: tuple[tuple[str, Kind, str, str], ...] = (
    ("填表说明", "drop", "若如注请需填", r"（(?:若|如|注[:：]|请|需|填)[^（）]*）"),
    ("基数说明", "drop", "基", r"（(?:上年|年初|去年)?(?:预算|决算)?(?:数)?基数为0[^（）]*）|（[^（）]*基数为0[^（）]*）"),
    ("书名", "inline", "《", r"《[^《》]*\d[^《》]*》"),
    ("文号", "drop", "〔[（(【号", rf"[〔\[（【]{_YEAR}[〕\]）】]第?\d*号?|第?\d+号(?:文件?|令|公告)?(?![楼院线车])"),
    ("项目编码", "inline", ascii_uppercase, r"\d{6,}[A-Z]\d{6,}"),
    ("索引号", "drop", "/", r"[0-9A-Z]{8,}[-/](?:\d{2,4}[-/])?\d{4}[-/]\d{2,6}(?![\d.])"),
    ("门槛", "inline", "单", r"单(?:位)?(?:价值?|台)(?:在)?(?:人民币)?\d+(?:\.\d+)?万?元(?:（含）|（含\d+万元）)?(?:及)?以[上下]"),
    ("门槛", "inline", "含岁", r"\d+(?:\.\d+)?万元(?:（含）|以上（含）)以上|\d+周?岁(?:（含）)?(?:及)?(?:以[上下])?(?:至\d+周?岁)?"),
    ("日期", "break", "-—~～至到", rf"(?:从|自)?{_YEAR}年?[-—~～至到]{_YEAR}年(?:度|底|末)?"),
    ("日期", "break", "月", rf"{_MONTH}(?:[-—~～至到]{_MONTH})+|(?:{_YEAR}年)?\d{{1,2}}(?:[-—~～至到、，]\d{{1,2}})+月(?:份)?"),
    ("日期", "break", "月日-/.", rf"{_MONTH}(?:[-—~～至到]\d{{1,2}}[日号])?|(?<!\d)\d{{1,2}}日|{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"),
    ("时长", "break", "近未过连每今第满最", r"(?:近|未来|过去|连续|每|今后|第|满|最近)\d+(?:个)?(?:年|月|天|工作日)(?:来|内)?"),
    ("时刻", "inline", "时:：分", r"\d+\s?[*×xX]\s?\d+小时|(?<!\d)24小时|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)|\d+分钟(?=[^，。；、]{0,6}圈)"),
    ("提法", "inline", "委央府院", r"(?<=[委央府院])\d+项(?=和[^，。]{1,8}\d+条)|(?<=[委央府])\d+[项条](?=(?:规定|禁令|措施|意见|要求))"),
    ("电话", "inline", "-1热平工举", r"\d{3,4}-\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{3,5}(?=(?:便民|服务|政务|政府|市长|投诉|举报|监督|医保|热线|公共){0,3}(?:热线|平台|工单|举报|体系|专线))"),
    ("编号", "inline", "附图表公栏行G第", r"(?:附件|附表|图表?|表|公开|栏次|行次|GK)\d+(?:[-—]?(?:GK)?(?:附表)?\d+)*|第\d+"),
    ("型号", "inline", ascii_letters, r"[A-Za-z]+-?\d+[A-Za-z\d]*|\d+[A-Z]+[a-z]*\d*"),
    ("提法", "inline", "+·版“‘", r"\d+(?:\+[\dA-Za-z]+)+|\d+·\d+|\d+\.\d+版|[“‘]\d+[”’]"),
    ("科目编码", "inline", "类款项）)2", r"（(?:\d{2,7}[类款项]级?|[类款项]级?\d{2,7})）|(?<=[（(])(?:\d{3}|\d{5}|\d{7})(?=[）)])(?!）(?:人|万元|元|家|户|件|个|辆|批次))|(?<=[项款类]）)\d{3,7}(?=[：，。；、\u4e00-\u9fff])(?![万亿元千百])|(?<!\d)2\d{4}(?:\d{2})?(?=[-—_]?[\u4e00-\u9fff])(?!人|元|万|家|户|次|件|个|名|份|亩)"),
    ("日期", "break", "度部单", r"(?<![\d.])20[0-4]\d(?:度|(?=部门|单位))"),
    ("序号", "break", ".、．（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", r"(?:^|(?<=[。；：，、）”]))\d{1,2}[.、．](?=[^\d\s]|(?:19|20)\d\d年)|（\d{1,2}）(?=[.、．]?[^\d])|[①-⑳]"),
    ("序号", "break", "任目指", r"(?:^|(?<=[。；]))(?:任务|目标|指标)\d{1,2}(?=[:：])"),
    ("序号", "break", "一二三四五六七八九十", r"(?:^|(?<=[。；：]))(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)"),
    ("提法", "drop", "如按及圆", r"100%(?=(?:如期|按时|按期|及时|圆满))"),
    ("条件", "inline", "率", r"率(?:为|达到?|在|低于|高于|超过|不足|小于|大于)?\d+(?:\.\d+)?%(?:（含）)?(?:及?以[上下])?(?=的(?:项目|单位|指标|任务))"),
    ("算式", "drop", "/÷", r"[A-Z]\s*[/÷]\s*[A-Z]）?\s*[×xX*]\s*100%"),
    ("算式", "drop", "=", r"=[（(]?\d[\d,.万元人]*(?:[/÷+\-*×（）()]+\d[\d,.万元人]*)+[）)]?(?:[*×]100%)?="),
    ("分数段", "inline", "分", r"\d+(?:\.\d+)?分?(?:（含(?:\d+分)?）)?[-—~～至到]\d+(?:\.\d+)?分(?:（(?:不?含)(?:\d+分)?）)?(?:之间)?|\d+分(?:（含）)?及?以[上下]"),
    ("页码", "break", digits, r"(?<=…)\d+$|(?<=[…．.][…．.])\d+$|^\d+$"),
)  # fmt: skip
"""Reason, kind, characters of which a text holds one wherever the pattern matches, pattern."""
IGNORED = tuple((reason, kind, frozenset(signs), re.compile(pattern)) for reason, kind, signs, pattern in _PATTERNS)
_BARE_YEAR = re.compile(r"(?<![\d.])20[0-4]\d(?=[\u4e00-\u9fff])")
_NOTE = re.compile(r"^(?:备注|填报说明|填表说明|说明|注)[:：]|计分原则|汇总原则|评分标准|计算公式|口径[:：]")


def find_ignored(text: str, agencies: Sequence[str] = ()) -> list[Span]:
    """Stretches of a folded text whose numbers are no figures, in order, without overlaps.

    A year may stand right before one of ``agencies``: 2022德安县审计局.

    ``单价100万元以上专用设备0台（套）`` gives the threshold 单价100万元以上 and leaves 0.
    """
    if _NOTE.search(text):
        return [Span(0, len(text), "填表说明", "drop")]
    taken = [
        Span(match.start(), match.end(), "日期", "break")
        for match in _BARE_YEAR.finditer(text)
        if text.startswith(tuple(agencies), match.end())
    ]
    characters = set(text)
    for reason, kind, signs, pattern in IGNORED:
        for match in () if signs.isdisjoint(characters) else pattern.finditer(text):
            start, end = match.span()
            if start < end and not any(span.start < end and start < span.end for span in taken):
                taken.append(Span(start, end, reason, kind))
    return sorted(taken, key=lambda span: span.start)
