"""What leaves the desk as a file: "Kirim lewat WhatsApp" with its size, and "Potong saja"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QMimeData, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget
from shiboken6 import isValid

from studio.base.errors import UserError
from studio.base.portable_names import with_ending
from studio.base.sizes import ByteCount
from studio.base.timecode import minutes_text, short_seconds
from studio.services import whatsapp_file as sending
from studio.services.exact_trim import trim_for_readers
from studio.services.group_profile import ready_mark
from studio.store.previews import sent_room
from studio.ui.core.background_jobs import ignore_failure
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, restyle, row, tool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.story.model import Cut, Video
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.clip_edits import ClipEditing
    from studio.ui.video.sequence_player import ResultPlayer
    from studio.video.trim import TrimmedClip

Phase = Literal["idle", "working", "done"]
_PAUSE = 1500
"""Milliseconds without an edit after which a sample is encoded."""


class TrimButton(QWidget):
    """Asks where to, works as a job with progress and cancel, and tells how it was made.

    Args:
        bench: what the desk works with.
        editing: the state of the desk.
    """

    def __init__(self, bench: DeskContext, editing: ClipEditing) -> None:
        super().__init__()
        self._bench = bench
        self._editing, self._state = editing, editing.state
        theme, t = bench.tools.theme, bench.t
        self.trim = button(theme, t("clip.trim_only"), self.start, icon="scissors", tip=t("clip.trim_only_tip"))
        self.hint = label("", "hint", wrap=True)
        self.setLayout(column(self.trim, self.hint, gap=theme.px(4)))
        editing.state.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Off without a clip, and where covers would be lost: the hint says why."""
        video, clip = self._state.video, self._state.clip
        covered = video is not None and bool(video.covers)
        self.trim.setEnabled(video is not None and clip is not None and not covered)
        self.hint.setText(self._bench.t("clip.trim_covered") if covered else "")
        self.hint.setVisible(covered)

    def start(self) -> None:
        """Ask for a file and write the kept pieces there."""
        clip, video, session = self._state.clip, self._state.video, self._state.session
        if clip is None or video is None:
            return
        dialogs, title = self._bench.tools.dialogs, self._bench.t("clip.trim_only")
        name = f"{(video.name or video.file).rpartition('.')[0] or video.id}-potong.mp4"
        target = dialogs.choose_target(title, name, "video")
        if target is None:
            return
        target = with_ending(target, ".mp4")
        if (error := session.flush()) is not None:
            dialogs.explain(error, title)
            return
        facts = (self._bench.workspace, session.folder, clip.path, video, target, self._bench.tools.texts)
        self._bench.tools.jobs.start(
            self._bench.t("clip.job_trim", name=video.name or video.file),
            partial(trim_for_readers, *facts),
            done=partial(_report_trimmed, self._bench),
            failed=partial(_explain_failure, self._bench),
        )


def _report_trimmed(bench: DeskContext, result: tuple[TrimmedClip, bool]) -> None:
    made, draft = result
    code = "clip.trim_done" if made.copied else "clip.trim_encoded"
    seconds = short_seconds(made.seconds, bench.tools.texts.language)
    text = bench.t(code, file=made.path.name, seconds=seconds, percent=int(100 * made.copied))
    bench.toast(f"{text} {bench.t('clip.trim_draft')}" if draft else text)
    for notice in made.notices:
        bench.tools.dialogs.explain(notice)


def _explain_failure(bench: DeskContext, error: UserError) -> None:
    bench.tools.dialogs.explain(error, bench.t("clip.trim_only"))


