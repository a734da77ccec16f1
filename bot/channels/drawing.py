"""Pictures for a chat, drawn in one thread of their own: pdfium allows no second one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from bot.catalogue import Passage
from bot.charts import draw_chart, draw_sample
from bot.models import Answer

_log = structlog.get_logger("drawing")
_PAGED = ("pdf", "scan")


class DrawingThread:
    """Draws one picture after the other."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")

    def warm_up(self) -> None:
        """Loads the libraries and the font in the background, so that the first chart does not take seconds."""
        self._executor.submit(draw_sample)

    async def chart(self, answer: Answer) -> bytes | None:
        """The trend or composition of an answer as a PNG; None where there is none to draw, or no library to draw with."""
        return await self._run(lambda: draw_chart(answer))

    async def crop(self, passage: Passage) -> bytes | None:
        """The page around a figure, with the figure in a frame, as a PNG; None where the file shows no pages."""
        return await self._run(lambda: _crop(passage))

    async def _run(self, draw: Callable[[], bytes | None]) -> bytes | None:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, draw)
        except Exception as error:  # an answer is worth more than its picture
            _log.warning("picture not drawn", error=repr(error))
            return None

    def close(self) -> None:
        """Ends the thread after the picture that it is at."""
        self._executor.shutdown(wait=True)


def _crop(passage: Passage) -> bytes | None:
    if passage.format not in _PAGED or passage.path is None or passage.page is None or passage.box is None:
        return None
    from knowledge.pictures import render_crop

    return render_crop(passage.path, passage.page, passage.box)
