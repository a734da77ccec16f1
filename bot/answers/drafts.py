"""An answer in the making: what is shown, what is worked out, what is said beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.answers.groups import Group
from bot.answers.knowledge_base import KnowledgeBase, Record, Statement
from bot.answers.showing import show_group, show_record
from bot.models import Answer, Choice, Citation, Question, Result, ShownFigure, ShownStatement
from bot.wording import phrase
from knowledge.findings import find_messages

MOST_CONTRADICTIONS = 2


@dataclass(slots=True)
class Draft:
    """Collects the parts of an answer to one question."""

    base: KnowledgeBase
    question: Question
    figures: list[ShownFigure] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    statements: list[ShownStatement] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: int = 0
    unclear: bool = False

    def show(self, group: Group, *, asked: bool = False) -> ShownFigure | None:
        """Add the figure of a group, unless it stands there already or the source does not print it."""
        shown = next((figure for figure in self.figures if figure.id == group.first.id), None)
        if shown is None:
            shown = show_group(self.base, group)
            if shown is None:
                self.warn("not_printed", metric=group.first.metric, year=group.first.year)
                return None
            self.figures.append(shown)
        if asked:
            self._ask(shown)
        return shown

    def _ask(self, figure: ShownFigure) -> None:
        place = next(index for index, shown in enumerate(self.figures) if shown is figure)
        if place >= self.asked:
            self.figures.insert(self.asked, self.figures.pop(place))
            self.asked += 1

    def show_single(self, record: Record) -> ShownFigure:
        """Add one occurrence as a figure."""
        figure = show_record(self.base, record)
        self.figures.append(figure)
        return figure

    def state(self, statement: Statement) -> None:
        """Add a sentence that is an answer of itself."""
        report = self.base.report(statement.report_id)
        citation = Citation(
            figure="",
            report=report.id,
            document=report.document,
            title=report.title,
            section=statement.section,
            line=statement.line,
            page=statement.page,
            quote=statement.text,
            printed=statement.text,
        )
        shown = ShownStatement(text=statement.text, agency=statement.agency, year=statement.year, citation=citation)
        if shown not in self.statements:
            self.statements.append(shown)

    def warn(self, key: str, **values: object) -> None:
        """Add a warning by its wording key."""
        self._say(self.warnings, key, values)

    def note(self, key: str, **values: object) -> None:
        """Add a remark by its wording key."""
        self._say(self.notes, key, values)

    def _say(self, sentences: list[str], key: str, values: dict[str, object]) -> None:
        sentence = phrase(f"answers.notes.{key}", **values)
        if sentence not in sentences:
            sentences.append(sentence)

    def choose(self, label: str, question: str) -> None:
        """Offer one reading as a complete question."""
        choice = Choice(label=label, question=question)
        if choice not in self.choices:
            self.choices.append(choice)

    def _warn_of_contradictions(self) -> None:
        """What the checks found wrong with the figures shown, wherever they are printed."""
        citations = [citation for figure in self.figures for citation in figure.citations]
        reports = dict.fromkeys(citation.report for citation in citations)
        figures = [*(figure.id for figure in self.figures), *(citation.figure for citation in citations)]
        for message in find_messages(self.base.connection, reports, figures)[:MOST_CONTRADICTIONS]:
            self.warn("check", message=message)

    def finish(self, status: str | None = None) -> Answer:
        """The answer; its status follows from what was found when none is given."""
        self._warn_of_contradictions()
        found = bool(self.figures or self.results or self.statements)
        state = status or ("answered" if found else "needs_choice" if self.unclear and self.choices else "no_data")
        return Answer(
            status=state,
            question=self.question,
            figures=tuple(self.figures),
            results=tuple(self.results),
            choices=tuple(self.choices),
            statements=tuple(self.statements),
            warnings=tuple(self.warnings),
            notes=tuple(self.notes),
            asked=self.asked,
        )
