"""The page "Peta diri": rounds of twenty questions, a screen for each dimension, and what they come to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLayout, QScrollArea, QStackedWidget, QWidget

from studio.base.locale_forms import long_day
from studio.group.assessment import Assessment, assessment_place
from studio.group.assessment_edits import (
    add_proof,
    answer_with_level,
    answer_with_reason,
    answer_with_score,
    remove_proof,
    without_business,
)
from studio.group.group_records import change_record, put_record
from studio.services.handover_making import notes_of
from studio.services.self_map_rounds import (
    begin_round,
    count_workspace,
    load_instrument,
    offered_products,
    rounds_of,
    take_counts,
    write_map,
)
from studio.story.date_formats import parse_date
from studio.ui.check.labelled_fields import make_tick
from studio.ui.group.map_result import MapResultView
from studio.ui.group.question_card import QuestionCard
from studio.ui.widgets.basic_parts import button, column, describe, edges, empty, row, scroll_to, scrolled, show_tick
from studio.ui.widgets.calm_inputs import combo_box, tab_bar
from studio.ui.widgets.flow_layout import wrapped_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from studio.group.assessment import AnswerProof, CountedScore
    from studio.group.instrument import Dimension
    from studio.services.self_map_rounds import MapDocument
    from studio.ui.group.group_context import GroupContext

_WIDTH = 860
RESULT = "result"


class MapPage(QWidget):
    """The self-map.

    Args:
        context: what a page works with.
    """

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        self.instrument = load_instrument()
        self._shown = ""
        self.cards: dict[str, QuestionCard] = {}
        self._screens: dict[str, QScrollArea] = {}
        self.result = MapResultView(context, self.instrument)
        self.result.answer_asked.connect(self.reveal)
        self.tabs = tab_bar()
        self.rounds = combo_box()
        self._stack = QStackedWidget()
        self._codes = [RESULT, *(each.id for each in self.instrument.dimension)]
        self.no_business = self._business_tick()
        self.start = button(
            context.tools.theme, context.t("group.map.start"), self.begin, look="primary", icon="clipboard-pen"
        )
        self._empty = self._empty_page()
        self._filled = self._filled_page()
        self.setLayout(column(self._empty, self._filled, gap=0))
        self.home: QWidget = self.start
        context.session.changed.connect(self._refresh)
        self._refresh()

    # ------------------------------------------------------------------------------------------- making

    def _empty_page(self) -> QWidget:
        t, theme = self._context.t, self._context.tools.theme
        self.start.setEnabled(not self._context.session.read_only)
        made = empty(theme, "chart-no-axes-combined", t("group.map.empty"), t("group.map.empty_hint"), self.start)
        page = QWidget()
        page.setLayout(column(made, edges=edges(theme, 20, 18)))
        return page

    def _filled_page(self) -> QWidget:
        t, theme = self._context.t, self._context.tools.theme
        px = theme.px
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(t("group.map.screens"))
        self.tabs.addTab(t("group.map.result"))
        for dimension in self.instrument.dimension:
            self.tabs.addTab(dimension.title[self._context.tools.texts.language])
        describe(self.rounds, t("group.map.round"), t("group.map.round_tip"))
        self.rounds.activated.connect(lambda at: self._show_round(str(self.rounds.itemData(at))))
        self.again = button(theme, t("group.map.new_round"), self.begin, icon="plus", tip=t("group.map.new_round_tip"))
        self.recount = button(
            theme, t("group.map.recount"), self.count, icon="refresh-cw", tip=t("group.map.recount_tip")
        )
        self.card = button(theme, t("group.map.card"), partial(self.export, "card"), icon="image-down")
        self.sheet = button(theme, t("group.map.sheet"), partial(self.export, "sheet"), icon="printer")
        made = (self.again, self.recount, self.card, self.sheet)
        wide = theme.scale <= 1.3
        parts: list[QWidget | QLayout] = [wrapped_row(theme, self.rounds, *made, last_right=False)]
        if not wide:  # there they would take half of the screen: they scroll with the result
            parts = [row(self.rounds, 1), row(self.again, self.recount, 1), row(self.card, self.sheet, 1)]
        tools = column(*parts, gap=px(6))
        first = QWidget()
        first.setProperty("look", "clear")
        first.setLayout(column(self.result, gap=px(10)) if wide else column(tools, self.result, gap=px(10)))
        self._add_screen(RESULT, first)
        for dimension in self.instrument.dimension:
            self._add_screen(dimension.id, self._questions(dimension))
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        page = QWidget()
        whole = column(self.tabs, self._stack, gap=px(8), edges=(px(20), px(6), px(20), 0))
        whole.setStretch(1, 1)
        if wide:
            whole.insertLayout(0, tools)
        page.setLayout(whole)
        return page

    def _add_screen(self, code: str, content: QWidget) -> None:
        px = self._context.tools.theme.px
        content.setMaximumWidth(px(_WIDTH))
        holder = QWidget()
        holder.setLayout(row(content, edges=(0, px(6), px(8), px(24))))
        self._screens[code] = area = scrolled(holder)
        self._stack.addWidget(area)

    def _business_tick(self) -> QCheckBox:
        made = make_tick(self._context.t("group.map.no_business"), self._context.t("group.map.no_business_tip"))
        made.toggled.connect(
            lambda on: self._edit(lambda round_: without_business(round_, applies=not on), "group.map/no_business")
        )
        return made

    def _questions(self, dimension: Dimension) -> QWidget:
        t, theme = self._context.t, self._context.tools.theme
        parts: list[QWidget] = [self.no_business] if dimension.optional else []
        for indicator in self.instrument.of_dimension(dimension.id):
            name = indicator.id
            made = QuestionCard(self._context, indicator)
            self._bind(made, name)
            self.cards[name] = made
            parts.append(made)
        at = self._codes.index(dimension.id)
        back = button(theme, t("group.map.back"), partial(self.tabs.setCurrentIndex, at - 1), icon="arrow-left")
        on = button(theme, t("group.map.on"), partial(self._next_dimension, at), look="primary", icon="arrow-right")
        whole = QWidget()
        whole.setProperty("look", "clear")
        whole.setLayout(column(*parts, row(back, 1, on), 1, gap=theme.px(14)))
        return whole

    def _next_dimension(self, at: int) -> None:
        """To the next dimension; after the last one to the result."""
        self.tabs.setCurrentIndex((at + 1) % len(self._codes))
        self.tabs.setFocus()

    def _bind(self, made: QuestionCard, name: str) -> None:
        made.scored.connect(lambda score: self._edit(lambda round_: answer_with_score(round_, name, score)))
        made.levelled.connect(lambda level: self._edit(lambda round_: answer_with_level(round_, name, level)))
        made.reasoned.connect(
            lambda text: self._edit(lambda round_: answer_with_reason(round_, name, text), f"group.map/{name}/reason")
        )
        made.proved.connect(lambda proof: self._prove(name, proof))
        made.unproved.connect(lambda at: self._edit(lambda round_: remove_proof(round_, name, at)))

    def _prove(self, name: str, proof: AnswerProof) -> None:
        self._edit(lambda round_: add_proof(round_, name, proof))

    # ------------------------------------------------------------------------------------------- rounds

    @property
    def round(self) -> Assessment | None:
        """The round that is shown."""
        return self._context.session.records.record(assessment_place(self._shown), Assessment)

    def _edit(self, change: Callable[[Assessment], Assessment], merge: str = "") -> None:
        shown = self.round
        if shown is not None:
            place = assessment_place(self._shown)
            self._context.session.edit(change_record(place, shown, change, "edit.group.map", merge))

    def begin(self) -> None:
        """Begin a round of today from the last one; the studio counts first."""
        today = self._context.today  # asked once: the day may turn while it counts
        self._count(today, partial(self._begin, today))

    def count(self) -> None:
        """Count anew for the round that is shown."""
        self._count(self._context.today, self._take_counts)

    def _count(self, today: date, then: Callable[[Mapping[str, CountedScore]], None]) -> None:
        context, workspace = self._context, self._context.workspace
        products = offered_products(context.session.records)
        context.tools.jobs.start(
            context.t("group.map.counting"),
            lambda progress: count_workspace(workspace, today, products, progress),
            done=then,
            failed=context.tools.dialogs.explain,
            owner=self,
        )

    def _begin(self, today: date, counted: Mapping[str, CountedScore]) -> None:
        session = self._context.session
        rounds = rounds_of(session.records)
        day = today.isoformat()
        if any(each.date == day for each in rounds):  # one round a day: the one of today is gone on with
            self._show_round(day)
            self._take_counts(counted)
        else:
            last = rounds[-1] if rounds else None
            author = self._context.tools.settings.text("author")
            fresh = begin_round(last, self.instrument, counted, today, author)
            self._shown = day
            session.edit(put_record(assessment_place(day), fresh, "edit.group.map.round"))
        self.tabs.setCurrentIndex(1)

    def _take_counts(self, counted: Mapping[str, CountedScore]) -> None:
        self._edit(lambda round_: take_counts(round_, self.instrument, counted))

    def _show_round(self, day: str) -> None:
        self._shown = day
        self._refresh()

    def _refresh(self, _: object = None) -> None:
        rounds = rounds_of(self._context.session.records)
        self._empty.setVisible(not rounds)
        self._filled.setVisible(bool(rounds))
        self.home = self.tabs if rounds else self.start
        if not rounds:
            return
        if self.round is None:
            self._shown = rounds[-1].date
        shown = self.round or rounds[-1]
        self._show_choices(rounds)
        locked = self._context.session.read_only
        self.again.setEnabled(not locked)
        self.recount.setEnabled(not locked)
        self.recount.setVisible(shown.date == rounds[-1].date)
        self.result.show_rounds(rounds, shown)
        notes = notes_of(self._context.session.records)
        show_tick(self.no_business, shown.no_business, locked=locked)
        for name, made in self.cards.items():
            asked = self.instrument.is_asked(made.indicator, no_business=shown.no_business)
            made.show_answer(shown.answers.get(name), locked=locked or not asked)
            made.show_notes([note for note in notes if note.indicator == name])

    def _show_choices(self, rounds: tuple[Assessment, ...]) -> None:
        language = self._context.tools.texts.language
        days = [each.date for each in reversed(rounds)]
        if [self.rounds.itemData(at) for at in range(self.rounds.count())] != days:
            self.rounds.clear()
            for day in days:
                found = parse_date(day)
                self.rounds.addItem(long_day(found, language) if found else day, day)
        self.rounds.setCurrentIndex(max(0, self.rounds.findData(self._shown)))

    # ------------------------------------------------------------------------------------------- the rest

    def reveal(self, field: str) -> None:
        """Show a dimension (``"KP"``) or a question of it (``"KP1"``)."""
        if field[:2] not in self._codes or self._filled.isHidden():
            return
        self.tabs.setCurrentIndex(self._codes.index(field[:2]))
        made = self.cards.get(field)
        if made is not None:
            chosen = made.buttons.checkedButton() or made.buttons.buttons()[0]
            chosen.setFocus()
            # When the page has its layout: before, there is no place to scroll to.
            QTimer.singleShot(0, made, lambda: scroll_to(self._screens[field[:2]], made))

    def export(self, kind: MapDocument) -> None:
        """Ask where to, and write the card or the sheet of the round that is shown."""
        context = self._context
        suffix = "png" if kind == "card" else "pdf"
        target = context.tools.dialogs.choose_target(
            context.t(f"group.map.{kind}"), f"peta-diri-{self._shown}.{suffix}", "any"
        )
        if target is None:
            return
        rounds = tuple(each for each in rounds_of(context.session.records) if each.date <= self._shown)
        context.tools.jobs.start(
            context.t(f"group.map.{kind}"),
            lambda _: write_map(kind, target, context.workspace.group, rounds, context.tools.texts),
            done=lambda _: context.toast(context.t("group.map.written", file=target.name), False),
            failed=context.tools.dialogs.explain,
            owner=self,
        )
