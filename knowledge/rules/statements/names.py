"""A phrase, the unit and what was spoken of before → the figure's name and the other names that it answers to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.models import Measure, Scope
from knowledge.rules.statements.cues import cues, one_of, verb_pattern
from knowledge.rules.statements.phrases import Phrase, parse_phrase
from knowledge.rules.statements.terms import find_standard, plain_name
from knowledge.rules.statements.trimming import trim
from knowledge.vocabulary import Metric, units


@dataclass(frozen=True, slots=True)
class Name:
    """What a figure is called. ``stem`` is what parts and counts are built on: 公务接待费 → 公务接待 + 批次."""

    metric: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    code: str | None = None
    scope: Scope | None = None
    measure: Measure | None = None
    nature: str | None = None
    stem: str = ""
    action: str = ""
    deed: str = ""
    owner: str = ""
    standard: bool = False
    per_head: bool = False


_SUFFIXES = {"人": "人数", "名": "人数", "位": "人数", "万人": "人数", "亿人": "人数", "人次": "人次", "万人次": "人次", "次": "次数", "万次": "次数", "批次": "批次", "批": "批次", "场次": "场次", "家次": "家次", "户次": "户次", "户": "户数", "万户": "户数", "剂次": "剂次", "万剂次": "剂次", "平方米": "面积", "万平方米": "面积", "件次": "件次", "班次": "班次", "例": "例数", "起": "起数"}  # fmt: skip
_COUNTED = (
    "量",
    "数",
    "人数",
    "人次",
    "次数",
    "批次",
    "面积",
    "户数",
    "额",
    "人次数",
    "剂次",
    "家次",
    "编制",
    "里程",
    "床位",
)
_STEM_TAIL = re.compile(
    r"(?:批次数?|人次数?|人数|次数|数量|户数|家数|数|金额|费用支出|费支出|支出总额|支出|费用|费|经费|资金)$"
)


def suffix_of(unit: str | None) -> str:
    """What a count is called by its unit: 人 → 人数, 批次 → 批次, 份 → 数量."""
    return _SUFFIXES.get(unit or "", "数量")


def is_money(unit: str | None) -> bool:
    """Whether a unit is one of money."""
    known = units().get(unit or "")
    return known is not None and known.kind == "money"


def is_rate(unit: str | None) -> bool:
    """Whether a unit is one of shares and rates."""
    return unit in ("%", "‰", "个百分点", "倍")


def standard_name(metric: Metric, phrase: Phrase) -> Name:
    """The name of a standard term; what is printed is kept as an alias."""
    spoken: tuple[str, ...] = (phrase.core, phrase.full, re.sub(r"（[^（）]{3,}）", "", phrase.full))
    own = next((word for word in cues().own if phrase.full.startswith(word)), "")
    spoken = (*spoken, phrase.full[len(own) :] if phrase.full[len(own) :] not in cues().generic else "")
    printed = () if phrase.item is not None else tuple(map(plain_name, spoken))
    aliases = tuple(dict.fromkeys(word for word in printed if word and word != metric.name))
    item = phrase.item
    return Name(
        metric=metric.name,
        aliases=aliases,
        parent=(item.parent if item and item.parent else None) or metric.parent,
        code=item.code if item else None,
        scope=phrase.scope or metric.scope,
        measure=phrase.measure,
        nature=metric.nature,
        stem=stem_of(metric.name),
        standard=True,
        per_head=phrase.per_head,
    )


def stem_of(name: str) -> str:
    """The part of a name that others are built on: 国内公务接待支出 → 国内公务接待."""
    return _STEM_TAIL.sub("", name) or name


def join_names(left: str, right: str) -> str:
    """Two pieces of a name without saying the shared part twice: 国内公务接待 + 接待人次 → 国内公务接待人次."""
    for size in range(min(len(left), len(right)), 1, -1):
        if left.endswith(right[:size]):
            return left + right[size:]
    return left + right


def free_name(
    metric: str,
    phrase: Phrase,
    *,
    forms: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    stem: str = "",
    action: str = "",
    deed: str = "",
) -> Name:
    """A name of the text's own words, or the standard term that it or one of its other ``forms`` is.

    ``aliases`` are names that it answers to but that must not make it a standard term.
    """
    others = tuple(dict.fromkeys(word for word in (*forms, *aliases) if word and word != metric))
    for form in (metric, *forms):
        found = find_standard(form)
        if found is not None:
            answers = tuple(dict.fromkeys(word for word in (metric, *others) if word != found.name))
            return replace(standard_name(found, phrase), aliases=answers, action=action)
    return Name(
        metric=metric, aliases=others, parent=phrase.item.parent if phrase.item else None,
        code=phrase.item.code if phrase.item else None, scope=phrase.scope, measure=phrase.measure,
        stem=stem or stem_of(metric), action=action, deed=deed, per_head=phrase.per_head,
    )  # fmt: skip


def name_count(phrase: Phrase, unit: str | None, topic: Name | None, whole: Name | None = None) -> Name | None:
    """The name of a counted thing: ``印制宣传资料`` 30 万份 → 宣传资料印制数量; ``公务接待`` 2 批次 → 公务接待批次.

    ``whole`` is what it is part of: 轿车 under 公务用车购置数量 is 轿车购置数量.
    """
    suffix = suffix_of(unit)
    if phrase.core in ("接待人次", "接待批次", "接待人数") and topic is not None and topic.stem.endswith("接待"):
        return free_name(join_names(topic.stem, phrase.core), phrase, aliases=(phrase.core,), stem=topic.stem)
    if phrase.metric is not None and phrase.metric.nature != "money":
        return standard_name(phrase.metric, phrase)
    if phrase.metric is not None:
        stem = stem_of(phrase.metric.name)
        return free_name(stem + suffix, phrase, forms=(plain_name(phrase.core) + suffix,), stem=stem)
    if phrase.generic and not phrase.verb:
        return _from_topic(phrase, suffix, topic)
    if phrase.verb:
        return _name_deed(phrase, suffix, topic, whole)
    return _name_thing(phrase, suffix, topic, whole)


_OWNER = re.compile(r"(?P<owner>[\u4e00-\u9fff]{2,10}?)(?:累计|现有|共有)(?P<thing>[\u4e00-\u9fff]{2,})")


def _name_thing(phrase: Phrase, suffix: str, topic: Name | None, whole: Name | None) -> Name:
    core = phrase.core
    owner = _OWNER.match(core)
    if owner is not None:
        named = _name_thing(replace(phrase, core=owner["owner"] + owner["thing"]), suffix, topic, whole)
        return replace(named, aliases=(*named.aliases, core + suffix), owner=owner["owner"])
    if topic is not None and topic.owner and len(core) <= 5:
        named = _name_thing(replace(phrase, core=topic.owner + core), suffix, None, whole)
        return replace(named, aliases=(*named.aliases, core + suffix), owner=topic.owner)
    within = (join_names(core, whole.stem),) if whole is not None and not whole.standard and whole.stem else ()
    if whole is not None and whole.action and len(core) <= 8:
        stem = join_names(core, whole.action)
        return free_name(stem + suffix, phrase, aliases=(core, core + suffix, *within), stem=stem, action=whole.action)
    counted = core.endswith((*_COUNTED, *cues().rates))
    if phrase.owned and find_standard(f"{core}保有量") is not None:
        return free_name(f"{core}保有量", phrase, stem=core)
    if counted or (core.endswith(cues().persons) and suffix == "人数"):
        return free_name(core, phrase, forms=() if counted else (core + suffix,))
    if find_standard(core + suffix) is not None or suffix != "数量":
        return free_name(core + suffix, phrase, aliases=(core, *within), stem=core)
    return free_name(core, phrase, aliases=(core + suffix, *within), stem=core)


def _from_topic(phrase: Phrase, suffix: str, topic: Name | None) -> Name | None:
    if topic is None:
        return None
    stem = topic.stem or topic.metric
    return free_name(stem + suffix, phrase, stem=stem, action=topic.action)


def _name_deed(phrase: Phrase, suffix: str, topic: Name | None, whole: Name | None) -> Name | None:
    """The name of work done and counted: verb and object in both orders."""
    verb, thing, subject = phrase.verb, phrase.object, phrase.subject
    light = verb in cues().light
    action = "" if light else verb
    if thing in cues().generic:
        thing = ""
    if thing:
        stem = thing if light else join_names(thing, verb)
        if thing.endswith(_COUNTED) and not light:
            whose = (f"{subject}{verb}{thing}", f"{subject}参保人数" if "保险" in thing else "") if subject else ()
            return free_name(verb + thing, phrase, aliases=(thing, *whose), stem=stem_of(thing), action=action)
        tail = "" if light and thing.endswith((*_COUNTED, *cues().persons)) else suffix
        plain = (thing, thing + suffix) if light or verb in cues().clear else ()
        forms = (f"{thing}保有量",) if phrase.owned else ()
        return free_name(stem + tail, phrase, forms=(*forms, verb + thing + suffix), aliases=(verb + thing, *plain, f"{subject}{verb}{thing}{tail}" if subject else ""), stem=stem, action=action, deed=verb + thing)  # fmt: skip
    if subject and subject not in cues().generic:
        stem = subject if light else join_names(subject, verb)
        return free_name(stem + suffix, phrase, aliases=(subject, subject + verb + suffix, subject + suffix), stem=stem, action=action)  # fmt: skip
    if light:
        return _from_topic(phrase, suffix, topic)
    spoken = topic.stem if topic is not None and topic.stem and not topic.action else ""
    if spoken and topic is whole:
        return free_name(join_names(spoken, verb) + suffix, phrase, aliases=(verb + suffix,), stem=spoken, action=verb)
    more = (join_names(spoken, verb) + suffix,) if spoken else ()
    return free_name(verb + suffix, phrase, aliases=more, stem=verb, action=verb)


_MONEY_END = (
    "资金",
    "金额",
    "费",
    "费用",
    "经费",
    "支出",
    "收入",
    "款",
    "金",
    "基金",
    "补助",
    "预算",
    "标准",
    "额",
    "补贴",
    "款项",
    "本金",
    "工资",
    "均价",
    "单价",
)


def name_money(phrase: Phrase, topic: Name | None) -> Name | None:
    """The name of an amount of money: ``追回医保基金``; ``金额`` takes the name of what was spoken of last."""
    name = _name_money(phrase, topic)
    return replace(name, nature="money") if name is not None and name.nature is None else name


def _name_money(phrase: Phrase, topic: Name | None) -> Name | None:
    if phrase.metric is not None:
        return standard_name(phrase.metric, phrase)
    core, verb, thing, subject = phrase.core, phrase.verb, phrase.object, phrase.subject
    light = verb in cues().light
    if phrase.generic or (light and not subject and (not thing or thing in cues().generic)):
        return _money_of_topic(phrase, topic)
    if verb and not light and not thing:
        stem = join_names(subject or (topic.stem if topic else ""), verb)
        if not subject and verb in cues().clear:
            deed = f"{topic.deed}金额" if topic is not None and topic.deed else ""
            return free_name(f"{verb}金额", phrase, aliases=(f"{verb}资金", f"{stem}金额", deed), stem=verb)
        return free_name(stem if subject else f"{stem}金额", phrase, aliases=(f"{stem}金额", f"{stem}资金", f"{verb}金额", f"{topic.deed}金额" if topic is not None and topic.deed else ""), stem=stem)  # fmt: skip
    if verb == "涉及":
        return Name(metric=verb + thing, aliases=(join_names(topic.stem, verb + thing),) if topic is not None and topic.stem else (), stem=thing, measure=phrase.measure)  # fmt: skip
    if verb:
        stem = thing if light else verb + thing
        if subject and light:
            stem = subject + verb + thing if not thing or thing in cues().generic else thing
        spoken = topic.stem if topic is not None and not topic.standard and len(thing) <= 4 else ""
        clear = thing if light or verb in cues().clear else ""
        aliases = (clear, "" if light else f"{thing}{verb}金额", join_names(spoken, stem) if spoken else "", join_names(spoken, thing) if spoken and clear else "")  # fmt: skip
        return free_name(stem, phrase, aliases=aliases, stem=stem_of(stem))
    more = () if core.endswith(_MONEY_END) else (f"{core}支出", f"{core}金额")
    if core.startswith("每") and len(core) <= 4 and topic is not None:
        named = join_names(topic.stem or topic.metric, core + phrase.tail)
        return free_name(named, phrase, aliases=(core + phrase.tail,), stem=topic.stem or topic.metric)
    core = core.removesuffix("每年") if len(core) > 6 else core
    if (
        len(core) <= 6
        and topic is not None
        and topic.stem
        and not topic.standard
        and (topic.deed or (verb_pattern().match(core) and core.endswith(("资金", "基金", "金额", "款"))))
    ):
        more = (*more, join_names(topic.stem, core))
    return free_name(core, phrase, aliases=more, stem=stem_of(core))


_SUMS = frozenset(
    ("", "合计", "总计", "共计", "小计", "累计", "以上", "预算", "决算", "数", "额", "以上合计", "总额", "数额")
)


def _money_of_topic(phrase: Phrase, topic: Name | None) -> Name | None:
    if topic is None:
        return None
    word = phrase.object or (phrase.tail if phrase.verb and phrase.tail else phrase.core)
    if word == "人均":
        return free_name(f"人均{topic.metric}", phrase, aliases=(f"{topic.metric}人均",))
    if "每" in topic.metric and word in _SUMS and not phrase.measure:
        base = re.sub(r"每(?:人每年|人|个|年|户|月)", "", topic.metric)
        return Name(metric=base, measure="预算数" if "预算" in base else None, stem=topic.stem)
    if topic.metric.endswith(("收入", "资金")) and "支出" in phrase.tail and not phrase.core:
        return Name(metric=phrase.full, measure=phrase.measure, stem=phrase.full)
    content = phrase.tail.endswith(("收入", "支出")) and not topic.standard
    if (
        phrase.measure is not None
        and phrase.full
        and not phrase.verb
        and (content or (topic.nature != "money" and not topic.standard))
    ):
        return Name(metric=phrase.full, measure=phrase.measure, stem=phrase.full)
    word = "" if word in _SUMS else word
    if topic.nature == "money" and word in ("", "支出", "收入", "经费", "资金", "费用", "金额"):
        return replace(topic, measure=phrase.measure)
    if not word and topic.metric.endswith(_MONEY_END):
        return replace(topic, measure=phrase.measure)
    stem = topic.stem or topic.metric
    aliases = (
        (f"{stem}资金", f"{stem}金额", f"{stem}费用") if not word else (f"{topic.deed}{word}" if topic.deed else "",)
    )
    return free_name(join_names(stem, word or "金额"), phrase, aliases=aliases, stem=stem)


def name_rate(phrase: Phrase, topic: Name | None) -> Name | None:
    """The name of a rate that is no share: ``慢性病评审通过率`` 93.9 %."""
    if phrase.metric is not None:
        return standard_name(phrase.metric, phrase)
    core = phrase.core
    spoken = topic.stem if topic is not None and len(core) <= 4 else ""
    if spoken and len(join_names(spoken, core)) < len(spoken) + len(core):
        return free_name(join_names(spoken, core), phrase, aliases=(core,))
    return free_name(core, phrase, aliases=(join_names(spoken, core),) if spoken else ()) if core else None


def name_score(phrase: Phrase, topic: Name | None) -> Name:
    """The name of a score: whatever is scored, it is the 绩效自评得分; what is printed stays an alias."""
    weighed = re.sub(f"{one_of(cues().weights)}(?:为|是)?$", "", phrase.core)
    if weighed and weighed != phrase.core:
        return Name(metric=weighed, nature="score", stem=weighed)
    if (
        topic is not None
        and topic.nature == "score"
        and not topic.standard
        and phrase.core in ("得分", "自评得分", "评分", "")
    ):
        return topic
    metric = phrase.metric if phrase.metric is not None and phrase.metric.nature == "score" else None
    for start in range(len(phrase.core)):
        found = metric or find_standard(phrase.core[start:])
        if found is not None and found.nature == "score":
            return replace(standard_name(found, phrase), aliases=(phrase.core,) if phrase.core != found.name else ())
    metric = find_standard("绩效自评得分")
    assert metric is not None
    return replace(standard_name(metric, phrase), aliases=(phrase.core,) if phrase.core else ())


_CUT = re.compile(r"(?:所(?=产生|发生|需|有|涉及|属)|的|等|，)")
_BODY = re.compile(r".*?(?:中心|医院|机构|学校|药店|单位|企业|卫生院|卫生室)(?=[^和及与、（，。）药店])")


def name_counted(left: Phrase, right: str, unit: str | None) -> Name | None:
    """The name of a count whose thing follows: 选取 7 个``项目开展绩效监控`` → 绩效监控项目数; 9 名``离休干部``."""
    thing, predicate = split_counted(right.strip("、"), unit)
    suffix = suffix_of(unit)
    deed = parse_phrase(predicate) if predicate else None
    bare = replace(left, item=None, measure=None, scope=None)
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
        return free_name(done + short, bare, aliases=(deed.verb + done + short, deed.object + short), stem=thing)
    if left.verb and left.verb not in cues().light:
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


def split_counted(right: str, unit: str | None) -> tuple[str, str]:
    """What follows a count → the thing counted and what it did: ``项目开展了绩效监控`` → 项目, 开展了绩效监控."""
    opening = verb_pattern().match(right) or _DOING.match(right)
    if opening is not None and not right[opening.end() :].startswith(cues().nominal):
        return "", right
    if suffix_of(unit) in ("人数", "人次"):
        person = re.match(rf".*?{one_of(noun for noun in cues().persons if len(noun) > 1)}", right)
        if person is not None:
            rest = right[person.end() :]
            return trim(person[0])[0], rest if verb_pattern().match(rest) or _DOING.match(rest) else ""
    end = len(right)
    if (body := _BODY.match(right)) is not None:
        end = body.end()
    if (closing := re.search(rf"{verb_pattern().pattern}(?:了)?$", right)) is not None and closing.start() > 1:
        end = min(end, closing.start())
    if (doing := _DOING.search(right, 1)) is not None:
        end = min(end, doing.start())
    if (cut := _CUT.search(right, 1)) is not None:
        end = min(end, cut.start())
    thing = "项目" if right[:end] == "项目支出" else trim(right[:end])[0]
    rest = right[end:] if _DOING.match(right[end:]) or verb_pattern().match(right[end:]) else ""
    return thing, rest
