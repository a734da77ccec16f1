"""A project (项目) asked for as a whole: its budget, execution, rate of execution and score."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from bot.answers.knowledge_base import KnowledgeBase, Record
from bot.answers.matching import plain, stem
from knowledge.models import Measure

PROJECT_TOTALS = (
    "项目预算",
    "年度资金总额",
    "年度财政资金总额",
    "资金总额",
    "项目支出",
    "项目资金",
    "预算资金",
    "实际使用资金",
    "预算执行情况",
    "项目总支出",
)
_SCORES = ("绩效自评合计", "绩效自评得分", "自评得分", "总分", "自评总分", "得分", "合计")
_MONEY = {"元", "万元", "亿元", "千元", "百万元"}
_ENDINGS = re.compile("(?:项目|专项|资金|经费)+$")
_SHORTEST = 4


def projects_named(base: KnowledgeBase, agency_id: int, words: str) -> frozenset[str]:
    """The projects of a body that words name, in full, or by most of a name: 基金监管 for 基金监管工作经费.

    Where they say 项目 any part of a name will do (三保项目); a part that several names have means all of these.
    """
    asked = plain(words)
    named = core(words)
    subjects = {subject: plain(subject) for subject in base.subjects(agency_id)}
    if len(asked) < _SHORTEST:
        return frozenset(subjects) if asked == "项目" else frozenset()
    whole = frozenset(subject for subject, name in subjects.items() if {asked, named} & {name, _ENDINGS.sub("", name)})
    parts = {subject: name for subject, name in subjects.items() if _is_part(named, name) or stem(name) in named}
    known = "项目" in asked or any(2 * len(named) >= len(name) for name in parts.values())
    return whole or (frozenset(parts) if known else frozenset())


def core(subject: str) -> str:
    """A project's plain name without 项目, 专项, 资金 or 经费 at its end, under which reports print it as well."""
    name = plain(subject)
    return _ENDINGS.sub("", name) or name


def says_part(words: str, subject: str) -> bool:
    """Whether words are a part of a project's name, with 项目 or 资金 behind it or not, and nothing else."""
    named = _ENDINGS.sub("", plain(words))
    return len(named) >= _SHORTEST and LCSseq.similarity(named, plain(subject)) == len(named)


def _is_part(words: str, name: str) -> bool:
    """Whether a name has the words in their order, all but one of eight."""
    return len(words) - LCSseq.similarity(words, name) <= len(words) // 8


def project_records(records: Sequence[Record], subject: str, measure: Measure | None) -> list[Record]:
    """The figures that say what a project as a whole had, spent, reached; its indicator rows are left out."""
    whole = plain(subject)
    if measure == "得分" or measure == "权重":
        wanted = [record for record in records if record.metric in _SCORES or "自评" in record.metric]
        return wanted or [record for record in records if plain(record.metric) == whole]
    own = [record for record in records if plain(record.metric) == whole or _head(record) == whole]
    for name in PROJECT_TOTALS:
        found = [record for record in records if record.metric == name or record.metric.endswith(name)]
        if found:
            own += [record for record in found if record not in own]
            if measure is None or any(record.measure == measure for record in own):
                break
    if own:
        return own
    alone = [record for record in records if record.parent is None and (record.unit in _MONEY or record.unit == "%")]
    named = [record for record in alone if plain(record.metric) in whole]
    return named if any(measure in (None, record.measure) for record in named) else alone


def _head(record: Record) -> str:
    return re.sub(r"(?:项目)?(?:预算|支出|资金|经费|总额)+$", "", plain(record.metric))
