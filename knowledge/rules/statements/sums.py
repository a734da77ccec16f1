"""Names of money, rates and scores."""

from __future__ import annotations

import re
from functools import cache

from knowledge.rules.statements.cues import cues, one_of, verb_pattern
from knowledge.rules.statements.names import Name, free_name, join_names, standard_name, stem_of
from knowledge.rules.statements.phrases import Phrase
from knowledge.rules.statements.terms import find_standard, scope_in, split_scope

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
    "结余",
)


_RISE = re.compile(
    "(?<=标准)(?:分别)?(?:(?:提高|增加|上调|调整|提升)(?:到|至|为)|达到|按|为|达|是)?(?:每人)?每[人月年天日学期]{1,2}$"
)
"""What stands between a rate of pay and its amount: 低保标准``提高到每人每月``660元."""
_PER_YEAR = re.compile("每年$")


def name_money(phrase: Phrase, topic: Name | None) -> Name | None:
    """The name of an amount of money: ``追回医保基金``; ``金额`` takes the name of what was spoken of last."""
    name = _name_money(phrase, topic)
    return name._replace(nature="money") if name is not None and name.nature is None else name


def _name_money(phrase: Phrase, topic: Name | None) -> Name | None:
    if phrase.metric is not None:
        return standard_name(phrase.metric, phrase)
    core, verb, thing, subject = phrase.core, phrase.verb, phrase.object, phrase.subject
    if (rise := _RISE.search(core)) is not None:
        return free_name(core[: rise.start()], phrase._replace(per_head=True))
    if core.endswith("人均") and len(core) > 2:
        return free_name(core, phrase, aliases=(f"人均{core[:-2]}",), stem=core[:-2])
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
        return Name(metric=verb + thing, aliases=(join_names(topic.stem, verb + thing),) if topic is not None and topic.stem else (), stem=thing, scope=phrase.scope or scope_in(thing), measure=phrase.measure)  # fmt: skip
    if verb:
        stem = thing if light and len(thing) > 2 else verb + thing
        if subject and light:
            stem = subject + verb + thing if not thing or thing in cues().generic else thing
        spoken = topic.stem if topic is not None and not topic.standard and len(thing) <= 4 else ""
        clear = thing if light or verb in cues().clear else ""
        aliases = (clear, "" if light else f"{thing}{verb}金额", join_names(spoken, stem) if spoken else "", join_names(spoken, thing) if spoken and clear else "")  # fmt: skip
        return free_name(stem, phrase, aliases=aliases, stem=stem_of(stem))
    more = () if core.endswith(_MONEY_END) else (f"{core}支出", f"{core}金额")
    if core.startswith(("每", "平均每")) and len(core) <= 4 and topic is not None:
        named = join_names(topic.stem or topic.metric, core + phrase.tail)
        return free_name(named, phrase, aliases=(core + phrase.tail,), stem=topic.stem or topic.metric)
    core = _PER_YEAR.sub("", core) if len(core) > 6 else core
    bare = split_scope(core)[0]
    joined = join_names(topic.stem, bare) if topic is not None and topic.stem and len(bare) <= 4 else ""
    if topic is not None and 0 < len(joined) < len(topic.stem) + len(bare) and (found := find_standard(joined)):
        return standard_name(found, phrase)
    if (
        len(core) <= 6
        and topic is not None
        and topic.stem
        and not topic.standard
        and (topic.deed or (verb_pattern().match(core) and core.endswith(("资金", "基金", "金额", "款"))))
    ):
        more = (*more, join_names(topic.stem, core))
    return free_name(core, phrase, aliases=more, stem=stem_of(core))


_RECEIVED = ("收到", "筹集", "争取", "取得", "获得", "拨入", "下达", "到位")


