"""Tokens of a paragraph → drafts, left to right: what is spoken of, what it is part of, what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.models import Comparator, Measure
from knowledge.numbers import Amount
from knowledge.rules.statements.clauses import name_amount, names_in, spoken_of, unit_under
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Draft, Setting
from knowledge.rules.statements.measures import (
    Situation,
    count_measure,
    is_target,
    measure_change,
    money_measure,
    planned_measure,
    rate_measure,
)
from knowledge.rules.statements.names import Name, is_money, is_rate, join_names
from knowledge.rules.statements.phrases import Phrase, parse_phrase
from knowledge.rules.statements.tokens import Token
from knowledge.rules.statements.trimming import trim
from knowledge.vocabulary import units

_ORDINAL = re.compile(r"\d{1,2}[.、．]|（\d{1,2}）|[①-⑳]")


@dataclass(slots=True)
class Clause:
    """The words since the last amount or punctuation: ``groups`` before the cue, ``after`` behind it."""

    groups: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    cue: Token | None = None
    compare: Token | None = None
    amounts: int = 0

    def add(self, text: str, joined: bool) -> None:
        """More words; ``joined`` ones go on with the group before (an enumeration)."""
        groups = self.after if self.cue is not None else self.groups
        if joined and groups:
            groups[-1] += text
        else:
            groups.append(text)


@dataclass(slots=True)
class State:
    """What has been said so far in the paragraph."""

    topic: tuple[Name, ...] = ()
    spoken: tuple[Name, ...] = ()
    whole: Name | None = None
    part_measure: Measure | None = None
    last_measure: Measure | None = None
    value_measure: Measure | None = None
    base: str = ""
    sign: int = 0
    year: int | None = None
    past: int | None = None
    agency: str | None = None
    shared: list[Name] = field(default_factory=list)
    listed: tuple[Name, ...] = ()
    row: Name | None = None
    top: Name | None = None
    money: tuple[Name, ...] = ()
    fresh: bool = False
    listed_under: tuple[Name | None] | None = None
    theme: str = ""
    aside: bool = False
    passed: bool = False
    target: bool = False


class Interpreter:
    """Reads one paragraph; ``drafts`` are the figures, ``unread`` the amounts that nothing names."""

    def __init__(self, tokens: Sequence[Token], setting: Setting) -> None:
        self.tokens, self.setting = tokens, setting
        self.state = State(topic=setting.lead, whole=setting.whole[-1] if setting.whole else None)
        self.state.target = setting.target
        self.clause = Clause()
        self.held: list[tuple[State, Clause]] = []
        self.drafts: list[Draft] = []
        self.unread: list[Token] = []

    def read(self) -> list[Draft]:
        """All drafts of the paragraph, in order."""
        if not any(token.kind == "words" and len(token.text) > 1 for token in self.tokens):
            return []
        for position, token in enumerate(self.tokens):
            getattr(self, f"on_{token.kind}")(token, position)
        self._close_clause()
        return self.drafts

    # words and cues

    def on_words(self, token: Token, position: int) -> None:
        before = self.tokens[position - 1] if position else None
        joined = before is not None and before.kind == "enumeration" and bool(self.clause.groups or self.clause.after)
        self.clause.add(token.text, joined)
        if "实际完成" in token.text or "完成情况" in token.text:
            self.state.target = False
        elif "绩效目标" in token.text:
            self.state.target = True

    def on_enumeration(self, token: Token, position: int) -> None:
        after = self.tokens[position + 1] if position + 1 < len(self.tokens) else None
        if self.clause.amounts or after is None or after.kind != "words":
            row = self.drafts[-1].name if self.clause.amounts and self.drafts else None
            self._next_clause()
            self.state.row = row
            return
        groups = self.clause.after if self.clause.cue is not None else self.clause.groups
        if groups:
            groups[-1] += "、"

    def on_share(self, token: Token, position: int) -> None:
        self.clause.cue = token

    on_completion = on_signed = on_share

    def on_up(self, token: Token, position: int) -> None:
        """增加, 减少; the short forms (多, 低于) only where a comparison is open."""
        words = (*cues().up, *cues().down)
        if self.clause.compare is None and not token.text.startswith(words):
            self.clause.add(token.text, joined=True)
        else:
            self.clause.cue = token

    on_down = on_up

    def on_compare(self, token: Token, position: int) -> None:
        self.clause.compare = token
        self.state.base = token.text
        if self.clause.cue is not None and self.clause.cue.kind in ("up", "down"):
            self.clause.groups += self.clause.after
            self.clause.cue, self.clause.after = None, []

    def on_respectively(self, token: Token, position: int) -> None:
        listed = names_in(self.clause.groups, self.setting) or self.state.listed
        self.state.shared = list(listed)
        if listed:
            self.clause.groups = []
        kinds = {"占": "share", "增加": "up", "增长": "up", "减少": "down", "下降": "down"}
        kind = next((kind for word, kind in kinds.items() if token.text.endswith(word)), None)
        if kind is not None:
            self.clause.cue = replace(token, kind=kind)  # type: ignore[arg-type]

    def on_part(self, token: Token, position: int) -> None:
        self._close_clause()
        spoken, topic = self.state.spoken, self.state.topic
        known = spoken and (spoken[0].standard or spoken[0].parent)
        subject = spoken if spoken and (known or not self.state.fresh) else topic
        if subject:
            self.state.whole = subject[-1]
            self.state.top = self.state.top or subject[-1]
            self.state.part_measure, self.state.passed = self.state.value_measure, False
        self.state.spoken = ()
        self.clause = Clause()

    def on_year(self, token: Token, position: int) -> None:
        opens = self.clause.amounts == 0 and not any(
            trim(text, self.setting.agencies)[0] for text in self.clause.groups
        )
        near = token.year is not None and self.setting.year - 6 < token.year <= self.setting.year + 1
        if opens and near and self.clause.cue is None and not token.text.endswith("以来"):
            self.state.year = token.year
        if self.clause.groups and not self.clause.groups[-1].endswith("的"):
            self.clause.groups.append("")

    def on_date(self, token: Token, position: int) -> None:
        if _ORDINAL.match(token.text):
            if self.state.listed_under is None:
                self.state.listed_under = (self.state.whole,)
            self.state.whole = self.state.listed_under[0]
        near = token.year is not None and abs(token.year - self.setting.year) <= 1
        if near and self.clause.amounts == 0 and not self._has_subject():
            self.state.year = token.year
        self.clause.groups.append("")

    # punctuation

    def on_comma(self, token: Token, position: int) -> None:
        self._next_clause()

    def on_colon(self, token: Token, position: int) -> None:
        self._next_clause()

    def on_semicolon(self, token: Token, position: int) -> None:
        self._next_clause()
        self.state.spoken, self.state.shared, self.state.base, self.state.agency = (), [], "", None
        self.state.theme = ""
        self.state.passed = True

    def on_stop(self, token: Token, position: int) -> None:
        self.on_semicolon(token, position)
        state = self.state
        state.whole, state.part_measure, state.agency, state.past, state.listed = None, None, None, None, ()
        state.aside = state.fresh = False
        if state.top is not None:
            state.topic = state.money = (state.top,)
            state.top = None
        state.listed_under = None

    def on_open(self, token: Token, position: int) -> None:
        self.held.append((replace(self.state, shared=list(self.state.shared)), self.clause))
        if self.state.topic and self.clause.amounts:
            self.state.whole, self.state.part_measure = self.state.topic[-1], self.state.value_measure
        self.clause = Clause(groups=list(self.clause.groups) if not self.clause.amounts else [])

    def on_close(self, token: Token, position: int) -> None:
        self._close_clause()
        if self.held:
            state, self.clause = self.held.pop()
            state.year = self.state.year if state.year is None else state.year
            self.state = state

    def _next_clause(self) -> None:
        self._close_clause()
        self.clause = Clause()
        self.state.row = None

    def _has_subject(self) -> bool:
        return any(trim(text, self.setting.agencies)[0] for text in self.clause.groups)

    def _close_clause(self) -> None:
        """A clause without an amount may say what the next ones are about, or whose they are."""
        clause, state = self.clause, self.state
        text = next((group for group in reversed(clause.groups) if group), "")
        if clause.cue is not None and clause.cue.kind == "share" and not clause.amounts and clause.after:
            share = re.match(r".*?(?:比重|比例|占比)", clause.after[0])
            if text and share is not None:
                state.spoken = (Name(metric=f"{trim(text, self.setting.agencies)[0]}占{share[0]}"),)
                return
        if clause.amounts or not text:
            return
        if re.match(r"(?:上年度?|去年)(?!结|末|决|预|同)", text):
            state.past = self.setting.year - 1
        if (unit := unit_under(text, self.setting.agencies)) is not None:
            state.agency = unit
            return
        if (theme := re.fullmatch(r"在(.{4,30})中", text)) is not None:
            state.theme = theme[1]
            return
        if text.endswith(("用于", "主要包括", "包括", "内容为")):
            state.aside = True
        if state.aside:
            return
        state.listed = names_in([text], self.setting) or state.listed
        spoken = spoken_of(text, self.setting)
        if spoken and (spoken[0].standard or spoken[0].code or spoken[0].parent):
            state.topic = state.spoken = spoken
        elif spoken:
            state.spoken = spoken

    # amounts

    def on_amount(self, token: Token, position: int) -> None:
        assert token.amount is not None
        self.clause.amounts += 1
        after = self._words_after(position)
        subject = self._subject()
        phrase = parse_phrase(subject, self.setting.agencies)
        names = self._names(token, phrase, subject, after)
        if not names or not self._readable(token, phrase, names[0]):
            self.unread.append(token)
        else:
            self._emit(token, names, phrase, subject, after, position)
        self.clause.groups, self.clause.after = [], []
        if self.clause.cue is not None and not (self.clause.cue.kind == "completion" and is_money(token.amount.unit)):
            self.clause.cue = None

    def _words_after(self, position: int) -> str:
        token = self.tokens[position + 1] if position + 1 < len(self.tokens) else None
        if token is None or token.kind != "words":
            return ""
        text = ""
        for token in self.tokens[position + 1 :]:
            if token.kind not in ("words", "enumeration", "year"):
                break
            text += token.text if token.kind != "year" else ""
        return "" if text.startswith(("的", "等", "车牌")) or re.search(r"[A-Z]\d{4}", text) else text

    def _subject(self) -> str:
        """The words that name the amount: before a cue, or behind 减少, or the last group that says something."""
        groups = [*self.clause.groups]
        if self.clause.cue is not None and self.clause.cue.kind in ("up", "down", "signed"):
            groups += self.clause.after
        for index in range(len(groups) - 1, -1, -1):
            core = trim(groups[index], self.setting.agencies)[0]
            if not core:
                continue
            if (
                "用于" in core[1:]
                and not groups[index].startswith("用于")
                and (use := trim(core.rsplit("用于", 1)[1], self.setting.agencies)[0])
            ):
                return use
            if index and groups[index - 1].endswith("的") and len(core) <= 4:
                return groups[index - 1].rstrip("的") + groups[index]
            return groups[index]
        return next((group for group in reversed(groups) if group), "")

    def _names(self, token: Token, phrase: Phrase, subject: str, after: str) -> tuple[Name, ...]:
        assert token.amount is not None
        cue = self.clause.cue
        pairs = names_in([subject], self.setting, pairs_only=True)
        if pairs:
            return pairs
        if self.state.shared and phrase.generic:
            return (self.state.shared.pop(0),)
        topic = self._topic(token.amount, phrase)
        if cue is not None and cue.kind in ("share", "completion", "up", "down", "signed") and phrase.generic:
            return self._with_measure(topic, phrase)
        if cue is None and is_rate(token.amount.unit) and phrase.generic and self.state.last_measure == "增减额":
            return self.state.topic
        name = self._own_name(token.amount, phrase, after, topic)
        if name is None and self.setting.fallback and is_money(token.amount.unit):
            name = Name(metric=self.setting.fallback, measure=phrase.measure)
        if name is not None and phrase.generic and len(topic) > 1 and name.metric == topic[-1].metric:
            return self._with_measure(topic, phrase)
        return (name,) if name is not None else ()

    def _topic(self, amount: Amount, phrase: Phrase) -> tuple[Name, ...]:
        """What is spoken of, as far as it fits the amount: no rate for money, no passing remark for a change."""
        state = self.state
        if phrase.measure == "目标值" or (self.clause.cue is not None and "任务" in self.clause.cue.text):
            return (state.whole,) if state.whole is not None else state.topic
        spoken = state.spoken
        if spoken and self.clause.cue is not None and not (spoken[0].standard or spoken[0].parent or spoken[0].metric.endswith("比重")):  # fmt: skip
            spoken = ()
        topic = spoken or state.topic
        if not state.fresh and not spoken and topic and not topic[-1].standard and not phrase.generic:
            return ()
        if topic and is_money(amount.unit) and topic[-1].nature in ("rate", "score"):
            return state.money
        return topic

    def _own_name(self, amount: Amount, phrase: Phrase, after: str, topic: tuple[Name, ...]) -> Name | None:
        """The name of one amount; a project that is named itself is its 项目支出, a bare 支出 the section's."""
        money = is_money(amount.unit) and self.clause.cue is None
        subject = self.setting.fallback
        if money and subject and len(phrase.full) > 3 and (phrase.full in subject or subject in phrase.full):
            return Name(
                metric="项目支出", aliases=(phrase.full,), measure=phrase.measure, nature="money", stem=phrase.full
            )
        if money and phrase.core in ("支出", "收入") and self.setting.scope and topic and topic[-1].metric.endswith(("收入", "结余", "结转")):  # fmt: skip
            return Name(
                metric=f"{self.setting.scope}{phrase.core}", measure=phrase.measure, nature="money", standard=True
            )
        lead = self.setting.lead
        if money and lead and lead[-1].standard and re.match(r"用于.*支出$", phrase.printed):
            return replace(lead[-1], aliases=(phrase.full,), measure=phrase.measure)
        if (
            money
            and topic
            and self.state.fresh
            and not topic[-1].standard
            and re.fullmatch("支出(?:总额|总计|合计)", phrase.core)
        ):
            mirrored = topic[-1].metric.replace("收入", "支出")
            if mirrored.endswith(phrase.core):
                return Name(metric=mirrored, measure=phrase.measure, stem=mirrored)
        if money and subject and phrase.measure and phrase.core.endswith(cues().persons):
            return Name(metric=subject, aliases=(phrase.core,), measure=phrase.measure, nature="money", stem=subject)
        if money and subject and re.match(r"以上|合计支出|共计支出", phrase.printed):
            words = subject if phrase.printed.startswith("以上") else phrase.core
            return Name(metric=words, aliases=("项目支出",) if words == subject else (subject + words,), measure=self.state.last_measure if phrase.generic else None)  # fmt: skip
        name = name_amount(amount, phrase, after, topic, self.state.whole or self.state.row, self.clause.cue)
        if (
            name is not None
            and subject
            and phrase.measure in ("预算数", "执行数", "年初预算数", "调整预算数")
            and not name.standard
        ):
            name = replace(name, aliases=(*name.aliases, subject))
        whole = self.state.whole
        if (
            name is not None
            and not name.standard
            and whole is not None
            and not whole.standard
            and len(whole.stem) > 2
            and not name.code
        ):
            name = replace(name, aliases=(*name.aliases, join_names(whole.stem, name.metric)))
        if name is not None and self.state.theme and not name.standard:
            return replace(name, metric=self.state.theme + name.metric, aliases=(*name.aliases, name.metric))
        return name

    @staticmethod
    def _with_measure(names: tuple[Name, ...], phrase: Phrase) -> tuple[Name, ...]:
        return tuple(replace(name, measure=phrase.measure) for name in names)

    def _readable(self, token: Token, phrase: Phrase, name: Name) -> bool:
        """Whether a number may be a figure: one without unit only as a rate, time only as a term (工期90天)."""
        assert token.amount is not None
        unit = token.amount.unit
        if unit is None:
            rate = name.metric.endswith(("率", "比例", "比重")) and not phrase.empty
            return rate or (self.clause.cue is not None and self.clause.cue.kind in ("up", "down") and self.state.last_measure == "增减额")  # fmt: skip
        if units()[unit].kind == "time":
            return phrase.core.endswith(
                ("期限", "时限", "时间", "天数", "时长", "工期", "周期", "年限", "工作日", "日")
            )
        return True

    def _emit(
        self, token: Token, names: tuple[Name, ...], phrase: Phrase, subject: str, after: str, position: int
    ) -> None:
        state = self.state
        if re.match(r"(?:上年度?|去年)(?!结|末|度?结)", subject):
            state.past = self.setting.year - 1
        measure, rule, value_sign = self._measure(token, names[0], subject, after)
        assert token.amount is not None
        future = self._future(position)
        for name in names:
            self.drafts.append(
                Draft(
                    token=token, name=name, measure="预算数" if future and is_money(token.amount.unit) else measure,
                    value=abs(token.amount.value) * value_sign if value_sign else token.amount.value,
                    rule="statement.pair" if len(names) > 1 and rule == "statement.value" else rule,
                    whole=self._whole_of(name, measure), year=future or state.past or state.year, agency=self._agency(token, name),
                    note=self._note(measure), comparator=self._comparator(token, after) if measure == "目标值" else None, pieces=self._pieces(subject, after),
                )
            )  # fmt: skip
        state.last_measure = measure
        if measure != "目标值" or not state.topic:
            state.topic = tuple(replace(name, measure=None) for name in names)
            state.fresh = True
        if is_money(token.amount.unit):
            state.money = state.topic
            state.value_measure = state.value_measure if measure == "增减额" else measure
        state.spoken = ()

    def _measure(self, token: Token, name: Name, subject: str, after: str) -> tuple[Measure, str, int]:
        """Measure, rule and sign (0: as printed) of an amount."""
        amount, cue, state = token.amount, self.clause.cue, self.state
        assert amount is not None
        around = self._situation(name, subject, after)
        vague = cue is not None and cue.text in ("提高", "扩大", "降低") and not is_money(amount.unit) and bool(after)
        if cue is not None and cue.kind in ("up", "down", "signed") and not vague:
            sign = {"up": 1, "down": -1, "signed": 0}[cue.kind]
            state.sign = sign
            return measure_change(amount), "statement.change", -1 if sign < 0 else 0
        if cue is not None and cue.kind == "completion":
            if is_rate(amount.unit):
                return "完成率", "statement.completion", 0
            return planned_measure(cue.text), "statement.plan", 0
        if cue is not None and cue.kind == "share" and is_rate(amount.unit):
            budget = any(re.search(r"预算(?:数|总额|安排)?的?$", text) for text in self.clause.after)
            return ("完成率", "statement.completion", 0) if budget and "预算" not in subject else ("占比", "statement.share", 0)  # fmt: skip
        if amount.unit == "分":
            weight = any(word in subject for word in ("权重", "满分", "分值"))
            return ("权重", "statement.weight", 0) if weight else ("得分", "statement.score", 0)
        if is_target(amount, around) or re.search("未能?(?:达到|完成)$", subject):
            return "目标值", "statement.target", 0
        if is_rate(amount.unit) or (amount.unit is None and name.metric.endswith(("率", "比例"))):
            if not around.printed and state.last_measure == "增减额":
                return "增减率", "statement.change", -1 if state.sign < 0 else 0
            if not around.printed:
                return "占比", "statement.share", 0
            if name.metric.endswith(("降幅", "减幅", "增幅", "涨幅")):
                return "增减率", "statement.change", -1 if name.metric.endswith(("降幅", "减幅")) else 0
            return rate_measure(name), "statement.rate", 0
        if is_money(amount.unit) or (amount.unit or "").startswith(("元/", "万元/")):
            measure = money_measure(name, around)
            rules = {"均值": "statement.average", "期末数": "statement.stock"}
            return measure, rules.get(measure, "statement.plan" if "预算" in measure else "statement.value"), 0
        return count_measure(name, around), "statement.count", 0

    def _situation(self, name: Name, subject: str, after: str) -> Situation:
        inherited = self.state.part_measure if self.state.whole is not None else None
        return Situation(
            cue=self.clause.cue, printed=subject, after=after, base=self.state.base, inherited=inherited,
            target=self.state.target, kind=self.setting.kind, role=self.setting.role,
        )  # fmt: skip

    @staticmethod
    def _comparator(token: Token, after: str) -> Comparator | None:
        assert token.amount is not None
        bounds: dict[str, Comparator] = {"以上": "≥", "及以上": "≥", "以下": "≤", "以内": "≤"}
        return token.amount.comparator or next((sign for word, sign in bounds.items() if after.startswith(word)), None)

    def _whole_of(self, name: Name, measure: Measure) -> str | None:
        whole = self.state.whole
        if self.state.passed and name.standard and name.nature == "count" and name.parent:
            return None
        return whole.metric if whole is not None and whole.metric != name.metric else None

    def _future(self, position: int) -> int | None:
        """The year in which an amount is still to be paid: 6万元``将于2020年进行支付``."""
        ahead = self.tokens[position + 1 : position + 3]
        if len(ahead) == 2 and ahead[0].kind == "words" and ahead[0].text.startswith("将") and ahead[1].kind == "year":
            return ahead[1].year
        return None

    def _agency(self, token: Token, name: Name) -> str | None:
        staff = any(word in name.metric for word in ("编", "人员", "实有", "在职", "退休", "职工", "人数"))
        return self.state.agency if staff and token.amount is not None and token.amount.unit in ("人", "名") else None

    def _note(self, measure: Measure) -> str | None:
        return self.state.base if measure in ("增减额", "增减率") and self.state.base else None

    def _pieces(self, subject: str, after: str) -> tuple[tuple[str, str], ...]:
        cue = self.clause.cue
        found = [
            ("name", subject),
            ("cue", cue.text if cue else ""),
            ("whole", "".join(self.clause.after)),
            ("after", after),
        ]
        found.append(("compared", self.clause.compare.text if self.clause.compare else ""))
        return tuple((role, text) for role, text in found if text)
