"""How often one user may ask."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Literal

Verdict = Literal["free", "warn", "silent"]
_KEPT_USERS = 10_000


@dataclass(slots=True)
class _Allowance:
    left: float
    at: float
    warned: bool = False


class QuestionLimit:
    """An allowance per user that refills evenly: ``per_minute`` questions, at once or spread out."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._allowances: dict[int, _Allowance] = {}

    def check(self, user_id: int, now: float | None = None, *, cost: float = 1.0) -> Verdict:
        """Counts a question of some cost: free; over the limit for the first time (warn); over it again (silent)."""
        now = monotonic() if now is None else now
        allowance = self._allowances.setdefault(user_id, _Allowance(self._per_minute, now))
        allowance.left = min(self._per_minute, allowance.left + (now - allowance.at) * self._per_minute / 60)
        allowance.at = now
        if allowance.left >= cost:
            allowance.left -= cost
            allowance.warned = False
            self._forget_full(now)
            return "free"
        verdict: Verdict = "silent" if allowance.warned else "warn"
        allowance.warned = True
        return verdict

    def _forget_full(self, now: float) -> None:
        if len(self._allowances) > _KEPT_USERS:
            self._allowances = {user: kept for user, kept in self._allowances.items() if now - kept.at < 60}
