"""The button "Potong saja": the kept pieces as a file, as they were recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.base.timecode import short_seconds
from studio.services.exact_trim import trim_for_readers
from studio.ui.widgets.basic_parts import button, column, label

if TYPE_CHECKING:
    from studio.base.errors import UserError
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.clip_edits import ClipEditing
    from studio.video.trim import TrimmedClip


class TrimButton(QWidget):
    """Asks where to, works as a job with progress and cancel, and tells how it was made.

    Args:
        bench: what the desk works with.
        editing: the state of the desk.
    """

    def __init__(self, bench: DeskContext, editing: ClipEditing) -> None:
        super().__init__()
        self._bench = bench
        self._editing = editing
        theme, t = bench.tools.theme, bench.t
        self.trim = button(theme, t("clip.trim_only"), self.start, icon="scissors", tip=t("clip.trim_only_tip"))
        self.hint = label("", "hint", wrap=True)
        self.setLayout(column(self.trim, self.hint, gap=theme.px(4)))
        editing.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Off without a clip, and where covers would be lost: the hint says why."""
        video, clip = self._editing.video, self._editing.clip
        covered = video is not None and bool(video.covers)
        self.trim.setEnabled(video is not None and clip is not None and not covered)
        self.hint.setText(self._bench.t("clip.trim_covered") if covered else "")
        self.hint.setVisible(covered)

    def start(self) -> None:
        """Ask for a file and write the kept pieces there."""
        clip, video, session = self._editing.clip, self._editing.video, self._editing.session
        if clip is None or video is None:
            return
        dialogs, title = self._bench.tools.dialogs, self._bench.t("clip.trim_only")
        name = f"{(video.name or video.file).rpartition('.')[0] or video.id}-potong.mp4"
        target = dialogs.choose_target(title, name, "video")
        if target is None:
            return
        if target.suffix.lower() != ".mp4":
            target = target.with_name(f"{target.name}.mp4")
        if (error := session.flush()) is not None:
            dialogs.explain(error, title)
            return
        facts = (self._bench.workspace, session.folder, clip.path, video, target, self._bench.tools.texts)
        self._bench.tools.jobs.start(
            self._bench.t("clip.job_trim", name=video.name or video.file),
            partial(trim_for_readers, *facts),
            done=partial(_report_trimmed, self._bench),
            failed=partial(_failed, self._bench),
        )


def _report_trimmed(bench: DeskContext, result: tuple[TrimmedClip, bool]) -> None:
    made, draft = result
    code = "clip.trim_done" if made.copied else "clip.trim_encoded"
    text = bench.t(code, file=made.path.name, seconds=short_seconds(made.seconds), percent=int(100 * made.copied))
    bench.toast(f"{text} {bench.t('clip.trim_draft')}" if draft else text)
    for notice in made.notices:
        bench.tools.dialogs.explain(notice)


def _failed(bench: DeskContext, error: UserError) -> None:
    bench.tools.dialogs.explain(error, bench.t("clip.trim_only"))
