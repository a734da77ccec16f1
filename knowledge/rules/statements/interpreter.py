"""Tokens of a paragraph → drafts, left to right: what is spoken of, what it is part of, what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.models import Measure
from knowledge.rules.statements.clauses import names_in, spoken_of, unit_under
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Draft, Setting
from knowledge.rules.statements.measures import bound_of, measure_of
from knowledge.rules.statements.names import Name, is_money
from knowledge.rules.statements.naming import names_of
from knowledge.rules.statements.phrases import parse_phrase
from knowledge.rules.statements.state import Clause, Mention, State
from knowledge.rules.statements.tokens import Token
from knowledge.rules.statements.trimming import trim
from knowledge.vocabulary import units

_ORDINAL = re.compile(r"\d{1,2}[.、．]|（\d{1,2}）|[①-⑳]")
_LAST_YEAR = re.compile(r"(?:上年度?|去年)(?!结|末|度?结)")


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
        if after is not None and after.kind == "year" and self.clause.years and not self.clause.amounts:
            return
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
        elif len(self.clause.years) > 1:
            self.state.shared_years = list(self.clause.years)
        kinds = {"占": "share", "增加": "up", "增长": "up", "减少": "down", "下降": "down"}
        kind = next((kind for word, kind in kinds.items() if token.text.endswith(word)), None)
        if kind is not None:
            self.clause.cue = replace(token, kind=kind)  # type: ignore[arg-type]

    def on_part(self, token: Token, position: int) -> None:
        self._close_clause()
        spoken, topic = self.state.spoken, self.state.topic
        known = spoken and spoken[0].known
        subject = spoken if spoken and (known or not self.state.fresh) else topic
        if subject:
            self.state.whole = subject[-1]
            self.state.top = self.state.top or subject[-1]
            self.state.part_measure, self.state.passed = self.state.value_measure, False
        self.state.spoken = ()
        self.clause = Clause()

    def on_year(self, token: Token, position: int) -> None:
        if token.year is not None and not self.clause.amounts:
            self.clause.years.append(token.year)
        opens = self.clause.amounts == 0 and not any(
            trim(text, self.setting.agencies)[0] for text in self.clause.groups
        )
        near = token.year is not None and self.setting.year - 6 < token.year <= self.setting.year + 1
        if opens and near and self.clause.cue is None and not token.text.endswith("以来"):
            self.state.year, self.state.year_age = token.year, 0
        if self.clause.groups and not self.clause.groups[-1].endswith("的"):
            self.clause.groups.append("")

    def on_date(self, token: Token, position: int) -> None:
        if _ORDINAL.match(token.text):
            if self.state.listed_under is None:
                self.state.listed_under = (self.state.whole,)
            self.state.whole = self.state.listed_under[0]
        near = token.year is not None and abs(token.year - self.setting.year) <= 1
        if near and self.clause.amounts == 0 and not self._has_subject():
            self.state.year, self.state.year_age = token.year, 0
        self.clause.groups.append("")

    # punctuation

    def on_comma(self, token: Token, position: int) -> None:
        self._next_clause()

    def on_colon(self, token: Token, position: int) -> None:
        self._next_clause()

    def on_semicolon(self, token: Token, position: int) -> None:
        self._next_clause()
        self.state.spoken, self.state.shared, self.state.base, self.state.agency = (), [], "", None
        self.state.shared_years = []
        self.state.theme = ""
        self.state.passed = True

    def on_stop(self, token: Token, position: int) -> None:
        self.on_semicolon(token, position)
        if self.held:
            return
        state = self.state
        state.whole, state.part_measure, state.agency, state.past, state.listed = None, None, None, None, ()
        state.aside = state.fresh = state.agreed = False
        if state.top is not None:
            state.topic = state.money = (state.top,)
            state.top = None
        state.listed_under = None
        state.year_age += 1
        if state.year != self.setting.year and state.year_age > 1:
            state.year = None

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
        if _LAST_YEAR.match(text) and not re.match("(?:上年度?|去年)[决预同]", text):
            state.past = self.setting.year - 1
        if (unit := unit_under(text, self.setting.agencies)) is not None:
            state.agency = unit
            return
        if (theme := re.fullmatch(r"在(.{4,30})中", text)) is not None:
            state.theme = theme[1]
            return
        if text.startswith(("协议", "合同")) and text.endswith(("为", "经费", "金额", "约定")):
            state.agreed = True
        if text.endswith(("用于", "主要包括", "包括", "内容为")):
            state.aside = True
        if state.aside:
            return
        state.listed = names_in([text], self.setting) or state.listed
        spoken = spoken_of(text, self.setting)
        if spoken and (spoken[0].known):
            state.topic = state.spoken = spoken
        elif spoken:
            state.spoken = spoken

    # amounts

    def on_amount(self, token: Token, position: int) -> None:
        assert token.amount is not None
        clause = self.clause
        clause.amounts += 1
        subject = self._subject()
        mention = Mention(
            token=token,
            amount=token.amount,
            phrase=parse_phrase(subject, self.setting.agencies),
            subject=subject,
            after=self._words_after(position),
            cue=clause.cue,
            shared_of=tuple(clause.after),
        )
        names = names_of(mention, self.state, self.setting)
        if names and self._readable(mention, names[0]):
            self._emit(mention, names, self._future(position))
        else:
            self.unread.append(token)
            self.state.topic = names if names and names[0].known else self.state.topic
        clause.groups, clause.after = [], []
        if clause.cue is not None and not (clause.cue.kind == "completion" and is_money(token.amount.unit)):
            clause.cue = None

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

    def _readable(self, mention: Mention, name: Name) -> bool:
        """Whether a number may be a figure: one without unit only as a rate, time only as a term (工期90天)."""
        unit = mention.amount.unit
        if unit is None:
            rate = name.metric.endswith(("率", "比例", "比重")) and not mention.phrase.empty
            planned = mention.phrase.measure in ("年初预算数", "预算数", "决算数", "执行数") and name.known
            missing = mention.cued("up", "down") and self.state.last_measure == "增减额"
            return rate or planned or missing or (mention.cued("share") and name.known)
        if units()[unit].kind == "time":
            return mention.phrase.core.endswith(cues().terms_of_time)
        return True

    def _emit(self, mention: Mention, names: tuple[Name, ...], future: int | None) -> None:
        """One draft for each name, and what they leave to the amounts after them."""
        state, amount = self.state, mention.amount
        if _LAST_YEAR.match(mention.subject):
            state.past = self.setting.year - 1
        if state.shared_years:
            state.year = state.shared_years.pop(0)
        measure, rule, sign = measure_of(mention, names[0], state, self.setting)
        if future and is_money(amount.unit):
            measure = "预算数"
        for name in names:
            self.drafts.append(
                Draft(
                    token=mention.token,
                    name=name,
                    measure=measure,
                    value=abs(amount.value) * sign if sign and amount.value else amount.value,
                    rule="statement.pair" if len(names) > 1 and rule == "statement.value" else rule,
                    whole=self._whole_of(name),
                    year=future or state.past or state.year,
                    agency=self._agency(mention, name),
                    note=state.base or None if measure in ("增减额", "增减率") else None,
                    comparator=bound_of(mention) if measure == "目标值" else None,
                    pieces=self._pieces(mention),
                )
            )
        self._remember(mention, names, measure, sign)

    def _remember(self, mention: Mention, names: tuple[Name, ...], measure: Measure, sign: int) -> None:
        state = self.state
        if measure in ("增减额", "增减率"):
            state.sign = sign
        state.last_measure = measure
        if measure != "目标值" or not state.topic:
            state.topic = tuple(replace(name, measure=None) for name in names)
            state.fresh = True
        if is_money(mention.amount.unit):
            state.money = state.topic
            state.value_measure = state.value_measure if measure == "增减额" else measure
        state.spoken = ()

    def _whole_of(self, name: Name) -> str | None:
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

    def _agency(self, mention: Mention, name: Name) -> str | None:
        staff = any(word in name.metric for word in ("编", "人员", "实有", "在职", "退休", "职工", "人数"))
        return self.state.agency if staff and mention.amount.unit in ("人", "名") else None

    def _pieces(self, mention: Mention) -> tuple[tuple[str, str], ...]:
        compare = self.clause.compare
        found = (
            ("name", mention.subject),
            ("cue", mention.cue.text if mention.cue else ""),
            ("whole", "".join(mention.shared_of)),
            ("after", mention.after),
            ("compared", compare.text if compare else ""),
        )
        return tuple((role, text) for role, text in found if text)
