"""Tables without their columns, one cell or all of a row on each line, whose header has levels: 机构名称 支出合计 其中： 基本支出 …,
then names with as many numbers each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from knowledge.layout.captions import is_caption
from knowledge.layout.delimited import Span
from knowledge.layout.header_trees import AMONG, HeaderTree, find_trees, settle_tree
from knowledge.layout.stacked import is_value, plain
from knowledge.models import Cell, Table
from knowledge.numbers import parse_number
from knowledge.vocabulary.columns import column_words

_ROLES = ("body", "name", "project")
_RATE = re.compile("[率%]$|比例$|比重$")
_WIDEST, _WORD = 20, 12
_LEVELS = re.compile(f"{AMONG}|合计|小计")
_AMONG = re.compile(f"{AMONG}[:：]?")


def find_levelled_tables(text: str, runs: Iterable[Sequence[Span]]) -> Iterator[Table]:
    """Tables below a header of several levels; ``runs`` are the cells (see ``stacked.read_words_of_lines``)."""
    for run in runs:
        start = 0 if _LEVELS.search(text, run[0][0], run[-1][1]) else len(run)
        while start < len(run):
            found = _read(text, run[start:]) if _names(text, run[start]) else None
            if found is not None:
                yield found[0]
            start += found[1] if found is not None else 1


def _names(text: str, cell: Span) -> bool:
    if cell[1] - cell[0] > _WORD or text[cell[0] : cell[0] + 1].isdigit():
        return False
    word = column_words().get(plain(text, cell))
    return word is not None and word.role in _ROLES


def _read(text: str, cells: Sequence[Span]) -> tuple[Table, int] | None:
    """The table that a header opens, and how many cells it has."""
    first = next((i for i, cell in enumerate(cells[: _WIDEST + 3]) if is_value(text, cell)), 0) - 1
    header, rows = cells[1:first], list(_rows(text, cells[first:])) if first > 2 else []
    if not rows or any(is_caption(text[slice(*cell)]) or _names(text, cell) for cell in header):
        return None
    words = [_AMONG.sub(AMONG, plain(text, cell)) for cell in header]
    width = len(rows[0]) - 1
    trees = [tree for tree in find_trees(words, width) if _fits_rates(text, tree, rows)]
    tree = settle_tree(trees, [[_amount(text, cell) for cell in row[1:]] for row in rows])
    if tree is None:
        return None
    return _build(cells[0], header, tree, rows), first + len(rows) * (width + 1)


def _rows(text: str, cells: Sequence[Span]) -> Iterator[list[Span]]:
    """Rows of a name and as many numbers as the first one has."""
    width = next((i for i, cell in enumerate(cells[1:]) if not is_value(text, cell)), len(cells) - 1)
    for start in range(0, len(cells), width + 1):
        row = list(cells[start : start + width + 1])
        closed = start + width + 1 >= len(cells) or not is_value(text, cells[start + width + 1])
        valued = len(row) == width + 1 and all(is_value(text, cell) for cell in row[1:])
        if not valued or not closed or is_value(text, row[0]) or is_caption(text[slice(*row[0])]):
            return
        yield row


def _fits_rates(text: str, tree: HeaderTree, rows: Sequence[Sequence[Span]]) -> bool:
    """Whether rates stand under words of rates alone."""
    rates = [any(text[slice(*row[i + 1])].endswith("%") for row in rows) for i in range(len(tree.leaves))]
    return all(not rate or _RATE.search(tree.words[leaf]) for rate, leaf in zip(rates, tree.leaves, strict=True))


def _amount(text: str, cell: Span) -> Decimal | None:
    return parse_number(text[slice(*cell)])


def _build(corner: Span, header: Sequence[Span], tree: HeaderTree, rows: Sequence[Sequence[Span]]) -> Table:
    levels = _levels(tree)
    height = max(levels.values()) + 1
    cells = [Cell(row=0, column=0, start=corner[0], end=corner[1], row_span=height)]
    for word, level in levels.items():
        under = tree.under(word)
        column = tree.leaves.index(under[0]) + 1
        span = 1 if tree.is_group(word) else height - level
        start, end = header[word]
        cells.append(Cell(row=level, column=column, start=start, end=end, row_span=span, column_span=len(under)))
    for index, row in enumerate(rows):
        cells += [Cell(row=height + index, column=i, start=start, end=end) for i, (start, end) in enumerate(row)]
    return Table(
        rows=height + len(rows),
        columns=len(tree.leaves) + 1,
        cells=tuple(cells),
        start=corner[0],
        end=rows[-1][-1][1],
        origin="tabs",
    )


def _levels(tree: HeaderTree) -> dict[int, int]:
    """The level of each word, 0 the first."""
    levels = dict.fromkeys(tree.roots, 0)
    for word in range(len(tree.words)):
        levels.update(dict.fromkeys(tree.children.get(word, ()), levels[word] + 1))
    return levels
