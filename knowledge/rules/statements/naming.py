"""What an amount is called, given what has been said before it in the paragraph."""

from __future__ import annotations

import re

from knowledge.models import ReportKind
from knowledge.rules.statements.clauses import OF_A_PART, budget_side, name_amount, names_in
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Setting
from knowledge.rules.statements.measures import BUDGETS
from knowledge.rules.statements.names import Name, is_money, is_rate, join_names, standard_name
from knowledge.rules.statements.phrases import Phrase, parse_phrase
from knowledge.rules.statements.staff_flows import retired_in_year
from knowledge.rules.statements.state import Mention, State
from knowledge.rules.statements.sums import weight_name
from knowledge.rules.statements.terms import find_standard
from knowledge.vocabulary import Metric, metrics, units

_MIDYEAR = re.compile("(?:(?:当年|本年|年度)?年?中(?:期)?|年内|预算执行中)(?:因[^，。]{2,12})?")
_CUES = ("share", "completion", "up", "down", "signed")


PER_HEAD = re.compile("人均|(?:平均)?每[\u4e00-\u9fff]{1,2}")
_LONGEST = 44
_SUM = re.compile("(?:以上|两项|三项|各项)?(?:合计|总计|共计|小计)(?:为)?")


def names_of(mention: Mention, state: State, setting: Setting) -> tuple[Name, ...]:
    """The names of an amount: several for 收、支总计, none where nothing names it."""
    phrase, unit = mention.phrase, mention.amount.unit
    pairs = names_in([mention.subject], setting, pairs_only=True)
    if pairs:
        return pairs
    if (rate := _rate_of_pay(mention)) is not None:
        return (rate,)
    if state.shared and phrase.generic:
        return (state.shared.pop(0),)
    if mention.cued("up", "down", "signed") and phrase.printed in _EACH and (both := _both_sides(state)):
        return both
    adjusting = mention.cue is not None and mention.cue.text in cues().adjusting
    if mention.cue is not None and adjusting and (phrase.measure in BUDGETS or _MIDYEAR.fullmatch(mention.subject)):
        return (Name(f"{mention.cue.text}预算", measure="预算数", nature="money"),)
    topic = _topic(mention, state)
    if mention.cued("down") and "因" in mention.subject and _MIDYEAR.fullmatch(mention.subject):
        return _measured(topic, phrase)
    if mention.cue is not None and phrase.core in ("收入", "支出") and topic and topic[-1].nature == "stock":
        return (Name(phrase.core, measure=phrase.measure, nature="money", stem=phrase.core),)
    if phrase.core in ("收入", "支出") and not state.fresh and (whole := _of_year(mention, topic, setting)) is not None:
        return (whole,)
    if phrase.empty and mention.subject == "本级" and is_money(unit) and mention.cue is None:
        return (Name("本级资金", measure=phrase.measure, nature="money", stem="本级"),)
    if (side := _other_side(phrase, topic) or retired_in_year(mention, state)) is not None:
        return (side,)
    if state.fresh and not mention.yearly and (total := _of_same_fund(phrase, topic)) is not None:
        return (standard_name(total, phrase),)
    if state.aimed and (_REACHED.fullmatch(mention.subject) or _done(mention.subject, state.aimed)):
        return _measured(state.aimed, phrase) if phrase.measure == "完成值" else state.aimed
    if mention.weight:
        return (weight_name(phrase),) if phrase.core else topic
    if (whole := _restated_whole(mention, state, setting)) is not None:
        return (whole,)
    if mention.cued(*_CUES) and phrase.generic:
        return _measured(topic, phrase)
    if mention.cue is None and is_rate(unit) and phrase.generic and state.last_measure == "增减额":
        return state.topic
    if (whole := _whole_budget(phrase, topic, state, setting)) is not None:
        return (whole,)
    name = _project_name(mention, state, setting, topic) or _plain_name(mention, state, setting, topic)
    if name is None and setting.fallback and is_money(unit):
        name = Name(metric=setting.fallback, measure=phrase.measure)
    if name is not None and state.whole is not None:
        name = _own_part(_of_fund(name, phrase, state.whole), mention, state.whole)
    if name is not None and phrase.generic and len(topic) > 1 and name.metric == topic[-1].metric:
        return _measured(topic, phrase)
    if name is not None and (ratio := _ratio_of(mention, topic)):
        name = name._replace(metric=f"{ratio}{name.metric}", aliases=(name.metric, *name.aliases))
    return _short_enough(name) if name is not None else ()


