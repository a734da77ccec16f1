"""Makes knowledge/vocabulary/syllables.tsv from pypinyin: how each common character is read, without tones.

A line holds a syllable, the characters that are mostly read so, and those that are often read so as well (多音字). What is
usual is counted in pypinyin's dictionary of phrases. Run again after a new release of pypinyin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

from knowledge.regions import codes_by_name

TARGET = Path(__file__).parent.parent / "knowledge/vocabulary/syllables.tsv"
OFTEN, LEAST = 0.015, 5


def common_characters() -> list[str]:
    """The characters of GB 2312 and of the names of regions."""
    found = set("".join(codes_by_name()))
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(bytes([row, cell]).decode("gb2312", "ignore"))
    return sorted(found)


def count_readings() -> dict[str, Counter[str]]:
    """How often each character is read in which way in phrases."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        for character, (reading, *_) in zip(phrase, readings, strict=False):
            counts[character][_plain(reading)] += 1
    return counts


def _plain(reading: str) -> str:
    return to_normal(reading).replace("ü", "v")


def usual_readings(character: str, counts: Counter[str]) -> Iterator[str]:
    """The readings of a character that are worth knowing, the most usual first."""
    known = [_plain(reading) for reading in pinyin(character, style=Style.TONE, heteronym=True)[0]]
    frequent = [
        (count, reading)
        for reading, count in counts.items()
        if reading in known and count >= OFTEN * counts.total() and (count >= LEAST or counts.total() < 2 * LEAST)
    ]
    ordered = [reading for _, reading in sorted(frequent, key=lambda item: -item[0])]
    yield from dict.fromkeys(ordered or known[:1])


def main() -> None:
    """Write the table."""
    mostly: dict[str, list[str]] = defaultdict(list)
    also: dict[str, list[str]] = defaultdict(list)
    counts = count_readings()
    for character in common_characters():
        first, *others = usual_readings(character, counts[character])
        mostly[first].append(character)
        for other in others:
            also[other].append(character)
    lines = ("\t".join((key, "".join(mostly[key]), "".join(also[key]))) for key in sorted({*mostly, *also}))
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
