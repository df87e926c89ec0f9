"""The recordings of a story: played, named, removed, and made into what others hear."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from studio.base.errors import UserError
from studio.base.portable_names import with_ending
from studio.base.relative_dates import day_and_time
from studio.services.voice_takes import narration_edit, narration_of, voice_ending, voice_for_readers
from studio.story.recordings import remove_recording, rename_recording
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.widgets.basic_parts import button, column, describe, label
from studio.ui.widgets.flow_layout import wrapped_row

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtMultimedia import QMediaPlayer

    from studio.services.voice_takes import Narration, NarrationUse
    from studio.story.newsroom_records import VoiceRecording
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.story_session import StorySession
    from studio.video.voice_files import VoiceFile

_ID = Qt.ItemDataRole.UserRole


class RecordingList(QWidget):
    """A row a recording, and what can be done with the chosen one.

    Args:
        tools: what every part is given.
        stories: the open workspace.
        session: the story whose recordings are shown.
    """

    def __init__(self, tools: WindowTools, stories: OpenWorkspace, session: StorySession) -> None:
        super().__init__()
        self._tools, self._stories, self._session = tools, stories, session
        self._player: QMediaPlayer | None = None
        theme = tools.theme
        px = theme.px
        self.rows = QListWidget()
        self.rows.setProperty("look", "framed")
        describe(self.rows, self._t("list"))
        self.none = label(self._t("none"), "hint", wrap=True)
        self.told = label("", "hint", wrap=True)
        self.play = button(theme, self._t("play"), self._play, icon="play")
        self.rename = button(theme, self._t("rename"), self._rename, icon="pencil-line")
        self.remove = button(theme, self._t("remove"), self._remove, icon="trash-2")
        under, over = partial(self._narrate, "slideshow"), partial(self._narrate, "motion")
        self.narrate = button(theme, self._t("narrate"), under, icon="images", tip=self._t("narrate_tip"))
        self.motion = button(theme, self._t("motion"), over, icon="clapperboard", tip=self._t("motion_tip"))
        self.whatsapp = button(
            theme,
            self._t("whatsapp"),
            partial(self._export, "whatsapp"),
            icon="message-circle",
            tip=self._t("ready_tip"),
        )
        self.radio = button(
            theme, self._t("radio"), partial(self._export, "radio"), icon="radio", tip=self._t("ready_tip")
        )
        upper = wrapped_row(theme, self.play, self.rename, self.remove, last_right=False)
        lower = wrapped_row(theme, self.narrate, self.motion, last_right=False)
        out = wrapped_row(theme, self.whatsapp, self.radio, last_right=False)
        whole = column(label(self._t("list"), "strong"), self.none, self.rows, upper, lower, out, self.told, gap=px(8))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.rows.currentRowChanged.connect(self._enable)
        self.rows.itemActivated.connect(self._play)
        session.changed.connect(self._show)
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"recorder.{code}", **facts)

    @property
    def chosen(self) -> VoiceRecording | None:
        """The chosen recording."""
        item = self.rows.currentItem()
        wanted = item.data(_ID) if item is not None else ""
        return next((each for each in self._session.story.recordings if each.id == wanted), None)

    def _show(self, _: object = None) -> None:
        """The recordings there are now; the one that came last is chosen."""
        recordings = self._session.story.recordings
        shown = [self.rows.item(n).data(_ID) for n in range(self.rows.count())]
        before = self.chosen
        self.rows.clear()
        for each in recordings:
            item = QListWidgetItem(self._recording_line(each), self.rows)
            item.setData(_ID, each.id)
        ids = [each.id for each in recordings]
        if ids:
            same = shown == ids and before is not None
            self.rows.setCurrentRow(ids.index(before.id) if same and before is not None else len(ids) - 1)
        self.none.setVisible(not ids)
        self.rows.setVisible(bool(ids))
        self._enable()

    def _recording_line(self, each: VoiceRecording) -> str:
        seconds = round(each.seconds)
        parts = [each.name or each.file, f"{seconds // 60}:{seconds % 60:02}"]
        with suppress(ValueError):  # "" or what another program wrote
            parts.append(day_and_time(datetime.fromisoformat(each.taken), self._tools.texts.language))
        return "  ·  ".join(parts)

    def _enable(self, _: int = 0) -> None:
        for part in (self.play, self.rename, self.remove, self.narrate, self.motion, self.whatsapp, self.radio):
            part.setEnabled(self.chosen is not None)

    # ------------------------------------------------------------------------------------------- hearing

    def _play(self, _: object = None) -> None:
        """Play the chosen one, or stop."""
        chosen = self.chosen
        if self._player is not None or chosen is None:
            self.stop_playing()
            return
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        if not QMediaDevices.audioOutputs():
            self.told.setText(self._t("no_speaker"))
            return
        player = QMediaPlayer(self)
        player.setAudioOutput(QAudioOutput(player))
        file = self._stories.workspace.media_path(self._session.folder, chosen.file)
        player.setSource(QUrl.fromLocalFile(str(file)))
        player.mediaStatusChanged.connect(self._on_status)
        player.errorOccurred.connect(lambda *_: self.stop_playing())
        self._player = player
        self.play.setText("  " + self._t("stop_playing"))
        player.play()

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status.name in {"EndOfMedia", "InvalidMedia"}:
            self.stop_playing()

    def stop_playing(self) -> None:
        """Be silent, and let go of the file."""
        player, self._player = self._player, None
        if player is not None:
            player.stop()
            player.setSource(QUrl())
            player.deleteLater()
        self.play.setText("  " + self._t("play"))

    # ------------------------------------------------------------------------------------------- what is done

    def _rename(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        name = self._tools.dialogs.ask_text(self._t("rename"), self._t("name"), chosen.name)
        if name and name.strip():
            self._session.edit(rename_recording(chosen.id, name.strip()))

    def _remove(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.stop_playing()
            self._session.edit(remove_recording(chosen.id))
            self.told.setText(self._t("removed", name=chosen.name or chosen.file))

    def _narrate(self, use: NarrationUse) -> None:
        chosen, stories = self.chosen, self._stories
        if chosen is None:
            return
        folder = self._session.folder
        self._tools.jobs.start(
            self._t("job_make"),
            partial(narration_of, stories.workspace, folder, chosen),
            done=partial(_take_narration, stories, folder, use, self),
            failed=self.explain,
        )

    def show_outcome(self, code: str, **facts: object) -> None:
        """Say how it went."""
        self.told.setText(self._t(code, **facts))

    def _export(self, kind: VoiceFile) -> None:
        """Write a file that goes out; a voice that must be protected is asked about first, as no cover hides it."""
        chosen, dialogs = self.chosen, self._tools.dialogs
        if chosen is None:
            return
        if any(person.protected for person in self._session.story.people):
            choices = (DialogChoice("no", self._tools.t("dialog.cancel")), DialogChoice("yes", self._t("not_heard")))
            if dialogs.ask(self._t(kind), self._t("protected"), choices, tone="warning") != "yes":
                return
        error = self._session.flush()
        if error is not None:
            self.explain(error)
            return
        folder = self._session.folder
        ending = voice_ending(kind)
        target = dialogs.choose_target(self._t(kind), f"{folder}{ending}", "sound")
        if target is not None:
            target = with_ending(target, ending)
            work = partial(voice_for_readers, self._stories.workspace, folder, chosen, kind, target, self._tools.texts)
            self._tools.jobs.start(
                self._t("job_make"), work, done=partial(self._tell_made, target), failed=self.explain
            )

    def _tell_made(self, target: Path, draft: bool) -> None:
        self.show_outcome("made_draft" if draft else "made", file=target.name)

    def explain(self, error: UserError) -> None:
        """Say why it did not go."""
        self._tools.dialogs.explain(error, self._t("title"))


def _take_narration(
    stories: OpenWorkspace, folder: str, use: NarrationUse, shown: RecordingList, made: Narration
) -> None:
    """Into its story, which may have been left meanwhile."""
    if not isValid(stories):
        return
    # Its folder may have got another name while the narration was made.
    session, now = stories.session, stories.workspace.name_now(folder)
    # The open story has edits that are not on disk yet; any other is as it lies there.
    here = session is not None and session.folder == now
    try:
        story = session.story if session is not None and here else stories.workspace.load(now)
        stories.edit_story(folder, narration_edit(story, use, made))
    except UserError as error:
        if isValid(shown):
            shown.explain(error)
    else:
        if isValid(shown):
            shown.show_outcome(f"narrated_{use}")
