"""The bot as a process of its own, with the scripted partner: for tests that kill it."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.__main__ import run_telegram
from bot.settings import Settings
from tests.channels.partner import ScriptedPartner

if __name__ == "__main__":
    sys.exit(run_telegram(Settings(), Path("knowledge.db"), ScriptedPartner))
