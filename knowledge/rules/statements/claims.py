"""Drafts → claims: offsets of the source, scope, parent, note."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from knowledge.layout.blocks import Paragraph
from knowledge.models import Scope
from knowledge.rules.base import Claim
from knowledge.rules.statements.drafts import Draft, Setting
from knowledge.vocabulary import metrics

_ROOTS = frozenset(("收入总计", "支出总计", "本年收入合计", "本年支出合计"))


def build_claims(drafts: list[Draft], paragraph: Paragraph, setting: Setting) -> list[Claim]:
    """Claims of a paragraph's drafts, in order."""
    starts = list(accumulate((len(sentence.text) for sentence in paragraph.sentences), initial=0))[:-1]
    return [_build_claim(draft, paragraph, setting, starts) for draft in drafts]


def _build_claim(draft: Draft, paragraph: Paragraph, setting: Setting, starts: list[int]) -> Claim:
    amount, name, flow = draft.token.amount, draft.name, paragraph.flow
    assert amount is not None
    start, end = flow.span(amount.start, amount.end)
    sentence = paragraph.sentences[max(bisect_right(starts, amount.start) - 1, 0)]
    own = draft.year if draft.year != setting.year else None
    return Claim(
        start=start,
        end=end,
        metric=name.metric,
        measure=draft.measure,
        value=draft.value,
        unit=amount.unit,
        rule=draft.rule,
        quote=(sentence.offsets[0], sentence.offsets[-1] + 1),
        aliases=name.aliases,
        parent=_parent_of(draft),
        code=name.code,
        scope=_scope_of(draft, setting),
        comparator=draft.comparator,
        year=own,
        agency=draft.agency,
        approximate=amount.approximate,
        note=draft.note,
        pieces=draft.pieces,
    )


def _parent_of(draft: Draft) -> str | None:
    item = draft.name.parent if draft.name.code or not draft.name.standard else None
    parent = item or draft.whole or draft.name.parent
    return parent if parent != draft.name.metric or draft.name.parent == parent else None


def _scope_of(draft: Draft, setting: Setting) -> Scope | None:
    own, section = draft.name.scope, setting.scope
    if own is not None and not (own == "财政拨款" and section not in (None, "全部")):
        return own
    if draft.measure in ("数量", "得分", "权重", "目标值", "完成值"):
        return None
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
