"""Where a name splits into who did what to what: ``检查定点医药机构`` → 检查, 定点医药机构."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.rules.statements.cues import cues, verb_pattern
from knowledge.rules.statements.terms import find_standard
from knowledge.rules.statements.trimming import trim


class Deed(NamedTuple):
    """Who (may be empty), the verb, and what it was done to (may be empty)."""

    subject: str
    verb: str
    object: str


_PREPOSITION = re.compile(
    r"^(?:为|对|向|给|由|从|在|把|将|按照|按|根据|通过|围绕|针对|面向|经(?![办济费营])|以|因|至|用于)"
)
_ADVERB = re.compile(
    r"(?:(?<![公一])共|累计|先后|(?<!而)已|全年|顺利|成功|共同|分别|统一|及时|足额|集中|(?<![人次户床日月年车亩生])均|陆续|联合|新)$"
)
_BENEFICIARY = re.compile(r"(?:^|.)(?:为|对|向|给)(?!民)")
_DETERMINER = re.compile(r"^(?:了|各类|各种|相关|的|各级各类)")
_LEFT_OVER = re.compile("(?:累计|滚存|历年)(?:滚存)?(?:结余|结存)")
_MODIFIERS = frozenset(("宣传", "参保", "救助", "受益", "帮扶", "供养", "培训", "管理"))


def find_deed(core: str) -> Deed | None:
    """The deed that a name tells, None for a plain noun.

    The verb stands at the front, after an adverb or an actor, after the object of 为 or 对, or right at the end.
    """
    if _LEFT_OVER.fullmatch(core):
        return None
    span = _verb_after_object(core) or _opening_verb(core)
    if span is None:
        return None
    subject = _ADVERB.sub("", core[: span[0]])
    if _BENEFICIARY.search(subject) or _PREPOSITION.match(subject) or subject in ("并", "另"):
        subject = ""
    return Deed(subject, core[slice(*span)], trim(_DETERMINER.sub("", core[span[1] :]))[0])


def is_nominal(rest: str) -> bool:
    """Whether a verb before these words makes a noun with them: 培训 + 费."""
    return len(rest) <= 5 and rest.startswith(cues().nominal)


def _opening_verb(core: str) -> tuple[int, int] | None:
    for match in verb_pattern().finditer(core):
        rest = core[match.end() :]
        if not rest and core[: match.start()] in ("集中", "分散", "联合", "统一"):
            return None
        if is_nominal(rest) or (match[0] in _MODIFIERS and rest.startswith((*cues().actors, *cues().materials))):
            continue
        if _is_in_compound(core, match):
            continue
        if (rest in ("", "了") and match[0] not in cues().noun_verbs) or _may_open(core, match):
            return match.span()
    return None


def _is_in_compound(core: str, match: re.Match[str]) -> bool:
    """Whether a verb is part of a term: 转移 and 支付 of 转移支付."""
    found = ((core.find(word), word) for word in cues().compounds)
    return any(0 <= start <= match.start() and match.end() <= start + len(word) for start, word in found)


def _may_open(core: str, match: re.Match[str]) -> bool:
    before = core[: match.start()]
    if not before or before.endswith(cues().actors) or _ADVERB.search(before):
        return True
    if match[0] in ("包含", "含"):
        return find_standard(before) is not None
    return bool(_PREPOSITION.match(core)) and match.start() > 1


def _verb_after_object(core: str) -> tuple[int, int] | None:
    """The last verb with an object after 为…, 对…: ``医保中心为老工伤人员报销医药费`` → 报销."""
    opening = _BENEFICIARY.search(core)
    if opening is None:
        return None
    found = [match for match in verb_pattern().finditer(core, opening.end() + 1) if match.end() < len(core)]
    verbs = (match for match in reversed(found) if not _is_in_compound(core, match))
    return next((match.span() for match in verbs if not is_nominal(core[match.end() :])), None)
