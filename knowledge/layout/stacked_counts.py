"""Counts printed with one cell on each line, without a header: 人员编制, 42, 实有人数, 39."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.layout.delimited import Span, build_table
from knowledge.layout.stacked import plain
from knowledge.models import Table
from knowledge.vocabulary import metric_by_alias
from knowledge.vocabulary.columns import counted_units

_COUNT = re.compile(r"\d{1,5}")
_LEAST = 2


def find_counts(text: str, runs: Iterable[Sequence[Span]]) -> Iterator[Table]:
    """Tables of terms of counts that have a unit, each above its number; ``runs`` are cells (see ``stacked.read_runs``)."""
    for run in runs:
        rows: list[list[Span]] = []
        index = 0
        while index + 1 < len(run):
            if _is_count(text, run[index], run[index + 1]):
                rows.append(list(run[index : index + 2]))
                index += 2
                continue
            yield from _table(rows)
            rows, index = [], index + 1
        yield from _table(rows)


def _table(rows: Sequence[Sequence[Span]]) -> Iterator[Table]:
    if len(rows) >= _LEAST:
        yield build_table(rows, "tabs")


def _is_count(text: str, label: Span, value: Span) -> bool:
    name = plain(text, label) if label[0] < label[1] else ""
    metric = metric_by_alias().get(name)
    known = metric is not None and metric.nature == "count" and name in counted_units()
    return known and bool(_COUNT.fullmatch(plain(text, value)))
