"""What the words of a clause name: pairs and lists, a unit under the body, the topic of what follows."""

from __future__ import annotations

import re

from knowledge.models import ReportKind
from knowledge.numbers import Amount
from knowledge.rules.statements.counted import name_counted
from knowledge.rules.statements.counts import name_count
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Setting
from knowledge.rules.statements.names import Name, is_money, is_rate, standard_name, stem_of
from knowledge.rules.statements.phrases import Phrase, parse_phrase
from knowledge.rules.statements.sums import name_money, name_rate, name_score, score_of
from knowledge.rules.statements.terms import find_standard
from knowledge.rules.statements.tokens import Token
from knowledge.rules.statements.trimming import needs_name
from knowledge.vocabulary import units

_PAIR = re.compile(
    r"(?P<scope>(?:(?:一般公共|政府性基金|国有资本经营)预算|政府性基金|国有资本经营)(?:财政拨款)?|财政拨款)?(?:决算|预算)?收(?:入)?(?:决算|预算)?"
    r"(?:[、和及与/]|、\s?)?总?支(?:出)?(?:决算|预算)?(?P<sum>总(?:预算|决算|规模)|安排|规模|总计|总额|合计|总体|总数|均|各|预算|决算)"
)


_AND = re.compile("[、和及与]")
_BETWEEN = re.compile("[、]|(?<=[费出入员物程务助金])[和及与]")
_BOTH = re.compile("(?:本年|全年|当年)?(?:收(?:入)?[、和及与]?支(?:出)?|总收入[、和及与]总支出)")


def names_in(groups: list[str], setting: Setting, *, pairs_only: bool = False) -> tuple[Name, ...]:
    """The names that words list: ``收、支总计`` → 收入总计, 支出总计; ``A、B和C`` → three names."""
    text = next((group for group in reversed(groups) if group), "")
    if "收" in text and "支" in text:
        pair = _PAIR.search(text)
        if pair is not None:
            return _pair_names(pair["scope"] or "", pair["sum"], setting)
        if _BOTH.fullmatch(text):
            return _pair_names("", "总计", setting)
    if pairs_only or not _AND.search(text):
        return ()
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    names = [_piece_name(_completed(piece, pieces[-1]), setting) for piece in pieces]
    return tuple(name for name in names if name is not None) if len(pieces) > 1 and all(names) else ()


def _pair_names(scope: str, sum_word: str, setting: Setting) -> tuple[Name, ...]:
    whole = "合计" if sum_word == "合计" else "总计"
    wanted = [
        named if find_standard(named := f"{scope}{side}{whole}") is not None else f"{scope}{side}"
        for side in ("收入", "支出")
    ]
    if whole == "合计" and not scope:
        wanted = ["本年收入合计", "本年支出合计"]
    found = [find_standard(word) for word in wanted]
    return tuple(
        standard_name(metric, parse_phrase(word))
        for metric, word in zip(found, wanted, strict=True)
        if metric is not None
    )


def _completed(piece: str, last: str) -> str:
    """``货物、工程和服务采购预算`` says 采购预算 once for all: 货物 → 货物采购预算."""
    if find_standard(piece) is None and piece != last:
        for start in range(1, len(last) - 1):
            if find_standard(piece + last[start:]) is not None:
                return piece + last[start:]
    return piece


def _piece_name(piece: str, setting: Setting) -> Name | None:
    phrase = parse_phrase(piece, setting.agencies)
    if phrase.metric is not None:
        return standard_name(phrase.metric, phrase)
    return Name(metric=phrase.core, stem=stem_of(phrase.core), measure=phrase.measure) if len(phrase.core) > 1 else None


_UNIT = re.compile(r"^(?:其中|下属|所属|直属|二级|事业|行政|参公|单位|机构|部门)*(?P<name>[\u4e00-\u9fff（）]{4,26})$")


