"""Reads pictures of one clip again and again: the file stays open, going on a little decodes on instead of seeking.

Dragging over a timeline asks for a place, then for another before the first is there. So the keyframe before a place is
handed out at once, and the way to the exact frame is given up as soon as the request is stale.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.video.clip import SLACK
from studio.video.clip_opening import open_clip, shown_frames
from studio.video.clip_pictures import VideoPicture, frame_pixels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from studio.video.clip import ClipFacts

_ON = 1.0
"""Seconds ahead that are decoded rather than sought: a keyframe is seldom nearer."""
_FAR = 0.12
"""Seconds from the keyframe to the wanted frame above which the keyframe is shown in the meantime."""
_BACK = (0.0, 3.0, 12.0, 1e9)
"""Seconds to try further back: a seek in a transport stream may land on a later keyframe, even one to its start."""


class ClipScrubber:
    """Pictures of a clip, upright, in sRGB. For one thread; opened at the first request.

    Args:
        clip: the original, or a copy of it for the preview.
        longest: longest side of the pictures in pixels.
    """

    def __init__(self, clip: ClipFacts, longest: int) -> None:
        self._clip = clip
        self._longest = longest
        self._stack = ExitStack()
        self._opened: tuple[InputContainer, VideoStream] | None = None
        self._frames: Iterator[tuple[float, VideoFrame]] = iter(())
        self._now: tuple[float, VideoFrame] | None = None
        self._next: tuple[float, VideoFrame] | None = None

    def frame_at(
        self, seconds: float, stale: Callable[[], bool], early: Callable[[VideoPicture], None]
    ) -> VideoPicture | None:
        """The frame shown at a time.

        Args:
            seconds: from the start of the clip; held inside it.
            stale: whether it is no longer wanted; asked before each frame that is decoded.
            early: given the keyframe, where the wanted frame is far from it.

        Returns:
            The exact frame, or None when the request became stale.

        Raises:
            UserError: the clip cannot be read there.
        """
        wanted = self._clip.start + max(0.0, min(seconds, self._clip.seconds)) + SLACK
        if not self._leads_to(wanted):
            for back in () if self._clip.sequential else _BACK:
                self._seek_before(wanted - back)
                if stale():
                    return None
                if self._now is not None and self._now[0] <= wanted:
                    break
            if self._now is None or self._now[0] > wanted:
                self._begin_anew()
            if self._now is not None and wanted - _frame_time(self._now) > _FAR:
                early(self._frame_picture(*self._now))
        while self._next is not None and _frame_time(self._next) <= wanted:
            if stale():
                return None
            self._now, self._next = self._next, self._next_frame()
        if self._now is None:
            raise UserError("video.broken", file=self._clip.path.name)
        return self._frame_picture(*self._now)

    def _frame_picture(self, time: float, frame: VideoFrame) -> VideoPicture:
        return frame_pixels(frame, self._clip, self._longest, time)

    def close(self) -> None:
        """Let go of the file."""
        self._stack.close()
        self._opened = self._now = self._next = None
        self._frames = iter(())

    def _leads_to(self, wanted: float) -> bool:
        if self._now is None:
            return False
        return _frame_time(self._now) <= wanted and (self._next is None or wanted <= _frame_time(self._now) + _ON)

    def _seek_before(self, wanted: float) -> None:
        import av

        if self._opened is None:
            self._opened = self._stack.enter_context(open_clip(self._clip.path))
        container, _ = self._opened
        with suppress(av.FFmpegError):  # an index without that place: what comes next is read, or nothing
            container.seek(int(max(min(0.0, self._clip.start), wanted) * 1_000_000), backward=True)
        self._read_from(begin=False)

    def _begin_anew(self) -> None:
        """From the start, opened again: after a failed seek some readers find nothing more."""
        self.close()
        self._opened = self._stack.enter_context(open_clip(self._clip.path))
        self._read_from(begin=True)

    def _read_from(self, *, begin: bool) -> None:
        assert self._opened is not None
        self._frames = shown_frames(*self._opened, loose=self._clip.loose, begin=begin)
        self._now = self._next_frame()
        self._next = self._next_frame()

    def _next_frame(self) -> tuple[float, VideoFrame] | None:
        import av

        try:
            return next(self._frames, None)
        except av.FFmpegError:
            return None  # what was decoded before the damage stays


def _frame_time(found: tuple[float, VideoFrame] | None) -> float:
    return 0.0 if found is None else found[0]
