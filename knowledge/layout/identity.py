"""Which body, which fiscal year, what kind of report, which title: found from what the report itself prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.layout.bodies import choose_body, find_bodies, find_called, find_renamed
from knowledge.layout.headings import parse_heading
from knowledge.models import Identity, ReportKind, Source
from knowledge.regions import codes_by_name, codes_by_stem, leading_regions
from knowledge.text import squeeze

_YEAR = re.compile(r"(20[0-4]\d)\s*年(度)?")
_SPOKEN: tuple[tuple[ReportKind, re.Pattern[str]], ...] = (
    (ReportKind.FINAL_ACCOUNT, re.compile("决算(?:数|为|总额|支出|情况)")),
    (ReportKind.PERFORMANCE_SELF_EVALUATION, re.compile("绩效自?评|自评")),
    (ReportKind.BUDGET, re.compile("预算(?:为|数|安排|总额|总计)")),
)
"""What sentences say, where neither titles nor headings do."""
_FORM = re.compile(r"\S{0,20}?(?:评|评价|情况|目标)表\S{0,12}")
_HEAD = 14
"""So many lines may hold the title."""
_LABEL = re.compile(
    r"附\s*件\s*\d*(?:[-—]\d+)?\s*[：:、.．]?\s*|标\s*题\s*[：:]?\s*|(?:信\s*息)?名\s*称(?:\s*[：:]|\s)\s*"
)
"""What stands before a title and is no part of it."""
_BARE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?![\d年-])")
_LONGEST_TITLE = 60
_TITLE = re.compile(r"(?:决算|预算|绩效|自评|报告|公开)")
_KINDS: tuple[tuple[ReportKind, re.Pattern[str]], ...] = (
    (
        ReportKind.FINAL_ACCOUNT,
        re.compile(r"(?:部门|单位|本级|收入|支出|财政拨款)[^，。]{0,12}决算|决算(?:表|公开|情况说明|说明)"),
    ),
    (
        ReportKind.PERFORMANCE_SELF_EVALUATION,
        re.compile(r"绩效(?:自评|评价)(?:报告|表|情况|指标)?|自评(?:报告|表|得分)"),
    ),
    (
        ReportKind.BUDGET,
        re.compile(r"(?:部门|单位|本级|收入|支出|财政拨款)[^，。]{0,8}预算(?!执行|绩效)|预算(?:表|公开|情况说明|说明)"),
    ),
)


_ANNOUNCED = re.compile(r"(?:公布|公开|公示|说明|报告)如下")


def _titled(word: str) -> re.Pattern[str]:
    return re.compile(rf"20\d\d年?(?:度)?[^。，]{{0,30}}{word}|{word}[^。，]{{0,6}}20\d\d年")


_TITLED: tuple[tuple[ReportKind, re.Pattern[str]], ...] = (
    (ReportKind.FINAL_ACCOUNT, _titled("决算")),
    (ReportKind.PERFORMANCE_SELF_EVALUATION, _titled("(?:绩效|自评)")),
    (ReportKind.BUDGET, _titled("预算")),
)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and "。" not in text


def find_identity(
    source: Source, *, agency: str | None = None, year: int | None = None, title: str | None = None
) -> Identity:
    """Body, year, kind and title of a report; what the caller says overrides what is found.

    A report without a recognisable body is filed under the name of its file, one without a year under year 0.
    """
    texts = [source.folded[line.start : line.end].strip(" \u3000\u00a0#*-\t|") for line in source.lines]
    texts = [_digit_years(text) for text in texts if text]
    texts[:_HEAD] = [bare for text in texts[:_HEAD] if (bare := text[_label_end(text) :])]
    head = texts[:_HEAD]
    chosen = choose_body(find_bodies(texts, head, source.document))
    found, aliases = chosen if chosen else (None, ())
    body = agency or found or source.document.rsplit(".", 1)[0]
    kind = find_kind(texts, head, source.document)
    fiscal = year or find_fiscal_year(texts, head, source.document) or 0
    return Identity(
        agency=body,
        year=fiscal,
        kind=kind,
        title=title or find_title(head, found) or f"{body}{fiscal}年度{kind.value}",
        agency_aliases=tuple(
            dict.fromkeys(
                name
                for name in (
                    *((found,) if found else ()),
                    *aliases,
                    *find_called(texts, body),
                    *find_renamed(texts, body),
                )
                if name != body
            )
        ),
        place=find_place(body) or _opening_place(title or find_title(head) or ""),
    )


_SPELLED_YEAR = re.compile("二[〇○零][〇○零一二三四][〇○零一二三四五六七八九](?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def _digit_years(text: str) -> str:
    """Spelled years in digits: 二○二四年 → 2024年."""
    return _SPELLED_YEAR.sub(lambda match: match[0].translate(_DIGITS), text) if "二" in text else text


_ABOVE = re.compile("中共|共产党|政协|协商会议|共青团|[省市州盟旗区县]$")


def _label_end(text: str) -> int:
    match = _LABEL.match(text)
    return match.end() if match else 0


def find_place(name: str) -> str | None:
    """The innermost place of a body's name: 株洲市石峰区医疗保障局 → 石峰区."""
    places = re.findall(
        r"[\u4e00-\u9fff]{1,9}?(?:省|自治区|自治州|自治县|市|州(?![市县区])|盟|县|(?<![社园校景])区|旗|镇|乡|街道)",
        name,
    )
    last = places[-1] if places else ""
    return next((last[start:] for start in range(len(last)) if _is_inner(last, start)), last) or None


