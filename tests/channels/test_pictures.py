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
POINTS = tuple(
    Result(label="三公经费", value=value, unit="万元", year=year, agency="渠县医疗保障局", formula=formula)
    for year, value, formula in ((2020, "1.5", "1.4+0.1"), (2021, "1.4", None), (2022, "1.38", None))
)


def _trend(*points: Result) -> bytes | None:
    question = Question(text="历年", operation="trend")
    return draw_chart(Answer(status="answered", question=question, figures=(shown_figure(),), results=points))


def test_draws_three_years_in_phone_width() -> None:
    picture = _trend(*POINTS)
    assert picture is not None
    assert Image.open(BytesIO(picture)).width == 1080


def test_draws_no_two_years_and_no_mixed_units() -> None:
    assert _trend(*POINTS[:2]) is None
    assert _trend(*POINTS[:2], POINTS[2].model_copy(update={"unit": "元"})) is None
    assert _trend(*POINTS[:2], POINTS[2].model_copy(update={"agency": "曾都区医疗保障局"})) is None


def test_draws_the_parts_of_one_composition() -> None:
    question = Question(text="构成", operation="composition")
    figures = tuple(shown_figure(value=value) for value in ("4.28", "1.5", "1.4", "1.38"))
    answer = Answer(status="answered", question=question, figures=figures)
    assert draw_chart(answer) is not None
    assert draw_chart(answer.model_copy(update={"figures": figures[:3]})) is None
    assert draw_chart(answer.model_copy(update={"asked": 2})) is None
    too_much = shown_figure(value="1.39")
    assert draw_chart(answer.model_copy(update={"figures": (*figures[:3], too_much)})) is None


async def test_sends_a_chart_after_the_answer(api: BotApi, bot: RunningBot) -> None:
    api.say("三公经费历年")
    answer, photo = await api.wait_for_sent(2, seconds=30)
    [file] = photo.files.values()
    assert (answer.method, photo.method) == ("sendMessage", "sendPhoto")
    assert file["body"].startswith(b"\x89PNG") and "历年三公经费" in photo.text
