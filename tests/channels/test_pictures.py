"""Charts: when an answer gets one, and that it says what the answer says."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.charts import draw_chart
from bot.models import Answer, Question, Result
from scripts.bot_api_server import BotApi
from tests.channels.conftest import RunningBot
from tests.channels.partner import shown_figure

pytest.importorskip("matplotlib")
YEARS = tuple(shown_figure(year=year, value=value) for year, value in ((2020, "1.5"), (2021, "1.4"), (2022, "1.38")))


def _trend(figures: tuple[object, ...], results: tuple[Result, ...] = ()) -> bytes | None:
    question = Question(text="历年", operation="trend")
    return draw_chart(Answer(status="answered", question=question, figures=figures, results=results))  # type: ignore[arg-type]


def test_draws_three_years_in_phone_width() -> None:
    picture = _trend(YEARS)
    assert picture is not None
    assert Image.open(BytesIO(picture)).width == 1080


def test_draws_worked_out_years_beside_printed_ones() -> None:
    worked_out = Result(label="2021年", value="1.4", unit="万元", year=2021, formula="1.38+0.02")
    assert _trend((YEARS[0], YEARS[2])) is None
    assert _trend((YEARS[0], YEARS[2]), (worked_out,)) is not None


def test_draws_no_years_of_different_kinds() -> None:
    assert _trend((*YEARS[:2], YEARS[2].model_copy(update={"measure": "年初预算数"}))) is None
    assert _trend((*YEARS[:2], YEARS[2].model_copy(update={"unit": "元"}))) is None


def test_draws_the_parts_of_a_composition() -> None:
    question = Question(text="构成", operation="composition")
    whole = shown_figure(value="4.28")
    assert draw_chart(Answer(status="answered", question=question, figures=(whole, *YEARS))) is not None
    assert draw_chart(Answer(status="answered", question=question, figures=(whole, *YEARS[:2]))) is None


async def test_sends_a_chart_after_the_answer(api: BotApi, bot: RunningBot) -> None:
    api.say("三公经费历年")
    answer, photo = await api.wait_for_sent(2, seconds=30)
    [file] = photo.files.values()
    assert (answer.method, photo.method) == ("sendMessage", "sendPhoto")
    assert file["body"].startswith(b"\x89PNG") and "历年三公经费" in photo.text