_RATIO = re.compile(r"每[百千万](?:常住|户籍)?(?:人口|居民|人)")


def _ratio_of(mention: Mention, topic: tuple[Name, ...]) -> str:
    """What a list counts on: 每千常住人口床位数6.84张、``执业医师``3.62人; no persons are parts of one."""
    listed = _RATIO.match(topic[-1].metric) if topic else None
    parted = mention.amount.value % 1 and mention.amount.unit in ("人", "名", "位", "张", "个")
    return listed[0] if listed and parted and not _RATIO.match(mention.subject) else ""


_PAID_BY = re.compile("(?:按照?|以)(?:每人)?(?:每[人月年天日户次])?")
_PAID_FOR = re.compile("的?标准(?P<deed>.{4,20})")


def _rate_of_pay(mention: Mention) -> Name | None:
    """按每人``85元``标准上缴大病保险保费: the standard of what is paid by it."""
    paid = _PAID_FOR.fullmatch(mention.after) if is_money(mention.amount.unit) else None
    if paid is None or not _PAID_BY.fullmatch(mention.subject):
        return None
    phrase = parse_phrase(paid["deed"])
    return Name(f"{phrase.object}标准", nature="money", per_head=True) if phrase.verb and phrase.object else None


def _whole_budget(phrase: Phrase, topic: tuple[Name, ...], state: State, setting: Setting) -> Name | None:
    """``收入预算``3814.61万元 of a 部门预算: the whole, where nothing narrower is spoken of."""
    narrow = state.whole is not None or setting.scope not in (None, "全部") or bool(OF_A_PART.search(setting.heading))
    if narrow or setting.kind is not ReportKind.BUDGET or phrase.measure not in BUDGETS:
        return None
    side = budget_side(phrase)
    if side is None:
        return None
    if any(
        (name.standard and name.metric not in ("收入总计", "支出总计")) or OF_A_PART.search(name.metric)
        for name in topic
    ):
        return None
    return side._replace(measure=phrase.measure)


def _restated_whole(mention: Mention, state: State, setting: Setting) -> Name | None:
    """``2023年预算支出`` that opens a clause behind the parts of the other total: the whole, its amount or its change."""
    wide = setting.scope in (None, "全部") and not OF_A_PART.search(setting.heading)
    listed = state.whole is not None and state.whole.metric in ("收入总计", "支出总计")
    if setting.kind is not ReportKind.BUDGET or not (mention.yearly and wide and listed):
        return None
    return budget_side(mention.phrase)


_REACHED = re.compile("(?:全年|年末|目前)?(?:(?:实际|已)(?:完成|达到?|执行)?值?|完成值)为?")
_DONE = re.compile(r"(?:全年|年末|目前)?实际(?P<deed>[\u4e00-\u9fff]{2})了?")


def _done(subject: str, aimed: tuple[Name, ...]) -> bool:
    """Whether words say that what was aimed at was done: 计划检查…300家，``实际检查``312家."""
    match = _DONE.fullmatch(subject)
    return match is not None and any(alias.startswith(match["deed"]) for name in aimed for alias in name.aliases)


_EACH = ("各", "均", "各自", "均各")


def _of_year(mention: Mention, topic: tuple[Name, ...], setting: Setting) -> Name | None:
    """``2021年收入``6821.75万元 that opens a sentence: the income of the year, unless something else is spoken of."""
    side = mention.phrase.core
    apart = (
        not topic or topic[-1].nature == "stock" or topic[-1].metric.endswith(("收入", "支出", "结余", "总计", "合计"))
    )
    if (
        mention.cue is not None
        or mention.phrase.measure in BUDGETS
        or not mention.yearly
        or setting.scope not in (None, "全部")
        or not apart
    ):
        return None
    metric = find_standard(f"本年{side}合计")
    return standard_name(metric, mention.phrase) if metric is not None else None


def _both_sides(state: State) -> tuple[Name, ...]:
    """The two totals said last where they are income and expenditure: 收入总计…，支出总计…，``各``减少."""
    last = tuple(state.said[-2:])
    return last if len(last) == 2 and last[0].metric.replace("收入", "支出") == last[1].metric else ()


