"""What there is: bodies, years, reports; what is known of one body; what the bot can do."""

from __future__ import annotations

from bot.answers.body_names import body_name
from bot.answers.drafts import Draft
from bot.answers.knowledge_base import Item, KnowledgeBase
from bot.answers.lookup import begin
from bot.models import Answer, Question

MOST = 20
_FIRST = (
    "本年支出合计",
    "本年收入合计",
    "支出总计",
    "收入总计",
    "基本支出",
    "项目支出",
    "三公经费",
    "机关运行经费",
    "政府采购支出总额",
    "人员经费",
    "公用经费",
    "资产总额",
    "绩效自评得分",
)


def answer_catalogue(base: KnowledgeBase, question: Question) -> Answer:
    """Bodies with their years; of a body named, its reports."""
    if question.agency_groups:
        return answer_overview(base, question)
    draft = Draft(base, question)
    if question.among or question.years:
        return _some_bodies(draft)
    count = base.agency_count()
    draft.note("catalogue_agencies", reports=base.report_count(), count=count)
    for agency_id, agency in base.agencies(MOST):
        draft.note("catalogue_agency", agency=agency, years="、".join(map(str, sorted(base.agency_years(agency_id)))))
    if count > MOST:
        draft.note("catalogue_more", count=count)
    return draft.finish("answered")


def _some_bodies(draft: Draft) -> Answer:
    """The bodies of a kind, a region or a year that have reports."""
    base, question = draft.base, draft.question
    said = "、".join(f"{year}年" for year in question.years) + (question.among.text if question.among else "")
    count, bodies = base.reporting(question.among, question.years, MOST)
    if not count:
        draft.note("no_body", names=said)
        return draft.finish("no_data")
    draft.note("catalogue_some", said=said, count=count)
    for agency_id, years in bodies:
        draft.note("catalogue_agency", agency=body_name(base, agency_id), years="、".join(map(str, years)))
    if count > MOST:
        draft.note("catalogue_more", count=count)
    return draft.finish("answered")


MOST_PROJECTS = 30


def answer_overview(base: KnowledgeBase, question: Question) -> Answer:
    """Reports and years of a body, and what can be asked of it, as choices."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    for agency_id in chosen.ids:
        reports = base.reports((agency_id,))
        years = sorted({report.year for report in reports if report.year is not None})
        draft.note("overview", agency=body_name(base, agency_id), count=len(reports), years="、".join(map(str, years)))
        for report in reports[:5]:
            draft.note("catalogue_report", title=report.title)
        _offer(draft, base, agency_id)
    return draft.finish("needs_choice" if _says_more(question) else "answered")


def _says_more(question: Question) -> bool:
    """Whether something was asked of the body that was not understood: a unit, a measure, a number."""
    return bool(
        question.unknown or question.unit or question.measures or question.scope or question.claimed is not None
    ) or (question.operation not in ("lookup", "overview", "catalogue"))


def answer_year(base: KnowledgeBase, question: Question) -> Answer:
    """Nothing but a year: the bodies that have a report of it."""
    draft = Draft(base, question)
    reports = [report for report in base.reports() if report.year in question.years]
    year = question.years[0]
    draft.note("year_of" if reports else "no_year_of", year=year)
    for report in reports[:MOST]:
        agency = body_name(base, report.agency_id) if report.agency_id else report.title
        draft.choose(f"{agency}{report.year}年", f"{agency}{report.year}年有哪些数据")
    return draft.finish("needs_choice" if reports else "no_data")


def _offer(draft: Draft, base: KnowledgeBase, agency_id: int) -> None:
    agency = body_name(base, agency_id)
    asked = draft.question.years
    for item in _important(base.items(agency_id))[:8]:
        year = asked[0] if asked and asked[0] in item.years else item.years[-1]
        draft.choose(f"{year}年{item.metric}", f"{agency}{year}年{item.metric}")


def _important(items: tuple[Item, ...]) -> list[Item]:
    own = [item for item in items if item.subject is None]
    first = [item for name in _FIRST for item in own if item.metric == name]
    return first + [item for item in own if item not in first]


def answer_projects(base: KnowledgeBase, question: Question) -> Answer:
    """The projects (项目) of a body, each as a question about its execution."""
    begun = begin(base, question)
    if isinstance(begun, Answer):
        return begun
    draft, chosen = begun
    for agency_id in chosen.ids:
        agency = body_name(base, agency_id)
        items = [item for item in base.items(agency_id) if item.subject]
        projects = {item.subject: item.years[-1] for item in items if item.subject}
        if projects:
            draft.note("projects", agency=agency, count=len(projects))
        else:
            draft.note("no_projects", agency=agency)
        for project, year in list(projects.items())[:MOST_PROJECTS]:
            draft.choose(f"{project}（{year}年）", f"{agency}{year}年{project}执行数")
    return draft.finish("answered" if draft.choices else "no_data")


def answer_help(base: KnowledgeBase, question: Question) -> Answer:
    """What the bot can do, with an example from what is loaded."""
    from bot.answers.answering import example

    draft = Draft(base, question)
    draft.note("help", example=example(base))
    return draft.finish("answered")