def unit_under(text: str, agencies: tuple[str, ...]) -> str | None:
    """A unit under the body that a clause consists of: ``下属事业单位渠县医疗保障事务中心`` → 渠县医疗保障事务中心."""
    match = _UNIT.match(text.strip())
    if match is None or not match["name"].endswith(cues().organisations):
        return None
    name = match["name"]
    if (
        any(word in name for word in ("的", "、", "为", "对", "由", "在", "全", "我", "本", "各", "及", "根据"))
        or name in agencies
    ):
        return None
    return name


_NO_TOPIC = re.compile(
    r".*(?:来看|方面|以来)$|.*(?:均|都|全部)?开展了|^(?:根据|按|从|为|对|由于|因|通过|在|与|经|以|将|从|随|不|无|没有|如|若|是|主要原因|原因|具体)"
)


_SIDE = re.compile(r"(?:部门|单位|本年)?(?:预算)?(?P<side>收入|支出)(?:预算)?(?:数|总额|安排)?")


def budget_side(phrase: Phrase) -> Name | None:
    """The whole that ``收入预算`` and ``预算支出`` name in a 部门预算, where nothing else stands in the words."""
    match = _SIDE.fullmatch(phrase.core + phrase.tail)
    metric = find_standard(f"{match['side']}总计") if match is not None and phrase.tail else None
    return standard_name(metric, phrase) if metric is not None else None


_SITUATION = re.compile(
    r"(?:支出|收入)?(?:决算|预算)?(?:总体|具体|结构)?(?:收支)?(?:安排|执行)?(?:变动|增减)?情况(?:的)?(?:说明)?$"
)


OF_A_PART = re.compile("(?:费|费用|经费|资金|补助|采购|接待|项目)(?:支出)?(?:情况)?(?:说明)?[。：]?$")
"""How headings end that are about a part of the whole."""


def strip_situation(heading: str) -> str:
    """A heading without what says only that it is one: 机关运行经费``情况说明``."""
    return _SITUATION.sub("", heading)


def spoken_of(text: str, setting: Setting) -> tuple[Name, ...]:
    """What a clause without an amount is about, for the amounts after it; a heading may run into the text."""
    if find_standard(strip_situation(text)) is not None:
        text = strip_situation(text)
    pair = names_in([text], setting, pairs_only=True)
    if pair:
        return pair
    phrase = parse_phrase(text, setting.agencies)
    if phrase.item is not None or phrase.metric is not None:
        name = name_money(phrase, None)
        return (name,) if name is not None else ()
    if setting.kind is ReportKind.BUDGET and (side := budget_side(phrase)) is not None:
        return (side,)
    core = phrase.core
    if 2 <= len(core) <= 24 and not _NO_TOPIC.match(core) and "《" not in core and core not in cues().generic:
        stem = phrase.object if phrase.verb and phrase.object and not phrase.subject and "、" not in core else core
        return (Name(metric=stem, stem=stem_of(stem)),)
    return ()


def name_amount(
    amount: Amount, phrase: Phrase, after: str, topic: tuple[Name, ...], whole: Name | None, cue: Token | None
) -> Name | None:
    """The name of one amount from the words before it, after it, and what is spoken of."""
    last = topic[-1] if topic else None
    if amount.unit == "分":
        small = amount.value <= _MOST_OF_ONE and last is not None and last.metric.endswith(cues().rates)
        return score_of(last) if small and last is not None and phrase.core == "得分" else name_score(phrase, last)
    if (
        is_money(amount.unit)
        or amount.unit is None
        or (units()[amount.unit].kind == "rate" and not is_rate(amount.unit))
    ):
        if amount.unit is None and phrase.core.endswith(cues().rates):
            return name_rate(phrase, last)
        behind = _named_behind(phrase, after, whole)
        return behind or name_money(_last_of_list(phrase), last) or _printed_name(phrase)
    if is_rate(amount.unit):
        return _name_of_rate(phrase, after, last, cue)
    counted = name_counted(phrase, after, amount.unit) if after and not after.startswith(("以上", "以下")) else None
    return counted or name_count(_last_of_list(phrase), amount.unit, last, whole) or _printed_name(phrase)