def _of_fund(name: Name, phrase: Phrase, whole: Name) -> Name:
    """A fund alone below a whole: of 财政拨款收入 it is income, of 三公经费 it is that, paid from this fund."""
    if phrase.scope is None or name.metric != f"{phrase.scope}支出" or "支出" in whole.metric:
        return name
    if "收入" in whole.metric:
        income = find_standard(f"{phrase.scope}收入")
        return standard_name(income, phrase) if income is not None else name
    return whole._replace(scope=phrase.scope, measure=phrase.measure, aliases=(whole.metric + phrase.core,))


def _own_part(name: Name, mention: Mention, whole: Name) -> Name:
    """The body's own share of a whole (项目支出 100万元，其中``本级项目支出`` 60万元), or of what it counts."""
    if not mention.subject.startswith("本级") or (name.metric != whole.metric and is_money(mention.amount.unit)):
        return name
    return Name(f"本级{name.metric}", aliases=(f"本级{mention.phrase.core}",), measure=name.measure, nature=name.nature)


def _short_enough(name: Name) -> tuple[Name, ...]:
    """The name, of an overlong list its last piece, none where the words run over half a sentence."""
    if name.known or len(name.metric) <= _LONGEST:
        return (name,)
    last = name.metric.rsplit("、", 1)[-1]
    return (name._replace(metric=last, aliases=(name.metric,)),) if 4 <= len(last) <= _LONGEST else ()


def _measured(names: tuple[Name, ...], phrase: Phrase) -> tuple[Name, ...]:
    return tuple(name._replace(measure=phrase.measure) for name in names)


def _topic(mention: Mention, state: State) -> tuple[Name, ...]:
    """What is spoken of, as far as it fits the amount: no rate for money, no passing remark for a change."""
    cue, phrase, spoken = mention.cue, mention.phrase, state.spoken
    if phrase.measure == "目标值" or (cue is not None and "任务" in cue.text):
        return (state.whole,) if state.whole is not None else state.topic
    if state.whole is not None and mention.subject.startswith("共涉及"):
        return (state.whole,)
    if spoken and cue is not None and not (spoken[0].known or spoken[0].metric.endswith("比重")):
        spoken = ()
    topic = spoken or state.topic
    if not state.fresh and not spoken and topic and not topic[-1].standard and not phrase.generic:
        return ()
    bare = cue is None and mention.base is None and phrase.measure is None and phrase.generic and phrase.core != "人均"
    if bare and is_money(mention.amount.unit) and state.last_measure is not None and not (state.fresh or spoken):
        return ()
    rated = bool(topic) and (topic[-1].nature in ("rate", "score") or topic[-1].metric.endswith(cues().rates))
    if rated and is_money(mention.amount.unit):
        return state.money
    if rated and state.counted and (mention.base or mention.cued("up", "down")) and _is_count(mention.amount.unit):
        return state.counted
    if PER_HEAD.fullmatch(phrase.core) and topic and topic[-1].nature == "count" and is_money(mention.amount.unit):
        return state.money or topic
    return topic


def _is_count(unit: str | None) -> bool:
    return unit in units() and units()[unit].kind == "count"


