"""Bodies that a report names by their level alone (县农业农村局): the place that they belong to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from knowledge.regions import codes_by_name, leading_regions, longest_name

_LEVEL = re.compile(r"(?:自治)?[县市区旗州](?![县市区旗州])")


def complete_places(names: Iterable[str], printed: Mapping[str, int], texts: Sequence[str]) -> set[str]:
    """Names with the place before those that begin with 县, 市, 区 alone.

    The place is the one that ``printed`` names (how often each stretch is printed) have before them: 寻甸县农业农村局; else the
    first known one of that level in ``texts`` (file name, titles, running text), where the name is printed more than once
    or titles print it: 经县财政局批复 names another body. A name without either stays as it is.
    """
    found: set[str] = set()
    for name in names:
        level = _LEVEL.match(name)
        if level is None or leading_regions(name)[1]:
            found.add(name)
            continue
        whole = {longer for longer in printed if longer.endswith(name) and _opens_with_place(longer, name, level[0])}
        own = printed.get(name, 0) > 1 or any(name in text for text in texts[:-1])
        place = _first_place(texts, level[0][-1]) if own else None
        found |= whole or {f"{place or level[0]}{name[level.end() :]}"}
    return found


def _opens_with_place(longer: str, name: str, level: str) -> bool:
    """Whether a longer name is the place and the rest of the name: 寻甸``县农业农村局``."""
    return longer[: len(longer) - len(name) + len(level)] in codes_by_name()


def _first_place(texts: Collection[str], level: str) -> str | None:
    """The first place of a level (县) that texts name."""
    for text in texts:
        for match in re.finditer(level, text):
            for start in range(max(match.end() - longest_name(), 0), match.start()):
                if text[start : match.end()] in codes_by_name():
                    return text[start : match.end()]
    return None
