"""Names of counts from the words before them: 印制宣传资料 30 万份 → 宣传资料印制数量."""

from __future__ import annotations

import re

from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.names import COUNTED, Name, free_name, join_names, standard_name, stem_of, suffix_of
from knowledge.rules.statements.phrases import Phrase
from knowledge.rules.statements.terms import find_standard
from knowledge.text import plain_name
from knowledge.vocabulary import units


def name_count(phrase: Phrase, unit: str | None, topic: Name | None, whole: Name | None = None) -> Name | None:
    """The name of a counted thing: ``印制宣传资料`` 30 万份 → 宣传资料印制数量; ``公务接待`` 2 批次 → 公务接待批次.

    ``whole`` is what it is part of: 轿车 under 公务用车购置数量 is 轿车购置数量.
    """
    suffix = suffix_of(unit)
    if unit in units() and units()[unit].kind == "time":
        term = topic.metric if phrase.generic and topic is not None else phrase.core
        return free_name(term, phrase, stem=term) if term.endswith(cues().terms_of_time) else None
    if phrase.core in ("接待人次", "接待批次", "接待人数") and topic is not None and topic.stem.endswith("接待"):
        return free_name(join_names(topic.stem, phrase.core), phrase, aliases=(phrase.core,), stem=topic.stem)
    if topic is not None and topic.metric.endswith(("编制", "编制数")) and phrase.printed in cues().filled:
        return free_name(f"{topic.metric}实有人数", phrase, aliases=("实有人数",), stem=topic.stem)
    if phrase.metric is not None and unit in _THINGS and PERSONS.search(phrase.metric.name):
        return free_name(f"{topic.stem or topic.metric}{phrase.printed}数量", phrase) if topic is not None else None
    if (joined := _joined_standard(phrase, suffix, topic)) is not None:
        return joined
    if phrase.metric is not None and phrase.metric.nature != "money":
        return standard_name(phrase.metric, phrase)
    if phrase.metric is not None:
        stem = stem_of(phrase.metric.name)
        return free_name(stem + suffix, phrase, forms=(plain_name(phrase.core) + suffix,), stem=stem)
    if phrase.generic and not phrase.verb:
        own = _OWN_OFFICE.search(phrase.printed) if unit in ("个", "家") else None
        return free_name(own[0], phrase, stem=own[0]) if own is not None else _from_topic(phrase, suffix, topic)
    if phrase.verb:
        return _name_deed(phrase, suffix, topic, whole)
    return _name_thing(phrase, suffix, topic, whole)


def _joined_standard(phrase: Phrase, suffix: str, topic: Name | None) -> Name | None:
    """A short count that goes on with the topic: 公务用车购置…, ``购置数``0辆 and 公务用车保有量…,
    当年``购置``0辆 → 公务用车购置数量."""
    core = _ASIDE.sub("", phrase.core)
    if phrase.metric is not None or topic is None or not topic.stem or not 2 <= len(core) <= 4:
        return None
    thing = _KEPT.sub("", topic.metric)
    for whole in (core, core + suffix):
        named = join_names(topic.stem, whole)
        found = find_standard(named) if len(named) < len(topic.stem) + len(whole) else None
        if found is None and thing != topic.metric:
            found = find_standard(thing + whole)
        if found is not None and found.nature == "count":
            return standard_name(found, phrase)._replace(aliases=())
    return None


_OWN_OFFICE = re.compile("(?:[局委办厅]|街道办事处|单位|部门)?(?:机关|本级|机关本级)$")
PERSONS = re.compile("人员|公务员|人数|职工|编制")
_THINGS = frozenset(("辆", "台", "套", "台（套）", "艘", "平方米", "间"))
_KEPT = re.compile("保有(?:数?量|数)$")
_ASIDE = re.compile(r"（[^（）]*）")
_HAS = re.compile("^有(?=[\u4e00-\u9fff]{3})(?![效关限机线偿价害色毒组学期意利无源])")
_OWNER = re.compile(r"(?P<owner>[\u4e00-\u9fff]{2,10}?)(?:累计|现有|共有)(?P<thing>[\u4e00-\u9fff]{2,})")


def _name_thing(phrase: Phrase, suffix: str, topic: Name | None, whole: Name | None) -> Name:
    core = _HAS.sub("", phrase.core)
    owner = _OWNER.match(core)
    if owner is not None:
        named = _name_thing(phrase._replace(core=owner["owner"] + owner["thing"]), suffix, topic, whole)
        return named._replace(aliases=(*named.aliases, core + suffix), owner=owner["owner"])
    if topic is not None and topic.owner and len(core) <= 5:
        named = _name_thing(phrase._replace(core=topic.owner + core), suffix, None, whole)
        return named._replace(aliases=(*named.aliases, core + suffix), owner=topic.owner)
    within = (join_names(core, whole.stem),) if whole is not None and not whole.standard and whole.stem else ()
    if whole is not None and whole.action and len(core) <= 8:
        stem = join_names(core, whole.action)
        return free_name(stem + suffix, phrase, aliases=(core, core + suffix, *within), stem=stem, action=whole.action)
    counted = core.endswith((*COUNTED, *cues().rates))
    if phrase.owned and find_standard(f"{core}保有量") is not None:
        return free_name(f"{core}保有量", phrase, stem=core)
    if counted or (core.endswith(cues().persons) and suffix == "人数"):
        return free_name(core, phrase, forms=() if counted else (core + suffix,))
    if find_standard(core + suffix) is not None or suffix != "数量":
        return free_name(core + suffix, phrase, aliases=(core, *within), stem=core)
    return free_name(core, phrase, aliases=(core + suffix, *within), stem=core)


def _from_topic(phrase: Phrase, suffix: str, topic: Name | None) -> Name | None:
    if phrase.core == "项目" and (topic is None or topic.nature == "money"):
        return free_name(f"项目{suffix}", phrase, stem="项目")
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
        if thing.endswith(COUNTED) and not light:
            whose = (f"{subject}{verb}{thing}", f"{subject}参保人数" if "保险" in thing else "") if subject else ()
            return free_name(verb + thing, phrase, aliases=(thing, *whose), stem=stem_of(thing), action=action)
        tail = "" if light and thing.endswith((*COUNTED, *cues().persons)) else suffix
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
