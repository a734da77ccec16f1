"""A partner that answers from a script, so that a channel is tested alone."""

from __future__ import annotations

from bot.assistant import Conversation
from bot.models import Answer, Choice, Citation, NameMatch, Question, Result, ShownFigure

QUOTE = "2022年度“三公”经费财政拨款支出决算为1.38万元，完成预算100%。"


def shown_figure(agency: str = "渠县医疗保障局", year: int = 2022, value: str = "1.38") -> ShownFigure:
    """A figure with one citation."""
    citation = Citation(
        figure="f1", report="r1", document="渠县.txt", title=f"{agency}{year}年度部门决算",
        section="第三部分>八", line=321, quote=QUOTE, printed=value,
    )  # fmt: skip
    return ShownFigure(
        id="f1", document="渠县.txt", agency=agency, year=year, metric="三公经费", measure="决算数", value=value,
        unit="万元", scope="财政拨款", line=321, section="第三部分>八", quote=QUOTE, citations=(citation,),
    )  # fmt: skip


PART = shown_figure(value="0.07").model_copy(update={"id": "f2", "metric": "公务接待费", "parent": "三公经费"})


class ScriptedPartner:
    """Answers by the first word that it knows; everything else is echoed as one figure's answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, text: str, conversation: Conversation | None = None) -> tuple[Answer, Conversation]:
        """The scripted answer; the conversation counts the questions before."""
        self.asked.append(text)
        before = conversation.questions if conversation else ()
        question = Question(text=text)
        answer = self._answer(text, question, [asked.text for asked in before])
        return answer, Conversation(questions=(*before, question))

    def _answer(self, text: str, question: Question, before: list[str]) -> Answer:
        if text == "炸":
            raise RuntimeError(f"cannot answer {text}")
        if text == "哪个":
            choices = (
                Choice(label="渠县医疗保障局", question="渠县医保局三公"),
                Choice(label="曾都区", question="曾都区三公"),
            )
            return Answer(status="needs_choice", question=question, choices=choices, text="您问的是哪个单位？")
        if text == "天气":
            return Answer(status="not_understood", question=question, text="没有看懂这个问题。")
        if text == "清单":
            lines = "\n".join(f"{number}. 单位{number}：{number}.00万元" for number in range(1, 91))
            return Answer(status="answered", question=question, figures=(shown_figure(),), text=f"共90个单位\n{lines}")
        if text == "之前":
            return Answer(status="answered", question=question, text="之前问过：" + "、".join(before))
        if "历年" in text:
            return _trend(text)
        printed = f"{text} <1.38万元>\n1.38万元 · 渠县医疗保障局\n“{QUOTE}”"
        return Answer(status="answered", question=question, figures=(shown_figure(), PART), text=printed)


def _trend(text: str) -> Answer:
    question = Question(
        text=text,
        operation="trend",
        metrics=(NameMatch(id=1, name="三公经费", start=0, end=4, kind="exact", score=100),),
    )
    figures = tuple(
        shown_figure(year=year, value=value) for year, value in ((2020, "1.5"), (2021, "1.4"), (2022, "1.38"))
    )
    results = tuple(Result(label=f.metric, value=f.value, unit=f.unit, year=f.year, agency=f.agency) for f in figures)
    lines = "\n".join(f"{f.year}年 {f.value}万元" for f in figures)
    return Answer(
        status="answered", question=question, figures=figures, results=results, asked=3, text=f"历年三公经费\n{lines}"
    )
