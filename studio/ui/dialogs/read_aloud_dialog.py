"""Scripts to read aloud: which stories, how long, whose pace; the teleprompter; PDF and text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from studio.base.errors import UserError
from studio.base.locale_forms import number_text
from studio.base.portable_names import with_ending
from studio.services.broadcast_programme import (
    LENGTHS,
    programme_of_today,
    reader_pace,
    story_titles,
    within_bounds,
    write_programme,
)
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scrolled, tool
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.flow_layout import wrapped_row
from studio.ui.widgets.styled_dialog import StyledDialog
from studio.ui.widgets.teleprompter import TeleprompterView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.services.broadcast_programme import BroadcastProgramme
    from studio.store.workspace import Workspace
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace

    ProgrammeMaker = Callable[[Sequence[str], int], BroadcastProgramme]

_FOLDER = Qt.ItemDataRole.UserRole
_CLOCK_MS = 1000


class ReadAloudDialog(StyledDialog):
    """The window of a reader.

    Args:
        tools: what every part is given.
        workspace: its newest stories can be chosen.
        folder: the open story, chosen at first.
        make: makes the programme of chosen stories; the second value is seconds for each (``LENGTHS``).
    """

    def __init__(self, tools: WindowTools, workspace: Workspace, folder: str, make: ProgrammeMaker) -> None:
        super().__init__(tools.theme)
        self._tools = tools
        self._workspace = workspace
        self._make = make
        self._programme: BroadcastProgramme | None = None
        self._watch = QElapsedTimer()
        theme = tools.theme
        self.setWindowTitle(self._t("title"))
        self.stories = QListWidget()
        self.lengths = combo_box()
        self.reader = combo_box()
        self.pace = label("", "muted", wrap=True)
        self.measure = button(theme, self._t("measure"), self._measure, icon="timer", tip=self._t("measure_tip"))
        self.notes = label("", "hint", wrap=True)
        self.view = TeleprompterView(theme)
        self.play = button(theme, self._t("play"), self._play, look="primary", icon="play", tip=self._t("play_tip"))
        self.bar = QProgressBar()
        self.clock = label("", "strong")
        self.save_pdf = button(theme, self._t("pdf"), partial(self._save, ".pdf"), icon="printer")
        self.save_text = button(theme, self._t("text"), partial(self._save, ".txt"), icon="file-text")
        self._fill(folder)
        self._lay_out()
        self.stories.itemChanged.connect(self._renew)
        self.stories.model().rowsMoved.connect(self._renew)
        self.lengths.activated.connect(self._renew)
        self.reader.activated.connect(self._take_reader)
        self.view.running_changed.connect(self._show_running)
        self.view.moved.connect(self._show_clock)
        self.view.pace_changed.connect(self._keep_pace)
        self._take_reader()
        self._renew()
        self.view.setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"siaran.{code}", **facts)

    def _fill(self, folder: str) -> None:
        titles = story_titles(self._workspace)
        # The open story first: it is what the user came to read.
        for name, headline in sorted(titles, key=lambda title: title[0] != folder):
            title = headline or self._tools.t("library.no_headline")
            item = QListWidgetItem(title, self.stories)
            item.setData(_FOLDER, name)
            item.setToolTip(title)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name == folder else Qt.CheckState.Unchecked)
        self.stories.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.stories.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stories.setProperty("look", "framed")
        describe(self.stories, self._t("stories"), self._t("stories_tip"))
        for seconds in LENGTHS:
            self.lengths.addItem(self._t("all_of_it") if not seconds else self._t("clock", seconds=seconds), seconds)
        describe(self.lengths, self._t("length_of_each"))
        known = (self._tools.settings.text("author"), *self._workspace.group.members)
        self.reader.addItems([name for name in dict.fromkeys(known) if name] or [self._t("anybody")])
        describe(self.reader, self._t("reader"))
        describe(self.view, self._t("script"), self._t("keys"))

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        self.stories.setMinimumSize(px(200), px(90))
        side = column(
            *(label(self._t("stories"), "strong"), self.stories, label(self._t("stories_tip"), "hint", wrap=True)),
            *(label(self._t("length_of_each"), "strong"), self.lengths),
            *(label(self._t("reader"), "strong"), self.reader, self.pace, self.measure, self.notes),
            gap=px(6),
        )
        side.setStretch(1, 1)
        inside = QWidget()
        inside.setLayout(side)
        # Large letters on a low screen: what stands in the column is scrolled to, never squeezed.
        left = scrolled(inside)
        left.setFixedWidth(px(290))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(px(6))
        describe(self.bar, self._t("progress"))
        controls = wrapped_row(
            theme,
            self.play,
            tool(theme, "skip-back", self._t("restart"), self.view.restart, key="Home"),
            tool(theme, "rabbit", self._t("faster"), self.view.faster, key="Right"),
            tool(theme, "turtle", self._t("slower"), self.view.slower, key="Left"),
            tool(theme, "a-arrow-up", self._t("larger"), partial(self.view.resize_type, 1), key="+"),
            tool(theme, "a-arrow-down", self._t("smaller"), partial(self.view.resize_type, -1), key="-"),
            self.clock,
        )
        right: QVBoxLayout = column(self.view, self.bar, controls, gap=px(8))
        right.setStretch(0, 1)
        middle = row(left, right, gap=px(14))
        middle.setStretch(1, 1)
        foot = row(self.save_pdf, self.save_text, 1, button(theme, self._tools.t("dialog.close"), self.reject))
        whole = column(middle, foot, gap=px(12), edges=edges(theme, 18, 16))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        # As large as a small laptop's screen lets it be: whoever reads stands a step away.
        self.resize(min(px(1180), 1340), min(px(680), 690))

    # ------------------------------------------------------------------------------------------------ the programme

    def chosen(self) -> tuple[str, ...]:
        """The folders of the ticked stories, in order."""
        items = (self.stories.item(at) for at in range(self.stories.count()))
        return tuple(item.data(_FOLDER) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _renew(self, *_: object) -> None:
        """Make the script of what is chosen now; a measuring of another script is over."""
        self._watch.invalidate()
        self.measure.setText(f"  {self._t('measure')}")
        self._programme = None
        trouble = ""
        if folders := self.chosen():
            try:
                self._programme = self._make(folders, self.lengths.currentData() or 0)
            except UserError as error:
                trouble = self._tools.texts.explain(error)
        else:
            trouble = self._t("choose")
        made = self._programme
        self.view.set_script(made.text if made is not None else "")
        for part in (self.play, self.save_pdf, self.save_text, self.measure):
            part.setEnabled(made is not None)
        refused = [self._tools.texts.explain(error) for error in made.refused] if made is not None else [trouble]
        long = sum(len(item.long) for item in made.items) if made is not None else 0
        # Each language is named once, however many stories are written in it.
        others = dict.fromkeys(item.language for item in made.items if item.language) if made is not None else ()
        told = [self._t("other_language", language=name) for name in others]
        self.notes.setText("\n".join([*refused, *told, *([self._t("long_sentences", n=long)] if long else [])]))
        self.notes.setVisible(bool(self.notes.text()))

    def _save(self, suffix: str) -> None:
        made = self._programme
        if made is None:
            return
        name = f"{made.items[0].folder if len(made.items) == 1 else self._t('file_name')}{suffix}"
        path = self._tools.dialogs.choose_target(self._t("save_as"), name)
        if path is None:
            return
        path = with_ending(path, suffix)
        try:
            notices = write_programme(made, path, self.view.pace, self._tools.texts)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        for notice in notices:
            self._tools.dialogs.explain(notice)
        self._tools.dialogs.tell(self._t("title"), self._t("written", file=str(path)))

    # ------------------------------------------------------------------------------------------------ the reader

    def _play(self) -> None:
        self.view.setFocus()
        self.view.toggle()

    def _take_reader(self, *_: object) -> None:
        stored = self._tools.settings.note("reading_paces", self.reader.currentText())
        try:
            pace = float(stored)
        except ValueError:  # never measured: the usual pace, and not that of the reader before
            pace = within_bounds()
        self.view.set_pace(pace)
        self._show_pace()

    def _keep_pace(self, pace: float) -> None:
        known = self._tools.settings.notes("reading_paces")
        self._tools.settings.set("reading_paces", known | {self.reader.currentText(): f"{pace:.3f}"})
        self._show_pace()

    def _show_pace(self) -> None:
        number = number_text(self.view.pace, self._tools.texts.language, 1)
        self.pace.setText(self._t("pace", number=number))

    def _measure(self) -> None:
        """First press: the reader begins; second: the time gives the pace."""
        if not self._watch.isValid():
            self.view.restart()
            self._watch.start()
            self.measure.setText(f"  {self._t('measured')}")
            self.notes.setText(self._t("measuring"))
            self.notes.setVisible(True)
            return
        seconds = self._watch.elapsed() / _CLOCK_MS
        # None for what nobody can have read: a press by mistake would turn the scroll into a race.
        pace = reader_pace(self._programme.text, seconds) if self._programme is not None else None
        self._renew()
        if pace is None:
            self.notes.setText(self._t("measure_odd"))
            self.notes.setVisible(True)
            return
        self.view.set_pace(pace)
        self._keep_pace(pace)

    def _show_running(self, running: bool) -> None:
        self.play.setText(f"  {self._t('pause' if running else 'play')}")
        self.play.setIcon(self._tools.theme.icon("pause" if running else "play", "on_accent"))

    def _show_clock(self, read: float, whole: float) -> None:
        self.bar.setMaximum(1000)
        self.bar.setValue(round(1000 * read / whole) if whole else 0)
        self.clock.setText(self._t("clock_of", read=f"{int(read)}", whole=f"{round(whole)}"))


def show_read_aloud(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Let the user read the open story, or several, aloud.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
    """
    folder = stories.saved_folder()
    if folder is None:
        return
    make = partial(programme_of_today, stories.workspace, tools.texts)
    dialog = ReadAloudDialog(tools, stories.workspace, folder, make)
    tools.dialogs.show(dialog)
    dialog.view.stop()
    dialog.deleteLater()