def _project_name(mention: Mention, state: State, setting: Setting, topic: tuple[Name, ...]) -> Name | None:
    """Money that section or sentence name: the project itself, a fund's bare 支出, the term of the heading."""
    if not is_money(mention.amount.unit) or mention.cue is not None:
        return None
    phrase, project = mention.phrase, setting.fallback
    named = len(phrase.full) > 3 and (phrase.full in project or project in phrase.full)
    named = named and not _RECEIVED.search(phrase.full.replace(project, ""))
    named = named and not (state.fresh and _goes_on(phrase.full, _stem(topic)))
    itself = bool(topic) and phrase.generic and _ANY_PROJECT.fullmatch(topic[-1].metric) is not None
    if project and (named or itself or phrase.core in ("项目", "本项目", "该项目")):
        return Name("项目支出", aliases=(phrase.full,), measure=phrase.measure, nature="money", stem=phrase.full)
    if project and "整体" not in project and _spends(phrase) and not any(name.metric in _TOTALS for name in state.said):
        measure = "执行数" if "执行" in phrase.printed else phrase.measure
        return Name("项目支出", aliases=(phrase.full, project), measure=measure, nature="money", stem=phrase.full)
    if (
        phrase.core in ("支出", "收入")
        and setting.scope
        and topic
        and topic[-1].metric.endswith(("收入", "结余", "结转"))
    ):
        return Name(f"{setting.scope}{phrase.core}", measure=phrase.measure, nature="money", standard=True)
    if setting.lead and setting.lead[-1].standard and re.match(r"用于.*支出$", phrase.printed):
        return setting.lead[-1]._replace(aliases=(phrase.full,), measure=phrase.measure)
    if project and phrase.measure and phrase.core.endswith(cues().persons):
        return Name(project, aliases=(phrase.core,), measure=phrase.measure, nature="money", stem=project)
    several = sum("每" in name for name in state.priced) > 1 and bool(_SUM.fullmatch(phrase.printed))
    if project and (several or phrase.printed.startswith("以上")):
        return Name(project, aliases=("项目支出",), measure=state.last_measure if phrase.generic else None)
    if len(state.said) > 1 and _SUM.fullmatch(phrase.printed):
        return Name("、".join(name.metric for name in state.said[-3:]) + "合计", measure=phrase.measure)
    if project and re.match("(?:合计|共计)支出", phrase.printed):
        return Name(phrase.core, aliases=(project + phrase.core,))
    return _mirrored(phrase, topic) if state.fresh else None


_RECEIVED = re.compile("下达|到位|收到|拨入|争取")
"""Money that was received for a project is not what the project spent."""
_ANY_PROJECT = re.compile("(?:新增|一次性|延续性?|经常性|常年性?|专项|重点|年度)+项目")
"""What a project is told to be: 该项目为``一次性项目``，年初预算30万元."""
_OF_YEAR = re.compile("(?:全年|本年度?|当年|年度)(?:共|累计|总共?)?(?:实际)?(?:支出|使用|执行)(?:资金|金额|数)?")
_TOTALS = ("收入总计", "支出总计", "本年收入合计", "本年支出合计")


def _spends(phrase: Phrase) -> bool:
    """Whether words name all expenditure, which in the report of a project is the project's: 全年实际支出."""
    if _OF_YEAR.fullmatch(phrase.printed):
        return True
    return phrase.metric is not None and phrase.metric.name in ("支出总计", "本年支出合计")


def _stem(topic: tuple[Name, ...]) -> str:
    return topic[-1].stem if topic else ""


def _goes_on(printed: str, stem: str) -> bool:
    """Whether money is that of the deed spoken of, not the project's: 住院救助41386人次，``救助资金``4127.55万元."""
    deed = _PAID.sub("", printed)
    return deed != printed and len(deed) > 1 and stem != deed and stem.endswith(deed)


def _other_side(phrase: Phrase, topic: tuple[Name, ...]) -> Name | None:
    """A bare 支出 where income was spoken of, or the other way round: 收入总计10万元，``支出``8万元 is 支出总计."""
    said = phrase.core if phrase.metric is None and phrase.core in _SIDES else None
    if said is None or not topic or said in topic[-1].metric or _SIDES[said] not in topic[-1].metric:
        return None
    found = find_standard(topic[-1].metric.replace(_SIDES[said], said))
    if found is None:
        own = f"{topic[-1].metric.removesuffix(_SIDES[said])}{said}" if not topic[-1].standard else said
        return Name(own, measure=phrase.measure, nature="money", stem=own)
    return standard_name(found, phrase)._replace(aliases=())


def _of_same_fund(phrase: Phrase, topic: tuple[Name, ...]) -> Metric | None:
    """财政拨款收入总计10万元，``支出总计``10万元: the other total of the same fund."""
    if not topic or phrase.metric is None or phrase.scope is not None:
        return None
    metric, spoken = phrase.metric.name, topic[-1].metric
    side = next((side for side in _SIDES if metric == f"{side}总计"), None)
    other = spoken.replace(_SIDES[side], side) if side else ""
    return find_standard(other) if other not in (metric, spoken) and other.endswith(metric) else None


_SIDES = {"收入": "支出", "支出": "收入"}


