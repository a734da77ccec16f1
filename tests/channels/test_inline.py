"""Inline mode."""

from __future__ import annotations

from pathlib import Path

from scripts.bot_api_server import BotApi
from tests.channels.conftest import RunningBot, StartBot


async def test_shows_value_and_citation_as_a_card(api: BotApi, bot: RunningBot) -> None:
    api.type_inline("渠县2022三公")
    [answer] = await api.wait_for_sent(1, "answerInlineQuery")
    [card] = answer.parameters["results"]
    assert card["title"] == "渠县2022三公 <1.38万元>"
    assert "第321行" in card["description"]
    assert "<b>1.38万元</b>" in card["input_message_content"]["message_text"]


async def test_shows_each_reading_of_an_unclear_question(api: BotApi, bot: RunningBot) -> None:
    api.type_inline("哪个")
    [answer] = await api.wait_for_sent(1, "answerInlineQuery")
    assert len(answer.parameters["results"]) == 2


async def test_shows_a_way_into_the_private_chat(api: BotApi, start_bot: StartBot, knowledge: Path) -> None:
    await start_bot(knowledge_base=knowledge)
    api.type_inline("天气")
    [answer] = await api.wait_for_sent(1, "answerInlineQuery")
    assert answer.parameters["results"] == [] and answer.parameters["button"]["start_parameter"] == "ask"


async def test_suggests_for_a_half_typed_name_and_for_nothing(
    api: BotApi, start_bot: StartBot, knowledge: Path
) -> None:
    bot = await start_bot(knowledge_base=knowledge)
    api.type_inline("")
    [answer] = await api.wait_for_sent(1, "answerInlineQuery")
    assert answer.parameters["results"] and all("年" in question for question in bot.partner.asked)
