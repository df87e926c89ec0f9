"""Follows the chosen cover through the clip in the background, and edits its way by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.story import clips
from studio.story.cover_path import box_at, drop_keyframe, path_doubts, path_of, put_keyframe, settle_doubts
from studio.ui.video.path_card import doubt_at, near_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.progress import Progress
    from studio.services.cover_tracking import TrackWay
    from studio.story.model import Cover, CoverKeyframe
    from studio.ui.core.background_jobs import BackgroundJob, JobState
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.video.clip_edits import ClipEditing
    from studio.ui.video.side_panel import SidePanel
    from studio.video.clip import ClipFacts

PATH_KEYS = ("follow", "follow_back", "point", "drop_point", "doubt")
"""What has a key of its own, by code (``video_<code>`` in the table of shortcuts)."""


class PathFollowing(QObject):
    """What can be done with the way of the chosen cover.

    Args:
        bench: what a desk works with.
        editing: every edit of the desk.
        side: the pages; that of the covers shows the way.
    """

    def __init__(
        self, bench: DeskContext, editing: ClipEditing, side: SidePanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bench, self._editing, self._state, self._side = bench, editing, editing.state, side
        self._job: BackgroundJob | None = None
        self._busy = False
        self.calls: dict[str, Callable[[], object]] = {
            "follow": self.follow,
            "follow_back": lambda: self.follow(back=True),
            "point": self.put_point,
            "drop_point": self.drop_point,
            "point_before": lambda: self._step(-1),
            "point_after": lambda: self._step(1),
            "doubt": self.next_doubt,
            "settle": self.mark_checked,
            "stop": self.stop,
        }
        side.path_asked.connect(lambda code: self.calls[code]())
        self._state.switched.connect(self.stop)

    @property
    def cover(self) -> Cover | None:
        """The chosen cover; none that can move where the whole picture is covered."""
        video = self._state.video
        covers = video.covers if video is not None else ()
        cover = covers[self._state.cover] if 0 <= self._state.cover < len(covers) else None
        return cover if cover is not None and not cover.whole else None

    # ------------------------------------------------------------------------------------------- following

    def follow(self, *, back: bool = False) -> None:
        """Follow what the chosen cover hides: one that stood still both ways, one that moves from the playhead on."""
        cover, clip = self.cover, self._state.clip
        if cover is None or clip is None or self._state.locked or self._busy:
            if cover is None and not self._busy:
                self._bench.toast(self._bench.t("clip.path_choose"))
            return
        way: TrackWay = "back" if back else "on" if path_of(cover) else "both"
        name = self._state.video.name if self._state.video is not None else ""
        self._side.show_page("covers")
        work = partial(_track, clip, cover, self._state.position, way)
        self._busy = True
        self._side.covers.path.show_running(True)
        job = self._bench.tools.jobs.start(
            self._bench.t("clip.path_job", file=name or clip.path.name),
            work,
            done=partial(self._take_path, self._state.video_id, self._state.cover, cover, way),
            ended=self._on_end,
            owner=self,
        )
        self._job = job if self._busy else None

    def stop(self) -> None:
        """Follow no longer; the cover stays as it is."""
        if self._job is not None:
            self._job.cancel()

    def _on_end(self, _: JobState) -> None:
        self._job, self._busy = None, False
        self._side.covers.path.show_running(False)

    def _take_path(
        self, video_id: str, number: int, before: Cover, way: TrackWay, found: tuple[CoverKeyframe, ...]
    ) -> None:
        from studio.services.cover_tracking import follow_path

        video = next((each for each in self._state.session.story.videos if each.id == video_id), None)
        if video is None or number >= len(video.covers) or video.covers[number] != before:
            self._bench.toast(self._bench.t("clip.path_changed"))
            return
        after = follow_path(before, found, way)
        self._state.session.break_merge()
        self._state.session.edit(clips.change_path(video_id, number, lambda _: after, "edit.video_follow"))
        count = len(clips.shown_doubts(video, (after,)))
        code = "clip.path_found_doubts" if count else "clip.path_found"
        self._bench.toast(self._bench.t(code, count=count) if count else self._bench.t(code))

    # ------------------------------------------------------------------------------------------- keyframes by hand

    def put_point(self) -> None:
        """Keep where the chosen cover is at the playhead as a keyframe."""
        cover = self.cover
        if cover is None or self._state.locked:
            return
        at, near = self._state.position, near_time(self._state)
        box = clips.tidy_box(box_at(cover, at))
        self._change(lambda each: put_keyframe(each, at, box, near))

    def drop_point(self) -> None:
        """Take the keyframe at the playhead out."""
        at, near = self._state.position, near_time(self._state)
        path = path_of(self.cover) if self.cover is not None else ()
        if len(path) == 1 and path[0].doubt:
            self._bench.toast(self._bench.t("clip.path_last_doubted"))
            return
        self._change(lambda each: drop_keyframe(each, at, near))

    def _change(self, way: Callable[[Cover], Cover]) -> None:
        if self.cover is not None and not self._state.locked:
            self._editing.done()
            self._editing.edit(clips.change_path(self._state.video_id, self._state.cover, way))

    def _step(self, by: int) -> None:
        """Put the playhead on the keyframe before or after it."""
        times = [frame.at for frame in path_of(self.cover)] if self.cover is not None else []
        near = near_time(self._state)
        if by < 0:
            found = [at for at in times if at < self._state.position - near][-1:]
        else:
            found = [at for at in times if at > self._state.position + near][:1]
        for at in found:
            self._state.seek_asked.emit(at)

    # ------------------------------------------------------------------------------------------- doubts

    def next_doubt(self) -> None:
        """Lead to the next stretch that has to be looked at, of the chosen cover or else of any."""
        video = self._state.video
        if video is None:
            return
        every = [
            (number, doubt)
            for number, cover in enumerate(video.covers)
            for doubt in clips.shown_doubts(video, (cover,))
        ]
        own = [(number, doubt) for number, doubt in every if number == self._state.cover] or every
        if not own:
            self._bench.toast(self._bench.t("clip.path_no_doubt"))
            return
        later = [row for row in own if row[1].start > self._state.position + 0.06]
        number, doubt = (later or own)[0]
        self._side.show_page("covers")
        self._state.choose_cover(number)
        self._state.seek_asked.emit(max(0.0, doubt.start))

    def mark_checked(self) -> None:
        """The stretch around the playhead was looked at and is right."""
        cover = self.cover
        doubt = doubt_at(path_doubts(cover), self._state.position) if cover is not None else None
        if doubt is None:
            return
        self._change(lambda each: settle_doubts(each, doubt.start, doubt.end))


def _track(
    clip: ClipFacts, cover: Cover, seconds: float, way: TrackWay, progress: Progress
) -> tuple[CoverKeyframe, ...]:
    from studio.services.cover_tracking import track_cover

    return track_cover(clip, cover, seconds, way, progress)
