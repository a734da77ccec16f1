"""Lists as Telegram's native tables (rich messages), where the settings ask for them and Telegram accepts them."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import structlog
from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest, EndPointNotFound
from telegram.ext import ExtBot

from bot.channels.telegram.sending import Target
from bot.models import Answer, Result
from bot.wording import phrase

_log = structlog.get_logger("tables")
_MIN_ROWS, _MAX_ROWS = 3, 50
_NUMBERED = re.compile(r"\d+\. ")


def render_table(answer: Answer) -> str | None:
    """The answer as rich HTML, its list as a table; None where it has no list of some length."""
    if not _MIN_ROWS <= len(answer.results) <= _MAX_ROWS:
        return None
    heading = "".join(f"<th>{escape(word)}</th>" for word in phrase("telegram.table.columns").split())
    rows = "".join(_row(result) for result in answer.results)
    beside = [line for line in answer.text.splitlines() if not _NUMBERED.match(line)]
    return f"<table><tr>{heading}</tr>{rows}</table>" + "".join(f"<p>{escape(line)}</p>" for line in beside)


def _row(result: Result) -> str:
    year = f"{result.year}年" if result.year else ""
    amount = f"{result.value}{result.unit or ''}"
    cells = [result.agency or "", year, result.label, f"{amount}（{result.formula}）" if result.formula else amount]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


async def send_table(
    bot: ExtBot[Any], target: Target, answer: Answer, keyboard: InlineKeyboardMarkup | None
) -> Message | None:
    """Sends the answer with a native table; None where it has none, or Telegram does not take it."""
    html = render_table(answer)
    if html is None:
        return None
    arguments = {name: value for name, value in target.arguments().items() if value is not None}
    if keyboard:
        arguments["reply_markup"] = keyboard
    try:
        sent: Message = await bot.do_api_request(
            "sendRichMessage", api_kwargs={**arguments, "rich_message": {"html": html}}, return_type=Message
        )
    except (BadRequest, EndPointNotFound) as error:
        _log.info("native table refused, plain text instead", error=str(error))
        return None
    return sent
