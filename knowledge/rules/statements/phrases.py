"""The words before an amount → what they name: trimmed of agency, time and copula, with measure and scope split off."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from knowledge.models import Measure, Scope
from knowledge.rules.statements.cues import cues, one_of, verb_pattern
from knowledge.rules.statements.items import Item, parse_item
from knowledge.vocabulary import Metric, metric_by_alias

_QUOTES = re.compile(r"[“”‘’\"'\s]")
_SCOPES: tuple[tuple[str, Scope], ...] = (
    ("一般公共预算当年财政拨款", "一般公共预算财政拨款"), ("一般公共预算财政拨款", "一般公共预算财政拨款"),
    ("一般公共预算拨款", "一般公共预算财政拨款"), ("一般公共预算", "一般公共预算财政拨款"),
    ("政府性基金预算财政拨款", "政府性基金预算财政拨款"), ("政府性基金预算拨款", "政府性基金预算财政拨款"),
    ("政府性基金预算", "政府性基金预算财政拨款"), ("政府性基金", "政府性基金预算财政拨款"),
    ("国有资本经营预算财政拨款", "国有资本经营预算财政拨款"), ("国有资本经营预算", "国有资本经营预算财政拨款"),
    ("财政拨款", "财政拨款"),
)  # fmt: skip
_WEAK_END = re.compile(
    r"(?:为|整体|单位|部门|机关|本级|我.|本.|年度|全年|安排的|开支的|的|：|其中|当年|决算|预算|全部|总的|情况|实际|预计|计划|拟|属)$"
)
_EDGE = "“”‘’，。；：、 —-·,.:;*#"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What words name. ``core`` is the trimmed name; ``metric`` the standard term where it is one.

    ``verb`` and ``object`` split 检查定点医药机构; ``subject`` is what stands before the verb; ``owned`` says that the
    words count what there is (共有, 实有).
    """

    printed: str
    core: str
    full: str = ""
    metric: Metric | None = None
    item: Item | None = None
    measure: Measure | None = None
    tail: str = ""
    scope: Scope | None = None
    subject: str = ""
    verb: str = ""
    object: str = ""
    owned: bool = False
    per_head: bool = False

    @property
    def empty(self) -> bool:
        """Whether the words name nothing by themselves."""
        return self.metric is None and self.item is None and not self.core

    @property
    def generic(self) -> bool:
        """Whether the words need what was spoken of before: 金额, 支出."""
        return self.metric is None and self.item is None and (not self.core or self.core in cues().generic)


def plain_name(text: str) -> str:
    """A name for comparison: without quotation marks and spaces."""
    return _QUOTES.sub("", text)


@cache
def _standard() -> dict[str, Metric]:
    return {plain_name(word): metric for word, metric in metric_by_alias().items()}


def find_standard(text: str) -> Metric | None:
    """The standard term that a name is, spelled any way; None where it is none."""
    name = plain_name(text)
    name = name[:-1] if name.endswith("数量") and name not in _standard() else name
    return _standard().get(name) or _standard().get(re.sub(r"（(?!境|类|款|项|省|部|含|不含)[^（）]*）", "", name))


def parse_phrase(text: str, agencies: tuple[str, ...] = ()) -> Phrase:
    """Take words apart: ``渠县医疗保障局机关运行经费支出`` → 机关运行经费; ``公用经费预算数为`` → 公用经费, 预算数."""
    printed = text.strip(_EDGE)
    core, owned = trim(printed, agencies)
    phrase = Phrase(printed=printed, core=core, full=core, owned=owned)
    item = parse_item(core)
    if item is not None:
        rest, _ = trim(core[item.end :], agencies)
        _, measure = _split_measure(rest)
        return replace(phrase, core=item.name, item=item, measure=measure, metric=find_standard(item.name))
    return _name(phrase, agencies)


def trim(text: str, agencies: tuple[str, ...] = ()) -> tuple[str, bool]:
    """Words without what is no part of a name, and whether they say that something is owned (共有)."""
    words, owned = cues(), False
    for _ in range(14):
        text = _trim_back(text)
        if find_standard(text) is not None or _is_measure(text):
            return text, owned
        before = text
        text = _PREFIX.sub("", _drop_agency(text, agencies))
        if find_standard(text) is not None:
            return text, owned
        own = next((word for word in words.own if text.startswith(word) and not text.startswith("保有量")), "")
        if own and find_standard(text) is None:
            owned, text = True, text[len(own) :]
        front = next((word for word in words.front if text.startswith(word) and _may_drop(text, word)), "")
        text = text[len(front) :]
        if text == before:
            return text, owned
    return text, owned


_PREFIX = re.compile(
    r"^(?:按照?|根据|依据|依照)[^，、]{1,14}?(?:文件|规定|要求|政策|通知|办法|协议|口径|方案)(?:的|，)?"
)


