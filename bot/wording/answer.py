"""Answer → the text of the chat: number first, then what it is, its change and parts, where it stands, what was taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.models import Answer, Citation, Result, ShownFigure
from bot.wording import phrase
from bot.wording.places import render_place
from knowledge.sort_keys import base_value
from knowledge.text import is_chinese

LONGEST_QUOTE = 120
SOURCES = 3
_NEARLY = Decimal("0.999")
_CHANGES = ("增减额", "增减率", "完成率")
_SCOPES = {"全部": "全部资金口径", "财政拨款": "财政拨款口径"}
_SAID_BY_NAME = ("数量", "均值")


def render_text(answer: Answer) -> str:
    """The plain text of an answer."""
    body, notes = _body(answer), list(answer.notes)
    lines = [*notes, *body] if answer.question.operation in ("verification", "definition") else [*body, *notes]
    lines += [*(phrase("answers.warning", warning=text) for text in answer.warnings)]
    if answer.choices:
        one = "answers.choices_one" if len(answer.choices) == 1 else "answers.choices"
        heading = one if answer.status == "needs_choice" else "answers.near"
        lines.append(phrase(heading))
        lines += [
            phrase("answers.choice", number=number, label=choice.label)
            for number, choice in enumerate(answer.choices, start=1)
        ]
    return "\n".join(line for line in lines if line)


def _body(answer: Answer) -> list[str]:
    if answer.statements:
        return _statements(answer)
    if not answer.figures and not answer.results:
        return []
    asked = list(answer.figures[: answer.asked or 1])
    if answer.question.operation in ("ranking", "comparison", "trend") and answer.results:
        lines = _list(answer)
    else:
        lines = _figures(answer, asked)
    return [*lines, *_sources(answer, asked)]


def _figures(answer: Answer, asked: Sequence[ShownFigure]) -> list[str]:
    worked_out = [line for result in answer.results for line in _result_lines(result)]
    printed = [phrase("answers.figure", amount=amount_of(figure), what=describe(figure)) for figure in asked]
    lines = printed + worked_out if not _first_worked_out(answer) else worked_out + printed
    return [*lines, *_beside(answer, asked)]


def _first_worked_out(answer: Answer) -> bool:
    return bool(answer.results) and not answer.results[0].label.startswith("折合")


def _result_lines(result: Result) -> list[str]:
    amount = f"{result.value}{result.unit or ''}"
    if result.label.startswith("折合"):
        return [phrase("answers.converted", amount=amount, formula=result.formula or "")]
    year = f"{result.year}年" if result.year else ""
    lines = [phrase("answers.worked_out", amount=amount, label=f"{result.agency or ''}{year}{result.label}")]
    return [*lines, phrase("answers.formula", formula=result.formula)] if result.formula else lines


def _beside(answer: Answer, asked: Sequence[ShownFigure]) -> list[str]:
    """Change and completion, parts, then the other scopes."""
    if not asked:
        return []
    first, rest = asked[0], answer.figures[len(asked) :]
    own = [figure for figure in rest if figure.metric == first.metric and figure.subject == first.subject]
    changes = [_change(figure) for figure in own if figure.measure in _CHANGES]
    parts = [
        figure for figure in rest
        if figure not in own and figure.measure not in _CHANGES and len(asked) == 1 and figure.subject == first.subject
        and not (figure.measure == "得分" and figure.parent != first.metric)
    ]  # fmt: skip
    others = [figure for figure in rest if figure not in parts and figure.measure not in _CHANGES]
    lines = [phrase("answers.change", sentence="；".join(changes))] if changes else []
    for number, division in enumerate(find_divisions(parts, first)):
        key = "answers.parts_otherwise" if number else "answers.parts"
        lines.append(phrase(key, parts="，".join(_part(part, first) for part in division)))
    if others:
        lines.append(phrase("answers.others"))
        lines += [
            phrase("answers.other", amount=amount_of(figure), what=describe(figure, parent=True)) for figure in others
        ]
    return lines


def _part(part: ShownFigure, whole: ShownFigure) -> str:
    """A part with its amount; one of another body goes by the body's name."""
    return f"{part.metric if part.agency == whole.agency else part.agency}{amount_of(part)}"


def find_divisions(parts: Sequence[ShownFigure], total: ShownFigure) -> list[list[ShownFigure]]:
    """Parts told apart where they add up to the total and the rest does so again: 基本支出 and 项目支出, then the classes."""
    whole = base_value(Decimal(total.value), total.unit)
    amounts = [base_value(Decimal(part.value), part.unit) for part in parts]
    divisions: list[list[ShownFigure]] = [[]]
    done = Decimal(0)
    for place, part in enumerate(parts):
        again = sum(amounts[place:]) >= whole * _NEARLY
        if divisions[-1] and whole and done >= whole * _NEARLY and again:
            divisions.append([])
            done = Decimal(0)
        divisions[-1].append(part)
        done += amounts[place]
    return [division for division in divisions if division]


