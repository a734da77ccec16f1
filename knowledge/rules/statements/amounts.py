"""One amount at a time: the words that name it, its measure, and what it leaves to the amounts after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.models import Measure
from knowledge.numbers import Amount
from knowledge.rules.statements.around import (
    actual_follows,
    aim_before,
    base_before,
    is_weight,
    rose_from,
    score_follows,
    split_start,
    target_follows,
    unit_of_list,
    with_counted_unit,
    words_after,
    year_of_payment,
)
from knowledge.rules.statements.cues import cues
from knowledge.rules.statements.drafts import Draft, Setting
from knowledge.rules.statements.measures import BUDGETS, base_of, bound_of, measure_of
from knowledge.rules.statements.names import Name, is_money, is_rate
from knowledge.rules.statements.naming import names_of
from knowledge.rules.statements.parts import are_opposites, are_siblings, may_be_part
from knowledge.rules.statements.phrases import parse_phrase
from knowledge.rules.statements.state import Clause, Mention, State
from knowledge.rules.statements.tokens import Token
from knowledge.rules.statements.trimming import needs_name, trim
from knowledge.vocabulary import units

_FULL = ("总分", "总分为", "总分是")
_OFF_TARGET = re.compile(
    "(?:超过?|超出|超额完成|高于|低于|少于|多于)(?:年度|全年|年初|预期|绩效|计划|既定)*目标(?:值|任务|数)?$"
    "|[较比](?:年度|全年|年初|预期|绩效|计划|既定)*(?:目标|指标)(?:值|任务|数)?(?:高|低|多|少|提高|降低)(?:出|了)?$"
)
"""How far something is from its target: 超过年度目标``1218人``, 较目标值高``0.4个百分点``, which is neither of the two."""
LAST_YEAR = re.compile(r"(?:上年度?|去年)(?!结|末|度?结)")


class AmountReader:
    """What has been read of a paragraph: ``drafts`` are the figures, ``unread`` the amounts that nothing names."""

    def __init__(self, tokens: Sequence[Token], setting: Setting) -> None:
        self.tokens, self.setting = tokens, setting
        self.state = State(topic=setting.lead, whole=setting.whole[-1] if setting.whole else None)
        self.state.target = setting.target
        self.clause = Clause()
        self.held: list[tuple[State, Clause]] = []
        self.drafts: list[Draft] = []
        self.sentence = 0
        self.printed: dict[str, Amount] = {}
        self.unread: list[Token] = []

    def _has_subject(self) -> bool:
        return any(trim(text, self.setting.agencies)[0] for text in self.clause.groups)

    def on_amount(self, token: Token, position: int) -> None:
        assert token.amount is not None
        if self.state.shared and token.amount.unit is None:
            token = token._replace(amount=token.amount._replace(unit=unit_of_list(self.tokens, position)))
        assert token.amount is not None
        clause = self.clause
        clause.amounts += 1
        base = base_before(self.tokens, position)
        years = (self.setting.year - 1, next(reversed(self.clause.years), None))
        printed = self._subject()
        subject, earlier = split_start(printed, words_after(self.tokens, position), *years)
        token = with_counted_unit(token, subject) if clause.cue is None else token
        full = subject.endswith(_FULL) and score_follows(self.tokens, position)
        assert token.amount is not None
        mention = Mention(
            token=token,
            amount=token.amount,
            phrase=parse_phrase(subject, self.setting.agencies),
            subject=subject,
            after="" if base is not None else words_after(self.tokens, position),
            cue=clause.cue or (self.state.shared_cue if self.state.shared else None),
            shared_of=tuple(clause.after),
            base=base,
            weight=not full and is_weight(self.tokens, position),
            yearly=bool(clause.years),
            planned=clause.measure,
            aimed=actual_follows(self.tokens, position) or aim_before(self.tokens, position),
            target=target_follows(self.tokens, position),
            full=full,
        )
        if mention.phrase.measure in BUDGETS and not is_money(mention.amount.unit):
            clause.measure = mention.phrase.measure
        names = names_of(mention, self.state, self.setting)
        former = earlier is None and rose_from(printed, words_after(self.tokens, position))
        self.state.shared_cue = mention.cue if self.state.shared else None
        if not names or not self._readable(mention, names[0]):
            self.unread.append(token)
            if mention.phrase.measure is not None and mention.amount.unit is None:
                self.state.value_measure = mention.phrase.measure
            self.state.topic = names if names and names[0].known else self.state.topic
        elif earlier is not None:
            self._emit_earlier(mention, names, earlier)
        elif former:
            self._emit_earlier(mention, tuple(name._replace(metric=f"原{name.metric}") for name in names), None)
            self.state.topic = names
        elif mention.base is not None or mention.weight:
            self._emit_aside(mention, names)
        else:
            self._emit(mention, names, year_of_payment(self.tokens, position))
        clause.groups, clause.after = [], []
        if clause.cue is not None and not (clause.cue.kind == "completion" and not is_rate(token.amount.unit)):
            clause.cue = None

    def _emit_earlier(self, mention: Mention, names: tuple[Name, ...], year: int | None) -> None:
        """Drafts of a value of before; the amount after it has the same name."""
        measure, rule, _ = measure_of(mention, names[0], self.state, self.setting)
        self.drafts += [
            Draft(mention.token, name, measure, mention.amount.value, rule, year=year, pieces=self._pieces(mention))
            for name in names
        ]
        self.state.topic, self.state.fresh = names, True

    def _subject(self) -> str:
        """The words that name the amount: before a cue, or behind 减少, or the last group that says something."""
        groups = [*self.clause.groups]
        if self.clause.cue is not None and self.clause.cue.kind in ("up", "down", "signed"):
            groups += self.clause.after
        for index in range(len(groups) - 1, -1, -1):
            core = trim(groups[index], self.setting.agencies)[0]
            if not core:
                continue
            if needs_name(core) and (name := self._name_before(groups[:index])):
                return name + groups[index]
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

    def _name_before(self, groups: list[str]) -> str:
        """The last words that name something before a year or a bracket: 公务接待费 of 公务接待费2023年``决算数``."""
        return next((group for group in reversed(groups) if len(trim(group, self.setting.agencies)[0]) > 1), "")

    def _readable(self, mention: Mention, name: Name) -> bool:
        """Whether a number may be a figure: one without unit only as a rate, time only as a term (工期90天)."""
        unit = mention.amount.unit
        if _OFF_TARGET.search(mention.subject) and self._is_distance(mention.amount, name):
            return False
        if unit is None:
            rate = name.metric.endswith(("率", "比例", "比重")) and not mention.phrase.empty
            planned = mention.phrase.measure in ("年初预算数", "预算数", "决算数", "执行数") and name.known
            missing = mention.cued("up", "down") and self.state.last_measure == "增减额"
            return rate or planned or missing or (mention.cued("share") and name.known)
        if units()[unit].kind == "time":
            term = name.metric if mention.phrase.generic else mention.phrase.core
            return term.endswith(cues().terms_of_time)
        return True

    def _is_distance(self, amount: Amount, name: Name) -> bool:
        """Whether an amount is too small beside what was reached to be its target."""
        reached = self.printed.get(name.metric)
        if amount.unit == "个百分点":
            return True
        return reached is not None and reached.unit == amount.unit and abs(amount.value) * 2 < abs(reached.value)

    def _emit(self, mention: Mention, names: tuple[Name, ...], future: int | None) -> None:
        """One draft for each name, and what they leave to the amounts after them."""
        state, amount = self.state, mention.amount
        if LAST_YEAR.match(mention.subject):
            state.past = self.setting.year - 1
        if state.shared_years:
            state.year = state.shared_years.pop(0)
        measure, rule, sign = measure_of(mention, names[0], state, self.setting)
        changes = measure in ("增减额", "增减率")
        past = state.past if not changes else None
        year = None if changes and self._said_this_year(names[0]) else state.year
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
                    whole=self._whole_of(name, mention, measure),
                    year=future or past or year,
                    agency=self._agency(mention, name),
                    note=state.base or None if changes else None,
                    comparator=bound_of(mention) if measure == "目标值" and not mention.target else None,
                    pieces=self._pieces(mention),
                )
            )
        added = mention.cue is not None and mention.cue.text in cues().adjusting and measure in BUDGETS
        if mention.phrase.core not in cues().differences and not added:
            self._remember(mention, names, measure, sign)

    def _said_this_year(self, name: Name) -> bool:
        """Whether the sentence has named the report's year first: 2023年8万元，2022年12万元，减少4万元."""
        said = [draft.year for draft in self.drafts[self.sentence :] if draft.name.metric == name.metric]
        return bool(said) and said[0] in (None, self.setting.year)

    def _emit_aside(self, mention: Mention, names: tuple[Name, ...]) -> None:
        """Drafts of what an amount is compared with, or of a weight in brackets; the amounts after it go on as before."""
        known = measure_of(mention, names[0], self.state, self.setting)
        measure, year = base_of(mention, known.measure, self.setting) if mention.base else ("权重", self.state.year)
        for name in names:
            self.drafts.append(
                Draft(
                    token=mention.token,
                    name=name,
                    measure=measure,
                    value=mention.amount.value,
                    rule="statement.base" if mention.base else "statement.weight",
                    whole=self._whole_of(name, mention, measure),
                    year=year,
                    pieces=self._pieces(mention),
                )
            )
        if mention.weight or not self.state.fresh:
            self.state.topic, self.state.fresh = tuple(name._replace(measure=None) for name in names), True

    def _remember(self, mention: Mention, names: tuple[Name, ...], measure: Measure, sign: int) -> None:
        state = self.state
        if measure in ("增减额", "增减率"):
            state.sign = sign or (-1 if mention.amount.value < 0 else 0)
        state.last_measure = measure
        if measure == "完成率" and mention.cued("completion"):
            state.value_measure = None
        state.aimed = tuple(name._replace(measure=None) for name in names) if measure == "目标值" else ()
        carried_out = measure == "完成率" and [name.metric for name in state.topic] == [name.metric for name in names]
        if (measure != "目标值" and not carried_out) or not state.topic:
            state.topic = tuple(name._replace(measure=None) for name in names)
            state.fresh = True
        if measure not in ("增减额", "增减率", "占比", "完成率"):
            self.printed |= {name.metric: mention.amount for name in names}
        if state.last_measure == "数量":
            state.counted = state.topic
        if is_money(mention.amount.unit):
            state.priced.append(names[0].metric)
            state.money = state.topic
            if measure not in ("增减额", "增减率") and names[0].metric not in {name.metric for name in state.said}:
                state.said.append(names[0])
            if measure in ("决算数", "执行数"):
                state.spent = names[0].metric
            if measure != "增减额" and not (measure in BUDGETS and state.spent == names[0].metric):
                state.value_measure = measure
        state.spoken = ()

    def _whole_of(self, name: Name, mention: Mention, measure: Measure) -> str | None:
        whole = self.state.whole
        if self.state.passed and name.standard and name.nature == "count" and name.parent:
            return None
        if whole is None or whole.metric == name.metric or are_opposites(name, whole):
            return None
        if self.state.passed and (are_siblings(name, whole) or self._is_another_deed(name, whole)):
            return None
        printed = self.printed.get(whole.metric)
        if printed is not None and not may_be_part(mention, measure, name, printed):
            return None
        if printed is not None and self.state.passed and self._is_complete(whole, printed, name):
            return None
        return whole.metric

    def _is_complete(self, whole: Name, printed: Amount, name: Name) -> bool:
        """Whether the parts listed so far make the whole, so that another name behind the semicolon is none of them."""
        parts = [draft for draft in self.drafts[self.state.parts_from :] if draft.whole == whole.metric]
        amounts = [draft.value for draft in parts if draft.token.amount and draft.token.amount.unit == printed.unit]
        listed = name.metric in {draft.name.metric for draft in parts}
        return not listed and len(amounts) > 1 and sum(amounts) == printed.value

    def _is_another_deed(self, name: Name, whole: Name) -> bool:
        """Whether another deed follows a list: 检查机构486家，其中药店94家；``处理``机构123家."""
        if not whole.action or not name.deed or name.action == whole.action:
            return False
        return all(draft.name.action == whole.action for draft in self.drafts[self.state.parts_from :])

    def _agency(self, mention: Mention, name: Name) -> str | None:
        if self.state.agency is None or mention.amount.unit not in ("人", "名"):
            return None
        staff = any(word in name.metric for word in ("编", "人员", "实有", "在职", "退休", "职工", "人数"))
        return self.state.agency if staff else None

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
