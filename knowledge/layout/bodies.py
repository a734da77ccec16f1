"""Names of bodies (机关单位) in a report, found by how often and where they stand, without a list of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from knowledge.layout.body_names import END, PLACE, opens_with_place
from knowledge.layout.body_places import complete_places
from knowledge.layout.body_sentences import find_introduced
from knowledge.layout.headings import CHAPTER, parse_heading
from knowledge.regions import leading_regions
from knowledge.text import fold_text, is_chinese, squeeze

_TITLE = re.compile(
    r"^(?:20\d\d年?(?:度)?)?((?:中共)?[\u4e00-\u9fff（）]{3,26}?)(?:（本级）|本级)?(?:20\d\d年?(?:度)?)?"
    r"(?:[省市县区]本级)?(?:部门|单位)?(?P<three>“?三公”?(?:经费)?(?:支出)?)?(?:汇总)?(?:收支)?(?:决算|预算|整体支出绩效)"
)
_FILE = re.compile(
    rf"^(?:20\d\d年?(?:度)?)?([\u4e00-\u9fff（）]+?{END.pattern})(?:（本级）|本级)?(?=20\d\d|“?三公|部门|单位|决算|预算|整体|项目|绩效|自评|\.|$)"
)
_NO_BODY = re.compile(
    r"^第|目录|说明|附件|经费|资金|项目|补助|专项|情况|关于|部门$|单位$|费$|管理$|指标|下属|所属|二级|一般公共|财政拨款|收入|支出|基金"
)
_FEW = 12
"""Votes that a name has which is printed once or twice."""
_SHORT = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道)|[\u4e00-\u9fff]*(?:院|馆|校|站|社|局|协会)")
"""A name of three characters that may be a body's: 新妙镇, 保健院."""
_RARE = 60
"""How many times rarer than a name what holds its characters may be printed and still be its whole."""
_COMMITTEE = re.compile("[省市县区州盟旗镇乡]委员会$")
_PARTY = re.compile("中共|共产党|政协|政治协商会议|民革|民盟|民建|民进|农工|致公|九三|台盟|民主|共青团|青年团")
"""A place's committee is a body only as that of a party or of the 政协."""
_TOWN = re.compile(r"[\u4e00-\u9fff]{2}[镇乡]")
_LABEL = re.compile(
    r"(?:主管部门|填报单位|编制单位|编制部门|公开部门|公开单位|填报部门|部门（单位）名称|部门（单位）|预算（单位）名称|单位名称|部门名称|"
    r"预算单位|^部门|^单位|[\s\t]部门)[\s：:|]*([\u4e00-\u9fff（）]{4,30})"
)
_NOT_FOLLOWED = re.compile(
    r"(?:经费|业务|资金|补助|专项|项目(?!资金|名称|单位|负责|类[别型]|属性|编[码号])|建设|运行费|工作经费)"
)
_LEAD = re.compile(
    r"^(?:.*?(?:纳入|包括|其中|分别是|分别为|主管部门|实施单位|填报单位|第[一二三四五]部分|年度|名称|关于|印发|根据|形成|用于|现[将就])|[由为与和及对将向到在从是经报使以年我本该各全了的]+)"
)
_SENTENCE = re.compile("[，,。；]")
_ORDINAL = re.compile(r"（?[一二三四五六七八九十\d]{1,3}[）、.．]")
_LONGEST = 26
_CLAUSE = re.compile("[^”，。；、]*[”，。；、]")
_RENAMING = re.compile("更名|变更|改名|改称")
_RENAMED = re.compile(
    rf"([\u4e00-\u9fff（）]{{4,26}})(?:正式)?(?:{_RENAMING.pattern})(?:登记)?为“?([\u4e00-\u9fff（）]{{4,26}}?)(?=[”，。；、])"
)