def _change(figure: ShownFigure) -> str:
    size = f"{figure.value.lstrip('-')}{figure.unit or ''}"
    if figure.measure == "完成率":
        return phrase("answers.completion", amount=size)
    if not figure.value.strip("-0."):
        return phrase("answers.same")
    falling = figure.value.startswith("-")
    if figure.measure == "增减率":
        return phrase("answers.down" if falling else "answers.up", amount=size)
    return phrase("answers.less" if falling else "answers.more", amount=size)


def _list(answer: Answer) -> list[str]:
    lines = []
    for number, result in enumerate(answer.results, start=1):
        amount = f"{result.value}{result.unit or ''}"
        year = f"{result.year}年" if result.year else ""
        what = f"{result.agency or ''}{year}{result.label}"
        line = phrase("answers.item", number=number, what=what, amount=amount)
        lines.append(f"{line}（{result.formula}）" if result.formula else line)
    return lines


def _statements(answer: Answer) -> list[str]:
    lines: list[str] = []
    for statement in answer.statements:
        lines.append(phrase("answers.quote", quote=join_wrapped(statement.text)))
        lines.append(phrase("answers.source", sources=_place(statement.citation)))
    return lines


def _sources(answer: Answer, asked: Sequence[ShownFigure]) -> list[str]:
    """Where the figures asked for stand, and the sentence that prints the first."""
    each = SOURCES if len(asked) == 1 or answer.question.operation == "citation" else 1
    citations = [citation for figure in asked for citation in figure.citations[:each]]
    if not citations:
        return []
    count = sum(len(figure.citations) for figure in asked)
    places: dict[str, dict[str, None]] = {}
    for citation in citations:
        place = render_place(citation.section, citation.line, citation.page)
        places.setdefault(citation.title, {}).setdefault(place)
    listed = sum(map(len, places.values()))
    shown = "；".join(
        phrase("answers.source_place", title=title, place="、".join(known)) for title, known in places.items()
    )
    sources = (
        phrase("answers.sources_more", sources=shown, count=count) if count > max(listed, len(citations)) else shown
    )
    lines = [phrase("answers.source", sources=sources)]
    quoted = asked if answer.question.operation == "citation" else asked[:1]
    quotes = dict.fromkeys(shorten(readable_quote(figure), figure) for figure in quoted)
    return [*lines, *(phrase("answers.quote", quote=quote) for quote in quotes)]


def _place(citation: Citation) -> str:
    place = render_place(citation.section, citation.line, citation.page)
    return phrase("answers.source_place", title=citation.title, place=place)


def readable_quote(figure: ShownFigure) -> str:
    """What to quote: a place that says it in words, rather than a table row of bare numbers."""
    quotes = [figure.quote, *(citation.quote for citation in figure.citations)]
    return next((quote for quote in quotes if any(map(is_chinese, quote))), figure.quote)


_CHINESE = "[\u4e00-\u9fff，。；：、（）“”《》]"
_WRAPPED = re.compile(rf"(?<={_CHINESE}) (?={_CHINESE})")
_SENTENCE = re.compile("[，。；]")


def join_wrapped(quote: str) -> str:
    """A sentence as a person reads it, without the gaps that wrapped lines leave between characters; a row as it is."""
    text = " ".join(quote.split())
    return _WRAPPED.sub("", text) if _SENTENCE.search(text) else text


def shorten(quote: str, figure: ShownFigure) -> str:
    """The part of a sentence or row around the number, wrapped lines joined."""
    text = join_wrapped(quote)
    if len(text) <= LONGEST_QUOTE:
        return text
    printed = figure.citations[0].printed if figure.citations else figure.value
    place = max(text.find(" ".join(printed.split())), 0)
    start = max(0, min(place - LONGEST_QUOTE // 2, len(text) - LONGEST_QUOTE))
    return f"{'……' if start else ''}{text[start : start + LONGEST_QUOTE]}{'……' if start + LONGEST_QUOTE < len(text) else ''}"


def amount_of(figure: ShownFigure) -> str:
    """Comparator, value and unit as printed."""
    return f"{figure.comparator or ''}{figure.value}{figure.unit or ''}"


def describe(figure: ShownFigure, *, parent: bool = False) -> str:
    """Body, year, project, metric, column, measure and scope: 渠县医疗保障局2022年三公经费决算数（财政拨款）."""
    subject = f"“{figure.subject}”" if figure.subject and figure.subject != figure.metric else ""
    scope = _SCOPES.get(figure.scope or "", f"{figure.scope}口径" if figure.scope else None)
    part = f"属{figure.parent}" if parent and figure.parent else None
    aside = [text for text in (_split(figure), scope, part) if text]
    qualified = f"（{'，'.join(aside)}）" if aside else ""
    return f"{figure.agency}{figure.year}年{subject}{figure.metric}{_measure(figure)}{qualified}"


def _measure(figure: ShownFigure) -> str:
    """The measure, where the metric's name does not say it already (参保人数 is a number)."""
    rate = figure.measure == "完成率" and figure.metric.endswith("执行率")
    said = rate or figure.measure in _SAID_BY_NAME or figure.metric.endswith(figure.measure)
    return "" if said else figure.measure


def _split(figure: ShownFigure) -> str | None:
    return figure.split if figure.split and figure.split not in (figure.metric, "合计") else None