def _trim_back(text: str) -> str:
    while True:
        before = text
        text = text.rstrip(_EDGE) if text.startswith(("“", "《")) else text.strip(_EDGE)
        if find_standard(text) is not None or _is_measure(text):
            return text
        back = next((word for word in cues().back if text.endswith(word) and _may_end(text, word)), "")
        text = text[: len(text) - len(back)] if back else text
        if text == before:
            return text


def _is_measure(text: str) -> bool:
    return any(text == word for word, _ in cues().tails)


_KEEP_BACK = {"均": "人年日月平户", "计": "总合累小统会审设预估", "中": "其集", "得": "所", "内": "国区境", "和": "总", "在": "存", "已": "", "不": "", "新": "", "有": "国", "至": "", "近": "", "约": "节公合签", "以": "", "达": ""}  # fmt: skip


def _may_end(text: str, word: str) -> bool:
    rest = text[: -len(word)]
    return not _ends_with_verb(text) and not (rest and rest[-1] in _KEEP_BACK.get(word, ""))


_KEEP_FRONT = {"和": "谐平", "与": "会", "均": "价线", "已": "婚认", "共": "同享建治青产和", "为": "民期", "是": "否", "及": "时格", "本年": "收支", "年末": "结", "部门": "整", "各": "级类项", "也": "", "还": "", "的": "", "另": "", "实际": "补", "单位": "资价人", "通过": "率", "年度": "目", "保障": "", "确保": "", "全国": "统", "合计": ""}  # fmt: skip


def _may_drop(text: str, word: str) -> bool:
    rest = text[len(word) :]
    if word in ("确保", "保证", "保障", "通过", "涉及到", "合计", "累计") and rest.startswith(
        ("金", "率", "数", "经费", "费", "支")
    ):
        return False
    return not (rest and rest[0] in _KEEP_FRONT.get(word, ""))


@cache
def _verb_at_end() -> re.Pattern[str]:
    words = cues()
    return re.compile(rf"{one_of((*words.action, *words.light))}$")


def _ends_with_verb(text: str) -> bool:
    return bool(_verb_at_end().search(text)) and not text.endswith(("安排", "实现"))


def _drop_agency(text: str, agencies: tuple[str, ...]) -> str:
    for name in agencies:
        if text.startswith(name):
            rest = text[len(name) :]
            return (
                rest
                if find_standard(rest)
                else re.sub(r"^(?:（本级）|本级|机关(?!运行)|部门（单位）|部门|系统|单位)", "", rest)
            )
    return text


def _name(phrase: Phrase, agencies: tuple[str, ...]) -> Phrase:
    """Standard term, scope and measure of a trimmed name, in whatever order they are printed."""
    core = phrase.core
    if core.startswith("人均"):
        phrase = replace(phrase, per_head=True)
    metric = find_standard(core)
    if metric is not None:
        scope = None if metric.name in ("财政拨款收入", "财政拨款支出") else _scope_of(core)
        return replace(phrase, metric=metric, scope=scope, measure=_measure_inside(core))
    core, scope = _split_scope(core)
    metric = find_standard(core)
    measure: Measure | None = None
    tail = ""
    while metric is None:
        rest, found = _split_measure(core)
        if found is None:
            break
        measure, tail = measure or found, core[len(rest) :] + tail
        core = trim(rest, agencies)[0]
        if scope is None:
            core, scope = _split_scope(core)
        metric = find_standard(core) or find_standard(f"{core}支出")
        if not core:
            break
    if metric is None and core:
        metric, lead = _weak_suffix(core)
        scope = scope or (_scope_of(lead) if metric else None)
    if metric is None and scope is not None and not core:
        metric = find_standard(f"{_scope_word(scope)}支出")
    if metric is not None:
        return replace(phrase, core=core, metric=metric, scope=scope, measure=measure, tail=tail)
    core = re.sub(r"（[^（）]{3,}）", "", core)
    if measure is None and re.search(r"财政预算|年初预算", core):
        measure = "预算数"
    if scope is not None and len(core) > 2 and core not in cues().generic:
        core = phrase.core if measure is None else core
    return _split_verb(replace(phrase, core=core, scope=scope, measure=measure, tail=tail))


def _scope_word(scope: Scope) -> str:
    return scope if scope != "财政拨款" else "财政拨款"


def _measure_inside(core: str) -> Measure | None:
    return "预算数" if core.endswith(("预算", "预算金额", "预算总额", "预算总计")) and "预算财政" not in core else None


def _scope_of(text: str) -> Scope | None:
    named = {scope for word, scope in _SCOPES if word in text and scope != "财政拨款"}
    if len(named) == 1:
        return named.pop()
    return "财政拨款" if named or "财政拨款" in text else None


