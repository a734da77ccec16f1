"""Staff who left in the year, told apart from those who had left before: 年内调出3人、``退休``2人 is no number of 退休人员."""

from __future__ import annotations

import re

from knowledge.rules.statements.names import Name
from knowledge.rules.statements.state import Mention, State

_RETIRED = re.compile("(?P<when>.*?)(?:到龄|正常|提前|办理)?退休(?:人员)?")
_WITHIN = re.compile("年内|年中|当年|本年度?|年度内|原因|因为?|新增|到龄|办理|先后|陆续")
_FLOWS = re.compile(
    "调出|调入|调离|调走|辞职|辞退|离职|招录|招聘|录用|考录|新进|转出|转入|减员|去世|死亡|病故|减少|增加"
)


def retired_in_year(mention: Mention, state: State) -> Name | None:
    """The name of a count of staff who retired in the year, where its words or what was counted before say so."""
    counted = mention.cue is None and mention.amount.unit in ("人", "名")
    said = _RETIRED.fullmatch(mention.subject) if counted else None
    if said is None:
        return None
    spoken = [name.metric for name in (*state.topic[-1:], *((state.whole,) if state.whole else ()))]
    changed = state.whole is not None and state.part_measure is None and state.last_measure == "增减额"
    flows = mention.subject.endswith("退休") and (changed or any(_FLOWS.search(name) for name in spoken))
    if not flows and not _WITHIN.search(said[0]):
        return None
    return Name("年内退休人数", aliases=("本年退休人数",), nature="count", stem="年内退休")
