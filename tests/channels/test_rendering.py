"""Pages of Telegram HTML: within the limits, escaped, no figure cut."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.rendering import PAGE_UNITS, paginate, render_pages, units
from bot.channels.telegram.sending import plain
from bot.models import Answer, Question, Result
from tests.channels.partner import shown_figure

QUESTION = Question(text="甲")
LINES = st.text(st.sampled_from("支出1234567890.,，。<>&“”》 元😀"), min_size=1, max_size=9000)


def test_marks_the_number_and_the_quote() -> None:
    text = "渠县 11.38 与 1.38 万元\n“<原文>”"
    answer = Answer(status="answered", question=QUESTION, figures=(shown_figure(),), text=text)
    assert render_pages(answer) == ["渠县 11.38 与 <b>1.38 万元</b>\n<blockquote>“&lt;原文&gt;”</blockquote>"]


def test_marks_the_first_number_of_a_list_that_begins_with_a_worked_out_one() -> None:
    result = Result(label="三公经费", value="1.4", unit="万元", formula="1.38 + 0.02")
    text = "1. 2021年：1.4万元（1.38 + 0.02）\n2. 2022年：1.38万元"
    answer = Answer(status="answered", question=QUESTION, figures=(shown_figure(),), results=(result,), text=text)
    assert render_pages(answer)[0].startswith("1. 2021年：<b>1.4万元</b>（1.38 + 0.02）\n")


def test_leaves_what_is_no_answer_unmarked() -> None:
    assert render_pages(Answer(status="no_data", question=QUESTION, text="没有 <数据>")) == ["没有 &lt;数据&gt;"]


@given(st.lists(LINES, min_size=1, max_size=5))
def test_pages_fit_and_lose_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    pages = render_pages(Answer(status="answered", question=QUESTION, text=text))
    shown = "".join(plain(page) for page in pages)
    assert shown.replace("\n", "") == "".join(text.strip().splitlines())
    assert all(units(unescape(page)) <= 4096 and units(plain(page)) <= PAGE_UNITS for page in pages)
    assert all(page.count("<blockquote>") == page.count("</blockquote>") for page in pages)


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=5, max_size=30), st.sampled_from(["，", "x", "元"]))
def test_never_cuts_inside_a_number(some: list[object], between: str) -> None:
    amounts = some * 100
    line = between.join(str(amount) for amount in amounts)
    pieces = [piece for page in paginate([line]) for piece in page]
    assert [number for piece in pieces for number in re.findall(r"[\d.]+", piece)] == [
        str(amount) for amount in amounts
    ]
