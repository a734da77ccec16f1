"""Forms (项目支出绩效自评表, 整体支出绩效自评表, 绩效目标申报表, 基础数据表): where they begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.models import Line, Source, Table


@dataclass(frozen=True, slots=True)
class FormSpan:
    """A form found in a source: its stretch, its title, the project that it is about, the tables it is printed as."""

    start: int
    end: int
    title: str
    subject: str | None
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()


def find_forms(source: Source, tables: Sequence[Table]) -> tuple[FormSpan, ...]:
    """Forms of a source, flattened to lines or as tables; in printed order, not overlapping."""
    return ()
