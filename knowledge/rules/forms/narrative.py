"""Running text inside a form (年度目标完成情况, 项目实施内容及过程概述, 评价结论) → paragraphs for the statement rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from knowledge.layout.blocks import Paragraph, Report
from knowledge.layout.form_words import Word
from knowledge.layout.segments import split_sentences
from knowledge.models import Section
from knowledge.rules.base import Claim, Ignored, Reading
from knowledge.rules.forms.claims import Setting
from knowledge.rules.statements import read_paragraph
from knowledge.text import join_lines

_END = ("。", "；", "！", "；")
_FRAGMENTS = frozenset(
    [
        "绩效指标",
        "年度绩效指标",
        "项目",
        "基本",
        "情况",
        "预算",
        "执行",
        "绩效",
        "指标",
        "评价",
        "结论",
        "存在",
        "问题",
        "改进",
        "措施",
        "目标",
        "年度",
        "总体",
        "无",
        "度",
        "标",
        "指",
        "效",
        "绩",
        "门",
        "部",
        "整",
        "体",
        "情",
        "况",
        "（10",
        "（90",
        "分）",
    ]
)
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_AIM = re.compile(r"目标\s*\d|目标[一二三四五六七八九]")
_DEED = re.compile("(?:全年|本年度?)?(?:已|共|均|累计|按时|按期|圆满)?完成|[^，。；]{0,24}已|(?:全年|本年度?|累计)")
"""How a text begins that tells what was done."""
_DONE = re.compile(r"目标\s*[\d一二三四五六七八九]*\s*(?:实际)?完成情况")


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of running text; ``aim`` says that it tells what was planned, not what was done."""

    lines: tuple[tuple[Word, ...], ...]
    aim: bool = False


def read_text(text: Text, section: Section, report: Report, setting: Setting) -> Reading:
    """What a text of a form claims, each claim with the form's project, body and year."""
    spans = [(words[0].start, words[-1].end) for words in text.lines if words]
    flow = join_lines(report.source.text, spans)
    if not flow.text:
        return Reading()
    reading = read_paragraph(Paragraph(flow, split_sentences(flow), section), report)
    reading.ignored += [Ignored(*flow.span(*match.span(1)), "日期") for match in _YEAR.finditer(flow.text)]
    reading.claims = [_of_form(claim, setting, text.aim) for claim in reading.claims]
    return reading


def _of_form(claim: Claim, setting: Setting, aim: bool) -> Claim:
    changed = claim._replace(
        subject=claim.subject or setting.subject,
        agency=claim.agency or setting.agency,
        year=claim.year or setting.year,
    )
    return changed._replace(measure="目标值") if aim and claim.measure not in ("增减额", "增减率") else changed


def plain_text(words: Sequence[Word], *, aim: bool = False) -> Text:
    """All words of a zone as one text, without pieces of side labels."""
    return Text(tuple(_lines(words)), aim)


def goal_texts(words: Sequence[Word]) -> Iterator[Text]:
    """What was planned and what was done, printed one after the other from two columns.

    The planned text ends where the lines become and stay narrower, or else with its first sentence; a line across both
    columns is cut at its gap.
    """
    lines = _lines(words)
    if lines and _across(lines[-1]):
        yield from _cut_across(lines)
        return
    if len(lines) < 2:
        yield Text(tuple(lines), aim=False)
        return
    border = _border(lines)
    yield Text(tuple(lines[:border]), aim=True)
    yield Text(tuple(lines[border:]))


def _cut_across(lines: Sequence[tuple[Word, ...]]) -> Iterator[Text]:
    """Both texts when the last line holds the end of each: what stands left of its gap ends the planned one."""
    last = lines[-1]
    cut = next(index for index, word in enumerate(last) if word.text.endswith("。")) + 1
    widths = [_width(line) for line in lines[:-1]]
    narrower = [border for border in range(1, len(widths)) if max(widths[border:]) <= 0.85 * max(widths[:border])]
    border = narrower[0] if narrower else len(widths)
    yield Text((*lines[:border], last[:cut]), aim=True)
    yield Text((*lines[border:-1], last[cut:]))


def _is_label(word: Word) -> bool:
    return word.text in _FRAGMENTS or word.text.startswith("绩效指标（")


def _across(line: Sequence[Word]) -> bool:
    return (
        len(line) > 1 and any(word.text.endswith("。") for word in line[:-1]) and line[-1].text.endswith(("。", "；"))
    )


def _lines(words: Sequence[Word]) -> list[tuple[Word, ...]]:
    lines = [tuple(group) for _, group in groupby(words, key=lambda word: word.line)]
    kept = []
    for line in lines:
        start = next((index for index, word in enumerate(line) if not _is_label(word)), len(line))
        if start < len(line):
            kept.append(line[start:])
    return kept


def _border(lines: Sequence[Sequence[Word]]) -> int:
    """Where the done text begins: where it says so, else after the first sentence end that leaves two evenly wrapped texts,
    else where a blank line sets it apart, else before a second line that tells what was done."""
    told = next((i for i, line in enumerate(lines) if _DONE.match("".join(word.text for word in line))), 0)
    if told:
        return told
    aims = [index for index, line in enumerate(lines) if _AIM.match("".join(word.text for word in line))]
    least = aims[-1] + 1 if aims else 1
    ends = [index for index in range(least, len(lines)) if lines[index - 1][-1].text.endswith(_END)]
    even = [index for index in ends if _even(lines[:index]) and _even(lines[index:])]
    return (even or ends or _apart(lines) or _told_done(lines) or [len(lines)])[0]


def _apart(lines: Sequence[Sequence[Word]]) -> list[int]:
    """The one line that more white space parts from the line before it than the others."""
    gaps = [after[0].start - before[-1].end for before, after in pairwise(lines)]
    wide = [index + 1 for index, gap in enumerate(gaps) if gap > min(gaps)]
    return wide if len(wide) == 1 else []


def _told_done(lines: Sequence[Sequence[Word]]) -> list[int]:
    """The second of two lines that end no sentence, where it says what was done: 完成全覆盖检查，追回资金20万元."""
    printed = ["".join(word.text for word in line) for line in lines]
    apart = len(lines) == 2 and not printed[0].endswith(("，", "、"))
    return [1] if apart and _DEED.match(printed[1]) else []


def _even(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether every line that does not end a sentence is about as wide as the widest."""
    widest = max(map(_width, lines))
    return all(_width(line) >= 0.8 * widest for line in lines[:-1] if not line[-1].text.endswith(_END))


def _width(line: Sequence[Word]) -> int:
    return sum(len(word.text) for word in line)
