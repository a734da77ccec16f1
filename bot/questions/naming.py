"""The names of the knowledge base as questions use them: one place between the name index and understanding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.models import NameMatch
from bot.questions.body_sets import Together

Groups = tuple[tuple[NameMatch, ...], ...]


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies named in a question: one group per name, and names of bodies that are not in the knowledge base."""

    groups: Groups = ()
    strangers: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


class Naming(Protocol):
    """Finds names in a normalized question; offsets are into it."""

    def normalize(self, text: str) -> str:
        """One spelling: simplified characters, half-width digits."""

    def agencies(self, text: str) -> Bodies:
        """Bodies that are named."""

    def together(self, text: str) -> Together | None:
        """Bodies that are meant together."""

    def metrics(self, text: str) -> Groups:
        """Metrics that are named, one group per stretch, the best candidate first."""
