"""Headings → sections with their path, role, project and scope."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.layout.headings import CHAPTER, FORM, PART, SECTION, TITLE, Heading
from knowledge.layout.scopes import find_scope
from knowledge.models import Identity, Line, ReportKind, Role, Section
from knowledge.text import squeeze

_APPENDED = re.compile(r"附件|附表|绩效(?:自评|评价)|自评(?:报告|表)|申报表|目标表|评价报告")
_ACCOUNTS = re.compile(r"[决预]算(?:公开)?(?:报表|表格?)$")
_GLOSSARY = re.compile(r"名词解释|专业名词|名词说明")
_PROJECTS = re.compile(r"项目(?:支出)?绩效(?:评价|自评)(?:报告|结果|情况)?$|项目绩效$")
_GENERIC = re.compile(
    r"概况|情况|结论|材料|问题|措施|建议|分析|目标|评价|经验|做法|组织|管理|总体|结果|其他|报告|基本|附件|说明|绩效"
)
_AMOUNT_TAIL = re.compile(r"[\d.,，]+\s*(?:万元|元|亿元|万)$")
_SUBJECT_TITLE = re.compile(r"^(.{4,40}?)(?:20\d\d年(?:度)?)?(?:项目)?(?:支出)?(?:绩效(?:自评|评价)|自评)(?:报告|表)$")
_MONEY = re.compile(
    r"(?!.{0,4}(?:项目|专项|财政|预算|配套)资金)[^、，。：《》]{4,36}(?:资金|经费|补助|项目)(?:（[^（）]+）)?"
)
_YEAR = re.compile(r"^20\d\d年(?:度)?")
_SUMMARY = re.compile(r"^“?([^：，。；]{3,40}?)”?(?:项目)?(?:支出)?(?:绩效)?自评(?:综述|情况|结论|结果)?(?:情况)?：")
_SCORED = re.compile(
    r"^(?:20\d\d年(?:度)?)?“?([^：，。；]{3,40}?)”?项目(?:支出)?(?:绩效)?自评(?:综合)?(?:得分|评分)(?:为|是|达)?\d"
)
_ORDINAL = re.compile(r"^(?:\d{1,2}[.、．]|（[一二三四五六七八九十\d]{1,2}）)")
_HEADED = re.compile(r"^(?:\d{1,2}[.、．]|（[一二三四五六七八九十\d]{1,2}）)?[^：，。；]{0,16}(?:结果|情况)。")
"""A heading that runs into the text of the first project below it."""
_NUMBERED = re.compile(
    r"^(?:（\d{1,2}）)?项目[一二三四五六七八九十\d]{1,3}[、：]?“?([^：，。；]{3,40}?)”?(?:项目)?(?:支出)?(?:绩效|自评|实施|完成)+情况："
)
_WHOLE = re.compile(r"部门|整体|单位|决算|预算项目|年度?$|^(?:项目|绩效)|情况|结果|我|(?<!基)本")


def build_sections(
    headings: Sequence[Heading], lines: Sequence[Line], end: int, body: int, identity: Identity
) -> tuple[Section, ...]:
    """One section per heading, in printed order, and one for what stands before the first heading."""
    first = lines[body].start if body < len(lines) else end
    opening = Section(path="", titles=(), start=first, end=lines[headings[0].line].start if headings else end)
    sections = [opening]
    stack: list[Heading] = []
    for position, heading in enumerate(headings):
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        stack.append(heading)
        stop = lines[headings[position + 1].line].start if position + 1 < len(headings) else end
        sections.append(_build_section(tuple(stack), lines[heading.line].start, stop, identity))
    return tuple(sections)


def _build_section(path: tuple[Heading, ...], start: int, end: int, identity: Identity) -> Section:
    titles = tuple(heading.title if not heading.run_in else "" for heading in path)
    named = [title for title in reversed(titles) if title]
    return Section(
        path=">".join(heading.ordinal for heading in path),
        titles=titles,
        start=start,
        end=end,
        role=find_role(path, identity.kind),
        subject=find_subject(path, identity),
        scope=next((scope for title in named if (scope := find_scope(title)) is not None), None),
    )


def find_role(path: Sequence[Heading], kind: ReportKind) -> Role:
    """Glossary (名词解释), an appended performance report, or the main report.

    Tables of accounts (附件：…决算公开报表) belong to the main report. In a report that is itself a 绩效自评 only what is
    appended to it (附件, 自评表) is appended. What is appended behind the glossary without a part of its own is no glossary.
    """
    for heading in reversed(path):
        if _GLOSSARY.search(heading.title) and not heading.run_in:
            return Role.GLOSSARY
        if heading.level in (PART, TITLE) and _ACCOUNTS.search(heading.title) and "绩效" not in heading.title:
            return Role.MAIN
        if heading.level in (PART, TITLE, FORM) and _APPENDED.search(heading.title or heading.ordinal):
            if kind is ReportKind.PERFORMANCE_SELF_EVALUATION and not re.search(r"附件|附表|表$", heading.title):
                continue
            return Role.PERFORMANCE
    return Role.MAIN


def find_subject(path: Sequence[Heading], identity: Identity) -> str | None:
    """The project that a section is about.

    The title of a project's own report (``曾都区医疗救助地方配套2020年度绩效自评报告``), or a heading that names a project below
    a heading 项目绩效评价报告 (``五、参保缴费专项经费``, ``（2）…缺经费 42.724 万元``), or a paragraph that sums up its
    self-evaluation (``1.农村公路养护项目自评综述：…``).
    """
    under_projects = False
    subject: str | None = None
    for heading in path:
        title = squeeze(heading.title)
        named = _named_project(heading, title, identity)
        if named or (named := _own_part(heading, title, identity)):
            subject = named
        elif _PROJECTS.search(title):
            under_projects = True
        elif under_projects and subject is None and not heading.run_in and CHAPTER <= heading.level != FORM:
            subject = _listed_project(heading, title)
    return subject


def _named_project(heading: Heading, title: str, identity: Identity) -> str | None:
    """The project that a report's title or the opening of a summary names."""
    if heading.run_in:
        return find_summarized(title)
    own = _SUBJECT_TITLE.match(title) if heading.level == TITLE else None
    if own is None or _WHOLE.search(own[1]):
        return None
    bodies = (identity.agency, *identity.agency_aliases)
    name = _without_place(own[1], identity)
    return name if len(name) >= 3 and not any(body.endswith(name) for body in bodies) else None


