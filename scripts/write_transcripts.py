"""Writes the conversations of ``tests/transcripts`` as the program holds them: ``python scripts/write_transcripts.py``.

The real application answers over HTTP from the samples, on a fixed day; every message, button, card and file is printed
as a person sees it. A conversation is a text file whose lines begin with ``> ``, ``edit > ``, ``press > ``, ``inline > ``
or ``send > ``; ``in GROUP`` and ``as admin`` set where it takes place.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.assistant import Assistant
from bot.catalogue import Catalogue
from bot.channels.asking import AskingThread
from bot.channels.telegram.context import Services
from bot.channels.telegram.loading import ReportLoader
from bot.channels.telegram.running import Run
from bot.channels.telegram.sending import plain
from bot.settings import Settings
from bot.state import open_state
from bot.state.inbox import Inbox
from knowledge.samples import open_samples
from scripts.bot_api_server import TOKEN, BotApi, Call

_FOLDER = Path(__file__).parents[1] / "tests" / "transcripts"
_TODAY = date(2026, 11, 22)
_USER, _ADMIN, _GROUP = 7, 1, -100500
_QUIET_SECONDS = 0.05
_SHOWN = ("sendMessage", "editMessageText", "sendPhoto", "sendDocument", "answerInlineQuery", "answerCallbackQuery")


class Talk:
    """One conversation with the running application."""

    def __init__(self, api: BotApi, inbox: Inbox, folder: Path) -> None:
        self._api = api
        self._inbox = inbox
        self._folder = folder
        self._user, self._chat = _USER, _USER
        self._last_message = 0
        self._seen = 0
        self._buttons: dict[str, str] = {}

    async def hold(self, script: list[str]) -> list[str]:
        """The script's lines, each followed by what came back."""
        printed = []
        for line in script:
            printed.append(line)
            if self._act(line):
                await self._wait_until_quiet()
                printed += self._new_calls()
        return printed

    def _act(self, line: str) -> bool:
        verb, marker, text = line.partition("> ")
        verb = verb.strip()
        if not marker:
            self._set_scene(line)
            return False
        if verb == "":
            self._last_message = self._api.say(text, user=self._user, chat=self._chat)
        elif verb == "edit":
            self._api.edit(self._last_message, text, user=self._user, chat=self._chat)
        elif verb == "press":
            self._api.press(self._buttons[text], user=self._user, chat=self._chat)
        elif verb == "inline":
            self._api.type_inline(text, user=self._user)
        elif verb == "send":
            self._send_file(self._folder / text)
        return True

    def _set_scene(self, line: str) -> None:
        if line == "as admin":
            self._user = self._chat = _ADMIN
        elif line == "in GROUP":
            self._chat = _GROUP

    def _send_file(self, path: Path) -> None:
        self._api.files["sent"] = path.read_bytes()
        document = {
            "file_id": "sent",
            "file_unique_id": "sent",
            "file_name": path.name,
            "file_size": path.stat().st_size,
        }
        message = self._api.message(None, user=self._user, chat=self._chat) | {"document": document}
        self._api.add_update("message", message)

    async def _wait_until_quiet(self) -> None:
        while self._api.updates or self._inbox.open_payloads() or self._is_reading():
            await asyncio.sleep(_QUIET_SECONDS)

    def _is_reading(self) -> bool:
        shown = [call for call in self._api.calls if call.method in _SHOWN[:2]]
        return bool(shown) and shown[-1].text.startswith("正在")

    def _new_calls(self) -> list[str]:
        fresh, self._seen = self._api.calls[self._seen :], len(self._api.calls)
        return [line for call in fresh if call.method in _SHOWN for line in self._show(call)]

    def _show(self, call: Call) -> list[str]:
        self._buttons |= call.buttons
        lines = [f"    {line}" for line in plain(call.text).splitlines()]
        if call.method == "editMessageText":
            lines.insert(0, "    （改写上一条消息）")
        if self._chat != call.parameters.get("chat_id", self._chat):
            lines.insert(0, "    （发给管理员）")
        for file in call.files.values():
            lines.insert(0, f"    〔{file['filename']}〕")
        for card in call.parameters.get("results", []):
            lines += [f"    ▢ {card['title']}", *(f"      {line}" for line in card["description"].splitlines())]
        if "button" in call.parameters:
            lines.append(f"    [{call.parameters['button']['text']}]")
        rows = (call.parameters.get("reply_markup") or {"inline_keyboard": []})["inline_keyboard"]
        return lines + ["    " + " ".join(f"[{button['text']}]" for button in row) for row in rows]


async def write_transcript(script: Path, output: Path) -> None:
    """Holds the conversation of one script and writes it down."""
    with TemporaryDirectory(prefix="juesuan-") as name:
        folder = Path(name)
        database = folder / "knowledge.db"
        database.write_bytes(open_samples().read_bytes())
        api = BotApi()
        api.start()
        run, services = _build_run(api, folder, database)
        serving = asyncio.create_task(run.serve())
        await api.wait_for(lambda: len(api.sent("setMyShortDescription")) > 0, 20)
        api.calls.clear()
        lines = await Talk(api, services.state.inbox, script.parent).hold(script.read_text("utf-8").splitlines())
        output.write_text("\n".join(lines) + "\n", "utf-8")
        run.stop()
        await serving
        services.close()
        await api.stop()


def _build_run(api: BotApi, folder: Path, database: Path) -> tuple[Run, Services]:
    settings = Settings.model_validate(
        {
            "knowledge_base": database,
            "state_database": folder / "state.db",
            "uploads": folder / "uploads",
            "telegram_bot_token": TOKEN,
            "telegram_api_url": api.url,
            "telegram_admins": {_ADMIN},
            "telegram_messages_per_second": 1000,
        }
    )
    asking = AskingThread(lambda: Assistant(database, today=_TODAY))
    services = Services(
        settings, open_state(settings.state_database), asking, Catalogue(database), ReportLoader(database)
    )
    return Run(services), services


def main() -> int:
    """Writes every transcript, or those whose names are given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="names of scripts without suffix (default: all)")
    options = parser.parse_args()
    for script in sorted(_FOLDER.glob("*.script")):
        if not options.names or script.stem in options.names:
            asyncio.run(write_transcript(script, script.with_suffix(".txt")))
            print(script.with_suffix(".txt"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
