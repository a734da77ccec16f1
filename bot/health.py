"""``python -m bot.health``: exit status 0 while the bot is well, 1 with a sentence while it is not; for supervisors."""

from __future__ import annotations

import sys
import time

from bot.settings import Settings
from bot.state import open_state
from bot.wording import phrase

LATE_SECONDS = {"process": 60.0, "telegram": 90.0}


def find_ailment(settings: Settings, now: float) -> str | None:
    """What is wrong with the running bot, None if nothing is."""
    if not settings.state_database.is_file():
        return phrase("telegram.health.never_started", path=settings.state_database)
    state = open_state(settings.state_database)
    try:
        beats = state.last_beats()
    finally:
        state.close()
    for name, limit in LATE_SECONDS.items():
        if name in beats or name == "process":
            silence = now - beats.get(name, 0.0)
            if silence > limit:
                return phrase(f"telegram.health.{name}", seconds=round(silence))
    return None


def main() -> int:
    """Prints how the bot is."""
    ailment = find_ailment(Settings(), time.time())
    print(ailment or phrase("telegram.health.well"))
    return 1 if ailment else 0


if __name__ == "__main__":
    sys.exit(main())