def _split_scope(core: str) -> tuple[str, Scope | None]:
    for word, scope in _SCOPES:
        if core.startswith(word):
            rest = re.sub(r"^(?:安排的|安排|的|资金|支持的)", "", core[len(word) :])
            return rest, scope
    for word, scope in _SCOPES:
        if core.endswith(word) and len(core) > len(word) and find_standard(core[: -len(word)]):
            return core[: -len(word)], scope
        if word in core and find_standard(core.replace(word, "", 1)):
            return core.replace(word, "", 1), scope
    return core, None


def _split_measure(core: str) -> tuple[str, Measure | None]:
    for word, measure in cues().tails:
        if core.endswith(word) and not core[: -len(word)].endswith(("公共", "一般公", "基金", "经营")):
            return core[: -len(word)].rstrip(_EDGE + "的"), measure
    return core, None


def _weak_suffix(core: str) -> tuple[Metric | None, str]:
    """A standard term at the end of words whose front only says whose it is: ``单位年度总收入`` → 收入总计."""
    core = re.sub(r"（(?!境|类|款|项|省|部)[^（）]*）", "", core)
    if find_standard(core) is not None:
        return find_standard(core), ""
    for start in range(1, len(core) - 2):
        if find_standard(core[start:]) is not None:
            lead = core[:start]
            weak = _WEAK_END.search(lead) or lead.endswith(cues().organisations) or _scope_of(lead) is not None
            if weak and not lead.endswith(("项目", "对下", "非")) and "、" not in lead:
                return find_standard(core[start:]), lead
    return None, ""


_PREPOSITION = re.compile(r"^(?:为|对|向|给|由|从|在|把|将|按照|按|根据|通过|围绕|针对|面向|经|以|因|至|用于)")
_ADVERB = re.compile(
    r"(?:(?<![公一])共|累计|先后|(?<!而)已|全年|顺利|成功|共同|分别|统一|及时|足额|集中|均|陆续|联合|新)$"
)


def _is_nominal(rest: str) -> bool:
    """Whether a verb before these words makes a noun with them: 培训 + 费."""
    return len(rest) <= 5 and rest.startswith(cues().nominal)


_ACTORS = ("居民", "群众", "职工", "对象", "患者", "机构", "单位", "部门", "我局", "中心", "人员", "局")
_MATERIALS = ("资料", "材料", "手册", "折页", "栏", "海报", "册", "牌", "教材", "读本", "品", "片", "标语", "视频")
_MODIFIERS = frozenset(("宣传", "参保", "救助", "受益", "帮扶", "供养", "培训", "管理"))
_NOUNS = frozenset(
    ("支出", "收入", "管理", "安排", "投入", "开支", "使用", "服务", "补助", "补贴", "治理", "编制", "供养")
)
_BENEFICIARY = re.compile(r"(?:^|.)(?:为|对|向|给)(?!民)")


def _verb_after_object(core: str) -> tuple[int, int] | None:
    """The last verb with an object after 为…, 对…: ``医保中心为老工伤人员报销医药费`` → 报销."""
    opening = _BENEFICIARY.search(core)
    if opening is None:
        return None
    found = [m.span() for m in verb_pattern().finditer(core, opening.end() + 1) if m.end() < len(core)]
    found = [span for span in found if not _is_nominal(core[span[1] :])]
    return found[-1] if found else None


def _split_verb(phrase: Phrase) -> Phrase:
    """Split a free name at its verb: at the front, after an adverb or a preposition's object, or right at the end."""
    core = phrase.core
    best = _verb_after_object(core)
    for match in verb_pattern().finditer(core):
        rest = core[match.end() :]
        if _is_nominal(rest) or (match[0] in _MODIFIERS and rest.startswith((*_ACTORS, *_MATERIALS))):
            continue
        if best is not None:
            break
        before = core[: match.start()]
        holds = match[0] in ("包含", "含") and find_standard(before) is not None
        opens = (
            not before
            or holds
            or before.endswith(_ACTORS)
            or _ADVERB.search(before)
            or (_PREPOSITION.match(core) and match.start() > 1)
        )
        ends = rest in ("", "了") and match[0] not in _NOUNS
        if opens or ends:
            best = match.span()
            break
    if best is None:
        return phrase
    subject = _ADVERB.sub("", core[: best[0]])
    if _BENEFICIARY.search(subject) or _PREPOSITION.match(subject) or subject in ("并", "另"):
        subject = ""
    object_ = trim(re.sub(r"^(?:了|各类|各种|相关|的|各级各类)", "", core[best[1] :]))[0]
    return replace(phrase, subject=subject, verb=core[best[0] : best[1]], object=object_)
