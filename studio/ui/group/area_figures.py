"""The figures of one area in the window: the same as in the exported report, with charts that answer a click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QWidget

from studio.documents.district_tiles import province_tiles
from studio.documents.district_web import question_words
from studio.group.district_areas import EVERYWHERE
from studio.group.district_figures import areas_below, path_to
from studio.ui.group.district_charts import CLASS_COLORS, ClassBar, ScatterPlane
from studio.ui.group.district_tables import GroupTable, HeatTable, heat_of, table_view
from studio.ui.group.province_map import ProvinceMap, scrolled_across
from studio.ui.widgets.basic_parts import button, card, clear, column, edges, label, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from studio.documents.district_words import DistrictWords
    from studio.group.district_figures import AreaFigures, DistrictFigures
    from studio.ui.core.desk_context import WindowTools

_MOST_ACROSS, _CARD_WIDE, _CHARTS_WIDE = 3, 180, 640
"""Cards side by side; the least width of a card, and of two charts side by side, in design pixels."""
_MOST_LINES = 60
"""Refused files and absent groups that are listed in the window; all are in the exported workbook."""


class AreaFiguresView(QWidget):
    """All figures of one area.

    Args:
        tools: texts and theme.
        figures: the report.
        words: its words.
    """

    area_chosen = Signal(str)
    """Key of an area."""
    answered = Signal(str, bool)
    """Key of a question; whether both are one group."""
    note_wanted = Signal(str)
    """Id of a group that the Dinas wants to write to."""

    def __init__(self, tools: WindowTools, figures: DistrictFigures, words: DistrictWords) -> None:
        super().__init__()
        self._tools, self._figures, self._words = tools, figures, words
        theme, codes = tools.theme, figures.instrument.dimension_codes
        self.key = EVERYWHERE
        self._across = _MOST_ACROSS
        self._path, self._narrow = column(gap=theme.px(2)), False
        self._cards = QGridLayout()
        self._cards.setSpacing(theme.px(8))
        self._bar = ClassBar(theme)
        self._classes, self._weakest, self._troubles = column(gap=theme.px(4)), column(gap=theme.px(6)), column()
        self.scatter = ScatterPlane(theme, words.say("scatter"))
        self._heat = HeatTable(words, figures.instrument.codes)
        self._groups = GroupTable(words, codes)
        self.heat_view = table_view(theme, self._heat, words.say("heat"), first=190, other=46)
        self.groups_view = table_view(theme, self._groups, words.say("groups"))
        self._lay_out()
        self.scatter.chosen.connect(self.choose_group)
        self.heat_view.clicked.connect(lambda index: self._open_row(index.row()))
        self.heat_view.activated.connect(lambda index: self._open_row(index.row()))
        self.groups_view.setSortingEnabled(True)
        self.groups_view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.groups_view.selectionModel().currentRowChanged.connect(lambda now, _: self._on_group(now.row()))
        self.show_area(EVERYWHERE)

    def _lay_out(self) -> None:
        tools, words = self._tools, self._words
        theme = tools.theme
        say = words.say
        self.groups_view.setColumnWidth(1, theme.px(210))
        for at, width in (
            (2, 62),
            (3, 120),
            *((at, 56) for at in range(4, 8)),
            (8, 62),
            (9, 110),
            (10, 190),
            (11, 130),
        ):
            self.groups_view.setColumnWidth(at, theme.px(width))
        self.groups_view.setFixedHeight(theme.px(330))
        self.note = button(theme, tools.t("district.page.note"), self._want_note, icon="message-square-text")
        self.note.setEnabled(False)
        weakest = label(say("weakest"), "title")
        classes = self._titled(say("classes"), "", self._bar, self._classes, -6, weakest, self._weakest, 1)
        plane = self._titled(say("scatter"), say("scatter_hint"), self.scatter)
        self._charts = row(classes, plane, gap=theme.px(10))
        self._charts.setStretch(0, 1)
        self._charts.setStretch(1, 1)
        self._heat_card = self._titled(say("heat"), say("heat_hint"), self.heat_view)
        groups = self._titled(say("groups"), "", self.groups_view, row(self.note, 1))
        tiles = province_tiles(self._figures, words)
        self.provinces = ProvinceMap(theme, tiles)
        self.provinces.chosen.connect(self.area_chosen)
        self._map_card = self._titled(say("tiles"), say("tiles_hint"), scrolled_across(theme, self.provinces))
        self._has_map = bool(tiles)
        inside = QWidget()
        parts = column(self._path, self._cards, self._map_card, self._charts, self._heat_card, groups)
        parts.addLayout(self._troubles)
        parts.addStretch(1)
        parts.setSpacing(theme.px(10))
        parts.setContentsMargins(*edges(theme, 4, 4))
        inside.setLayout(parts)
        self._scroll = scrolled(inside)
        self.setLayout(column(self._scroll, gap=0))

    def _titled(self, title: str, hint: str, *items: object) -> QFrame:
        theme = self._tools.theme
        head = [label(title, "title"), *([label(hint, "hint", wrap=True)] if hint else [])]
        return card(column(*head, *items, gap=theme.px(6), edges=edges(theme, 14, 12)))  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters on a small screen: fewer cards side by side, charts below one another."""
        super().resizeEvent(event)
        px = self._tools.theme.px
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        narrow = self.width() < px(_CHARTS_WIDE)
        self._charts.setDirection(ways[narrow])
        if narrow != self._narrow:
            self._narrow = narrow
            self._fill_path(self.key)
        across = max(1, min(_MOST_ACROSS, self.width() // px(_CARD_WIDE)))
        if across != self._across:
            self._across = across
            self._fill_cards(self._figures.areas[self.key])

    # ------------------------------------------------------------------------------------------- one area

    def show_area(self, key: str) -> None:
        """Narrow everything to an area."""
        figures = self._figures
        self.key = key
        self._scroll.verticalScrollBar().setValue(0)  # a click far down changes what stands at the top
        area = figures.areas[key]
        below = areas_below(figures, key)
        self._map_card.setVisible(self._has_map and key == EVERYWHERE)
        self._fill_path(key)
        self._fill_cards(area)
        self._fill_classes(area)
        groups = figures.groups_in(key)
        self.scatter.show_groups(groups)
        rows = heat_of(figures, key, below)
        self._heat.show_areas(rows)
        shown = min(14, len(rows))
        self.heat_view.setFixedHeight(self._tools.theme.px(30 * shown + 50))
        self._shown = list(groups)
        self._groups.show_groups(groups)
        self.note.setEnabled(False)
        self._fill_troubles(key)

    def _fill_path(self, key: str) -> None:
        clear(self._path)
        theme = self._tools.theme
        *above, own = path_to(self._figures.table.areas, key)
        line = row(gap=theme.px(4))
        for area in above:
            step = button(theme, self._words.area(area), partial(self.area_chosen.emit, area.key), look="link")
            line.addWidget(step)
            line.addWidget(label("›", "muted"))
            if self._narrow:
                line.addStretch(1)
                self._path.addLayout(line)
                line = row(gap=theme.px(4))
        line.addWidget(label(self._words.area(own), "page", wrap=True), 1)
        self._path.addLayout(line)

    def _fill_cards(self, area: AreaFigures) -> None:
        clear(self._cards)
        theme = self._tools.theme
        for number, figure in enumerate(self._words.key_figures(area)):
            parts = (
                label(figure.label, "muted", wrap=True),
                label(figure.value, "page"),
                label(figure.hint, "hint", wrap=True),
            )
            made = card(column(*parts, gap=theme.px(1), edges=edges(theme, 12, 8)))
            made.setAccessibleName(f"{figure.label}: {figure.value}. {figure.hint}")
            self._cards.addWidget(made, number // self._across, number % self._across)
        for at in range(_MOST_ACROSS):
            self._cards.setColumnStretch(at, 1 if at < self._across else 0)

    def _fill_classes(self, area: AreaFigures) -> None:
        theme, words = self._tools.theme, self._words
        clear(self._classes)
        clear(self._weakest)
        self._bar.show_counts(list(area.classes.values()))
        for number, (code, count) in enumerate(area.classes.items()):
            mark = QLabel()
            mark.setFixedSize(theme.px(14), theme.px(14))
            mark.setStyleSheet(f"background: {CLASS_COLORS[number % len(CLASS_COLORS)]}; border-radius: 3px;")
            share = label(words.share(count, area.respondents), "strong")
            self._classes.addLayout(row(mark, label(words.class_name(code)), 1, share, gap=theme.px(8)))
        for code in area.weakest:
            spread = area.indicators[code]
            mean, middle = words.number(spread.mean, 1), words.number(spread.median, 1)
            value = words.say("weakest_value", mean=mean, median=middle, count=spread.count)
            self._weakest.addWidget(label(f"{code} {words.indicator(code)}: {value}", wrap=True))
        if not area.weakest:
            self._weakest.addWidget(label(words.say("no_data"), "muted"))

    # ------------------------------------------------------------------------------------------- lists

    def _fill_troubles(self, key: str) -> None:
        """Questions first: they change figures. Then what was refused, then who has not handed in."""
        clear(self._troubles)
        theme, words, figures = self._tools.theme, self._words, self._figures
        self._troubles.setSpacing(theme.px(10))
        if key == EVERYWHERE:
            self._add_questions()
            merge = figures.merge
            lines = [f"{file.source}: {words.texts.explain(file.error)}" for file in merge.refused]
            lines += [f"{other}: {words.say('rival', file=used)}" for used, other in merge.rivals]
            lines += [f"{source}: {words.say('twice')} {first}" for source, first in merge.twice]
            self._add_list(words.say("refused"), lines, words.say("refused_hint", count=len(lines)))
        absent = [f"{one.place.name} ({words.group_place(one)})" for one in figures.absent_in(key)]
        self._add_list(words.say("absent"), absent, words.say("absent_hint"))

    def _add_questions(self) -> None:
        theme, words, tools = self._tools.theme, self._words, self._tools
        questions = self._figures.merge.questions
        if not questions:
            return
        lines = column(gap=theme.px(8))
        for question in questions[:_MOST_LINES]:
            one = button(theme, tools.t("district.page.same"), partial(self.answered.emit, question.key, True))
            two = button(theme, tools.t("district.page.different"), partial(self.answered.emit, question.key, False))
            text = label(question_words(question, words), wrap=True)
            line = row(text, one, two, gap=theme.px(8))
            line.setStretch(0, 1)
            lines.addLayout(line)
        title = f"{words.say('questions')} ({len(questions)})"
        self._troubles.addWidget(self._titled(title, words.say("questions_hint"), lines))

    def _add_list(self, title: str, lines: Sequence[str], hint: str) -> None:
        if not lines:
            return
        theme = self._tools.theme
        texts = [label(line, wrap=True) for line in lines[:_MOST_LINES]]
        for text in texts:
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if len(lines) > _MOST_LINES:
            texts.append(label(self._words.say("more_areas"), "muted", wrap=True))
        self._troubles.addWidget(self._titled(f"{title} ({len(lines)})", hint, column(*texts, gap=theme.px(6))))

    # ------------------------------------------------------------------------------------------- choosing

    def _open_row(self, number: int) -> None:
        if 0 <= number < len(self._heat.keys) and self._heat.keys[number] != self.key:
            self.area_chosen.emit(self._heat.keys[number])

    def choose_group(self, group_id: str) -> None:
        """Show the row of a group."""
        group = next((group for group in self._shown if group.merged.id == group_id), None)
        if group is None:
            return
        wanted = self._groups.row_of(group)
        if wanted >= 0:
            self.groups_view.selectRow(wanted)
            self.groups_view.scrollTo(self._groups.index(wanted, 0))

    def _on_group(self, number: int) -> None:
        self.note.setEnabled(number >= 0)
        if number >= 0:
            self.scatter.mark_dot(self._groups.id_at(number))

    def _want_note(self) -> None:
        current = self.groups_view.currentIndex()
        if current.isValid():
            self.note_wanted.emit(self._groups.id_at(current.row()))
