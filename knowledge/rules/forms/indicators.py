"""The indicator part of a flattened form → indicator rows, points of groups, the total row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.layout.form_words import Word, join_words
from knowledge.rules.forms.alignment import POINTS
from knowledge.rules.forms.columns import (
    assign_columns,
    count_bare,
    count_points,
    is_level_points,
    is_marked,
    read_completion,
    value_columns,
)
from knowledge.rules.forms.headers import Header
from knowledge.rules.forms.interleaved import untangle
from knowledge.rules.forms.names import last_lines, split_name
from knowledge.rules.forms.points import PointsRow, share_scores, tell_lone_weights
from knowledge.rules.forms.rows import FormRows, Group, Indicator, Total
from knowledge.rules.forms.segments import Segment, read_segments
from knowledge.rules.forms.values import Item, Kind, Value, opens_reason
from knowledge.vocabulary.forms import form_words


@dataclass(slots=True)
class _Row:
    levels: tuple[str, ...]
    text: Segment | None
    inner: int = 0
    parts: list[Segment] = field(default_factory=list)

    def values(self) -> list[Item]:
        """All items that hold a number, in printed order."""
        return [item for part in self.parts for item in part.values]

    def texts(self) -> list[Segment]:
        """Texts between the values: completion in words."""
        return [part for part in self.parts if part.kind == "text"]


def read_indicators(words: Sequence[Word], header: Header) -> FormRows:
    """All rows of the indicator part; what cannot be told is left out."""
    return _Reader(untangle(words), header).read()


class _Reader:
    def __init__(self, words: Sequence[Word], header: Header) -> None:
        self.columns = value_columns(header)
        self.level_points = any(is_level_points(header, index) for index in range(len(header.columns)))
        self.level_cells = sum(cell.endswith("级指标") for cell in header.cells)
        self.tail = count_points(self.columns)
        self.single = _one_cell_a_line(words)
        self.unbroken = len({word.line for word in words}) == 1
        self.segments = read_segments(words)
        self.rows: list[_Row] = []
        self.result = FormRows()
        self.levels: list[str] = []

    def read(self) -> FormRows:
        index = 0
        text: Segment | None = None
        while index < len(self.segments):
            segment = self.segments[index]
            if segment.kind == "level":
                index = self._open_level(index)
                text = None
            elif segment.kind == "text":
                text = segment
                index += 1
            elif segment.kind == "total":
                self._read_total(index)
                break
            else:
                index = self._read_row(index, text)
                text = None
        self._finish()
        return self.result

    def _open_level(self, index: int) -> int:
        """Enter a level; a level right before values is the indicator's own name."""
        segment = self.segments[index]
        following = self.segments[index + 1] if index + 1 < len(self.segments) else None
        if following is not None and following.kind == "values" and segment.points is None:
            first = following.items[0]
            if self._is_level_points(segment, first):
                self._enter(segment, index)
                self._add_group(segment.name, None, "权重", first.value, segment)
                return index + 2
            if self.levels and index and self.segments[index - 1].kind in ("level", "values"):
                return self._read_row(index + 1, Segment("text", segment.items))
        self._enter(segment, index)
        if segment.points is not None:
            self._add_group(
                segment.name, self.levels[0] if len(self.levels) > 1 else None, "权重", segment.points, segment
            )
        return index + 1

    def _is_level_points(self, segment: Segment, item: Item) -> bool:
        bare = item.value is not None and item.value.bare
        return self.level_points and bare and segment.name in form_words().levels["first"]

    def _enter(self, segment: Segment, index: int) -> None:
        """Go to a level: first levels start anew, second ones stand under the first that they belong to."""
        words = form_words()
        first, second = segment.name in words.levels["first"], segment.name in words.levels["second"]
        outer = self.levels[0] if self.levels else None
        if first and second:
            following = self.segments[index + 1 : index + 2]
            opened = len(self.levels) == 1 and self.segments[index - 1].kind == "level" and index > 0
            above = any(item.kind == "level" for item in following) and not opened
            second = not above and (opened or words.under.get(segment.name) == outer)
        elif first:
            second = False
        elif outer is not None and words.under.get(segment.name, outer) != outer:
            outer = None
        self.levels = [outer, segment.name] if outer is not None and (second or not first) else [segment.name]

    def _add_group(self, name: str, parent: str | None, measure: str, value: Value | None, segment: Segment) -> None:
        if value is not None:
            words = segment.words
            self.result.groups.append(
                Group(name, parent, measure, value, (words[0].start, max(value.stop, words[-1].end)))
            )

    def _read_row(self, index: int, text: Segment | None) -> int:
        """Collect the segments of one row, from its first values to where its points are complete."""
        row = _Row(tuple(self.levels), text, self._count_levels(index, text), [self.segments[index]])
        index += 1
        while not self._closed(row, index) and index < len(self.segments):
            if self.segments[index].kind not in ("text", "values"):
                break
            row.parts.append(self.segments[index])
            index += 1
        while row.parts and row.parts[-1].kind == "text":
            row.parts.pop()
            index -= 1
        self.rows.append(row)
        return self._skip_reason(row, index)

    def _count_levels(self, index: int, text: Segment | None) -> int:
        """How many words of a row's text are levels by the header's count: 投入（15分） ``预算配置`` 在职人员控制率."""
        if text is None or len({word.line for word in text.words}) > 1:
            return 0
        opened = 0
        while opened < index - 1 and self.segments[index - 2 - opened].kind == "level":
            opened += 1
        level = self.segments[index - 2] if opened else None
        one_line = level is not None and level.words[0].line == text.words[0].line and level.words[0].first
        return len(text.words) - 1 if one_line and opened + len(text.words) == self.level_cells else 0

    def _closed(self, row: _Row, index: int) -> bool:
        if row.parts[-1].kind != "values":
            return False
        items = row.values()
        following = self.segments[index : index + 2]
        if len(following) < 2 or following[0].kind != "text" or following[1].kind != "values":
            return True
        run = following[1].values
        only_points = 0 < len(run) <= self.tail and all(item.value is not None and item.value.bare for item in run)
        bare = count_bare(items)
        again = "".join(word.text for word in following[0].words)
        if not bare and row.text is not None and "".join(word.text for word in row.text.words).startswith(again):
            return len(items) + len(run) > len(self.columns)
        if bare >= self.tail:
            leading = self.columns[0] in POINTS and len(items) == 1
            return not (leading and only_points)
        if len(run) == self.tail and only_points and len(items) + len(run) <= len(self.columns):
            pure = all(item.value is not None and item.value.bare for item in items)
            return pure and len(items) == bare and row.text is not None and self.tail > 1 and bare > 0
        return True

    def _skip_reason(self, row: _Row, index: int) -> int:
        """Text on the line of the points is the reason (偏差原因); so is text after lost points up to the next level."""
        if index >= len(self.segments) or self.segments[index].kind != "text" or self.unbroken:
            return index
        text, words = self.segments[index], self.segments[index].words
        last = row.parts[-1].words[-1]
        following = self.segments[index + 1] if index + 1 < len(self.segments) else None
        counted = opens_reason(words)
        if (words[0].line != last.line or words[0].first) and not counted:
            return index
        words = words[counted:]
        if following is None or following.kind != "values":
            self.result.reasons.append(tuple(words))
            return index + 1
        if self._ends_reason(index + 1, last.line):
            self.result.reasons.append(tuple(words))
            return index + 2
        kept = last_lines(words, self._width())
        if kept[0].line == last.line:
            kept = tuple(word for word in kept if word.line != last.line)
        self.result.reasons.append(tuple(words[: len(words) - len(kept)]))
        if not kept:
            return index + 1
        starts = {word.start for word in kept}
        items = tuple(item for item in text.items if item.words[0].start in starts)
        self.segments[index] = Segment("text", items) if items else text
        return index

    def _ends_reason(self, index: int, line: int) -> bool:
        """Whether values end the line of a row whose points are complete, too few to be a row's: 受疫情影响少办 1 期."""
        values, after = self.segments[index], self.segments[index + 1 : index + 2]
        alone = len(values.items) < self.tail and all(word.line == line for word in values.words)
        return alone and (not after or after[0].words[0].line != line)

    def _width(self) -> int:
        """How wide the name column is: the longest line of names that values follow directly."""
        weighed = self.columns[0] in POINTS
        widths = [
            len(word.text)
            for before, after in zip(self.segments, self.segments[1:], strict=False)
            if before.kind == "text" and after.kind == "values" and (weighed or is_marked(after.items[0]))
            for word in before.words
            if len(word.text) < 30
        ]
        return max(widths, default=0)

    def _read_total(self, index: int) -> None:
        segment = self.segments[index]
        run = self.segments[index + 1] if index + 1 < len(self.segments) else None
        items = run.values if run is not None and run.kind == "values" else []
        columns = [column for column in self.columns if column in POINTS]
        if len(items) == 2 and columns == ["得分"]:
            columns = ["权重", "得分"]
        values = [item.value for item in items if item.value is not None and item.value.unit in (None, "分")]
        total = Total((segment.words[0].start, values[-1].stop if values else segment.words[-1].end))
        if len(values) == len(columns):
            total.values = dict(zip(columns, values, strict=True))
        elif len(values) == 1:
            total.values = {"": values[0]}
        if total.values:
            self.result.totals.append(total)

    def _finish(self) -> None:
        width = self._width()
        built = [(row, indicator) for row in self.rows if (indicator := self._build(row, width)) is not None]
        self.result.indicators = [indicator for _, indicator in built]
        rows = [PointsRow(indicator, row.values()) for row, indicator in built]
        if "权重" in self.columns:
            tell_lone_weights(rows, self.result.totals)
        elif self.columns[-1] == "得分":
            share_scores(rows, self.result.groups)

    def _build(self, row: _Row, width: int) -> Indicator | None:
        if row.text is None:
            return None
        words = self._without_reason(row, row.text.words[row.inner :], width)
        inner = tuple(word.text for word in row.text.words[: row.inner])
        items = row.values()
        quality = any(item.kind is Kind.QUALITY for part in row.parts for item in part.items)
        printed = join_words(words)
        texts = [part for part in row.texts() if not printed.startswith(join_words(part.words))]
        blank = len(self.columns) - len(items) - len(texts)
        marked = quality or is_marked(row.parts[0].items[0]) or not words or self.columns[0] in POINTS
        again = len(texts) < len(row.texts())
        name = split_name(words, 0 if marked else max(blank, int(again)), width, single=self.single)
        if not name.text:
            return None
        values = self._assign(items, texts, len(name.cells) if not (marked or again) else 0, quality)
        levels = (*row.levels[:1], name.outer) if name.outer else (*row.levels, *inner)
        every = [*words, *(word for part in row.parts for word in part.words)]
        span = (min(word.start for word in every), max(word.end for word in every))
        return Indicator(
            name.text,
            tuple(level for level in levels if level),
            span,
            values,
            named=(name.words[0].start, name.words[-1].end),
        )

    def _without_reason(self, row: _Row, words: list[Word], width: int) -> list[Word]:
        """Words of a name without the reason of the row before it, where no points end the rows: a line that is not full
        does not go on in the next."""
        pure = not {*POINTS} & {*self.columns} and words and words[-1].line == row.parts[0].words[0].line
        if not pure or self.rows[0] is row:
            return words
        kept = last_lines(words, width)
        self.result.reasons += [tuple(words[: len(words) - len(kept)])] if len(kept) < len(words) else []
        return list(kept)

    def _assign(self, items: Sequence[Item], texts: Sequence[Segment], cells: int, quality: bool) -> dict[str, Value]:
        values = assign_columns(items, self.columns, cells, quality or (bool(texts) and not is_marked(items[0])))
        target = values.get("目标值")
        if "完成值" not in values and texts and "完成值" in self.columns:
            found = read_completion([word for segment in texts for word in segment.words], target)
            if found is not None:
                values["完成值"] = found
        return values


def _one_cell_a_line(words: Sequence[Word]) -> bool:
    """Whether nearly every word stands on a line of its own, as in text taken from a page's cells."""
    return bool(words) and sum(word.first for word in words) >= 0.97 * len(words)