def _opening_place(title: str) -> str | None:
    """The place that a title begins with, for a body that is named without one: 甲盟养老保险补助资金绩效自评报告."""
    bare = title.split("：")[-1]
    _, end = leading_regions(bare)
    return bare[:end] or None


def _is_inner(name: str, start: int) -> bool:
    """Whether a known place begins here, behind nothing or behind words that lie around it: 渠县 in 四川渠县, not 南县 in 湘南县."""
    before = name[:start]
    return name[start:] in codes_by_name() and (not before or before in codes_by_stem() or bool(_ABOVE.search(before)))


def find_kind(texts: Sequence[str], head: Sequence[str], document: str) -> ReportKind:
    """部门决算, 部门预算 or 绩效自评: by title and file name, else by what most headings and titles name."""
    opening = ""
    printed = [text for text in head if not _NAVIGATION.search(squeeze(text))]
    for text in [document, *(text for text in printed[:6] if _is_title(text))]:
        opening += squeeze(text)
        for kind, word in _TITLED:
            if word.search(opening):
                return kind
    titles = [text for text in texts if (heading := parse_heading(0, text)) is not None and not heading.run_in]
    votes = {kind: sum(bool(pattern.search(text)) for text in titles) for kind, pattern in _KINDS}
    best = max(votes, key=lambda kind: votes[kind])
    if votes[best]:
        return best
    form = next((match[0] for text in head[:1] if (match := _FORM.match(squeeze(text)))), "")
    announced = next((bare for text in head if _ANNOUNCED.search(bare := squeeze(text))), form)
    named = next((kind for kind, word in _TITLED if word.search(announced)), None)
    text = squeeze("".join(texts))
    return named or next((kind for kind, words in _SPOKEN if words.search(text)), ReportKind.OTHER)


def find_fiscal_year(texts: Sequence[str], head: Sequence[str], document: str) -> int | None:
    """The year that the report accounts for: as titles say it, else the one that its sentences name most."""
    votes: Counter[int] = Counter()
    titles = [text for text in head if _is_title(text)]
    for weight, lines in ((60, [document]), (12, titles), (1, texts)):
        for text in lines:
            for year, fiscal in _YEAR.findall(text):
                votes[int(year)] += weight * (3 if fiscal else 1)
    votes.update({int(year): 6 for year in _BARE_YEAR.findall(document)})
    return votes.most_common(1)[0][0] if votes else None


_NAVIGATION = re.compile(
    "首页|收藏|无障碍|长者|适老|登录|注册|字体|字号|浏览|索引号|当前位置|文号|成文日期|公开方式|主题分类|有效性"
    "|[>＞].+[>＞]|公开目录|(?:发布|生成|公开|发文)(?:时间|日期|机构|机关|单位)|来源：|责任部门|(?:信息|公开)?(?:分类|类别)[：:]|关键词[：:]|内容概述"
)
"""What stands on a page around its report: links, and what the page says of itself."""


def find_title(head: Sequence[str], body: str | None = None) -> str | None:
    """The title as printed in the first lines: ``2022 年度`` / ``四川省渠县医疗保障局部门决算`` joined; None where there is none.

    One that names the body goes before one that stands above it: 甲省2022年度部门决算公开说明 / 乙县林业局2022年度部门决算.
    """
    first = _title_at(head)
    if body is None or first is None or body in first:
        return first
    own = (_title_at(head[place:]) for place, text in enumerate(head) if squeeze(text).startswith(body))
    return next((title for title in own if title), first)


def _title_at(head: Sequence[str]) -> str | None:
    pieces: list[str] = []
    for text in head[:6]:
        bare = squeeze(text.split("|")[0])
        if bare in {"目录", "目次"} or re.match(r"第?[一二三]+(?:部分|、)", bare):
            break
        if len(bare) > 40 or bare[-1:] in "。，；：":
            break
        if bare not in pieces and not _NAVIGATION.search(bare):
            pieces.append(bare)
        if re.search(r"(?:决算|预算|报告|自评表|公开|说明|情况|预算表|决算表)$", bare) and _YEAR.search(
            "".join(pieces)
        ):
            break
    title = "".join(pieces)
    return title if _TITLE.search(title) and 6 <= len(title) <= 60 else None
