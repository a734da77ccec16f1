"""The names of a question, found in the index of the knowledge base (see ``knowledge.names``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import NameMatch
from bot.questions.agency_names import AgencyMention, find_agency_mentions, find_nearest_agencies
from bot.questions.body_sets import Together, find_body_set
from bot.questions.metric_names import Groups, find_metric_groups, find_subject_groups
from bot.questions.naming import Bodies
from knowledge.connection import Reader
from knowledge.spelling import simplify
from knowledge.text import fold_text

__all__ = [
    "AgencyMention", "IndexNaming", "find_agencies", "find_agency_mentions", "find_metric_groups", "find_metrics", "find_nearest_agencies",
    "find_subject_groups", "find_subjects", "find_unknown_bodies", "normalize_question",
]  # fmt: skip


SURE = 78.0
"""A body found with less is a stranger: another name that looks like it."""


def normalize_question(text: str) -> str:
    """Simplified characters, half-width digits and letters; every character keeps its offset.

    >>> normalize_question("瀏陽市２０２１年")
    '浏阳市2021年'
    """
    return simplify(fold_text(text))


def find_agencies(connection: Reader, text: str) -> list[NameMatch]:
    """Every body that the question may name, in order of the text, the best of each name first."""
    return [match for mention in find_agency_mentions(connection, text) for match in mention.matches]


def find_unknown_bodies(connection: Reader, text: str) -> list[str]:
    """Bodies and places that the question names and the knowledge base does not have, as written (渠县财政局)."""
    return [mention.text for mention in find_agency_mentions(connection, text) if not mention.matches]


def find_metrics(
    connection: Reader, text: str, agency_ids: Sequence[int] = (), years: Sequence[int] = ()
) -> list[NameMatch]:
    """Every metric that the question may name; of equal candidates first those that these bodies (and years) have."""
    return [
        match
        for group in find_metric_groups(connection, text)
        for match in _owned_first(connection, group, agency_ids, years)
    ]


def _owned_first(
    connection: Reader, group: tuple[NameMatch, ...], agency_ids: Sequence[int], years: Sequence[int]
) -> list[NameMatch]:
    def owned(match: NameMatch) -> bool:
        return any(
            connection.execute(
                "SELECT 1 FROM figures WHERE agency_id = ? AND metric_id = ? AND (? IS NULL OR year = ?) LIMIT 1",
                [agency, match.id, year, year],
            ).fetchone()
            for agency in agency_ids
            for year in years or (None,)
        )

    return sorted(group, key=lambda match: (-match.score, not owned(match))) if len(group) > 1 else list(group)


def find_subjects(connection: Reader, text: str, agency_ids: Sequence[int] = ()) -> list[NameMatch]:
    """Every project that the question may name, of these bodies, or of any when none is given."""
    return [match for group in find_subject_groups(connection, text, agency_ids) for match in group]


@dataclass(frozen=True, slots=True)
class IndexNaming:
    """The names of a knowledge base, from its index; nothing is kept in memory."""

    connection: Reader

    def normalize(self, text: str) -> str:
        """See ``normalize_question``."""
        return normalize_question(text)

    def agencies(self, text: str) -> Bodies:
        """Bodies that are named, and names of bodies that are not there."""
        mentions = find_agency_mentions(self.connection, text)
        known = [mention for mention in mentions if mention.matches and mention.matches[0].score >= SURE]
        return Bodies(
            groups=tuple(mention.matches for mention in known),
            strangers=tuple(mention.text for mention in mentions if mention not in known),
            spans=tuple(span for mention in mentions for span in ((mention.start, mention.end), mention.apart) if span),
        )

    def together(self, text: str) -> Together | None:
        """Bodies that are meant together: 医保局, 四川."""
        return find_body_set(self.connection, text)

    def metrics(self, text: str) -> Groups:
        """Metrics that are named, one group per stretch, the best candidate first."""
        return find_metric_groups(self.connection, text)