class SendCard(QFrame):
    """Makes the clip that is worked on ready to be sent.

    Args:
        bench: what the desk works with.
        editing: the state of the desk.
        programme: knows how long the result is.
        shape: the format that is looked at.
    """

    def __init__(
        self, bench: DeskContext, editing: ClipEditing, programme: ResultPlayer, shape: Callable[[], str]
    ) -> None:
        super().__init__()
        self._bench = bench
        self._editing, self._state = editing, editing.state
        self._programme = programme
        self._shape = shape
        self._phase: Phase = "idle"
        self._job: BackgroundJob | None = None
        self._run = 0
        self._of = ""
        self._samples: dict[str, float] = {}
        self._sampling: tuple[str, BackgroundJob] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._sample)
        self.files: tuple[Path, ...] = ()
        self._sent: sending.SentFiles | None = None
        restyle(self, "look", "card")
        theme, t = bench.tools.theme, bench.t
        self.send = button(theme, t("clip.send"), self.start, icon="message-circle")
        self.size_text = label("", "hint", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        describe(self.bar, t("clip.send_progress"))
        self.cancel = tool(theme, "x", t("clip.send_cancel"), self._cancel)
        self.split = button(theme, t("clip.send_split", n=2), self._split, look="chip")
        self.shorten = button(theme, t("clip.send_shorten", length=""), self._shorten, look="chip")
        self.copy = button(theme, t("clip.send_copy"), self._copy, look="chip")
        describe(self.copy, t("clip.send_copy"), t("clip.send_copy_tip"))
        self.open = button(theme, t("clip.send_open"), self._open, look="chip")
        self.trim = TrimButton(bench, editing)
        self.setLayout(
            column(
                self.send,
                self.size_text,
                row(self.bar, self.cancel),
                row(self.split, self.shorten, 1, gap=theme.px(6)),
                row(self.copy, self.open, 1, gap=theme.px(6)),
                self.trim,
                gap=theme.px(7),
                edges=edges(theme, 12, 11),
            )
        )
        editing.state.changed.connect(self.show_state)
        programme.changed.connect(self.show_state)
        self.show_state()

    # ------------------------------------------------------------------------------------------- showing

    def show_state(self) -> None:
        """The size of the file, or how far it is."""
        if self._phase == "done" and self._of != self._shown_facts():
            self._phase = "idle"
        found = self._expected()
        key = self._size_key()
        if self._sampling is not None and self._sampling[0] != key:
            self._sampling[1].cancel()  # of what is no longer there, in the lane of the previews
            self._sampling = None
        if found is not None and key not in self._samples:
            self._pause.start()
        working, done = self._phase == "working", self._phase == "done"
        too_long = found is not None and found.parts > 1 and not working and not done
        self.send.setEnabled(found is not None and not working and not too_long)
        self._show_parts(working=working, too_long=too_long, done=done)
        self.size_text.setVisible(found is not None and not working)
        if found is None or working or done:
            return
        t, language = self._bench.t, self._bench.tools.texts.language
        length = minutes_text(found.seconds, language)
        if too_long:
            facts = {"length": length, "limit": ByteCount(sending.WHATSAPP_MAX_BYTES)}
            self.size_text.setText(t("clip.send_too_long", **facts))
            self.split.setText(t("clip.send_split", n=found.parts))
            describe(self.split, self.split.text(), t("clip.send_split_tip"))
            self.shorten.setText(t("clip.send_shorten", length=minutes_text(found.longest, language)))
            describe(self.shorten, self.shorten.text(), t("clip.send_shorten_tip"))
            self.shorten.setEnabled(not self._state.locked)
            return
        code = "clip.send_full" if found.bytes >= sending.WHATSAPP_MAX_BYTES else "clip.send_about"
        size = {"size": ByteCount(found.bytes), "width": found.width, "height": found.height}
        self.size_text.setText(t(code, length=length, **size))

    def _show_parts(self, *, working: bool, too_long: bool, done: bool) -> None:
        parts: dict[QWidget, bool] = {
            self.bar: working,
            self.cancel: working,
            self.split: too_long,
            self.shorten: too_long,
            self.copy: done,
            self.open: done,
        }
        for part, visible in parts.items():
            part.setVisible(visible)

    def _expected(self) -> sending.ExpectedFile | None:
        clip = self._state.clip
        if clip is None or self._state.video is None or self._programme.seconds <= 0:
            return None
        per_second = self._samples.get(self._size_key(), 0.0)
        return sending.expected_file(clip, self._programme.seconds, self._shape(), per_second)

    def _size_key(self) -> str:
        """What decides how large a second of the result is."""
        video = self._state.video
        if video is None:
            return ""
        return repr((video.id, video.cuts, video.reframe, video.focus, video.mute, self._shape()))

    def _sample(self) -> None:
        """Encode a little of the result, to tell its size."""
        clip, video, found, key = self._state.clip, self._state.video, self._expected(), self._size_key()
        if clip is None or video is None or found is None or found.parts > 1 or self._phase == "working":
            return
        work = partial(sending.sampled_rate, clip, video, self._shape(), (found.width, found.height))
        jobs = self._bench.tools.jobs
        done = partial(self._take_sample, key)
        self._sampling = key, jobs.start("", work, done=done, failed=ignore_failure, lane="quick", quiet=True)

    def _take_sample(self, key: str, per_second: float) -> None:
        self._samples[key] = per_second
        self.show_state()

    def _shown_facts(self) -> str:
        return f"{self._state.video} {self._shape()}"

    # ------------------------------------------------------------------------------------------- doing

    def start(self, longest: float = 0.0) -> None:
        """Make the file, or (with ``longest`` seconds of one) several."""
        clip, video, session = self._state.clip, self._state.video, self._state.session
        if clip is None or video is None or self._phase == "working":
            return
        error = session.flush()
        if error is not None:
            self._bench.tools.dialogs.explain(error, self._bench.t("clip.send"))
            return
        workspace = self._bench.workspace
        logo = ready_mark(workspace)
        place = sent_room(workspace.path, session.folder)
        facts = (clip, workspace, session.folder, video, logo, self._shape(), place, longest)
        order = sending.SendOrder(*facts, self._bench.tools.texts)
        work = partial(sending.make_files, order)
        self._phase, self._of = "working", self._shown_facts()
        self.bar.setValue(0)
        self.show_state()
        title = self._bench.t("clip.job_send", name=video.name or video.file)
        self._run += 1
        done, failed = (
            partial(_take_files, self, self._bench, self._run),
            partial(_take_error, self, self._bench, self._run),
        )
        job = self._bench.tools.jobs.start(title, work, done=done, failed=failed)
        if job.state in {"waiting", "running"}:
            self._job = job
            job.progressed.connect(self._on_progress)
            job.ended.connect(self._on_end)

    def _on_progress(self, done: float, total: float, _: str) -> None:
        self.bar.setValue(round(1000 * done / total) if total > 0 else 0)

    def _on_end(self) -> None:
        """A job that made nothing leaves the card free; what one made, or why not, is shown after this."""
        job, self._job = self._job, None
        if job is not None and job.state in {"cancelled", "failed"}:
            self._phase = "idle"
            self.show_state()

    def finish(self, run: int, sent: sending.SentFiles) -> None:
        """Tell what run number ``run`` made."""
        if run != self._run:
            return  # cancelled when it was nearly done
        self._phase = "done"
        self.files, self._sent = tuple(each.path for each in sent.files), sent
        self.show_state()
        text = _sent_text(self._bench, sent)
        if self._of == self._shown_facts():
            self.size_text.setText(text)
        else:  # another clip is worked on, or it was edited: the card tells of that
            self._bench.toast(text)

    def fail_run(self, run: int, error: UserError) -> None:
        """Tell why run number ``run`` made nothing."""
        if run == self._run:
            self._fail(error)

    def _fail(self, error: UserError) -> None:
        self._phase = "idle"
        self.show_state()
        self._bench.tools.dialogs.explain(self._state.with_clip_name(error), self._bench.t("clip.send"))

    def _cancel(self) -> None:
        """Called off: the card is free at once, even if the job ends later (an export may run before it)."""
        if self._job is not None:
            job, self._job = self._job, None
            job.progressed.disconnect(self._on_progress)
            job.ended.disconnect(self._on_end)
            job.cancel()
            self._run += 1
            self._phase = "idle"
            self.show_state()

    def _split(self) -> None:
        found = self._expected()
        if found is not None:
            self.start(found.longest * 0.96)  # cards and the pause it is split at take some room

    def _shorten(self) -> None:
        """Cut the kept pieces down, as an edit that can be undone; then the size is shown again."""
        clip, video, found = self._state.clip, self._state.video, self._expected()
        if clip is None or video is None or found is None:
            return
        room = found.longest * 0.98 - self._programme.lead - self._programme.tail
        title = self._bench.t("clip.job_shorten")
        work = partial(sending.shortened_cuts, clip, video, room)
        done = partial(self._take_pieces, video)
        self._bench.tools.jobs.start(title, work, done=done, failed=self._fail, lane="quick", quiet=True)

    def _take_pieces(self, asked: Video, cuts: tuple[Cut, ...]) -> None:
        now = self._state.video
        if now is not None and (now.id, now.cuts) == (asked.id, asked.cuts):  # else the clip was changed meanwhile
            self._editing.set_pieces(cuts)

    def _may_go(self) -> bool:
        """Whether the files that were made may still be taken along; why not is explained."""
        session, video = self._state.session, self._state.video
        if self._sent is None or video is None:
            return False
        texts, explain = self._bench.tools.texts, self._bench.tools.dialogs.explain
        try:
            if (error := session.flush()) is not None:
                raise error
            sending.still_released(self._bench.workspace, self._sent, video, texts)
        except UserError as error:
            self._phase, self.files, self._sent = "idle", (), None
            self.show_state()
            explain(self._state.with_clip_name(error), self._bench.t("clip.send"))
            return False
        return True

    def _copy(self) -> None:
        if not self._may_go():
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in self.files])
        QGuiApplication.clipboard().setMimeData(data)
        self._bench.toast(self._bench.t("clip.send_copied"))

    def _open(self) -> None:
        if self.files and self._may_go():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.files[0].parent)))


def _sent_text(bench: DeskContext, sent: sending.SentFiles) -> str:
    size = ByteCount(sum(each.bytes for each in sent.files))
    code = "clip.send_done" if len(sent.files) == 1 else "clip.send_done_many"
    text = bench.t(code, size=size, n=len(sent.files), file=sent.files[0].path.name)
    return f"{text} {bench.t('clip.send_draft')}" if sent.draft else text


def _take_files(card: SendCard, bench: DeskContext, run: int, sent: sending.SentFiles) -> None:
    """The files are there; the card may be gone with its story. No method of the card's: those are not called then."""
    if isValid(card):
        card.finish(run, sent)
    else:
        bench.toast(_sent_text(bench, sent))


def _take_error(card: SendCard, bench: DeskContext, run: int, error: UserError) -> None:
    if isValid(card):
        card.fail_run(run, error)
    else:
        bench.tools.dialogs.explain(error, bench.t("clip.send"))
