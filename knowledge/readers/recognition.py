"""Offline recognition of Chinese print (RapidOCR with the models in its package): text boxes, characters, certainty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from knowledge.readers.errors import ReaderError
from knowledge.readers.runs import Doubtful

CERTAIN = 0.95
NUMBER = re.compile(r"[-+−]?\d[\d.,，]*%?")
NARROW = [3, 48, 96]
"""Least size of a line's picture; the numbers of a table are narrow."""
MISSING = (
    "《{name}》{pages}是扫描图像或文字已损坏，需要文字识别组件：请运行 uv sync --extra ocr"
    "（或 pip install rapidocr-onnxruntime，需 Python 3.12 及以下）后再载入。"
)


class RecognitionMissingError(ImportError):
    """The optional dependency for OCR is not installed."""


@cache
def engine() -> Any:
    """The recognition engine, loaded once per process. Raises RecognitionMissingError.

    One thread: the loader reads as many files at once as there are cores, and more threads only wait for each other.
    """
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        raise RecognitionMissingError from None
    loaded = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    loaded.text_rec.rec_image_shape = NARROW
    return loaded


def missing_error(name: str, pages: Sequence[int]) -> ReaderError:
    """The sentence that says what to install. ``pages`` is empty for a picture."""
    if not pages:
        return ReaderError(MISSING.format(name=name, pages=""))
    which = f"第 {pages[0]} 页" if len(pages) == 1 else f"第 {pages[0]} 页等 {len(pages)} 页"
    return ReaderError(MISSING.format(name=name, pages=which))


def detect_boxes(picture: Any) -> list[tuple[Any, float]]:
    """Text boxes as four corners each."""
    corners, _ = engine().text_det(picture)
    return [] if corners is None else list(corners)


Reading = tuple[str, tuple[Doubtful, ...], float]
"""Text, its doubtful stretches, and the mean certainty."""


def recognise(pictures: Sequence[Any]) -> list[Reading]:
    """What is printed in each small picture of one line."""
    if not pictures:
        return []
    results, _ = engine().text_rec(list(pictures), return_word_box=True)
    return [_reading(text, mean, details[4]) for text, mean, details in results]


def _reading(text: str, mean: float, certainties: Sequence[float]) -> Reading:
    """Drop the blanks that recognition puts into numbers; tell which stretches are in doubt."""
    pairs = [
        (character, certainty)
        for index, (character, certainty) in enumerate(zip(text, certainties, strict=False))
        if not (character.isspace() and _inside_number(text, index))
    ]
    clean = "".join(character for character, _ in pairs)
    return clean, tuple(_doubts(clean, [certainty for _, certainty in pairs])), mean


def _inside_number(text: str, index: int) -> bool:
    left, right = text[:index].rstrip(), text[index + 1 :].lstrip()
    return bool(left and right) and (
        (left[-1] in ".,，" and right[0].isdigit()) or (left[-1].isdigit() and right[0] in ".,，%")
    )


def _doubts(text: str, certainties: Sequence[float]) -> list[Doubtful]:
    """Numbers with an uncertain character as a whole, other uncertain characters alone."""
    doubts: list[Doubtful] = []
    numbers = [match.span() for match in NUMBER.finditer(text)]
    for start, end in numbers:
        lowest = min(certainties[start:end])
        if lowest < CERTAIN:
            doubts.append((start, end, round(lowest, 3)))
    for index, certainty in enumerate(certainties):
        if certainty < CERTAIN and not any(start <= index < end for start, end in numbers):
            doubts.append((index, index + 1, round(certainty, 3)))
    return sorted(doubts)
