"""What the pages ask for that takes files, questions or long work."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.base.errors import UserError
from studio.base.media_types import is_used_as
from studio.base.timecode import ClipTime, timecode_stem
from studio.services import clip_preparation as work
from studio.story.subtitle_format import to_srt, to_vtt
from studio.ui.core.focus_order import go_to
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.video.side_pages import FORM_PAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Cue, Video
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.clip_edits import ClipEditing
    from studio.ui.video.sequence_player import ResultPlayer
    from studio.ui.video.side_panel import SidePanel


class DeskErrands(QObject):
    """Subtitle files, the loudness, a frame as photo, and leading to a text.

    Args:
        bench: what a desk works with.
        editing: the state of the desk.
        programme: knows the cards of the result.
        side: the pages.
    """

    def __init__(
        self,
        bench: DeskContext,
        editing: ClipEditing,
        programme: ResultPlayer,
        side: SidePanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._editing, self._state = editing, editing.state
        self._programme = programme
        self._side = side
        self._measured: object = None
        self._stills: TemporaryDirectory[str] | None = None
        side.load_asked.connect(self.load_cues)
        side.save_asked.connect(self.save_cues)
        side.measure_asked.connect(self.measure)
        side.photo_asked.connect(self.take_photo)
        editing.state.changed.connect(self._forget_gain)

    # ------------------------------------------------------------------------------------------- subtitles

    def load_cues(self) -> None:
        """Take the subtitles of a file; what was odd about it is reported."""
        files = self._bench.tools.dialogs.choose_files(self._bench.t("clip.cues_choose"), "subtitle", many=False)
        if not files:
            return
        clip = self._state.clip
        try:
            found = work.read_subtitles(files[0], clip.fps if clip is not None else 0.0)
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        self._editing.set_cues(found.cues, 0)
        for notice in found.notices:
            self._bench.tools.dialogs.explain(notice)
        self._bench.toast(self._bench.t("clip.cues_loaded", n=len(found.cues), file=files[0].name))

    def save_cues(self) -> None:
        """Write the subtitles to a file; where the clip was cut, on which clock is asked."""
        cues = self._cues_to_save()
        video = self._state.video
        if cues is None or video is None:
            return
        name = f"{(video.name or video.file).rpartition('.')[0] or video.id}.srt"
        target = self._bench.tools.dialogs.choose_target(self._bench.t("clip.cues_target"), name, "subtitle")
        if target is None:
            return
        # Not every file dialog adds the ending.
        if not is_used_as(target, "subtitle"):
            target = target.with_name(target.name + ".srt")
        try:
            self._release(video)
        except UserError as error:
            self._bench.tools.dialogs.explain(self._state.with_clip_name(error))
            return
        text = to_vtt(cues) if target.suffix.lower() == ".vtt" else to_srt(cues)
        try:
            # As bytes: written as text, the ends of lines would be changed on Windows.
            target.write_bytes(text.encode("utf-8"))
        except OSError as error:
            self._bench.tools.dialogs.explain(UserError("clip.not_written", file=str(target), detail=str(error)))
            return
        self._bench.toast(self._bench.t("clip.cues_saved", file=target.name))

    def _release(self, video: Video) -> None:
        """The subtitles are words of the story: the gate is asked before they leave.

        Raises:
            UserError: it refuses, or the story cannot be saved.
        """
        from studio.services.whatsapp_file import release_clip

        if (error := self._bench.session.flush()) is not None:
            raise error
        release_clip(self._bench.workspace, self._bench.session.folder, video, self._bench.tools.texts)

    def _cues_to_save(self) -> Sequence[Cue] | None:
        video, clip = self._state.video, self._state.clip
        if video is None:
            return None
        if clip is None or not (video.cuts or video.title_card):
            return video.subtitles
        choices = (
            DialogChoice("result", self._bench.t("clip.cues_result")),
            DialogChoice("source", self._bench.t("clip.cues_source")),
        )
        title = self._bench.t("clip.cues_target")
        answer = self._bench.tools.dialogs.ask(title, self._bench.t("clip.cues_which"), choices)
        if answer == "result":
            return work.result_cues(clip, video)
        return video.subtitles if answer == "source" else None

    # ------------------------------------------------------------------------------------------- sound and picture

    def measure(self) -> None:
        """Find out by how much the sound will be raised or lowered."""
        clip, video = self._state.clip, self._state.video
        if clip is None or video is None:
            return
        title = self._bench.t("clip.job_measure", file=video.name or video.file)
        jobs = self._bench.tools.jobs
        done = partial(self._take_gain, self._heard())
        jobs.start(title, partial(work.measure_kept, clip, video), done=done, failed=self._fail)

    def _heard(self) -> object:
        """What decides how loud it is: the clip, and what is kept of it."""
        video = self._state.video
        if video is None:
            return None
        return video.id, video.clean_sound, tuple((cut.start, cut.end) for cut in video.cuts)

    def _take_gain(self, heard: object, gain: work.KeptSound) -> None:
        # What is kept may have changed while it was measured.
        if heard == self._heard():
            self._measured = heard
            self._side.show_gain(gain)

    def _forget_gain(self) -> None:
        """What was measured is no longer what is kept."""
        if self._measured is not None and self._measured != self._heard():
            self._measured = None
            self._side.show_gain(None)

    def _fail(self, error: UserError) -> None:
        self._bench.tools.dialogs.explain(self._state.with_clip_name(error))

    def take_photo(self) -> None:
        """The frame under the playhead joins the photos of the story."""
        clip, video = self._state.clip, self._state.video
        if clip is None or video is None:
            return
        at = self._state.position
        stem = (video.name or video.id).rpartition(".")[0] or video.id
        if self._stills is None:
            self._stills = TemporaryDirectory(prefix="kim-", ignore_cleanup_errors=True)
        place = Path(self._stills.name) / f"{stem} {timecode_stem(at)}.jpg"
        title = self._bench.t("clip.job_still", file=video.name or video.file)
        story, group = self._state.session.story, self._bench.workspace.group
        still = partial(work.take_still, clip, at, place, story, video, group)
        done = partial(self._bring, at)
        self._bench.tools.jobs.start(title, still, done=done, failed=self._fail)

    def _bring(self, at: float, path: Path) -> None:
        """A method of the desk's, which is gone with its story: else the frame would join the story opened since."""
        self._bench.bring_in([path])
        self._bench.toast(self._bench.t("clip.poster_added", at=ClipTime(at)))

    def close(self) -> None:
        """The desk goes: frames that were taken are in the story, or are not wanted any more."""
        if self._stills is not None:
            self._stills.cleanup()
            self._stills = None

    # ------------------------------------------------------------------------------------------- leading there

    def show_field(self, field: str, start: int, end: int) -> None:
        """Show the page of a text (``"caption"``, ``"subtitles/3"``) and mark it there."""
        name, _, number = field.partition("/")
        side = self._side
        if name == "subtitles":
            side.show_page("cues")
            self._show_cue(int(number or 0))
            return
        page = next((page for page, fields in FORM_PAGES.items() if name in fields), "")
        if page:
            side.show_page(page)
            (side.about if page == "about" else side.words).form.reveal(name, start, end)

    def _show_cue(self, at: int) -> None:
        if at < len(self._state.cues):
            self._state.choose_cue(at)
            self._state.seek_asked.emit(self._state.cues[at].start)
            go_to(self._side.cues.table)
            if not self._state.locked:
                self._side.cues.edit_text(at)
