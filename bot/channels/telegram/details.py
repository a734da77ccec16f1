"""What the buttons under an answer show: its source with context, the other scopes, the workbook; and objections."""

from __future__ import annotations

from html import escape

from telegram import InputFile
from telegram.error import TelegramError

from bot.catalogue import Passage
from bot.channels.telegram.context import Context
from bot.channels.telegram.deep_links import figure_link
from bot.channels.telegram.keyboards import other_scopes
from bot.channels.telegram.rendering import paginate, render_lines
from bot.channels.telegram.sending import Target, send_page, send_picture
from bot.models import Citation, ShownFigure
from bot.spreadsheet import render_workbook
from bot.state.turns import Turn
from bot.wording import phrase
from bot.wording.answer import amount_of, describe
from bot.wording.places import render_place

_MAX_SOURCES = 4


def cite(citation: Citation) -> str:
    """Report, section and place of a citation in one line."""
    place = render_place(citation.section, citation.line, citation.page)
    return f"《{citation.title}》{place}" + (f"（{citation.cell}）" if citation.cell else "")


def figure_line(figure: ShownFigure) -> str:
    """A figure and what exactly it is, as in answers."""
    return phrase("answers.figure", amount=amount_of(figure), what=describe(figure))


async def send_sources(turn: Turn, target: Target, context: Context) -> None:
    """The quotes of what was asked, each with the lines around it."""
    asked = turn.answer.figures[: max(turn.answer.asked, 1)]
    citations = [(figure, citation) for figure in asked for citation in figure.citations]
    for figure, citation in citations[:_MAX_SOURCES]:
        passage = context.services.catalogue.passage(citation.figure)
        await send_page(context.bot, target, render_source(figure, citation, passage, context.bot.username))
        crop = await context.services.drawing.crop(passage) if passage else None
        if crop:
            await send_picture(context.bot, target, crop, escape(cite(citation)))
    if len(citations) > _MAX_SOURCES:
        rest = [f"{figure_line(figure)}\n{cite(citation)}" for figure, citation in citations[_MAX_SOURCES:]]
        heading = phrase("telegram.details.more_sources", count=len(rest))
        for page in paginate([heading, *"\n".join(rest).splitlines()]):
            await send_page(context.bot, target, render_lines(page))


def render_source(figure: ShownFigure, citation: Citation, passage: Passage | None, username: str) -> str:
    """One citation as HTML: the place, then the quote in its surroundings with the printed number bold."""
    before, quote, after = (passage.before, passage.quote, passage.after) if passage else ("", citation.quote, "")
    printed = escape(citation.printed, quote=False)
    marked = escape(quote.strip(), quote=False).replace(printed, f"<b>{printed}</b>", 1)
    parts = [escape(before, quote=False), marked, escape(after, quote=False)]
    block = "\n".join(part for part in parts if part)
    link = figure_link(username, citation.figure)
    shared = f'\n<a href="{link}">{phrase("telegram.details.share")}</a>' if link else ""
    return f"{escape(figure_line(figure))}\n{escape(cite(citation))}\n<blockquote>{block}</blockquote>{shared}"


async def send_others(turn: Turn, target: Target, context: Context) -> None:
    """The figures of the same metric in other scopes."""
    beside = other_scopes(turn.answer)
    lines = [line for figure in beside for line in (figure_line(figure), *(cite(c) for c in figure.citations[:1]))]
    for page in paginate([phrase("telegram.details.others", count=len(beside)), *lines]):
        await send_page(context.bot, target, render_lines(page))


async def send_workbook(turn: Turn, target: Target, context: Context) -> None:
    """The answer as an Excel file."""
    name = phrase("telegram.details.workbook_name", question="".join(c for c in turn.question if c.isalnum())[:30])
    await context.bot.send_document(document=InputFile(render_workbook(turn.answer), name), **target.arguments())


async def take_objection(turn: Turn, user_id: int, context: Context) -> bool:
    """Stores that a figure is said to be wrong and tells the admins; False if that was said before."""
    services = context.services
    citation = (
        cite(turn.answer.figures[0].citations[0]) if turn.answer.figures and turn.answer.figures[0].citations else ""
    )
    new = services.state.notes.add_feedback(
        turn_id=turn.id, chat_id=turn.chat_id, user_id=user_id,
        question=turn.question, answer=turn.answer.text, citation=citation,
    )  # fmt: skip
    if new:
        notice = phrase(
            "telegram.feedback.to_admin",
            user=user_id,
            question=turn.question,
            answer=turn.answer.text,
            citation=citation,
        )
        for admin in sorted(services.settings.telegram_admins):
            await tell(admin, notice, context)
    return new


async def tell(user_id: int, text: str, context: Context) -> None:
    """Sends a notice to someone who may have blocked the bot."""
    try:
        for page in paginate(text.splitlines()):
            await send_page(context.bot, Target(user_id), render_lines(page))
    except TelegramError:
        return