def _mirrored(phrase: Phrase, topic: tuple[Name, ...]) -> Name | None:
    """``基本支出收入总额为…，支出总额为…``: the other side of what was named last."""
    if not topic or topic[-1].standard or not re.fullmatch("支出(?:总额|总计|合计)", phrase.core):
        return None
    metric = topic[-1].metric.replace("收入", "支出")
    return Name(metric, measure=phrase.measure, stem=metric) if metric.endswith(phrase.core) else None


def _part_of(whole: Name | None, phrase: Phrase) -> Name | None:
    """The standard part of a whole that its words are the end of: 运行维护费 of 公务用车购置及运行维护费."""
    if whole is None or not whole.standard or not 3 <= len(phrase.core) <= 6:
        return None
    parts = [metric for metric in metrics().values() if metric.parent == whole.metric]
    found = [metric for metric in parts if any(w.endswith(phrase.core) for w in (metric.name, *metric.aliases))]
    return standard_name(found[0], phrase) if len(found) == 1 else None


_WORTH = re.compile("(?:账面)?(?:原值|原价|净值|净额)|(?:累计)?折旧")
_PAID = re.compile("(?:金额|费用|资金|总额|待遇)$")
_LEFT_OVER = re.compile("(?:当期|本期|当年|累计|滚存|历年|期末|年末)?(?:累计)?(?:滚存)?(?:结余|结存)")


_FLOW = re.compile(f"总?(?:收入|支出)$|(?<=基金){_LEFT_OVER.pattern}$")


def _of_topic(name: Name, topic: tuple[Name, ...]) -> Name:
    """A name that goes on with what was spoken of: 大病保险赔付4386人次，``赔付金额``; 职工医保基金收入…，``当期结余``."""
    spoken = topic[-1] if topic else None
    if spoken is None or spoken.standard or name.known:
        return name
    fund = _FLOW.sub("", spoken.metric)
    if len(fund) > 1 and fund != spoken.metric and _LEFT_OVER.fullmatch(name.metric):
        return name._replace(metric=fund + name.metric, aliases=(*name.aliases, name.metric))
    deed = _PAID.sub("", name.metric)
    if deed != name.metric and len(deed) > 1 and spoken.stem.endswith(deed) and spoken.stem != deed:
        return name._replace(aliases=tuple(dict.fromkeys((*name.aliases, join_names(spoken.stem, name.metric)))))
    return name


def _value_of_asset(phrase: Phrase, topic: tuple[Name, ...]) -> Name | None:
    """``固定资产账面原值``86.35万元，``账面净值``35.15万元: what else the same assets are worth."""
    asset = _WORTH.sub("", topic[-1].metric) if topic and topic[-1].nature == "stock" else ""
    found = find_standard(asset + phrase.core) if _WORTH.fullmatch(phrase.core) and asset else None
    return standard_name(found, phrase) if found is not None and asset != topic[-1].metric else None


def _plain_name(mention: Mention, state: State, setting: Setting, topic: tuple[Name, ...]) -> Name | None:
    """The name that the words give, with what it is part of as other names."""
    phrase, whole = mention.phrase, state.whole
    name = name_amount(mention.amount, phrase, mention.after, topic, whole or state.row, mention.cue)
    if name is None or name.standard:
        return name
    if is_money(mention.amount.unit) and (part := _part_of(whole, phrase)) is not None:
        return part
    name = _value_of_asset(phrase, topic) or _of_topic(name, topic)
    more = list(name.aliases)
    if setting.fallback and not phrase.verb and name.metric in setting.fallback and _goes_on(name.metric, _stem(topic)):
        joined = join_names(_stem(topic), name.metric)
        return name._replace(metric=joined, aliases=tuple(alias for alias in more if alias != joined))
    if setting.fallback and phrase.measure in ("预算数", "执行数", "年初预算数", "调整预算数"):
        more.append(setting.fallback)
    if whole is not None and not whole.standard and len(whole.stem) > 2 and not name.code:
        more += [form for form in (join_names(whole.stem, name.metric),) if form != whole.metric]
    if name.metric == "其他" and whole is not None:
        return name._replace(metric=f"{whole.metric}其他", aliases=tuple(more))
    if state.theme:
        return name._replace(metric=state.theme + name.metric, aliases=(*more, name.metric))
    return name._replace(aliases=tuple(more))
