"""The names of metrics in a question, with the words around them that belong to them, and how they stand to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from bot.models import Mention, NameMatch
from bot.questions.coordination import joined_after, joined_before
from bot.questions.fillers import strip_fillers
from bot.questions.spans import GAP
from bot.questions.words import load_words

_WITHIN = re.compile(
    r"^的?按照?(?:支出)?(?:经济|功能)(?:科目)?分类(?:来?看|划分)?[，,的中]*$|^(?:项目)?[）)]?(?:的)?(?:里面|里头|里|当中|其中|中|内|下面|下|包含|包括|含)(?:的)?(?:有|是|，|,)?$|^(?:项目)?的$"
)
_PART = re.compile("部分")
_AND = re.compile(r"^[\s，,、；;/+＋和与及跟同以还有加减去对比vsVS&]+$")
_AND_BETWEEN = re.compile(r"[和与及跟、]")
_BETWEEN_TOTALS = re.compile(r"[和与及跟、，,；;比]")
_OF_WHOLE = re.compile(r"的?(?:比例|比重|比率|百分比|份额)")
_SHARE = re.compile(r"的?(?:只|仅|大约|大概|约|要|能)?所?占了?(?P<whole>[\u4e00-\u9fff（）“”]+)")
_TOTAL_ENDS = ("收入", "支出", "费", "资金", "总额", "合计", "总计", "总数", "人数", "资产", "预算")
_EMPTY = re.compile(r"（\s*）|\(\s*\)")
_BEFORE_GAP = re.compile(r"(?P<verb>[\u4e00-\u9fff])(?P=verb)了$|(?:了|[一总]?共?有)$")
_WITHIN_VERB = re.compile(rf"([\u4e00-\u9fff])了{GAP}+的([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
DOUBTFUL, EVERYDAY = 85.0, 96.0
_ASKED = re.compile("(?:花|用|支|收)[了到出]?(?:多少|几)?|多少钱?$")
_QUOTES = frozenset('“”"')
_SEPARATED = re.compile(r"[\s，,、；;/+＋和与及跟同加减比的。！？!?]")
_BREAK = re.compile(r"[\s，,、；;。！？!?：:]+")


@dataclass(frozen=True, slots=True)
class Relations:
    """``mentions`` in order; ``within``: the whole of 基本支出里的…; ``whole``: the other side of 占…的比重."""

    mentions: tuple[Mention, ...] = ()
    within: str | None = None
    whole: str | None = None
    unknown: tuple[str, ...] = field(default=())


def build_mentions(masked: str, groups: tuple[tuple[NameMatch, ...], ...]) -> Relations:
    """Mentions of a question whose years, bodies and facets are masked. ``groups``: known metrics found in it."""
    groups = tuple(sorted(groups, key=lambda group: group[0].start))
    if not groups:
        content = strip_fillers(_join(masked))
        share = _split_share(content)
        if share:
            return Relations((Mention(text=share[0]),), whole=share[1])
        parts = _BETWEEN_TOTALS.split(content)
        if len(parts) > 1 and all(part in _totals() for part in parts):
            return Relations(tuple(Mention(text=part) for part in parts))
        literal = f"“{content}”" in masked or f"”{content}”" in masked
        if not _names_something(content):
            return Relations(unknown=(content,) if content.strip("（）()") else ())
        return Relations((Mention(text=content, literal=literal),))
    return _relate(masked, list(groups))


def _relate(masked: str, groups: list[tuple[NameMatch, ...]]) -> Relations:
    within = whole = None
    index = 0
    while index + 1 < len(groups):
        left, right = groups[index][0], groups[index + 1][0]
        between = masked[left.end : right.start].replace(GAP, "")
        if between.startswith(("占", "在")) or "占" in between:
            whole = _whole_name(between, masked[right.start : right.end], right)
            said = _OF_WHOLE.match(masked, right.end)
            masked = _blank(masked, left.end, said.end() if said else right.end)
            del groups[index + 1]
        elif between in ("（", "(") and masked[right.end : right.end + 1] in ("）", ")"):
            within = masked[right.start : right.end]
            masked = _blank(masked, left.end, right.end + 1)
            del groups[index + 1]
        elif _WITHIN.match(between) or (not between.strip() and _PART.match(masked, right.end)):
            within = masked[left.start : left.end]
            masked = _blank(masked, left.start, right.start)
            del groups[index]
        elif right.start == left.end and left.kind == right.kind == "exact" and left.name[-1] == right.name[-1] == "费":
            index += 1
        elif right.start == left.end and right.name == left.name:
            groups[index : index + 2] = [_together(groups[index], right)]
        elif right.start == left.end and left.kind == "exact" and right.score < DOUBTFUL:
            del groups[index + 1]
        elif right.start == left.end or between in ("）", ")") or not _SEPARATED.search(masked[left.end : right.start]):
            del groups[index]
        else:
            index += 1
    last = groups[-1][0].end
    behind = _share_behind(masked[last:]) if whole is None else None
    if behind:
        return Relations(_stretches(_blank(masked, last, len(masked)), groups), within, behind)
    return Relations(_stretches(masked, groups), within, whole)


def _share_behind(after: str) -> str | None:
    """The other side of a share behind the last known name: 财政拨款占收入的多少."""
    match = _SHARE.match(after.replace(GAP, ""))
    whole = strip_fillers(_OF_WHOLE.split(match["whole"])[0]) if match else ""
    return whole if whole.endswith(_TOTAL_ENDS) and len(whole) > 1 else None


def _together(group: tuple[NameMatch, ...], behind: NameMatch) -> tuple[NameMatch, ...]:
    """Two words for one thing that stand side by side: 吃饭招待."""
    best = group[0]
    return (best.model_copy(update={"end": behind.end, "score": max(best.score, behind.score, EVERYDAY)}),)


def _whole_name(between: str, words: str, match: NameMatch) -> str:
    """The other side of a share; words between 占 and a name belong to it: 占直接救助人次."""
    before = strip_fillers(between.rpartition("占")[2])
    return before + words if before else match.name


def _blank(masked: str, start: int, end: int) -> str:
    return masked[:start] + GAP * (end - start) + masked[end:]


def _stretches(masked: str, groups: list[tuple[NameMatch, ...]]) -> tuple[Mention, ...]:
    """Each group with the words that stand around it, up to the next group."""
    mentions = []
    for index, group in enumerate(groups):
        best = group[0]
        start = groups[index - 1][0].end if index else 0
        end = groups[index + 1][0].start if index + 1 < len(groups) else len(masked)
        before = masked[start : best.start]
        after = masked[best.end : end]
        if index:
            before = _BREAK.split(re.sub(_AND, "", before))[-1]
        else:
            totals, before = _clauses_before(before)
            mentions += totals
        if index + 1 < len(groups):
            after = _BREAK.split(after)[0]
        name = _corrected(masked[best.start : best.end], group)
        others, another = joined_before(before, name), joined_after(name, strip_fillers(_join(after), leading=False))
        if not others and _AND_BETWEEN.search(before.replace(GAP, "")[-1:]) and _names_something(_before(before)):
            others = (_before(before),)
        mentions += [Mention(text=other) for other in others]
        left, right = "" if others else _before(before), "" if another else _after(after)
        left, right = _without_verb(left, right)
        rest = " ".join(piece for piece in (left, right) if piece.strip("（）()"))
        literal = (
            not rest and masked[best.start - 1 : best.start] in _QUOTES and masked[best.end : best.end + 1] in _QUOTES
        )
        mentions.append(
            Mention(
                text=left + name + right if rest else name, matches=group, rest=rest, literal=literal and best.start > 0
            )
        )
        mentions += [Mention(text=another)] if another else []
    return tuple(mentions)


def _clauses_before(stretch: str) -> tuple[list[Mention], str]:
    """Totals that clauses before the first known name ask for, and its own clause: 收入多少，支出多少，结余多少.

    Clauses that say anything else stay with the name.
    """
    *clauses, own = _BREAK.split(stretch)
    asked = [strip_fillers(_join(clause)) for clause in clauses]
    if not all(
        not words or words in _totals() or _ASKED.search(clause) for words, clause in zip(asked, clauses, strict=True)
    ):
        return [], stretch
    return [Mention(text=words) for words in asked if words in _totals()], own


def _without_verb(left: str, right: str) -> tuple[str, str]:
    """Words around a name without a verb of paying: 交物业, 发奖金发了."""
    verb = left if left in load_words("fillers")["paying"] else ""
    return left.removesuffix(verb), "" if right and right == verb else right


def _before(stretch: str) -> str:
    """Words before a name; a single character that does not touch it is no word of it."""
    words = strip_fillers(_join(stretch))
    return "" if len(words) == 1 and stretch.endswith(GAP) else words


def _after(stretch: str) -> str:
    """Words after a name; what begins right after it may be part of it (对象 after 医疗救助)."""
    attached = bool(stretch) and stretch[0] not in GAP + "，,、；;。！？!?：:的是为有和与及了呢吗占中里在"
    return strip_fillers(_join(stretch), leading=not attached)


def _corrected(words: str, group: tuple[NameMatch, ...]) -> str:
    """A mistyped name as it is spelled, where the two differ in a character or so."""
    plain = words.strip(GAP)
    names = [match.name for match in group if match.kind in ("pinyin", "fuzzy") and len(match.name) == len(plain)]
    if names:
        return max(names, key=lambda name: sum(left == right for left, right in zip(name, plain, strict=True)))
    return plain.rstrip("的了") or plain


@cache
def _totals() -> frozenset[str]:
    return frozenset(word for table in load_words("families").values() for word in table["asked"])


def _join(stretch: str) -> str:
    """Pieces of a stretch without gaps and empty brackets; 了 or 有 before a gap (检查了多少家) goes with it, a verb said
    again (行政处罚罚了多少), and 的 before the rest of a verb that is asked about within (住了多少人次的院)."""
    stretch = _WITHIN_VERB.sub(r"\1\2", stretch)
    pieces = (_BEFORE_GAP.sub(lambda match: match["verb"] or "", piece) for piece in stretch.split(GAP) if piece)
    return _EMPTY.sub("", "".join(pieces))


def _split_share(content: str) -> tuple[str, str] | None:
    part, found, whole = content.partition("占")
    part, whole = strip_fillers(part), strip_fillers(_OF_WHOLE.split(whole)[0])
    return (part, whole) if found and part and whole else None


def _names_something(content: str) -> bool:
    return len(content.strip("（）()")) >= 2