_MOST_OF_ONE = 20
"""Points that one indicator can have: 预算执行率96.82%，得分9.68分 is no total."""
_MONEY_BEHIND = re.compile(
    r"(?P<name>[^，。；、用的]{2,14}?(?:资金|经费|补助|补贴|基金|款|费用|贷款|奖金))(?:$|[^\u4e00-\u9fff]|用于|的)"
)


def _named_behind(phrase: Phrase, after: str, whole: Name | None) -> Name | None:
    """Money named by the words after it: ``每年安排500万元专项资金``; ``其中有240万元从人社局中支出``."""
    bare = phrase.generic or (phrase.verb and not phrase.object and not phrase.subject) or phrase.core.endswith("安排")
    if not bare or not after or phrase.measure is not None or phrase.metric is not None:
        return None
    found = _MONEY_BEHIND.match(after)
    if found is not None:
        verb = phrase.verb if phrase.verb not in cues().light else ""
        return Name(metric=verb + found["name"], aliases=(found["name"],) if verb else (), stem=stem_of(found["name"]))
    if whole is not None and phrase.empty and len(after) > 3 and after[0] not in "和及与":
        words = re.sub(r"^(?:为|是|用于|主要用于)", "", after)[:20]
        closed = words.endswith(("资金", "支出", "费"))
        return Name(metric=words if closed else f"{words}资金", aliases=(f"{words}资金",) if closed else (), stem=words)
    return None


def _name_of_rate(phrase: Phrase, after: str, last: Name | None, cue: Token | None) -> Name | None:
    if cue is not None and cue.kind == "share":
        return name_money(_last_of_list(phrase), last)
    if cue is not None:
        return last if phrase.empty else name_money(phrase, last)
    if phrase.generic:
        return last._replace(measure="目标值") if last is not None and phrase.measure == "目标值" else last
    if after and not phrase.core.endswith(cues().rates) and phrase.metric is None:
        deed = parse_phrase(after)
        if deed.verb:
            metric = f"{phrase.core}{deed.verb}{deed.object}比例"
            aliases = (f"{phrase.core}参保率",) if "保险" in deed.object else ()
            return Name(metric=metric, aliases=aliases, stem=phrase.core)
    name = name_rate(phrase, last)
    if name is not None and name.metric in _CARRIED_OUT and last is not None and last.nature == "money":
        own = last.standard or last.parent or last.metric.endswith(cues().projects)
        if own and last.metric not in _WHOLES:
            return last._replace(measure="完成率", aliases=(*last.aliases, name.metric))
        return name._replace(aliases=(*name.aliases, last.metric))
    return name


_WHOLES = frozenset(("收入总计", "支出总计", "本年收入合计", "本年支出合计", "财政拨款收入", "财政拨款支出"))
_CARRIED_OUT = frozenset(("预算执行率", "执行进度", "预算执行进度", "支出进度"))
"""Rates that say how much of a budget was spent."""


def _last_of_list(phrase: Phrase) -> Phrase:
    """Of ``基本工资、津贴补贴等人员经费支出`` the standard term at the end; other lists keep all their words."""
    if phrase.metric is not None or phrase.item is not None:
        return phrase
    tail = re.split(r"等(?!级|于)|、", phrase.core)[-1]
    if tail != phrase.core and tail:
        last = parse_phrase(tail)
        if last.metric is not None and "等" in phrase.core:
            return last
    return phrase


def _printed_name(phrase: Phrase) -> Name | None:
    printed = (phrase.full or phrase.printed).rstrip("共有计")
    if phrase.measure is not None and needs_name(phrase.full) and re.match("(?:[一二三四五六]是)?部门", phrase.printed):
        return Name(metric="部门预算", aliases=(printed,), measure=phrase.measure, nature="money", stem="部门预算")
    return Name(metric=printed, measure=phrase.measure, stem=stem_of(printed)) if 3 < len(printed) < 20 else None
