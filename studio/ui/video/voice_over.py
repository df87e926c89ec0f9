"""The card for what is laid over a clip's own sound: a voice, and music that steps back for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.services.slideshow_preview import take_voice
from studio.story.edits import change_video
from studio.story.motion_records import MusicBed
from studio.ui.media.music_choice import MusicChoice, fill_choices
from studio.ui.widgets.basic_parts import button, column, describe, label, row
from studio.ui.widgets.calm_inputs import narrow_combo_box

if TYPE_CHECKING:
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.desk_state import DeskState

_FIELDS = ("title", "author", "license")


class VoiceOver(QWidget):
    """Who speaks over the clip that is worked on, and the music under all of it.

    Args:
        bench: what a desk works with.
        state: of the video desk.
    """

    def __init__(self, bench: DeskContext, state: DeskState) -> None:
        super().__init__()
        self._bench, self._state = bench, state
        theme, px, t = bench.tools.theme, bench.tools.theme.px, bench.t
        self.voice, self.music = narrow_combo_box(), narrow_combo_box()
        describe(self.voice, t("motion.voice"), t("clip.voice_over_tip"))
        describe(self.music, t("motion.music"), t("motion.music_tip"))
        self._musics = MusicChoice(bench, self.music, lambda bed: self._set(music=bed))
        take = partial(button, theme, t("motion.choose_file"), icon="folder-open")
        self.take_voice, self.take_music = take(partial(self._choose, "voice")), take(partial(self._choose, "music"))
        self.fields = {name: QLineEdit() for name in _FIELDS}
        self.own_music = QWidget()
        self.missing = label(t("motion.license_missing"), "warn", wrap=True)
        rows: list[QWidget] = []
        for name, field in self.fields.items():
            describe(field, t(f"motion.music_{name}"), t(f"motion.music_{name}_tip"))
            field.setPlaceholderText(t(f"motion.music_{name}_tip"))
            field.textEdited.connect(partial(self._tell_music, name))
            rows += [label(t(f"motion.music_{name}"), "strong"), field]
        self.own_music.setLayout(column(*rows, self.missing, gap=px(4)))
        head = (label(t("clip.voice_over"), "title"), label(t("clip.voice_over_hint"), "hint", wrap=True))
        voice = (label(t("motion.voice"), "strong"), self.voice, row(self.take_voice, 1))
        music = (label(t("motion.music"), "strong"), self.music, row(self.take_music, 1), self.own_music)
        whole = column(*head, *voice, *music, gap=px(6))
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.voice.activated.connect(lambda at: self._set(narration=self.voice.itemData(at)))
        state.changed.connect(self.show_state)
        self.show_state()

    def _set(self, **values: object) -> None:
        if self._state.video is not None:
            self._bench.session.edit(change_video(self._state.video_id, **values))

    def _tell_music(self, name: str, text: str) -> None:
        video = self._state.video
        if video is not None and video.music is not None and video.music.file:
            self._set(music=replace(video.music, **{name: text}))

    def _choose(self, what: str) -> None:
        bench = self._bench
        files = bench.tools.dialogs.choose_files(bench.t(f"motion.{what}"), "sound", many=False)
        if files and self._state.video is not None:
            work = partial(take_voice, bench.workspace, bench.session.ensure_folder(), files[0])
            done = partial(self._take_file, self._state.video_id, what, files[0].stem)
            bench.tools.jobs.start(bench.t("clip.job_voice"), work, done=done, failed=bench.tools.dialogs.explain)

    def _take_file(self, video_id: str, what: str, name: str, file: str) -> None:
        """Into the clip for which it was chosen, whichever is shown by now."""
        made: dict[str, object] = {"narration": file} if what == "voice" else {"music": MusicBed(file=file, title=name)}
        self._bench.session.edit(change_video(video_id, **made))

    def show_state(self) -> None:
        """Show the clip that is worked on."""
        video, locked = self._state.video, self._state.locked
        if video is None:
            return
        t = self._bench.t
        recordings = self._bench.session.story.recordings
        voices = [("", t("motion.no_voice")), *((each.file, each.name or each.file) for each in recordings)]
        if video.narration not in {file for file, _ in voices}:
            voices.append((video.narration, t("motion.voice_file")))
        fill_choices(self.voice, voices, video.narration)
        self._musics.show(video.music)
        own = video.music if video.music is not None and video.music.file else None
        self.own_music.setVisible(own is not None)
        if own is not None:
            for name, field in self.fields.items():
                if field.text() != getattr(own, name):
                    field.setText(getattr(own, name))
            self.missing.setVisible(not own.license.strip())
        for part in (self.voice, self.take_voice, self.music, self.take_music, *self.fields.values()):
            part.setEnabled(not locked)
