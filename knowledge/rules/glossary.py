"""名词解释 → definitions with their places."""

from __future__ import annotations

import re

from knowledge.layout.blocks import Paragraph, Report
from knowledge.models import Definition
from knowledge.rules.base import Reading

_ORDINAL = r"(?:（?[一二三四五六七八九十百]{1,3}）?[、．.]?|（?\d{1,3}）?[、．.]?(?!\d)|[①-⑳])?\s*"
_TERM = r"(?P<term>[“《（]?[^，。；：\d][^，。；：]{1,60}?)"
_COLON = re.compile(rf"^{_ORDINAL}{_TERM}[：](?P<text>.{{4,}})$", re.DOTALL)
_MEANS = re.compile(rf"^{_ORDINAL}{_TERM}[，,]?(?:主要)?(?P<text>(?:是指|指的是|指|系指|反映|是).{{4,}})$", re.DOTALL)
_LEVELS = re.compile("（[类款项]）")
_LEVEL = re.compile("（[类款项]）$")
_NO_TERM = re.compile(r"^(?:其中|注|备注|说明|附件|单位|填报|本表|如下|以下)|(?:如下|以下)$")


def read_glossary(paragraph: Paragraph, report: Report) -> Reading:
    """The definition that a paragraph of the glossary gives: ``基本支出：指为保障机构正常运转…``."""
    flow = paragraph.flow
    match = _COLON.match(flow.text) or _MEANS.match(flow.text)
    if match is None or _NO_TERM.search(match["term"]):
        return Reading()
    start, end = flow.span(match.start("term"), len(flow.text))
    definition = Definition(
        term=_plain_term(match["term"]),
        text=match["text"].strip(),
        place=report.place(start, end),
        section=paragraph.section.path,
        agency=report.identity.agency,
        year=report.identity.year,
    )
    return Reading(definitions=[definition])


def _plain_term(term: str) -> str:
    """The term without its level (提租补贴（项）) and quotation marks around the whole of it: “三公”经费 keeps its own."""
    term = term.strip(" ，、.．")
    term = _LEVEL.sub("", term) if len(_LEVELS.findall(term)) == 1 else term
    if term[:1] == "“" and term[-1:] == "”" and term.count("“") == 1:
        return term[1:-1]
    return term
