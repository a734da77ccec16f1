"""A paragraph's running text → tokens: amounts, cues, years, brackets, punctuation and the words between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from knowledge.numbers import Amount, find_amounts, find_formal_amounts, find_spelled_counts
from knowledge.rules.statements.cues import cues, one_of
from knowledge.rules.statements.ignored import Span

Kind = Literal[
    "amount", "words", "stop", "semicolon", "comma", "colon", "enumeration", "open", "close", "part", "share",
    "completion", "compare", "up", "down", "signed", "year", "date", "respectively",
]  # fmt: skip


class Token(NamedTuple):
    """A stretch of folded text. ``amount`` is set for amounts, ``year`` for 2022年度 and for the base of a comparison."""

    kind: Kind
    start: int
    end: int
    text: str
    amount: Amount | None = None
    year: int | None = None


_PUNCTUATION: dict[str, Kind] = {
    "。": "stop", "！": "stop", "？": "stop", "；": "semicolon", "，": "comma", ",": "comma", ";": "semicolon",
    "：": "colon", "、": "enumeration", "（": "open", "）": "close", "—": "comma", "…": "comma",
}  # fmt: skip
_BASE = (
    r"(?:(?P<{0}>(?:19|20)\d\d)年(?:度|末|底)?(?:（[^（）]{{0,10}}）)?|上一?年同期|去年同期|上同期|上一?年(?:末|底)?(?:度)?|上一(?:年)?度|去年(?:度)?|前年|同期|往年|上期)"
    r"(?:的)?(?:年初|全年|年度|调整后?)?(?:财政拨款)?(?:“?三公”?经费(?:财政拨款)?(?:年初|全年)?)?(?:收入|支出)?(?:决算|预算|执行|实际|累计)?(?:收入|支出)?(?:数字|数|总额|情况|金额|安排)?"
)
_PLAN = r"(?:年初|全年|年度|调整后?的?|当年|本年)?(?:部门)?(?:支出|收入)?(?:预算|决算)(?:支出|收入)?(?:数|安排|总额|批复数)?|年初"
_CHANGE_AHEAD = r"(?=(?:数)?(?:均|各|都|分别|有所|略有|大幅|总体|共|所)?(?:增|减|下|上|降|压|提|持|一致|基本))"

_AMOUNT_COMPARED = r"(?:的)?(?=约?\d[\d,.]*\s*[\u4e00-\u9fff%]{1,4}?(?:相比|比较|对比|相较))"

_BUDGET = "(?:年初|全年|年度|调整后?的?)?预算(?:数|金额|总额|安排)?(?=约?\\d)"
_UP_OR_DOWN = "(?:增|减|下降|上升|降低|压减)"
_EACH_OF = "(?:为|是|占|达|增加|减少|增长|下降)"
_LISTED = r"\d[\d,]*(?:\.\d+(?:万元|元|%)?|万元|元|%)[、,，和](?!20\d\d年)\d"


@cache
def _lexicon() -> re.Pattern[str]:
    words = cues()
    guard = one_of(words.change_guard)
    after = r"(?:率|幅度|比例|额|数|了|金额)?"
    return re.compile(
        "|".join(
            (
                rf"(?P<compare>(?:较|比(?!例|重|率|价|赛|较|对|分)|相比于?|相较于?)(?:于)?(?:{_BASE.format('y1')}|{_PLAN})(?:相比较?|对比|比较|比)?"
                rf"|在{_BASE.format('y3')}(?:的)?基础上"
                rf"|(?:与|同|和|对比)(?:{_BASE.format('y2')}|{_PLAN})(?:(?:相比较?|对比|比较|相较|比)|{_CHANGE_AHEAD})|(?:与|同|和){_BASE.format('y4')}{_AMOUNT_COMPARED}|同比(?:上一?年度?|去年|上年同期|往年)?|环比|对比(?={_UP_OR_DOWN}))",
                r"(?P<completion>(?:完成|占|达到?|(?<![一二三四五六七八九十])是|为)(?:了)?(?:年初|全年|年度|当年|本年|调整后?的?|批复|年中|收入|支出|部门|财政拨款|的)*预算(?:支出|收入|目标)?(?:数|总额|安排|任务)?的?(?=[\d约-])"
                r"|完成(?:了)?(?:年初|全年|年度|当年|本年|调整后?的?|批复|年中|收入|支出|部门|财政拨款|的)*预算(?:支出|收入|目标)?(?:数|总额|安排|任务)?的?"
                r"|完成(?:年度|全年|市级|省级|县级|既定|计划)?(?:目标)?任务数?的?(?=\d)|完成(?:了)?(?=\d+(?:\.\d+)?%))",
                rf"(?P<share>(?<![药耗])(?:{one_of(words.share)})(?!{one_of(words.share_guard)}))",
                rf"(?P<signed>{one_of(words.signed)}(?:率|幅度|额)?(?:为)?(?=-?\d))",
                rf"(?P<up>{one_of(words.up)}(?!{guard}){after}(?:（(?:增长|减少|下降|增加|降低)）)?|(?<![最至不更])(?:多|增|高|升|高于|大于)(?:出)?(?:了)?(?=\d)|(?:超出|超过|超){_BUDGET})",
                rf"(?P<down>{one_of(words.down)}(?!{guard}){after}(?:（(?:增长|减少|下降|增加|降低)）)?|(?<![最至不更缩减])(?:少|减|降|低|低于|小于|节约|节省|节支)(?:了)?(?=\d)|低于{_BUDGET})",
                rf"(?P<part>其中(?=，)|{one_of(words.part)}(?=[^，。；]))",
                rf"(?P<respectively>(?:分别|各自?(?={_EACH_OF}{_LISTED}))(?:{_EACH_OF})?)",
            )
        )
    )


def read_tokens(text: str, ignored: list[Span]) -> list[Token]:
    """Tokens of a folded text in order; white space and dropped asides leave none.

    ``公务接待费支出0.07万元，占5.07%`` → words, amount, comma, share, amount.
    """
    return list(_join_brackets(list(_split(text, ignored)), text))


def _split(text: str, ignored: list[Span]) -> Iterator[Token]:
    found = (*find_amounts(text), *find_formal_amounts(text), *find_spelled_counts(text))
    amounts = dict(_unbracket(a, text) for a in found if not _inside(a.start, a.end, ignored))
    fixed = {span.start: span for span in ignored}
    lexicon, position, pending = _lexicon(), 0, 0
    marks = iter(sorted({*amounts, *fixed, *(match.start() for match in _MARK.finditer(text))}))
    mark, cue = next(marks, len(text)), lexicon.search(text)
    while (at := min(mark, cue.start() if cue else len(text))) < len(text):
        token, stop = _token_at(text, at, amounts, fixed, cue if cue and cue.start() == at else None)
        if token is not None or stop > at:
            if pending < at:
                yield Token("words", pending, at, text[pending:at])
            if token is not None:
                yield token
            pending = stop
        position = max(stop, at + 1)
        while mark < position:
            mark = next(marks, len(text))
        if cue is not None and cue.start() < position:
            cue = lexicon.search(text, position)
    if pending < len(text):
        yield Token("words", pending, len(text), text[pending:])


def _unbracket(amount: Amount, text: str) -> tuple[int, Amount]:
    """Where an amount's token starts, and the amount: ``（163,486）人`` is one amount with its unit."""
    after = text[amount.unit_end :]
    if amount.unit is None and text[: amount.start].endswith("（") and (unit := _UNIT_BEHIND.match(after)):
        return amount.start - 1, amount._replace(unit=unit[1], unit_end=amount.unit_end + unit.end())
    return amount.start, amount