def _money_of_topic(phrase: Phrase, topic: Name | None) -> Name | None:
    if topic is None:
        spent = phrase.verb and phrase.measure is None
        return Name(f"{phrase.verb}资金", aliases=(f"{phrase.verb}金额",), stem=phrase.verb) if spent else None
    if topic.metric.endswith("均"):
        return None
    word = phrase.object or (phrase.tail if phrase.verb and phrase.tail else phrase.core)
    if word == "人均":
        return free_name(f"人均{topic.metric}", phrase, aliases=(f"{topic.metric}人均",))
    if "每" in topic.metric and word in cues().sums and not phrase.measure:
        base = re.sub(r"每(?:人每年|人|个|年|户|月)", "", topic.metric)
        if not base:
            return None
        return Name(metric=base, measure="预算数" if "预算" in base else None, stem=topic.stem)
    if topic.metric.endswith(("收入", "资金")) and "支出" in phrase.tail and not phrase.core:
        return Name(metric=phrase.full, measure=phrase.measure, stem=phrase.full)
    if phrase.measure == "执行数" and topic.metric.startswith(_RECEIVED) and phrase.full:
        return Name(metric=phrase.full, measure=phrase.measure, stem=phrase.full)
    if phrase.measure is not None and not phrase.core and topic.metric.endswith(cues().projects):
        return topic._replace(measure=phrase.measure)
    content = phrase.tail.endswith(("收入", "支出")) and not topic.standard
    if (
        phrase.measure is not None
        and phrase.full
        and not phrase.verb
        and (content or (topic.nature != "money" and not topic.standard))
    ):
        return Name(metric=phrase.full, measure=phrase.measure, stem=phrase.full)
    word = "" if word in cues().sums else word
    if topic.nature == "money" and word in ("", "支出", "收入", "经费", "资金", "费用", "金额"):
        return topic._replace(measure=phrase.measure)
    if not word and topic.metric.endswith(_MONEY_END):
        return topic._replace(measure=phrase.measure)
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
    if any(spoken.endswith(no + core.removesuffix("率")) for no in ("不", "未", "非")):
        spoken = ""
    if spoken and len(join_names(spoken, core)) < len(spoken) + len(core):
        return free_name(join_names(spoken, core), phrase, aliases=(core,))
    return free_name(core, phrase, aliases=(join_names(spoken, core),) if spoken else ()) if core else None


_PART = 20
"""Longest name of a part that is scored by itself (投入, 产出指标)."""


@cache
def _weight_at_end() -> re.Pattern[str]:
    return re.compile(f"{one_of(cues().weights)}(?:为|是)?$")


@cache
def _gained_at_end() -> re.Pattern[str]:
    return re.compile(f"{one_of(cues().gained)}$")


def weight_name(phrase: Phrase) -> Name:
    """The name of what points weigh: ``过程指标满分``30分, ``过程``（30分） → 过程指标, 过程."""
    weighed = _weight_at_end().sub("", phrase.core)
    return Name(metric=weighed or phrase.core, nature="score", stem=weighed)


def score_of(topic: Name) -> Name:
    """The name of the points that a part or an indicator got."""
    return Name(metric=f"{topic.metric}得分", aliases=(topic.metric,), nature="score", stem=topic.metric)


def name_score(phrase: Phrase, topic: Name | None) -> Name:
    """The name of a score: whatever is scored, it is the 绩效自评得分; what is printed stays an alias."""
    if _weight_at_end().sub("", phrase.core) not in ("", phrase.core):
        return weight_name(phrase)
    if phrase.core in cues().weights and topic is not None:
        return Name(metric=topic.metric.removesuffix("得分") or topic.metric, nature="score", stem=topic.stem)
    if phrase.core in cues().gained and topic is not None and not topic.standard and len(topic.metric) <= _PART:
        return score_of(topic)
    if (
        topic is not None
        and topic.nature == "score"
        and not topic.standard
        and phrase.core in ("得分", "自评得分", "评分", "")
    ):
        return topic
    scored = phrase.core.removesuffix("得分")
    if scored != phrase.core and scored.endswith(("指标", *cues().rates)):
        return Name(metric=f"{scored}得分", aliases=(scored,), nature="score", stem=scored)
    if phrase.core == "扣":
        return Name(metric="扣分", nature="score", stem="扣分")
    metric = phrase.metric if phrase.metric is not None and phrase.metric.nature == "score" else None
    for start in range(len(phrase.core)):
        found = metric or find_standard(phrase.core[start:])
        if found is not None and found.nature == "score":
            return standard_name(found, phrase)._replace(aliases=(phrase.core,) if phrase.core != found.name else ())
    part = _gained_at_end().sub("", phrase.core or phrase.tail)
    if part and not any(word in part for word in ("自评", "评价", "得分", "评分", "总分")):
        return Name(metric=f"{part}得分", aliases=(part,), nature="score", stem=part)
    metric = find_standard("绩效自评得分")
    assert metric is not None
    return standard_name(metric, phrase)._replace(aliases=(phrase.core,) if phrase.core else ())
