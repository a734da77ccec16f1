"""Names of counts whose thing follows them: 71 家``定点医疗机构``."""

from __future__ import annotations

import re
from functools import cache

from knowledge.rules.statements.cues import cues, one_of, verb_pattern
from knowledge.rules.statements.names import Name, free_name, suffix_of
from knowledge.rules.statements.phrases import Phrase, parse_phrase
from knowledge.rules.statements.trimming import trim

_CUT = re.compile(r"(?:所(?=产生|发生|需|有|涉及|属)|的|(?<![一二三四五])等|，)")
_BODY = re.compile(r".*?(?:中心|医院|机构|学校|药店|单位|企业|卫生院|卫生室)(?=[^和及与、（，。）药店])")


def name_counted(left: Phrase, right: str, unit: str | None) -> Name | None:
    """The name of a count whose thing follows: 选取 7 个``项目开展绩效监控`` → 绩效监控项目数; 9 名``离休干部``."""
    thing, predicate = split_counted(right.strip("、"), unit)
    suffix = suffix_of(unit)
    deed = parse_phrase(predicate) if predicate else None
    bare = left._replace(item=None, measure=None, scope=None)
    if left.core.endswith((*cues().persons, "人口")) and not left.verb and not right.startswith(cues().action):
        return None
    if not thing:
        who = deed is not None and deed.verb and (deed.object or not left.core)
        return _name_doers(bare, deed, suffix) if deed is not None and who else None
    many = thing + suffix
    short = f"{thing}数" if suffix == "数量" else many
    if deed is not None and deed.object.startswith("为"):
        return free_name(f"{deed.object[1:]}数", bare, aliases=(many,), stem=thing)
    if deed is not None and deed.verb and deed.object and len(deed.object) <= 12 and "、" not in deed.object:
        done = re.sub(r"^(?:重点|全面)", "", deed.object)
        return free_name(done + short, bare, aliases=(deed.verb + done + short, deed.object + short), stem=done + thing)
    if left.verb and left.verb not in cues().light and not re.search("[的是]", left.object):
        plain = (many, thing) if left.verb in cues().clear else ()
        return free_name(left.verb + short, bare, aliases=(_after_body(thing, right), f"{thing}{left.verb}{suffix}", *plain), stem=thing, action=left.verb)  # fmt: skip
    return free_name(many, bare, aliases=(thing, short, _after_body(thing, right)), stem=thing)


def _after_body(thing: str, right: str) -> str:
    """What a body did, as a name: 9家``医疗机构定点互认`` → 定点互认医疗机构数."""
    rest = right.removeprefix(thing).strip("、")
    fits = rest and rest != right and len(rest) <= 6 and "、" not in rest and "了" not in rest
    return f"{rest}{thing}数" if fits and rest[0] not in "的所等" else ""


def _name_doers(left: Phrase, deed: Phrase, suffix: str) -> Name:
    who = left.core if left.core and not left.verb and left.core not in cues().generic and len(left.core) <= 12 else ""
    what = deed.verb + deed.object
    aliases = [f"{who}{what}{suffix}" if who else ""]
    if deed.verb in ("参加", "享受") and "保险" in deed.object:
        aliases += [f"{deed.object}参保{suffix}", f"{who}参保{suffix}" if who else ""]
    return free_name(what + suffix, left, aliases=tuple(aliases), stem=what, action=deed.verb)


_DOING = re.compile(
    one_of(
        (
            "开展",
            "开始",
            "提出",
            "进行",
            "实行",
            "编制",
            "通过",
            "参加",
            "享受",
            "完成",
            "派驻",
            "纳入",
            "实现",
            "达到",
            "延伸",
            "接受",
            "获得",
            "确定为",
            "申请",
            "用于",
            "涉及",
            "全部",
            "已",
            "全覆盖",
        )
    )
)


@cache
def _up_to_person() -> re.Pattern[str]:
    return re.compile(rf".*?{one_of(noun for noun in cues().persons if len(noun) > 1)}")


@cache
def _closing_verb() -> re.Pattern[str]:
    return re.compile(rf"{verb_pattern().pattern}(?:了)?$")


def split_counted(right: str, unit: str | None) -> tuple[str, str]:
    """What follows a count → the thing counted and what it did: ``项目开展了绩效监控`` → 项目, 开展了绩效监控."""
    opening = verb_pattern().match(right) or _DOING.match(right)
    if opening is not None and not right[opening.end() :].startswith(cues().nominal):
        return "", right
    if suffix_of(unit) in ("人数", "人次"):
        person = _up_to_person().match(right)
        if person is not None:
            rest = right[person.end() :]
            return trim(person[0])[0], rest if verb_pattern().match(rest) or _DOING.match(rest) else ""
    end = len(right)
    if (body := _BODY.match(right)) is not None:
        end = body.end()
    if (closing := _closing_verb().search(right)) is not None and closing.start() > 1:
        end = min(end, closing.start())
    if (doing := _DOING.search(right, 1)) is not None:
        end = min(end, doing.start())
    if (cut := _CUT.search(right, 1)) is not None:
        end = min(end, cut.start())
    thing = "项目" if right[:end] == "项目支出" else trim(right[:end])[0]
    rest = right[end:] if _DOING.match(right[end:]) or verb_pattern().match(right[end:]) else ""
    return thing, rest
