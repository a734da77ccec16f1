"""What an amount is called, given what has been said before it in the paragraph."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.rules.statements.clauses import name_amount, names_in
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Setting
from knowledge.rules.statements.names import Name, is_money, is_rate, join_names
from knowledge.rules.statements.phrases import Phrase
from knowledge.rules.statements.state import Mention, State
from knowledge.rules.statements.sums import weight_name

_CUES = ("share", "completion", "up", "down", "signed")


_LONGEST = 44
_SUM = re.compile("(?:以上|两项|三项|各项)?(?:合计|总计|共计|小计)(?:为)?")


def names_of(mention: Mention, state: State, setting: Setting) -> tuple[Name, ...]:
    """The names of an amount: several for 收、支总计, none where nothing names it."""
    phrase, unit = mention.phrase, mention.amount.unit
    pairs = names_in([mention.subject], setting, pairs_only=True)
    if pairs:
        return pairs
    if state.shared and phrase.generic:
        return (state.shared.pop(0),)
    topic = _topic(mention, state)
    if mention.weight:
        return (weight_name(phrase),) if phrase.core else topic
    if mention.cued(*_CUES) and phrase.generic:
        return _measured(topic, phrase)
    if mention.cue is None and is_rate(unit) and phrase.generic and state.last_measure == "增减额":
        return state.topic
    name = _project_name(mention, state, setting, topic) or _plain_name(mention, state, setting, topic)
    if name is None and setting.fallback and is_money(unit):
        name = Name(metric=setting.fallback, measure=phrase.measure)
    if name is not None and phrase.generic and len(topic) > 1 and name.metric == topic[-1].metric:
        return _measured(topic, phrase)
    return _short_enough(name) if name is not None else ()


def _short_enough(name: Name) -> tuple[Name, ...]:
    """The name, of an overlong list its last piece, none where the words run over half a sentence."""
    if name.known or len(name.metric) <= _LONGEST:
        return (name,)
    last = name.metric.rsplit("、", 1)[-1]
    return (replace(name, metric=last, aliases=(name.metric,)),) if 4 <= len(last) <= _LONGEST else ()


def _measured(names: tuple[Name, ...], phrase: Phrase) -> tuple[Name, ...]:
    return tuple(replace(name, measure=phrase.measure) for name in names)


def _topic(mention: Mention, state: State) -> tuple[Name, ...]:
    """What is spoken of, as far as it fits the amount: no rate for money, no passing remark for a change."""
    cue, phrase, spoken = mention.cue, mention.phrase, state.spoken
    if phrase.measure == "目标值" or (cue is not None and "任务" in cue.text):
        return (state.whole,) if state.whole is not None else state.topic
    if spoken and cue is not None and not (spoken[0].known or spoken[0].metric.endswith("比重")):
        spoken = ()
    topic = spoken or state.topic
    if not state.fresh and not spoken and topic and not topic[-1].standard and not phrase.generic:
        return ()
    bare = cue is None and mention.base is None and phrase.measure is None and phrase.generic and phrase.core != "人均"
    if bare and is_money(mention.amount.unit) and state.last_measure is not None and not (state.fresh or spoken):
        return ()
    if topic and is_money(mention.amount.unit) and topic[-1].nature in ("rate", "score"):
        return state.money
    return topic


def _project_name(mention: Mention, state: State, setting: Setting, topic: tuple[Name, ...]) -> Name | None:
    """Money that section or sentence name: the project itself, a fund's bare 支出, the term of the heading."""
    if not is_money(mention.amount.unit) or mention.cue is not None:
        return None
    phrase, project = mention.phrase, setting.fallback
    if project and len(phrase.full) > 3 and (phrase.full in project or project in phrase.full):
        return Name("项目支出", aliases=(phrase.full,), measure=phrase.measure, nature="money", stem=phrase.full)
    if (
        phrase.core in ("支出", "收入")
        and setting.scope
        and topic
        and topic[-1].metric.endswith(("收入", "结余", "结转"))
    ):
        return Name(f"{setting.scope}{phrase.core}", measure=phrase.measure, nature="money", standard=True)
    if setting.lead and setting.lead[-1].standard and re.match(r"用于.*支出$", phrase.printed):
        return replace(setting.lead[-1], aliases=(phrase.full,), measure=phrase.measure)
    if project and phrase.measure and phrase.core.endswith(cues().persons):
        return Name(project, aliases=(phrase.core,), measure=phrase.measure, nature="money", stem=project)
    if project and phrase.printed.startswith("以上"):
        return Name(project, aliases=("项目支出",), measure=state.last_measure if phrase.generic else None)
    if len(state.said) > 1 and _SUM.fullmatch(phrase.printed):
        return Name("、".join(name.metric for name in state.said[-3:]) + "合计", measure=phrase.measure)
    if project and re.match("(?:合计|共计)支出", phrase.printed):
        return Name(phrase.core, aliases=(project + phrase.core,))
    return _mirrored(phrase, topic) if state.fresh else None


def _mirrored(phrase: Phrase, topic: tuple[Name, ...]) -> Name | None:
    """``基本支出收入总额为…，支出总额为…``: the other side of what was named last."""
    if not topic or topic[-1].standard or not re.fullmatch("支出(?:总额|总计|合计)", phrase.core):
        return None
    metric = topic[-1].metric.replace("收入", "支出")
    return Name(metric, measure=phrase.measure, stem=metric) if metric.endswith(phrase.core) else None


def _plain_name(mention: Mention, state: State, setting: Setting, topic: tuple[Name, ...]) -> Name | None:
    """The name that the words give, with what it is part of as other names."""
    phrase, whole = mention.phrase, state.whole
    name = name_amount(mention.amount, phrase, mention.after, topic, whole or state.row, mention.cue)
    if name is None or name.standard:
        return name
    more = list(name.aliases)
    if setting.fallback and phrase.measure in ("预算数", "执行数", "年初预算数", "调整预算数"):
        more.append(setting.fallback)
    if whole is not None and not whole.standard and len(whole.stem) > 2 and not name.code:
        more += [form for form in (join_names(whole.stem, name.metric),) if form != whole.metric]
    if name.metric == "其他" and whole is not None:
        return replace(name, metric=f"{whole.metric}其他", aliases=tuple(more))
    if state.theme:
        return replace(name, metric=state.theme + name.metric, aliases=(*more, name.metric))
    return replace(name, aliases=tuple(more))
