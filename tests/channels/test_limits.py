"""The allowance of questions."""

from __future__ import annotations

from bot.channels.telegram.limits import QuestionLimit


def test_refills_evenly_and_warns_once() -> None:
    limit = QuestionLimit(per_minute=2)
    assert [limit.check(7, now) for now in (0, 0, 0, 1, 31, 32)] == ["free", "free", "warn", "silent", "free", "warn"]
    assert limit.check(8, 0) == "free"


def test_typing_inline_costs_less() -> None:
    limit = QuestionLimit(per_minute=2)
    verdicts = [limit.check(7, 0, cost=0.2) for _ in range(11)]
    assert verdicts == ["free"] * 10 + ["warn"]
