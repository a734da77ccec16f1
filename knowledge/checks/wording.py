"""What was left in or left out of the text: words of the form, tables that are only named, a body's name cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks.facts import Facts
from knowledge.models import Finding, Place
from knowledge.text import fold_text, squeeze

_PLACEHOLDER = re.compile(
    r"（\d+字(?:以内|左右)）|（若[^（）]{2,40}需[^（）]{2,40}）|单位本级或某二级机构|（相关工作范围）|[×xX]{2,}(?:万元|单位|部门|个|人|%|年)"
    r"|（(?:此处|请)[^（）]{0,20}(?:填写|填列|说明)[^（）]{0,20}）|（(?:单位|部门|项目)名称）(?=20\d\d年)"
)
_TABLE_NAME = re.compile(r"^[一二三四五六七八九十]+[、.．].{4,40}(?:表|表）)$")
_LABEL = re.compile(r"^(?:公开)?(?:部门|单位|编制单位|填报单位|部门名称|单位名称)：([\u4e00-\u9fff（）]{4,30})")
_PRINTED = re.compile(r"\S+")
_CELLS = re.compile(r"\t|\s{3,}")
_FEWEST_NAMES = 4


def check_wording(facts: Facts) -> Iterator[Finding]:
    """The lines of the report as printed."""
    yield from _check_placeholders(facts)
    yield from _check_missing_tables(facts)
    yield from _check_names(facts)


def _check_placeholders(facts: Facts) -> Iterator[Finding]:
    text = facts.report.source.folded
    found = list(_PLACEHOLDER.finditer(squeeze(text)))
    offsets = _printed_offsets(text) if found else []
    for match in found:
        place = facts.place(offsets[match.start()], offsets[match.end() - 1] + 1)
        message = f"模板文字没有删改：{match[0]}"
        yield _text_finding(facts, "placeholder", place, match[0], message, "填写实际内容或删去")


def _printed_offsets(text: str) -> list[int]:
    return [index for run in _PRINTED.finditer(text) for index in range(*run.span())]


def _check_missing_tables(facts: Facts) -> Iterator[Finding]:
    """A report that ends with the names of its tables, without the tables."""
    source = facts.report.source
    lines = [line for line in source.lines if source.text[line.start : line.end].strip()]
    names = []
    for line in reversed(lines):
        if not _TABLE_NAME.match(squeeze(fold_text(source.text[line.start : line.end]))):
            break
        names.append(line)
    if len(names) >= _FEWEST_NAMES:
        first, last = names[-1], names[0]
        place = facts.place(first.start, first.end)
        printed = squeeze(source.text[first.start : first.end])
        message = f"只列出 {len(names)} 张表的名称，没有表（至“{squeeze(source.text[last.start : last.end])}”）。"
        yield _text_finding(facts, "missing", place, printed, message, f"{len(names)} 张表")


def _check_names(facts: Facts) -> Iterator[Finding]:
    source, agency = facts.report.source, facts.report.identity.agency
    for line in source.lines:
        printed = source.text[line.start : line.end]
        if "：" not in printed and ":" not in printed:
            continue
        for cell in _CELLS.split(printed):
            match = _LABEL.match(squeeze(fold_text(cell)))
            if match and agency != match[1] and agency.startswith(match[1]) and len(agency) - len(match[1]) <= 2:
                start = line.start + printed.find(cell)
                place = facts.place(start, start + len(cell))
                message = f"单位名称不全：{match[1]}，应为{agency}。"
                yield _text_finding(facts, "name", place, match[0], message, agency)


def _text_finding(facts: Facts, rule: str, place: Place, printed: str, message: str, expected: str) -> Finding:
    return Finding.model_validate(
        {
            "document": facts.report.source.document,
            "rule": rule,
            "severity": "warning",
            "message": message,
            "places": (place,),
            "printed": (printed,),
            "expected": expected,
        }
    )
