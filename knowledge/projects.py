"""Scores told in sentences: whose they are, where the report has a project of the name that the sentence prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.layout.blocks import Block, FormBlock
from knowledge.rules.base import Claim

_SCORE = "绩效自评得分"
_SCORED = re.compile(r"(?:项目)?(?:支出)?(?:绩效)?(?:自评|评价)?(?:综合)?(?:得分|评分|总分)$")


def give_scores(read: Sequence[tuple[Claim, Block]]) -> list[tuple[Claim, Block]]:
    """Claims with the project of each score that names none itself: 医疗救助项目自评得分98分, 医疗救助项目：执行数12万元，自评得分98分."""
    known = {_bare(subject): subject for claim, block in read if (subject := find_project(claim, block))}
    if not known:
        return list(read)
    return [
        (claim._replace(subject=_named(claim, (other for other, _ in read), known)), block)
        if claim.metric == _SCORE and find_project(claim, block) is None
        else (claim, block)
        for claim, block in read
    ]


def find_project(claim: Claim, block: Block) -> str | None:
    """The project that a claim is about, by itself, its form or its section."""
    return claim.subject or (block.subject if isinstance(block, FormBlock) else None) or block.section.subject


def _bare(name: str) -> str:
    return name.removesuffix("项目")


def _named(claim: Claim, others: Iterable[Claim], known: dict[str, str]) -> str | None:
    """The project named with the score, else the one whose figures stand before it in its sentence."""
    names = [_bare(_SCORED.sub("", alias)) for alias in claim.aliases]
    names += [_bare(other.metric) for other in others if other.quote == claim.quote and other.start < claim.start]
    return next((known[name] for name in names if name in known), None)