def find_bodies(lines: Sequence[str], head: Sequence[str], document: str) -> Counter[str]:
    """Names of bodies in folded lines with their weight: printed often, in the title, behind 部门： or 填报单位：.

    A name reaches as far left as most of its occurrences agree: 四川省 stands before 渠县医疗保障局 once in thirty times and
    is left out, 株洲市 stands before 石峰区医疗保障局 nearly always and belongs to it.
    """
    text = "".join(map(_joined, lines))
    ends, opening = _count_endings(text), squeeze("".join(head))
    votes: Counter[str] = Counter()
    titles = [bare for line in head if not _SENTENCE.search(bare := squeeze(line))]
    grown = complete_places(_whole(_grow(ends), ends), ends, [fold_text(document), *titles, text])
    for name in sorted(grown, key=lambda name: (text.find(name), name)):
        if _COMMITTEE.search(name) and not _PARTY.search(name):
            continue
        if opens_with_place(name) or (ends[name] > 2 and name in opening) or any(name in title for title in titles):
            votes[name] += max(ends[name], 1)
    for weight, places in ((30, [squeeze(fold_text(document))]), (10, titles)):
        for bare in places:
            for name in list(votes):
                votes[name] += weight * ((name in bare) + (name == bare))
    for line in lines:
        for label in _LABEL.finditer(line) if "部门" in line or "单位" in line else ():
            name = _trim_end(label[1])
            if name:
                votes[name] += 8
    file = _FILE.match(squeeze(fold_text(document)))
    if max(votes.values(), default=0) <= _FEW:
        votes.update(dict.fromkeys(islice(map(clean_name, find_introduced(lines)), 1), 30))
    for name in (*find_titled_bodies([document, *head]), *_standing_alone(head), *((file[1],) if file else ())):
        alike = [other for other in list(votes) if is_spelling(name, other) or is_spelling(other, name)]
        placed = opens_with_place(name)
        if not any(votes[other] > 2 and (opens_with_place(other) or not placed) for other in alike):
            votes[_printed_whole(name, votes) or name] += 30
        elif placed:
            votes[name] += 1
    return votes


def _joined(line: str) -> str:
    """A line as it goes on in the next one, where names may be wrapped: cells end where they stand, and so do headings
    that titles do not name."""
    heading = parse_heading(0, line)
    ends = "\t" in line or (heading is not None and heading.level >= CHAPTER and not heading.run_in)
    return squeeze(line.replace("\t", "|")) + ("|" if ends else "")


def _standing_alone(head: Iterable[str]) -> list[str]:
    """Names of bodies that are a line of their own in the title, with their place: 黔水县教育局."""
    lines = [squeeze(fold_text(line)) for line in head]
    return [
        line for line in lines
        if opens_with_place(line) and len(line) <= _LONGEST and not _NO_BODY.search(line)
        and any(match.end() == len(line) for match in END.finditer(line))
    ]  # fmt: skip


def _printed_whole(name: str, printed: Iterable[str]) -> str | None:
    """The longest printed name that ends with a short one; a town's government is printed for the town."""
    ends = (name, f"{name}人民政府", f"{name}办事处")
    return max((other for other in printed if other.endswith(ends)), key=len, default=None)


def find_titled_bodies(titles: Sequence[str]) -> list[str]:
    """Names that titles give, of whatever kind of body: ``南湖区供销合作社2021年部门预算``, ``2023年度中共安县县委宣传部决算``."""
    names = []
    for title in titles:
        bare = squeeze(fold_text(title))
        match = _TITLE.match(bare) if not (_SENTENCE.search(bare) or _ORDINAL.match(bare)) else None
        name = match[1].strip("（）") if match and _may_be_body(match[1]) else ""
        whole_place = bool(match and match["three"]) and "部门" not in bare and leading_regions(name)[1] == len(name)
        if len(name) > 3 or _SHORT.fullmatch(name) or (name and whole_place):
            names.append(name)
    return names


def _may_be_body(name: str) -> bool:
    """Whether words of a title are no heading's: 基金中心福鼎管理部 ends as bodies do, 基金收支情况 does not."""
    ends = opens_with_place(name) and any(match.end() == len(name) for match in END.finditer(name))
    return ends or not _NO_BODY.search(name)


def _count_endings(text: str) -> Counter[str]:
    """How often each stretch of 3 to 26 characters ends a body's name."""
    counts: Counter[str] = Counter()
    for match in END.finditer(text):
        end = match.end()
        if _NOT_FOLLOWED.match(text, end):
            continue
        start = end
        while start > 0 and end - start < _LONGEST and (is_chinese(text[start - 1]) or text[start - 1] in "（）"):
            start -= 1
        for begin in range(start, end - 2):
            counts[text[begin:end]] += 1
    return counts


def _grow(counts: Counter[str]) -> set[str]:
    """The longest names on which most occurrences agree, cut where a place begins."""
    names: set[str] = set()
    by_tail: dict[str, Counter[str]] = {}
    for stretch, count in counts.items():
        if len(stretch) > 4:
            by_tail.setdefault(stretch[1:], Counter())[stretch[0]] += count
    for core in [stretch for stretch in counts if len(stretch) == 4]:
        name = core
        while len(name) < _LONGEST and (before := by_tail.get(name)):
            character, count = before.most_common(1)[0]
            if count * 2 <= counts[name]:
                break
            name = character + name
        names.add(clean_name(name))
    names |= {clean_name(stretch) for stretch, count in counts.items() if count >= 3 and opens_with_place(stretch)}
    longer = {stretch[1:] for stretch in counts if len(stretch) == 4}
    names |= {stretch for stretch in counts if _TOWN.fullmatch(stretch) and stretch not in longer}
    return {name for name in names if (len(name) >= 4 or _TOWN.fullmatch(name)) and name in counts}


