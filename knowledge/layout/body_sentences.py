"""Bodies that sentences introduce, for reports whose titles name none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.layout.body_names import END, opens_with_place
from knowledge.text import squeeze

_NAME = rf"(?P<name>[\u4e00-\u9fff（）]{{2,20}}?{END.pattern})"
_OPENS = re.compile(
    rf"(?:20\d\d年?(?:度)?)?{_NAME}(?=(?:20\d\d年?度?)?[\u4e00-\u9fff“”]{{0,16}}(?:绩效|自评|决算|预算))"
)
_IS_A = re.compile(
    rf"(?:^|[。；：）]){_NAME}(?:（[^（）]{{2,30}}）)?(?:为|是|系|属于?)(?=[^，,。；]{{0,24}}(?:单位|部门|机构|机关)(?:[，,。；]|$))"
)
_EVALUATES = re.compile(rf"(?:^|[，,。；]){_NAME}(?=对[^，,。；]{{2,50}}(?:绩效评价|绩效自评|自评))")


def find_introduced(lines: Iterable[str]) -> Iterator[str]:
    """Bodies by the sentences that introduce them: ``甲县疾控中心为全额拨款事业单位``, ``乙县人社局对…开展绩效评价``."""
    bare = [squeeze(line) for line in lines]
    for found in (map(_OPENS.match, bare), map(_is_a, bare), map(_evaluates, bare)):
        yield from (match["name"] for match in found if match and opens_with_place(match["name"]))


def _is_a(line: str) -> re.Match[str] | None:
    return _IS_A.search(line) if "单位" in line or "部门" in line or "机构" in line or "机关" in line else None


def _evaluates(line: str) -> re.Match[str] | None:
    return _EVALUATES.search(line) if "绩效" in line or "自评" in line else None