_UNIT_BEHIND = re.compile(r"）(人次|人|万元|元|家|户|件|个|辆|批次)")


def _token_at(
    text: str, at: int, amounts: dict[int, Amount], fixed: dict[int, Span], match: re.Match[str] | None
) -> tuple[Token | None, int]:
    """The token that starts here, a cue where ``match`` is one, and where reading goes on; (None, at) for plain words."""
    if match is not None:
        kind = match.lastgroup if match.lastgroup not in ("y1", "y2", "y3", "y4") else "compare"
        year = match["y1"] or match["y2"] or match["y3"] or match["y4"] if kind == "compare" else None
        token = Token(kind, at, match.end(), match[0], year=int(year) if year else None)  # type: ignore[arg-type]
        return token, match.end()
    year_match = (_YEAR_OF_STOCK.match(text, at) or _YEAR.match(text, at)) if text[at].isdigit() else None
    if year_match is not None:
        return Token("year", at, year_match.end(), year_match[0], year=int(year_match[1])), year_match.end()
    if (amount := amounts.get(at)) is not None:
        return Token("amount", at, amount.unit_end, text[at : amount.unit_end], amount), amount.unit_end
    if (span := fixed.get(at)) is not None:
        return _token_of(span, text), span.end
    if (kind_of := _PUNCTUATION.get(text[at])) is not None:
        return Token(kind_of, at, at + 1, text[at]), at + 1
    return None, at


_MARK = re.compile(rf"[{re.escape(''.join(_PUNCTUATION))}]|(?<!\d)(?:19|20)\d\d年")
_YEAR_OF_STOCK = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年[初末](?:结|预算|财政拨款结))")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:度|末|底|初|以来|上半年|下半年|期间)?(?!\d)(?![-—~～至到]\d{4}年?)")


def _token_of(span: Span, text: str) -> Token | None:
    if span.kind == "drop":
        return None
    printed = text[span.start : span.end]
    if span.kind == "inline":
        return Token("words", span.start, span.end, printed)
    year = re.match(r"((?:19|20)\d\d)年\d", printed)
    return Token("date", span.start, span.end, printed, year=int(year[1]) if year else None)


def _inside(start: int, end: int, ignored: list[Span]) -> bool:
    index = bisect_right([span.start for span in ignored], end - 1)
    return any(span.start < end and start < span.end for span in ignored[max(index - 3, 0) : index])


def _join_brackets(tokens: list[Token], text: str) -> Iterator[Token]:
    """A bracket without amounts is part of the words around it (因公出国（境）费); words that touch are one token."""
    position, held = 0, None
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "open" and (close := _plain_bracket(tokens, position)) is not None:
            token = Token("words", token.start, tokens[close].end, text[token.start : tokens[close].end])
            position = close
            if held is None and close and _follows_amount(tokens, token):
                position += 1
                continue
        if token.kind == "words" and held is not None and held.end == token.start:
            held = Token("words", held.start, token.end, text[held.start : token.end])
        else:
            if held is not None:
                yield held
            held = token if token.kind == "words" else None
            if token.kind != "words":
                yield token
        position += 1
    if held is not None:
        yield held


def _follows_amount(tokens: list[Token], opening: Token) -> bool:
    """Whether a bracket stands right after an amount, so that it explains the amount and names nothing."""
    return any(token.kind == "amount" and token.end == opening.start for token in tokens)


def _plain_bracket(tokens: list[Token], start: int) -> int | None:
    depth = 0
    for position in range(start, min(start + 40, len(tokens))):
        kind = tokens[position].kind
        if kind == "amount":
            return None
        depth += (kind == "open") - (kind == "close")
        if depth == 0:
            return position
    return None