def _whole(names: set[str], counts: Counter[str]) -> set[str]:
    """Names without those that nearly always go on to a longer one: 基金中心 of 基金中心福鼎管理部."""
    return {
        name for name in names
        if not any(other.startswith(name) and counts[name] <= 1.2 * counts[other] for other in names - {name})
    }  # fmt: skip


def clean_name(name: str) -> str:
    """A found name without what runs into it: 纳入…, 分别是…, 主管部门…"""
    while (match := _LEAD.match(name)) and (match.end() < len(name) - 3 or _TOWN.fullmatch(name, match.end())):
        if name[0] in _OPENS_REGION and leading_regions(name)[0]:
            return name
        name = name[match.end() :]
    return name


_OPENS_REGION = frozenset("从全向和将本")
"""Characters that join words and begin the names of regions too: 和平县, 全州县, 本溪市."""


def _trim_end(text: str) -> str:
    """A label's value up to the last body ending: ``曾都区医疗保障局项目实施单位`` → ``曾都区医疗保障局``."""
    text = re.split(r"(?:项目实施单位|实施单位|单位|公开\d\d表)", text)[0]
    ends = [match.end() for match in END.finditer(text)]
    return text[: ends[-1]] if ends and ends[-1] >= 4 else ""


def is_spelling(short: str, long: str) -> bool:
    """Whether one name is the other with characters left out: 石峰区医保局 of 株洲市石峰区医疗保障局."""
    if short == long:
        return True
    if len(short) < 4 or len(short) > len(long) or short[-1] != long[-1]:
        return bool(_SHORT.fullmatch(short)) and long.endswith(short)
    characters = iter(long)
    return all(character in characters for character in short)


def choose_body(votes: Counter[str]) -> tuple[str, tuple[str, ...]] | None:
    """The body that a report is about, in its official name, and its other spellings.

    Spellings of one body vote together; the official name is the one printed most among those not abbreviated inside.
    """
    names = [name for name, _ in votes.most_common(60) if votes[name] > 0]
    if not names:
        return None
    groups = {
        name: sum(votes[other] for other in names if is_spelling(other, name)) for name in names if votes[name] > 1
    } or {names[0]: votes[names[0]]}
    top = max(groups, key=lambda name: (groups[name], votes[name], -len(name)))
    same = [name for name in names if is_spelling(name, top) or is_spelling(top, name)]
    official = [
        name for name in same if not any(_abbreviates(name, o) and votes[o] * _RARE >= votes[name] for o in same)
    ]
    best = max(official or same, key=lambda name: (votes[name], len(name)))
    aliases = [name for name in same if name != best and _stands_alone(name, same, votes, best)]
    return best, tuple(aliases[:6])


def _stands_alone(name: str, same: Sequence[str], votes: Counter[str], best: str) -> bool:
    """A spelling of its own: not the tail of a longer name that is always printed whole, not a name with words run in."""
    if name.count("（") != name.count("）"):
        return False
    if any(other != name and other.endswith(name) and votes[other] >= votes[name] * 0.5 for other in same):
        return False
    return bool(PLACE.fullmatch(name.removesuffix(best)) if name.endswith(best) else opens_with_place(name))


def _abbreviates(short: str, long: str) -> bool:
    """Left out inside (医保局), not merely without its province (渠县医疗保障局 of 四川省渠县医疗保障局)."""
    return short != long and is_spelling(short, long) and short not in long


_CALLED = re.compile(r"（(?:以下)?(?:统一)?简称(?:为)?[：“]*([\u4e00-\u9fff]{3,12})”?")


def find_called(lines: Sequence[str], body: str) -> tuple[str, ...]:
    """The short names that a report gives its body: ``…基金中心福鼎管理部（以下简称“福鼎管理部”）``."""
    text = squeeze("".join(lines))
    found = (_CALLED.match(text, match.end()) for match in re.finditer(re.escape(body), text))
    return tuple(dict.fromkeys(match[1] for match in found if match is not None and match[1][0] not in "本我该"))


def find_renamed(lines: Sequence[str], body: str) -> tuple[str, ...]:
    """The body's former or later names, from folded lines: ``…基金管理中心更名为澄江市医疗保险中心``."""
    clauses = _CLAUSE.findall(squeeze("".join(lines)))
    names: list[str] = []
    for match in chain.from_iterable(_RENAMED.finditer(clause) for clause in clauses if _RENAMING.search(clause)):
        old, new = match[1], _trim_end(match[2]) or match[2]
        if old.endswith(body):
            names.append(new)
        elif new == body and (former := _trim_end(old)):
            names.append(clean_name(former))
    return tuple(names)
