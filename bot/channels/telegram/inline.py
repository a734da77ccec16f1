"""Inline mode: value and citation while one types in any chat; suggestions for what is half typed."""

from __future__ import annotations

import hashlib

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode

from bot.channels.telegram.access import is_allowed
from bot.channels.telegram.context import Context, user_of
from bot.channels.telegram.details import cite
from bot.channels.telegram.rendering import render_pages
from bot.models import Answer
from bot.wording import phrase

_CACHE_SECONDS = 30
_MAX_CARDS = 6


async def on_inline_query(update: Update, context: Context) -> None:
    """Answers with cards; with nothing found, a way into the private chat."""
    query, user = update.inline_query, user_of(update)
    assert query is not None
    settings = context.services.settings
    if not is_allowed(settings, user.id, None) or context.services.limit.check(user.id, cost=0.2) != "free":
        await query.answer([], cache_time=0)
        return
    cards = await find_cards(query.query.strip(), context)
    button = None
    if not cards:
        button = InlineQueryResultsButton(text=phrase("telegram.inline.ask_in_private"), start_parameter="ask")
    await query.answer(cards, cache_time=_CACHE_SECONDS, button=button)


async def find_cards(text: str, context: Context) -> list[InlineQueryResultArticle]:
    """The answer, or the answers of its possible readings, or examples for an empty question."""
    if not text:
        questions = context.services.catalogue.examples()
    else:
        answer = (await context.services.asking.ask(text)).answer
        if answer.figures and answer.status == "answered":
            return [_card(text, answer)]
        questions = [choice.question for choice in answer.choices] or context.services.catalogue.completions(text)
    cards = []
    for question in questions[:_MAX_CARDS]:
        answer = (await context.services.asking.ask(question)).answer
        if answer.figures and answer.status == "answered":
            cards.append(_card(question, answer))
    return cards


def _card(question: str, answer: Answer) -> InlineQueryResultArticle:
    first = answer.figures[0]
    place = cite(first.citations[0]) if first.citations else ""
    return InlineQueryResultArticle(
        id=hashlib.sha256(question.encode()).hexdigest()[:32],
        title=answer.text.strip().splitlines()[0],
        description=place,
        input_message_content=InputTextMessageContent(
            render_pages(answer)[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )
