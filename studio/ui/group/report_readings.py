"""Table of the posts of a period on the page "Laporan": how many were reached is typed in, with the day it was read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.base.errors import UserError
from studio.base.locale_forms import number_text, short_day
from studio.group.typed_values import read_count
from studio.story.audience_readings import COUNTED, add_reading, ask_reading, remove_reading, set_readings
from studio.story.date_formats import parse_date
from studio.story.newsroom_records import AudienceReading
from studio.story.publishing import find_publication
from studio.ui.check.labelled_fields import read_day
from studio.ui.widgets.basic_parts import (
    button,
    card,
    clear,
    column,
    describe,
    edges,
    empty,
    label,
    restyle,
    row,
    scrolled,
    tool,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame

    from studio.services.post_readings import PostLine
    from studio.story.edits import StoryEdit
    from studio.story.model import Story
    from studio.ui.group.group_context import GroupContext

_HEADS = ("date", "title", "outlet", "seen", "copies", "read_on")


class ReadingsPanel(QWidget):
    """The table, and below it what is typed for the row that is chosen.

    Args:
        context: what a page works with.
    """

    edited = Signal()
    """A reading was added or taken out; the story is saved, or open and changed."""

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        self._posts: tuple[PostLine, ...] = ()
        self._names: dict[str, str] = {}
        self._chosen: tuple[str, str] = ("", "")
        self._before: tuple[str, StoryEdit] | None = None
        theme = context.tools.theme
        self.table = self._make_table()
        self.stack = QStackedWidget()
        nothing = QWidget()
        sheet = empty(theme, "eye", context.t("group.report.no_posts_title"), context.t("group.report.no_posts"))
        nothing.setLayout(column(sheet, edges=edges(theme, 20, 12)))
        self.stack.addWidget(nothing)
        whole = QWidget()  # scrolls where the text is large and the window low
        inside = column(self.table, self._make_form(), gap=theme.px(8), edges=edges(theme, 20, 6))
        inside.setStretch(0, 1)
        whole.setLayout(inside)
        self.stack.addWidget(scrolled(whole))
        self.setLayout(column(self.stack, gap=0))

    # ------------------------------------------------------------------------------------------- making

    def _make_table(self) -> QTableWidget:
        theme, t = self._context.tools.theme, self._context.t
        table = QTableWidget(0, len(_HEADS))
        describe(table, t("report.sheet.readings"), t("group.report.readings_tip"))
        table.setHorizontalHeaderLabels([t(f"report.column.{code}") for code in _HEADS])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setProperty("look", "framed")
        # Tab leads on to the next part of the page, not from cell to cell.
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(30))
        table.setMinimumHeight(theme.px(150))
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.currentCellChanged.connect(self._on_row)
        table.activated.connect(self._to_form)
        return table

    def _make_form(self) -> QFrame:
        theme, t = self._context.tools.theme, self._context.t
        self.head = label("", "title", wrap=True)
        self.day = self._field(t("report.column.read_on"))
        self.numbers = {code: self._field(t(f"report.column.{code}")) for code in COUNTED}
        grid = QGridLayout()
        grid.setSpacing(theme.px(6))
        across = 6 if theme.scale <= 1.3 else 3
        for at, field in enumerate((self.day, *self.numbers.values())):
            head = label(field.accessibleName(), "strong")
            head.setBuddy(field)
            grid.addWidget(head, at // across * 2, at % across)
            grid.addWidget(field, at // across * 2 + 1, at % across)
            grid.setColumnStretch(at % across, 1)
        self.save = button(theme, t("group.report.reading_save"), self.take_readings, look="primary", icon="check")
        self.undo = button(theme, t("group.report.reading_undo"), self.take_back, look="link", icon="undo-2")
        self.told = label("", "muted", wrap=True)
        self.undo.hide()
        foot = row(self.save, self.told, self.undo, gap=theme.px(8))
        foot.setStretch(1, 1)
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(theme.px(2))
        return card(column(self.head, grid, foot, self._earlier, gap=theme.px(8), edges=edges(theme, 16, 10)))

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        describe(field, name)
        field.returnPressed.connect(self.take_readings)
        field.textEdited.connect(lambda _, field=field: restyle(field, "wrong", value=False))
        return field

    # ------------------------------------------------------------------------------------------- showing

    def show_posts(self, posts: tuple[PostLine, ...], names: dict[str, str]) -> None:
        """Show these posts; the chosen one stays chosen, and what is being typed for it stays.

        Args:
            posts: newest first.
            names: id -> name of outlets.
        """
        self._posts, self._names = posts, names
        chosen = self._chosen
        language = self._context.tools.texts.language
        self.table.blockSignals(True)
        self.table.setRowCount(len(posts))
        for line, post in enumerate(posts):
            last = post.readings[-1] if post.readings else None
            day = parse_date(last.when) if last is not None else None
            cells = [short_day(post.day, language, year=True), post.title, names.get(post.outlet, post.outlet)]
            cells += [self._newest(post, "seen"), self._newest(post, "copies")]
            cells.append(short_day(day, language, year=True) if day is not None else "–")
            for at, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(line, at, item)
        keys = [(post.folder, post.outlet) for post in posts]
        at = keys.index(chosen) if chosen in keys else 0 if posts else -1
        self.table.setCurrentCell(at, 0)
        self.table.blockSignals(False)
        self.stack.setCurrentIndex(1 if posts else 0)
        self._show_row(at)

    def _newest(self, post: PostLine, field: str) -> str:
        numbers = [getattr(each, field) for each in post.readings]
        found = next((number for number in reversed(numbers) if number is not None), None)
        return "–" if found is None else number_text(found, self._context.tools.texts.language)

    def _on_row(self, at: int, *_: int) -> None:
        self._show_row(at)

    def _show_row(self, at: int) -> None:
        clear(self._earlier)
        if not 0 <= at < len(self._posts):
            self._chosen = ("", "")
            return
        post = self._posts[at]
        outlet = self._names.get(post.outlet, post.outlet)
        self.head.setText(f"{outlet} · {post.title}")
        if (post.folder, post.outlet) != self._chosen:
            self._chosen = (post.folder, post.outlet)
            self._empty_form()
        locked = self._context.workspace.read_only
        for field in (self.day, *self.numbers.values()):
            field.setReadOnly(locked)
        self.save.setEnabled(not locked)
        for reading in post.readings[-4:]:
            self._earlier.addWidget(self._earlier_row(post, reading, locked=locked))

    def _earlier_row(self, post: PostLine, reading: AudienceReading, *, locked: bool) -> QWidget:
        theme, t, language = self._context.tools.theme, self._context.t, self._context.tools.texts.language
        day = parse_date(reading.when)
        told = short_day(day, language, year=True) if day is not None else reading.when
        numbers = [
            f"{t(f'report.column.{code}')} {number_text(number, language)}"
            for code in COUNTED
            if (number := getattr(reading, code)) is not None
        ]
        name = t("group.report.reading_drop", day=told)
        drop = tool(theme, "trash-2", name, partial(self._drop, post, reading), size=14)
        drop.setEnabled(not locked)
        made = QWidget()
        made.setProperty("look", "clear")
        made.setLayout(row(label(f"{told}: {', '.join(numbers)}", "muted"), drop, 1, gap=theme.px(4)))
        return made

    def _empty_form(self) -> None:
        today = self._context.today
        self.day.setText(f"{today.day}/{today.month}/{today.year}")
        for field in self.numbers.values():
            field.clear()
        for field in (self.day, *self.numbers.values()):
            restyle(field, "wrong", value=False)
        self.told.setText("")

    def _to_form(self, _: object = None) -> None:
        first = next(iter(self.numbers.values()))
        first.setFocus()
        first.selectAll()

    # ------------------------------------------------------------------------------------------- doing

    @property
    def post(self) -> PostLine | None:
        """The post that is chosen."""
        at = self.table.currentRow()
        return self._posts[at] if 0 <= at < len(self._posts) else None

    def take_readings(self) -> None:
        """Note what was typed, and go on to the next post."""
        post = self.post
        if post is None or self._context.workspace.read_only:
            return
        reading = self._typed()
        if reading is None:
            return
        zone = self._context.workspace.group.time_zone
        try:
            ask_reading(self._story(post.folder), post.outlet, reading, self._context.today, zone)
        except UserError as error:
            restyle(self.day, "wrong", value="date" in error.code or "post" in error.code or "future" in error.code)
            self._show_outcome(self._context.tools.texts.explain(error), bad=True)
            return
        if self._change(post, add_reading(post.outlet, reading)):
            self._next(post)

    def _typed(self) -> AudienceReading | None:
        """What stands in the fields; None, and said why, where it is none."""
        counts: dict[str, Any] = {}
        for code, field in self.numbers.items():
            counts[code] = read_count(field.text())
            wrong = counts[code] is None and bool(field.text().strip())
            restyle(field, "wrong", value=wrong)
            if wrong:
                explained = self._context.tools.texts.explain(UserError("reading.number", given=field.text()))
                self._show_outcome(explained, bad=True)
                field.setFocus()
                return None
        by = self._context.tools.settings.text("author")
        return AudienceReading(when=read_day(self.day.text()) or self.day.text(), by=by, **counts)

    def _readings(self, post: PostLine) -> tuple[AudienceReading, ...]:
        """As the story has them now, not as the table shows them."""
        line = find_publication(self._story(post.folder), post.outlet)
        return line.readings if line is not None else ()

    def _story(self, folder: str) -> Story:
        session = self._context.stories.session
        if session is not None and session.folder == folder:
            return session.story
        return self._context.workspace.load(folder)

    def _change(self, post: PostLine, change: StoryEdit) -> bool:
        """Change the story, open or not; whether that could be done."""
        try:
            # The readings alone: what else changes in the story meanwhile is not undone with them.
            before = set_readings(post.outlet, self._readings(post))
            self._context.stories.edit_story(post.folder, change)
        except UserError as error:
            self._context.tools.dialogs.explain(error)
            return False
        self._before = (post.folder, before)
        self.undo.show()
        self.edited.emit()
        return True

    def take_back(self) -> None:
        """Undo the last change of a reading."""
        if self._before is None:
            return
        folder, change = self._before
        try:
            self._context.stories.edit_story(folder, change)
        except UserError as error:
            self._context.tools.dialogs.explain(error)
            return
        self._before = None
        self.undo.hide()
        self._show_outcome(self._context.t("group.report.reading_back"))
        self.edited.emit()

    def _drop(self, post: PostLine, reading: AudienceReading) -> None:
        if self._change(post, remove_reading(post.outlet, reading.when)):
            self._show_outcome(self._context.t("group.report.reading_dropped"))

    def _next(self, post: PostLine) -> None:
        """The row below, ready to be typed in; at the last one it stays."""
        keys = [(each.folder, each.outlet) for each in self._posts]
        key = (post.folder, post.outlet)
        at = keys.index(key) + 1 if key in keys else len(keys)
        # Numbers that are typed in one sitting were mostly read on one day.
        day = self.day.text()
        if at < len(keys):
            self.table.setCurrentCell(at, 0)
            self.day.setText(day)
        else:
            self._empty_form()
            self.day.setText(day)
        self._to_form()
        self._show_outcome(
            self._context.t("group.report.reading_saved", outlet=self._names.get(post.outlet, post.outlet))
        )

    def _show_outcome(self, text: str, *, bad: bool = False) -> None:
        self.told.setText(text)
        restyle(self.told, "look", "bad" if bad else "muted")
