"""Drafts → claims: offsets of the source, scope, parent, note."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from knowledge.layout.blocks import Paragraph
from knowledge.models import Scope
from knowledge.rules.base import Claim
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Draft, Setting
from knowledge.rules.statements.terms import find_standard
from knowledge.text import Flow
from knowledge.vocabulary import metrics

_PERIOD = re.compile(
    r"近?(?:[两二三四五六十]|\d)年来|自?20\d\d年以来|(?:20\d\d年)?[上下]半年|前[一二三]季度|第[一二三四]季度|截[至止]到?(?:20\d\d年)?(?:1[01]|[1-9])月(?:\d{1,2}日|底|末)?|\d{1,2}[-—至]\d{1,2}月"
)
_WHOLE_YEAR = re.compile("全年|年末|年底|截[至止]12月")
_PERIODS = ("年来", "以来", "半年", "季度", "月")
_ROOTS = frozenset(("收入总计", "支出总计", "本年收入合计", "本年支出合计"))


def build_claims(drafts: list[Draft], paragraph: Paragraph, setting: Setting) -> list[Claim]:
    """Claims of a paragraph's drafts, in order."""
    starts = list(accumulate((len(sentence.text) for sentence in paragraph.sentences), initial=0))[:-1]
    return [_build_claim(draft, paragraph, setting, starts) for draft in drafts]


def balance(name: str) -> str:
    """A name without a quotation mark whose other half was cut off: 平台运维”项目 → 平台运维项目."""
    return name if ("“" in name) == ("”" in name) else name.replace("“", "").replace("”", "")


def _build_claim(draft: Draft, paragraph: Paragraph, setting: Setting, starts: list[int]) -> Claim:
    amount, name, flow = draft.token.amount, draft.name, paragraph.flow
    assert amount is not None
    start, end = flow.span(amount.start, amount.end)
    sentence = paragraph.sentences[max(bisect_right(starts, amount.start) - 1, 0)]
    own = draft.year if draft.year != setting.year else None
    bare = bool(setting.fallback) and name.metric in _measure_words()
    return Claim(
        start=start,
        end=end,
        metric="项目预算" if bare else balance(name.metric),
        measure=draft.measure,
        value=draft.value,
        unit=amount.unit,
        rule=draft.rule,
        quote=(sentence.offsets[0], sentence.offsets[-1] + 1),
        aliases=tuple(dict.fromkeys((*name.aliases, setting.fallback, name.metric))) if bare else name.aliases,
        parent=_parent_of(draft),
        code=name.code,
        scope=_scope_of(draft, setting),
        subject=None if setting.fallback == paragraph.section.subject else setting.fallback or None,
        comparator=draft.comparator,
        year=own,
        agency=draft.agency,
        approximate=amount.approximate,
        note=draft.note or _period_of(sentence, start),
        pieces=draft.pieces,
    )


@cache
def _measure_words() -> frozenset[str]:
    """Words that say a measure and nothing else: a project's 全年预算数为3200万元 names the project's budget."""
    return frozenset(word for word, _ in cues().tails if word.endswith("数"))


def _period_of(sentence: Flow, start: int) -> str | None:
    """The stretch of time that a figure covers where it is not the fiscal year: 三年来, 2019年下半年, 1-6月."""
    before = sentence.text[: bisect_right(sentence.offsets, start) - 1]
    if not any(word in before for word in _PERIODS):
        return None
    last = next(reversed(list(_PERIOD.finditer(before))), None)
    return last[0] if last and not _WHOLE_YEAR.search(before, last.end()) else None


def _parent_of(draft: Draft) -> str | None:
    item = draft.name.parent if draft.name.code or not draft.name.standard else None
    parent = item or draft.whole or draft.name.parent
    kept = parent != draft.name.metric or draft.name.parent == parent
    return balance(parent) if parent is not None and kept else None


def _scope_of(draft: Draft, setting: Setting) -> Scope | None:
    own, section = draft.name.scope, setting.scope
    if own is not None and not (own == "财政拨款" and section not in (None, "全部")):
        return own
    if draft.measure in ("数量", "得分", "权重", "目标值", "完成值"):
        return None
    whole = find_standard(draft.whole) if draft.whole and section in (None, "全部") else None
    if whole is not None and whole.scope not in (None, "全部"):
        return whole.scope
    if section is not None:
        return section
    return "全部" if _counts_all(draft.name.metric) else None


def _counts_all(metric: str) -> bool:
    """Whether a term belongs to income or expenditure as a whole, so that without a scope it covers all funds."""
    seen: set[str] = set()
    while metric not in seen:
        if metric in _ROOTS:
            return True
        seen.add(metric)
        term = metrics().get(metric)
        if term is None or term.parent is None:
            return False
        metric = term.parent
    return False
