"""What admins do in chat: send reports, look at what is loaded, delete, read feedback and unanswered questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Coroutine
from html import escape
from typing import Any

import structlog
from telegram import Document, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import FileSizeLimit
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.channels.telegram.access import is_admin
from bot.channels.telegram.context import Context, TelegramApplication, message_of, user_of
from bot.channels.telegram.delivery import current_delivery
from bot.channels.telegram.keyboards import button
from bot.channels.telegram.lists import render_reports
from bot.channels.telegram.loading import Outcome
from bot.channels.telegram.rendering import paginate, render_lines
from bot.channels.telegram.sending import Target, edit_page, send_page
from bot.state.uploads import Upload
from bot.wording import phrase

_log = structlog.get_logger("admin")
_LISTED = 20


async def on_document(update: Update, context: Context) -> None:
    """Takes a report: reads it, says what it holds, and asks whether to store it."""
    message, user = message_of(update), user_of(update)
    if message.chat_id != user.id:
        return
    if not is_admin(context.services.settings, user.id):
        await send_page(context.bot, Target.beside(message), phrase("telegram.admin.not_for_you"))
        return
    document = message.document
    assert document is not None
    if document.file_size and document.file_size > FileSizeLimit.FILESIZE_DOWNLOAD:
        await send_page(context.bot, Target.beside(message), phrase("telegram.admin.too_big"))
        return
    await _take(document, user.id, update, context)


async def _take(document: Document, user_id: int, update: Update, context: Context) -> None:
    services, target = context.services, Target.beside(message_of(update))
    name = (document.file_name or document.file_unique_id).replace("/", "_").replace("\\", "_")
    notice = await send_page(context.bot, target, phrase("telegram.admin.reading", name=escape(name)))
    folder = services.settings.uploads / str(message_of(update).message_id)
    folder.mkdir(parents=True, exist_ok=True)
    path = (folder / name).resolve()
    await (await document.get_file()).download_to_drive(path)
    upload = services.state.uploads.add(user_id, path, name)
    outcomes = await services.loader.read(path)
    readable = any(outcome.status in ("stored", "replaced") for outcome in outcomes)
    rows = [[button("load", f"load:{upload}"), button("discard", f"discard:{upload}")]] if readable else []
    pages = paginate([line for outcome in outcomes for line in describe(outcome)])
    await edit_page(
        context.bot,
        target.chat_id,
        notice.message_id,
        render_lines(pages[0]),
        InlineKeyboardMarkup(rows) if rows else None,
    )


def describe(outcome: Outcome) -> list[str]:
    """What was read of a file, and what of it is doubtful."""
    if outcome.status in ("failed", "skipped", "unchanged"):
        return [outcome.message or phrase("telegram.admin.unchanged", document=outcome.document)]
    lines = [
        f"《{outcome.title}》",
        phrase(
            "telegram.admin.identity",
            agency=outcome.agency or phrase("telegram.admin.several"),
            year=f"{outcome.year}年" if outcome.year else phrase("telegram.admin.several"),
            kind=outcome.kind,
        ),
        phrase("telegram.admin.figures", figures=outcome.figures, ignored=outcome.ignored, unread=outcome.unread),
    ]
    if outcome.findings:
        lines.append(phrase("telegram.admin.findings", count=outcome.findings))
    if outcome.status == "replaced":
        lines.append(phrase("telegram.admin.replaces", document=outcome.document))
    return [*lines, outcome.message] if outcome.message else lines


async def settle_upload(upload_id: int, load: bool, target: Target, message_id: int, context: Context) -> bool:
    """Stores or discards a report that waits; False if it waits no longer. Says what became of it in its message."""
    services = context.services
    upload = services.state.uploads.get(upload_id)
    if upload is None or upload.fate != "waiting":
        return False
    services.state.uploads.settle(upload_id, "loading" if load else "discarded")
    if not load:
        upload.path.unlink(missing_ok=True)
        await edit_page(
            context.bot, target.chat_id, message_id, phrase("telegram.admin.discarded", name=upload.document)
        )
        return True
    await edit_page(
        context.bot, target.chat_id, message_id, phrase("telegram.admin.loading", name=escape(upload.document))
    )
    context.application.create_task(_load(upload, target, message_id, context))
    return True


async def _load(upload: Upload, target: Target, message_id: int, context: Context) -> None:
    """Runs beside the updates, so that the admin too may ask meanwhile."""
    current_delivery.set(None)
    services = context.services
    try:
        outcomes = await services.loader.load(upload.path)
    except Exception:
        services.state.uploads.settle(upload.id, "waiting")
        raise
    services.state.uploads.settle(upload.id, "loaded")
    _log.info("loaded", document=upload.document, statuses=[outcome.status for outcome in outcomes])
    lines = [phrase("telegram.admin.loaded"), *(line for outcome in outcomes for line in describe(outcome))]
    await edit_page(context.bot, target.chat_id, message_id, render_lines(paginate(lines)[0]))


async def explain_loading(update: Update, context: Context) -> None:
    """How to load a report."""
    await send_page(context.bot, Target.beside(message_of(update)), phrase("telegram.admin.how_to_load"))


async def list_reports(update: Update, context: Context) -> None:
    """The loaded reports."""
    html, keyboard = render_reports(0, context)
    await send_page(context.bot, Target.beside(message_of(update)), html, keyboard)


async def offer_deletion(update: Update, context: Context) -> None:
    """Reports as buttons, those whose title, body or document has the words behind the command."""
    words = context.args or []
    found = [
        report
        for report in context.services.catalogue.reports(-1)
        if all(word in f"{report.title} {report.agency} {report.document}" for word in words)
    ]
    titles = Counter(report.title for report in found)
    rows = [
        [
            InlineKeyboardButton(
                report.title if titles[report.title] == 1 else report.document, callback_data=f"delete:{report.id}"
            )
        ]
        for report in found[:_LISTED]
    ]
    text = phrase("telegram.admin.which_to_delete" if rows else "telegram.lists.empty")
    await send_page(context.bot, Target.beside(message_of(update)), text, InlineKeyboardMarkup(rows) if rows else None)


async def show_statistics(update: Update, context: Context) -> None:
    """How much was asked in the last week, and the newest feedback."""
    services = context.services
    reports, agencies, figures = services.catalogue.totals()
    lines = [phrase("telegram.admin.totals", reports=reports, agencies=agencies, figures=figures)]
    counts = services.state.notes.counts(days=7)
    lines += [
        phrase(f"telegram.admin.count_{status}", count=count, milliseconds=f"{mean:.1f}")
        for status, (count, mean) in sorted(counts.items())
    ] or [phrase("telegram.admin.nothing_asked")]
    lines.append(phrase("telegram.admin.feedback", count=services.state.notes.feedback_count()))
    for feedback in services.state.notes.feedback(limit=5):
        lines.append(phrase("telegram.admin.feedback_entry", question=feedback.question, citation=feedback.citation))
    await send_page(context.bot, Target.beside(message_of(update)), render_lines(paginate(lines)[0]))


async def list_unanswered(update: Update, context: Context) -> None:
    """Questions that found no answer, the most frequent first."""
    found = context.services.state.notes.unanswered(_LISTED)
    lines = [phrase("telegram.admin.unanswered" if found else "telegram.admin.all_answered")]
    lines += [
        phrase(f"telegram.admin.{entry.status}", number=number, question=entry.question, count=entry.count)
        for number, entry in enumerate(found, start=1)
    ]
    await send_page(context.bot, Target.beside(message_of(update)), render_lines(paginate(lines)[0]))


Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def _for_admins(callback: Callback) -> Callback:
    async def checked(update: Update, context: Context) -> None:
        if is_admin(context.services.settings, user_of(update).id):
            await callback(update, context)
        else:
            await send_page(context.bot, Target.beside(message_of(update)), phrase("telegram.admin.not_for_you"))

    return checked


def add_admin_handlers(application: TelegramApplication) -> None:
    """Documents, and the commands for admins."""
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.Document.ALL, on_document))
    commands: dict[str, Callback] = {
        "load": explain_loading,
        "reports": list_reports,
        "delete": offer_deletion,
        "stats": show_statistics,
        "unanswered": list_unanswered,
    }
    for name, callback in commands.items():
        application.add_handler(CommandHandler(name, _for_admins(callback)))
