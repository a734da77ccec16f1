"""Why there is no figure: which of metric, year, measure or scope is missing, and what is nearest."""

from __future__ import annotations

from bot.answers.asking import complete_question, item_question
from bot.answers.body_names import body_name
from bot.answers.drafts import Draft
from bot.answers.outcome import Outcome

CHOICES = 8


def explain_nothing(draft: Draft, outcome: Outcome) -> None:
    """Say which of metric, year, measure or scope is missing, and offer what is nearest."""
    base, question = draft.base, draft.question
    agency = body_name(base, outcome.agency_id)
    words = outcome.mention.text
    if outcome.problem == "ambiguous":
        several = len({item.label for item in outcome.items}) > 1
        draft.note("several_metrics" if several else "one_metric", agency=agency, words=words)
        draft.unclear = True
        _offer_items(draft, agency, outcome)
    elif outcome.problem == "year":
        years = "、".join(map(str, sorted(outcome.years)))
        metric = outcome.items[0].metric if outcome.items else words
        draft.note("no_year", agency=agency, metric=metric, year=outcome.year or "", years=years)
        for year in outcome.years[:3]:
            text = complete_question(question, agency=agency, year=year, metric=metric, subject=_subject(outcome))
            draft.choose(f"{year}年{metric}", text)
    elif outcome.problem == "measure":
        _explain_measure(draft, outcome, agency, words)
    elif outcome.problem == "scope":
        metric = outcome.items[0].metric if outcome.items else words
        scopes = "、".join(dict.fromkeys(record.scope or "未注明" for record in outcome.records))
        draft.note("no_scope", agency=agency, metric=metric, scope=question.scope or "", scopes=scopes)
    else:
        _explain_metric(draft, outcome, agency, words)


def _explain_measure(draft: Draft, outcome: Outcome, agency: str, words: str) -> None:
    """What is printed of the year instead, or the years that have what is asked."""
    metric, measure = outcome.items[0].metric if outcome.items else words, outcome.measure or "决算数"
    years = sorted({record.year for record in outcome.records if record.measure == outcome.measure})
    if outcome.year is not None and years and outcome.year not in years:
        known = "、".join(map(str, years))
        draft.note("no_measure_year", agency=agency, year=outcome.year, metric=metric, measure=measure, years=known)
        return
    of_year = [record for record in outcome.records if outcome.year in (None, record.year)] or outcome.records
    kinds = "、".join(dict.fromkeys(record.measure for record in of_year))
    if kinds:
        draft.note("no_measure", agency=agency, metric=metric, measure=measure, measures=kinds)
    else:
        draft.note("no_metric", agency=agency, words=words)


def _explain_metric(draft: Draft, outcome: Outcome, agency: str, words: str) -> None:
    if draft.question.until:
        draft.note("no_until", agency=agency, date=draft.question.until, words=words)
        return
    years = draft.base.agency_years(outcome.agency_id)
    year = draft.question.years[0] if draft.question.years else None
    if year is not None and years and year not in years:
        draft.note("no_report", agency=agency, year=year, years="、".join(map(str, sorted(years))), words=words)
    else:
        whole = draft.question.within
        draft.note("no_metric", agency=agency, words=f"{whole}中的{words}" if whole else words)
    _offer_items(draft, agency, outcome, limit=4)


def _subject(outcome: Outcome) -> str | None:
    return outcome.items[0].subject if outcome.items else None


def _offer_items(draft: Draft, agency: str, outcome: Outcome, limit: int = CHOICES) -> None:
    for item in outcome.items[:limit]:
        year = item.years[-1] if not draft.question.years else None
        draft.choose(f"{item.label}（{item.years[-1]}年）", item_question(draft.question, agency, item, year))