def _own_part(heading: Heading, title: str, identity: Identity) -> str | None:
    """The money that a part of a self-evaluation of several is about: 第二部分 医疗救助补助资金."""
    evaluated = identity.kind is ReportKind.PERFORMANCE_SELF_EVALUATION and heading.level in (PART, CHAPTER)
    if not evaluated or heading.run_in or not _MONEY.fullmatch(title) or _WHOLE.search(title):
        return None
    return title


def find_summarized(text: str, *, headed: bool = False) -> str | None:
    """The project whose self-evaluation a text begins to sum up: ``“残疾人康复”项目自评综述：…`` → 残疾人康复,
    ``（1）项目一 村庄规划编制经费项目绩效情况：…`` → 村庄规划编制经费, ``宣传经费项目绩效自评得分为95分`` → 宣传经费. A text may be
    ``headed`` by a heading of its own."""
    text = _ORDINAL.sub("", _HEADED.sub("", text) if headed else text)
    summary = _NUMBERED.match(text) or _SUMMARY.match(text) or _SCORED.match(text)
    return summary[1] if summary and not _WHOLE.search(summary[1]) else None


def _listed_project(heading: Heading, title: str) -> str | None:
    """The project that a heading in a list of projects names; 项目概况 and the like name none."""
    name = _AMOUNT_TAIL.sub("", title)
    if len(name) < 3 or _GENERIC.fullmatch(name) or (heading.level <= SECTION and _GENERIC.search(name)):
        return None
    return name


def _without_place(name: str, identity: Identity) -> str:
    name = _YEAR.sub("", name)
    for prefix in (identity.agency, *identity.agency_aliases, identity.place or ""):
        if prefix and name.startswith(prefix) and len(name) > len(prefix) + 2:
            name = name.removeprefix(prefix).strip("：:、")
            break
    about = name.removesuffix("的") if name.startswith("关于") else name
    return _YEAR.sub("", about.removeprefix("关于"))
