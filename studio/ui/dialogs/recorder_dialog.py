"""The recorder: a meter, a count-in, takes that come into the story, and what is made of its recordings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from studio.base.errors import UserError
from studio.services.sound_levels import LoudestSample
from studio.services.voice_takes import drop_take, keep_take, next_name, take_in_left, take_path
from studio.story.recordings import add_recordings
from studio.ui.core.voice_recorder import Microphone, VoiceRecorder, microphone_names
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.dialogs.recorder_script import RecorderScript
from studio.ui.dialogs.recording_list import RecordingList
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, restyle, row
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.level_meter import LevelMeter
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QObject

    from studio.story.newsroom_records import VoiceRecording
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import StorySession
    from studio.ui.core.voice_recorder import SoundSource

    SourceMaker = Callable[[int, QObject], SoundSource]

_BEATS = 3
_BEAT_MS = 900
_CLOCK_MS = 100
_LOOKS = {"silent": "muted", "soft": "warn", "good": "ok", "loud": "bad"}


def show_recorder(
    tools: WindowTools,
    stories: OpenWorkspace,
    names: tuple[str, ...] | None = None,
    make_source: SourceMaker = Microphone,
) -> None:
    """Open the recorder for the open story; what a cut of the power left of takes comes in first.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
        names: microphones; None asks the system.
        make_source: hears the one with a number.
    """
    session = stories.session
    if session is None or session.read_only:
        tools.dialogs.explain(UserError("recorder.no_story"), tools.t("recorder.title"))
        return
    try:
        session.ensure_folder()
        if (unsaved := session.flush()) is not None:  # the script is of what is saved
            raise unsaved
    except UserError as error:
        tools.dialogs.explain(error, tools.t("recorder.title"))
        return
    work = partial(take_in_left, stories.workspace, tools.t("recorder.rescued"))
    tools.jobs.start(
        tools.t("recorder.job_keep"), work, done=partial(_add_left, stories, tools.dialogs.explain), quiet=True
    )
    found = microphone_names() if names is None else names
    dialog = RecorderDialog(tools, stories, session, found, make_source)
    tools.dialogs.show(dialog)
    dialog.end()
    dialog.deleteLater()


def _add_left(
    stories: OpenWorkspace, explain: Callable[[UserError], None], came: tuple[tuple[str, Path, VoiceRecording], ...]
) -> None:
    for folder, take, recording in came:
        _keep_recording(stories, folder, take, explain, recording)


def _keep_recording(
    stories: OpenWorkspace, folder: str, take: Path, explain: Callable[[UserError], None], recording: VoiceRecording
) -> None:
    """Add a recording to its story, and drop the take when that is on disk; else it comes in the next time.

    No method of the dialog's: it may be closed, and another story open.
    """
    if not isValid(stories):
        return
    try:
        stories.edit_story(folder, add_recordings([recording]))
    except UserError as error:
        explain(error)
        return
    session = stories.session
    if session is None or session.folder != stories.workspace.name_now(folder) or session.flush() is None:
        drop_take(take)


class RecorderDialog(StyledDialog):
    """Records takes into the story it was opened for. Closing it while a take is on ends the take and keeps it.

    Args:
        tools: what every part is given.
        stories: the open workspace; takes are added through it, whatever is open by then.
        session: the open story.
        names: microphones.
        make_source: hears the one with a number.
    """

    def __init__(
        self,
        tools: WindowTools,
        stories: OpenWorkspace,
        session: StorySession,
        names: tuple[str, ...],
        make_source: SourceMaker,
    ) -> None:
        super().__init__(tools.theme)
        self._tools, self._stories, self._session, self._make_source = tools, stories, session, make_source
        self._recorder: VoiceRecorder | None = None
        self._beats = 0
        self._trouble = ""
        self._leaving = False
        self._script = ""
        theme = tools.theme
        self.setWindowTitle(self._t("title"))
        self.microphones = combo_box()
        self.microphones.addItems(list(names))
        describe(self.microphones, self._t("microphone"))
        self.meter = LevelMeter(theme)
        describe(self.meter, self._t("meter"), self._t("meter_tip"))
        self.word = label(self._t("level_silent"), "muted")
        self.clock = label("0:00", "page")
        self.clock.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.told = label(self._t("ready" if names else "no_microphone"), "hint", wrap=True)
        self.record = button(theme, self._t("record"), self._press, look="primary", icon="mic")
        self.record.setEnabled(bool(names))
        self.list = RecordingList(tools, stories, session)
        self.script = RecorderScript(tools, stories.workspace, session.folder)
        self.close_button = button(theme, tools.t("dialog.close"), self.reject)
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._count)
        self._tick = QTimer(self, interval=_CLOCK_MS)
        self._tick.timeout.connect(self._show_time)
        self._lay_out()
        self.microphones.activated.connect(self._listen)
        if names:
            self._listen()
            self.record.setFocus()
        else:
            self.list.rows.setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"recorder.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        source = row(label(self._t("microphone"), "strong"), self.microphones, gap=px(10))
        source.setStretch(1, 1)
        level = row(self.meter, self.word, gap=px(10))
        level.setStretch(0, 1)
        self.word.setFixedWidth(px(150))
        parts = (source, level, self.clock, self.told, row(1, self.record, 1))
        desk = card(column(*parts, gap=px(10), edges=edges(theme, 16, 14)))
        headline = self._session.story.headline or self._tools.t("library.no_headline")
        head = (label(self._t("title"), "page"), label(self._t("into", headline=headline), "muted", wrap=True))
        foot = row(label(self._t("closing"), "hint", wrap=True), self.close_button, gap=px(8))
        foot.setStretch(0, 1)
        left = column(desk, self.list, gap=px(10))
        left.setStretch(1, 1)
        middle = row(left, self.script.laid_out(), gap=px(18))
        middle.setStretch(0, 1)
        middle.setStretch(1, 1)
        whole = column(*head, middle, foot, gap=px(10), edges=edges(theme, 22, 18))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        resize_to_screen(self, px(1080), px(670))

    # ------------------------------------------------------------------------------------------- recording

    def _listen(self) -> None:
        """Hear the chosen microphone."""
        if self._recorder is not None:
            self._recorder.close()
            self._recorder.deleteLater()
        holder = QWidget(self)  # goes with the next microphone
        holder.hide()
        made = VoiceRecorder(self._make_source(max(0, self.microphones.currentIndex()), holder), holder)
        made.level.connect(self._show_level)
        made.finished.connect(self._take_made)
        made.failed.connect(self._on_failed)
        self._recorder = made

    def _press(self) -> None:
        """Count in, call that off, or end the take."""
        if self._recorder is None:
            return
        if self._recorder.recording:
            self._recorder.finish()
        elif self._beats:
            self._stop_counting()
        else:
            self._beats, self._trouble = _BEATS, ""
            self._beat.start()
            self.list.stop_playing()
            self.microphones.setEnabled(False)
            self.record.setText("  " + self._tools.t("dialog.cancel"))
            self._show_beat()

    def _stop_counting(self) -> None:
        self._beats = 0
        self._beat.stop()
        self.microphones.setEnabled(True)
        self.record.setText("  " + self._t("record"))
        self.clock.setText("0:00")
        self.told.setText(self._t("ready"))

    def _count(self) -> None:
        self._beats -= 1
        if self._beats:
            self._show_beat()
            return
        self._stop_counting()
        self._begin_take()

    def _show_beat(self) -> None:
        self.clock.setText(str(self._beats))
        self.told.setText(self._t("counting"))

    def _begin_take(self) -> None:
        from studio.base.atomic_files import disk_error

        workspace, recorder = self._stories.workspace, self._recorder
        if recorder is None:
            return
        try:
            recorder.record(take_path(workspace, self._session.folder))
        except OSError as error:
            self._tools.dialogs.explain(disk_error(error, workspace.private_dir), self._t("title"))
            return
        self.microphones.setEnabled(False)
        self.record.setText("  " + self._t("finish"))
        self.told.setText(self._t("recording"))
        self._show_time()
        self._tick.start()
        self._script = self.script.spoken
        self.script.begin()

    def _take_made(self, take: Path) -> None:
        """The take is whole: into its story with it, whatever the window shows by then."""
        self._tick.stop()
        self.script.end()
        self._stop_counting()
        if self._trouble:
            self.told.setText(self._tools.t(self._trouble))
        tools, stories = self._tools, self._stories
        folder = stories.workspace.name_now(self._session.folder)
        name = next_name(self._session.story, self._t("take"))
        work = partial(keep_take, stories.workspace, folder, take, name, script=self._script)
        explain = partial(tools.dialogs.explain, title=self._t("title"))
        tools.jobs.start(
            self._t("job_keep"), work, done=partial(_keep_recording, stories, folder, take, explain), failed=explain
        )

    def _on_failed(self, code: str) -> None:
        self._trouble = code
        self._stop_counting()
        self.meter.clear()
        self.record.setEnabled(code != "recorder.unplugged")
        self.told.setText(self._tools.t(code))

    def _show_level(self, loudest: LoudestSample) -> None:
        self.meter.show_level(loudest)
        word = LoudestSample(60 * (self.meter.share - 1)).word
        self.word.setText(self._t(f"level_{word}"))
        restyle(self.word, "look", _LOOKS[word])

    def _show_time(self) -> None:
        seconds = int(self._recorder.seconds) if self._recorder is not None else 0
        self.clock.setText(f"● {seconds // 60}:{seconds % 60:02}")

    def reject(self) -> None:
        """Close; a take that is on is ended and kept."""
        if self._beats:
            self._stop_counting()
        # Asked a second time it closes at once: the encoder hangs, and the take comes in the next time.
        if self._recorder is not None and self._recorder.recording and not self._leaving:
            self._leaving = True
            self._recorder.finished.connect(lambda _: super(RecorderDialog, self).reject())
            self._recorder.finish()
            return
        super().reject()

    def end(self) -> None:
        """Hear and play nothing any more."""
        self.list.stop_playing()
        self.script.end()
        if self._recorder is not None:
            self._recorder.close()
