"""Tokens of a paragraph → drafts, left to right: what is spoken of, what it is part of, what it is compared with."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.rules.statements.amounts import LAST_YEAR, AmountReader
from knowledge.rules.statements.around import heading_before, only_measure_follows
from knowledge.rules.statements.clauses import names_in, spoken_of, unit_under
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Draft
from knowledge.rules.statements.listed import count_listed, split_listed
from knowledge.rules.statements.names import Name, is_money, standard_name, stem_of
from knowledge.rules.statements.phrases import parse_phrase
from knowledge.rules.statements.state import Clause
from knowledge.rules.statements.terms import find_standard
from knowledge.rules.statements.tokens import Token
from knowledge.rules.statements.trimming import trim

_WHO = ("部门", "单位", "乡镇", "街道", "机构")
_REASON = re.compile("原因(?:分析)?(?:主要)?(?:是|为|在于|系)?")
"""What follows names why something changed, not what the next sentence is about: 主要原因是人员经费增加."""
_THEME = re.compile("在(.{4,30})中")
_ORDINAL = re.compile(r"\d{1,2}[.、．]|（\d{1,2}）|[①-⑳]|（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、")


class Interpreter(AmountReader):
    """Reads the tokens of one paragraph: words and cues, punctuation, and amounts (see AmountReader)."""

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
        self._return_to_whole()
        words = (*cues().up, *cues().down)
        if self.clause.compare is None and not token.text.startswith(words) and "预算" not in token.text:
            self.clause.add(token.text, joined=True)
        else:
            self.clause.cue = token

    on_down = on_up

    def _return_to_whole(self) -> None:
        """``其中A…万元，B…万元；比上年增加…``: behind the semicolon that ends a list, a change without a name is the whole's."""
        state = self.state
        if state.closing and not any(self.clause.groups) and not self.clause.amounts:
            state.topic = state.money = (state.top or state.whole or state.topic[-1],)
        state.closing = False

    def on_compare(self, token: Token, position: int) -> None:
        self._return_to_whole()
        self.clause.compare = token
        self.state.base = token.text
        if self.clause.cue is not None and self.clause.cue.kind in ("up", "down"):
            self.clause.groups += self.clause.after
            self.clause.cue, self.clause.after = None, []

    def on_respectively(self, token: Token, position: int) -> None:
        listed = names_in(self.clause.groups, self.setting) or self._each_named(position) or self.state.listed
        self.state.shared, self.state.shared_cue = list(listed), None
        if listed:
            self.clause.groups, self.state.listed = [], listed
        elif len(self.clause.years) > 1:
            self.state.shared_years = list(self.clause.years)
        kinds = {"占": "share", "增加": "up", "增长": "up", "减少": "down", "下降": "down"}
        kind = next((kind for word, kind in kinds.items() if token.text.endswith(word)), None)
        if kind is not None:
            self.clause.cue = token._replace(kind=kind)  # type: ignore[arg-type]

    def _each_named(self, position: int) -> tuple[Name, ...]:
        """The names of the amounts behind 分别为, where the words before it list as many."""
        text = next((group for group in reversed(self.clause.groups) if group), "")
        pieces = split_listed(trim(text, self.setting.agencies)[0], count_listed(self.tokens, position))
        return tuple(Name(metric=piece, stem=stem_of(piece)) for piece in pieces)

    def on_part(self, token: Token, position: int) -> None:
        self._close_clause()
        spoken, topic = self.state.spoken, self.state.topic
        known = spoken and spoken[0].known
        subject = spoken if spoken and (known or not self.state.fresh) else topic
        after = self.tokens[position + 1] if position + 1 < len(self.tokens) else None
        if after is not None and after.kind == "comma":
            subject = topic if self.drafts else ()
        if subject and not subject[-1].known and subject[-1].metric.endswith(_WHO):
            subject = ()
        if subject and subject[-1].metric.endswith(cues().rates) and self._money_follows(position):
            subject = self.state.money
        if subject:
            self.state.whole = subject[-1]
            self.state.top = self.state.top or subject[-1]
            self.state.part_measure, self.state.passed = self.state.value_measure, False
            self.state.parts_from = len(self.drafts)
        self.state.spoken = ()
        self.clause = Clause()

    def _money_follows(self, position: int) -> bool:
        """Whether the next amount is money, which is never part of a rate."""
        amounts = (token.amount for token in self.tokens[position:] if token.amount is not None)
        following = next(amounts, None)
        return following is not None and is_money(following.unit)

    def on_year(self, token: Token, position: int) -> None:
        if self._begins_anew(position):
            self.on_stop(token, position)
        if token.year is not None and not self.clause.amounts:
            self.clause.years.append(token.year)
        opens = self.clause.amounts == 0 and not any(
            trim(text, self.setting.agencies)[0] for text in self.clause.groups if text not in cues().target
        )
        near = token.year is not None and self.setting.year - 6 < token.year <= self.setting.year + 1
        opens = opens or (
            not self.clause.amounts and only_measure_follows(self.tokens, position, self.setting.agencies)
        )
        if opens and near and self.clause.cue is None and not token.text.endswith("以来"):
            self.state.year, self.state.year_age = token.year, 0
        if self.clause.groups and not self.clause.groups[-1].endswith("的"):
            self.clause.groups.append("")

    def _begins_anew(self, position: int) -> bool:
        """Whether a year right behind an amount opens a sentence whose mark is missing: 其他资金5万元2023年支出8万元."""
        before, ahead = self.tokens[max(position - 1, 0)], self.tokens[position + 1 : position + 3]
        opens = [token.kind for token in ahead] == ["words", "amount"]
        return (
            before.kind == "amount" and opens and not only_measure_follows(self.tokens, position, self.setting.agencies)
        )

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
        said = "".join(self.clause.groups)
        self._next_clause()
        whole = find_standard(f"本年{said}合计") if said in ("收入", "支出") and self.setting.scope is None else None
        if whole is not None:
            self.state.topic = self.state.spoken = (standard_name(whole, parse_phrase(said)),)

    def on_semicolon(self, token: Token, position: int) -> None:
        self._next_clause()
        self.state.spoken, self.state.shared, self.state.base, self.state.agency = (), [], "", None
        self.state.shared_years = []
        self.state.theme = ""
        self.state.closing = self.state.whole is not None and not self.state.passed and not self._compares_one()
        self.state.passed = True

    def _compares_one(self) -> bool:
        """Whether the part that was named last stands alone behind 其中, with values of two years."""
        parts = self.drafts[self.state.parts_from :]
        return len({part.name.metric for part in parts}) == 1 and len({part.year for part in parts}) > 1

    def on_stop(self, token: Token, position: int) -> None:
        before = self.state.topic
        heading = heading_before(self.tokens[:position])
        self.on_semicolon(token, position)
        if self.held:
            return
        self.sentence = len(self.drafts)
        state = self.state
        state.whole, state.part_measure, state.agency, state.past, state.listed = None, None, None, None, ()
        state.aside = state.fresh = state.agreed = False
        state.spent, state.aimed = "", ()
        if state.top is not None:
            opened = state.topic is not before and state.topic[-1].item
            state.topic = state.money = state.topic if opened else (state.top,)
            state.top = None
        if state.resumed:
            state.topic = state.money = state.resumed
            state.resumed = ()
        if heading:
            state.topic = spoken_of(heading, self.setting)
        state.listed_under, state.said = None, []
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
        self.state.closing = False
        self.clause = Clause()
        self.state.row = None

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
        if LAST_YEAR.match(text) and not re.match("(?:上年度?|去年)[决预同]", text):
            state.past = self.setting.year - 1
        if (unit := unit_under(text, self.setting.agencies)) is not None:
            state.agency = unit
            return
        if (theme := _THEME.fullmatch(text)) is not None:
            state.theme = theme[1]
            return
        if text.startswith(("协议", "合同")) and text.endswith(("为", "经费", "金额", "约定")):
            state.agreed = True
        if text.endswith(("用于", "主要包括", "包括", "内容为", "以下方面")):
            state.aside = True
            if state.fresh and state.topic and state.whole is None:
                state.whole = state.top = state.topic[-1]
        if not state.resumed and _REASON.search(text):
            state.resumed = state.topic
        if state.aside:
            return
        state.listed = names_in([text], self.setting) or state.listed
        spoken = spoken_of(text, self.setting)
        if spoken and (spoken[0].known):
            state.topic = state.spoken = spoken
        elif spoken:
            state.spoken = spoken
