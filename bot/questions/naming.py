"""The names of the knowledge base as questions use them: one place between the name index and understanding."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Protocol

from bot.models import NameMatch
from knowledge.text import fold_text

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

    def metrics(self, text: str) -> Groups:
        """Metrics that are named, one group per stretch, the best candidate first."""


@dataclass
class PlainNaming:
    """Exact names and aliases only."""

    connection: sqlite3.Connection
    _agencies: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _metrics: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, name, place in self.connection.execute("SELECT id, name, place FROM agencies"):
            for form in {name, place} - {None}:
                self._agencies.setdefault(form, []).append((key, name))
        for key, name in self.connection.execute("SELECT id, name FROM metrics"):
            self._metrics.setdefault(fold_text(name), []).append((key, name))
        for key, alias, name in self.connection.execute(
            "SELECT metric_id, alias, name FROM metric_aliases JOIN metrics ON id = metric_id"
        ):
            self._metrics.setdefault(fold_text(alias), []).append((key, name))

    def normalize(self, text: str) -> str:
        return fold_text(text)

    def agencies(self, text: str) -> Bodies:
        groups = self._find(text, self._agencies)
        return Bodies(groups, (), tuple((group[0].start, group[0].end) for group in groups))

    def metrics(self, text: str) -> Groups:
        return self._find(text, self._metrics)

    def _find(self, text: str, names: dict[str, list[tuple[int, str]]]) -> Groups:
        taken: list[tuple[int, int]] = []
        groups: list[tuple[NameMatch, ...]] = []
        for form in sorted((name for name in names if name in text), key=len, reverse=True):
            start = text.find(form)
            while start >= 0:
                end = start + len(form)
                if not any(left < end and start < right for left, right in taken):
                    taken.append((start, end))
                    groups.append(
                        tuple(
                            NameMatch(
                                id=key,
                                name=name,
                                start=start,
                                end=end,
                                kind="exact" if name == form else "alias",
                                score=100,
                            )
                            for key, name in names[form]
                        )
                    )
                start = text.find(form, end)
        return tuple(sorted(groups, key=lambda group: group[0].start))
