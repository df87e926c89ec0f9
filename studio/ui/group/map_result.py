"""What a round of the self-map comes to: index and class, dimensions, the two figures, the next steps, the change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.base.locale_forms import long_day
from studio.group.map_words import class_words, figure_words, index_words, missing_words, step_words
from studio.group.scoring import next_steps, score_round
from studio.story.date_formats import parse_date
from studio.ui.group.map_charts import BarChart, NetChart, RoundsChart
from studio.ui.widgets.basic_parts import button, card, clear, column, edges, label, pill, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout, QPushButton

    from studio.group.assessment import Assessment
    from studio.group.instrument import Instrument
    from studio.group.scoring import MapResult
    from studio.ui.group.group_context import GroupContext
    from studio.ui.widgets.basic_parts import Tone


class MapResultView(QWidget):
    """The result of one round, and how it came there.

    Args:
        context: what a page works with.
        instrument: the questions.
    """

    answer_asked = Signal(str)
    """The user wants to answer the questions of a dimension."""

    def __init__(self, context: GroupContext, instrument: Instrument) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._context = context
        self._instrument = instrument
        tools, px = context.tools, context.tools.theme.px
        self._index = label("", "number")
        self._class = label("", "title", wrap=True)
        self._missing = label("", "hint", wrap=True)
        self._figures = QVBoxLayout()
        self._figures.setSpacing(px(6))
        self.steps = QVBoxLayout()
        self.steps.setSpacing(px(8))
        self.bars, self.net, self.line = BarChart(tools), NetChart(tools), RoundsChart(tools)
        self._claimed = label("", "muted", wrap=True)
        self._change = label("", "hint", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        t, theme = self._context.t, self._context.tools.theme
        px, margins = theme.px, edges(theme, 18, 14)
        wide = theme.scale <= 1.3
        head = column(self._index, self._class, self._missing, self._figures, 1, gap=px(6))
        charts: QBoxLayout
        if wide:
            charts = row(self.bars, self.net, gap=px(18))
            charts.setStretch(0, 1)
        else:
            charts = column(self.bars, row(1, self.net, 1), gap=px(18))
        top = column(head, charts, self._claimed, gap=px(14), edges=margins)
        steps = column(label(t("group.map.steps"), "title"), self.steps, gap=px(8), edges=margins)
        rounds = column(label(t("group.map.rounds"), "title"), self._change, self.line, gap=px(6), edges=margins)
        self._rounds = card(rounds)
        self._steps = card(steps)
        self.setLayout(column(card(top), self._steps, self._rounds, gap=px(14)))

    def show_rounds(self, rounds: tuple[Assessment, ...], shown: Assessment) -> None:
        """Show a round, with the line of all."""
        result = score_round(shown, self._instrument)
        texts = self._context.tools.texts
        self._index.setText(self._context.t("group.map.index", index=index_words(result, texts)))
        self._class.setText(class_words(result, texts))
        self._missing.setText(missing_words(result, self._instrument, texts))
        self._claimed.setText(self._context.t("group.map.claimed", n=result.claimed, answered=result.answered))
        self.bars.show_result(result)
        self.net.show_result(result)
        self._show_figures(result)
        self._show_steps(shown)
        self._show_line(rounds)

    def _show_figures(self, result: MapResult) -> None:
        clear(self._figures)
        for each in result.figures:
            tone: Tone = "idle" if each.reached is None else "ok" if each.reached else "warn"
            line = row(
                pill(figure_words(result, each.figure.id, self._context.tools.texts), tone),
                1,
                gap=self._context.tools.theme.px(6),
            )
            self._figures.addLayout(line)

    def _show_steps(self, shown: Assessment) -> None:
        clear(self.steps)
        theme, texts = self._context.tools.theme, self._context.tools.texts
        steps = next_steps(shown, self._instrument)
        self._steps.setVisible(bool(steps))
        for number, step in enumerate(steps, 1):
            words = step_words(step.indicator, step.score, step.target, texts)
            answer = partial(self.answer_asked.emit, step.indicator.id)
            fix = button(theme, self._context.t("group.map.change_answer"), answer, look="link")
            place = partial(self._context.open_place, step.indicator.place)
            go = button(theme, self._context.t(f"group.map.go.{step.indicator.place}"), place, icon="arrow-right")
            # Several buttons say the same: a screen reader has to tell them apart.
            go.setAccessibleName(f"{words}: {go.accessibleName()}")
            ways = [fix, *self._lesson_button(step.indicator.lesson, words), go]
            text = label(f"{number}. {words}", wrap=True)
            wide = theme.scale <= 1.3
            line = row(text, *ways, gap=theme.px(8)) if wide else column(text, row(*ways, 1), gap=theme.px(6))
            line.setStretch(0, 1 if wide else 0)
            self.steps.addLayout(line)

    def _lesson_button(self, lesson: str, words: str) -> list[QPushButton]:
        """The way to the lesson about a step; none where there is no lesson."""
        if not lesson:
            return []
        theme, name = self._context.tools.theme, self._context.t("group.map.lesson")
        made = button(theme, name, partial(self._context.open_place, f"lesson/{lesson}"), icon="graduation-cap")
        made.setAccessibleName(f"{words}: {name}")
        return [made]

    def _show_line(self, rounds: tuple[Assessment, ...]) -> None:
        language = self._context.tools.texts.language
        known = [(each.date, score_round(each, self._instrument).index) for each in rounds]
        scored = [(_day_words(day, language), index) for day, index in known if index is not None]
        self._rounds.setVisible(len(scored) > 1)
        if len(scored) > 1:
            first, last = scored[0], scored[-1]
            self._change.setText(
                self._context.t("group.map.change", start=round(first[1]), end=round(last[1]), date=first[0])
            )
            self.line.show_rounds(scored)


def _day_words(day: str, language: str) -> str:
    found = parse_date(day)
    return long_day(found, "en" if language == "en" else "id") if found else day
