"""A moving card: scenes whose parts come in one after another, and the video made of them.

MoviePy holds the timeline and the sound; each frame is ours (``MovingPicture.frame``), and our own ffmpeg encodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError, WorkCancelled
from studio.video.ffmpeg_arguments import encoder_args
from studio.video.ffmpeg_process import QUIET, feed_frames
from studio.video.moving_layers import (
    FULL,
    add_to_veil,
    blend_layer,
    clear_veil,
    lay_veil,
    mix_frames,
    zoom_frame,
)
from studio.video.verify import verify_video

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from moviepy import VideoClip

    from studio.base.progress import Progress
    from studio.video.job import EncoderRate
    from studio.video.moving_layers import Bytes, FrameVeil, YuvLayer
    from studio.video.verify import CheckedVideo

CROSS = 0.35
"""Seconds in which one scene becomes the next."""
_ENTER, _LEAVE, _STAGGER = 0.5, 0.25, 0.12
"""Seconds a part takes to come, to go, and after which the next one follows."""
_ALL_IN = 0.45
"""Share of its turn after which the last part has begun to come: the rest is for reading."""
_RISE, _SLIDE = 0.03, 0.09
"""How far a part moves: shares of the picture's shorter side."""
DRIFT = 0.06
"""How much larger a photo has become at the end of its scene."""


@dataclass(frozen=True, slots=True)
class ScenePart:
    """A layer, its ``turn`` (from 1; 0: it stays through all of them), and how it comes."""

    layer: YuvLayer
    turn: int
    entrance: Literal["rise", "slide", "fade", "grow"]


@dataclass(frozen=True, slots=True)
class DriftingPhoto:
    """A photo that comes slowly closer, and what stands still over it (None: nothing)."""

    frame: Bytes
    over: YuvLayer | None


@dataclass(frozen=True, slots=True)
class MovingScene:
    """What stands still, what comes over it in its order, and how many frames each turn has.

    ``drift`` is shown in place of ``ground``, where there is one.
    """

    ground: Bytes
    parts: tuple[ScenePart, ...]
    turns: tuple[int, ...]
    drift: DriftingPhoto | None = None

    @property
    def frames(self) -> int:
        """Of all turns."""
        return sum(self.turns)


@dataclass(frozen=True, slots=True)
class TimedLayer:
    """A layer that lies over all scenes from frame ``first`` up to, not including, ``last``."""

    layer: YuvLayer
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _PartState:
    share: float
    going: bool = False


class MovingPicture:
    """Makes the frames of some scenes, in any order, fastest one after the other.

    Args:
        scenes: at least one, all of the same size.
        fps: frames a second.
        captions: what lies over them for a time.
    """

    def __init__(self, scenes: Sequence[MovingScene], fps: int, captions: Sequence[TimedLayer] = ()) -> None:
        self.scenes = tuple(scenes)
        self.fps = fps
        self.captions = tuple(captions)
        self.frames = sum(scene.frames for scene in scenes)
        self._starts = list(accumulate((scene.frames for scene in scenes), initial=0))
        self._begins = [_begin_frames(scene, fps, first=not at) for at, scene in enumerate(scenes)]
        self._out = scenes[0].ground.copy()
        self._canvas: tuple[int, tuple[int, ...], Bytes] = (-1, (), self._out)
        self._before: tuple[int, Bytes] | None = None
        self._veil: tuple[int, tuple[int, ...], FrameVeil] | None = None
        self._dirty: list[tuple[int, int]] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._out.shape[1], self._out.shape[0] * 2 // 3

    def frame(self, number: int) -> Bytes:
        """One frame, as ``still_frame`` makes them; it is overwritten by the next call."""
        self._draw_scene(number)
        for caption in self.captions:
            if caption.first <= number < caption.last:
                blend_layer(self._out, caption.layer, FULL)
                self._mark_drawn(caption.layer.top, caption.layer.height)
        return self._out

    def _draw_scene(self, number: int) -> None:
        at = next(n for n, end in enumerate(self._starts[1:]) if number < end or n == len(self.scenes) - 1)
        since = number - self._starts[at]
        cross = round(CROSS * self.fps) if at else 0
        states = self._states(at, since)
        settled = tuple(n for n, state in states if state.share >= 1.0 and not state.going)
        drift = self.scenes[at].drift
        if drift is None:
            self._show_canvas(at, settled)
        else:
            self._show_drift(at, drift, settled, since)
        if since < cross:
            now = self._canvas[2] if drift is None else self._out
            mix_frames(self._end_of(at - 1), now, round(FULL * (since + 1) / (cross + 1)), self._out)
            self._dirty = None
            return
        for n, state in states:
            if n not in settled:
                self._draw_part(self.scenes[at].parts[n], state)

    def _states(self, at: int, since: int) -> list[tuple[int, _PartState]]:
        """The parts that are seen, by number."""
        scene, begins = self.scenes[at], self._begins[at]
        ends = list(accumulate(scene.turns))
        now = next((turn for turn, end in enumerate(ends, 1) if since < end), len(ends))
        found = []
        for n, part in enumerate(scene.parts):
            come = min(1.0, max(0.0, (since - begins[n] + 1) / (_ENTER * self.fps)))
            if part.turn in {0, now}:
                if come > 0.0:
                    found.append((n, _PartState(_ease_out(come))))
            elif part.turn == now - 1:
                gone = (since - ends[part.turn - 1] + 1) / (_LEAVE * self.fps)
                if gone < 1.0:
                    found.append((n, _PartState(1.0 - gone, going=True)))
        return found

    def _show_canvas(self, at: int, settled: tuple[int, ...]) -> None:
        """Have ``_out`` show what stands still now; where it did before, only the rows drawn over are copied."""
        import numpy as np

        where, known, canvas = self._canvas
        if (where, known) != (at, settled):
            more = settled[len(known) :] if where == at and settled[: len(known)] == known and known else settled
            if more is settled or where != at:
                canvas = self.scenes[at].ground.copy()
            for n in more:
                blend_layer(canvas, self.scenes[at].parts[n].layer, FULL)
            self._canvas, self._dirty = (at, settled, canvas), None
        if self._dirty is None:
            np.copyto(self._out, canvas)
        else:
            height, width = self.size[1], self.size[0]
            source, target = canvas[height:].reshape(2, -1, width // 2), self._out[height:].reshape(2, -1, width // 2)
            for top, bottom in self._dirty:
                self._out[top:bottom] = canvas[top:bottom]
                target[:, top // 2 : bottom // 2] = source[:, top // 2 : bottom // 2]
        self._dirty = []

    def _show_drift(self, at: int, drift: DriftingPhoto, settled: tuple[int, ...], since: int) -> None:
        """Have ``_out`` show the photo as near as it is by now, under all that stands still."""
        found, scene = self._veil, self.scenes[at]
        if found is None or found[0] != at or settled[: len(found[1])] != found[1]:
            found = at, (), clear_veil(drift.frame)
            if drift.over is not None:
                add_to_veil(found[2], drift.over)
        for n in settled[len(found[1]) :]:
            add_to_veil(found[2], scene.parts[n].layer)
        self._veil = at, settled, found[2]
        zoom_frame(drift.frame, _drift_zoom(since, scene.frames), self._out)
        lay_veil(self._out, found[2], self._out)
        # All of the frame is new each time: what another scene knows of it is over.
        self._canvas, self._dirty = (-1, (), self._canvas[2]), []

    def _draw_part(self, part: ScenePart, state: _PartState) -> None:
        width, height = self.size
        left = (1.0 - state.share) * min(width, height)
        right, down, shown, share = 0, 0, 1.0, state.share
        if state.going:
            down = -_even(left * _RISE)
        elif part.entrance == "rise":
            down = _even(left * _RISE)
        elif part.entrance == "slide":
            right = -_even(left * _SLIDE)
        elif part.entrance == "grow":
            shown, share = state.share, 1.0
        blend_layer(self._out, part.layer, round(FULL * share), right, down, shown)
        self._mark_drawn(part.layer.top + down, part.layer.height)

    def _mark_drawn(self, top: int, height: int) -> None:
        """The next frame begins with these rows as they were."""
        if self._dirty is not None:
            first = max(0, top)
            self._dirty.append((first, min(self.size[1], max(first, top + height))))

    def _end_of(self, at: int) -> Bytes:
        """How a scene looks at its end."""
        if self._before is None or self._before[0] != at:
            canvas, scene = self.scenes[at].ground.copy(), self.scenes[at]
            if scene.drift is not None:
                zoom_frame(scene.drift.frame, _drift_zoom(scene.frames - 1, scene.frames), canvas)
                if scene.drift.over is not None:
                    blend_layer(canvas, scene.drift.over, FULL)
            for part in scene.parts:
                if part.turn in {0, len(scene.turns)}:
                    blend_layer(canvas, part.layer, FULL)
            self._before = (at, canvas)
        return self._before[1]


def _begin_frames(scene: MovingScene, fps: int, *, first: bool) -> tuple[int, ...]:
    """The frame at which each part begins to come."""
    starts = [0, *accumulate(scene.turns)]
    lead = round((0.0 if first else CROSS) * fps)
    begins = []
    for turn in range(len(scene.turns) + 1):
        own = [n for n, part in enumerate(scene.parts) if part.turn == turn]
        start = starts[max(0, turn - 1)] + (lead if turn <= 1 else round(_LEAVE * fps))
        # What stays through all turns is in before the first of them begins to move.
        step = min(_STAGGER * fps, scene.turns[max(0, turn - 1)] * _ALL_IN / max(1, len(own)))
        begins += [(n, start + round(place * step)) for place, n in enumerate(own)]
    return tuple(begin for _, begin in sorted(begins))


def _even(value: float) -> int:
    return round(value / 2) * 2


def _drift_zoom(since: int, frames: int) -> float:
    return 1.0 + DRIFT * since / max(1, frames - 1)


def _ease_out(share: float) -> float:
    # It comes fast and stops softly: what is to be read stands still as soon as possible.
    return 1.0 - (1.0 - share) ** 3


def moving_clip(picture: MovingPicture) -> VideoClip:
    """The picture as MoviePy's clip. Its frames are planes (``still_frame``), not RGB."""
    from moviepy import VideoClip

    last = picture.frames - 1
    clip = VideoClip(lambda t: picture.frame(min(last, round(t * picture.fps))), duration=picture.frames / picture.fps)
    return clip.with_fps(picture.fps)


def encode_picture(
    picture: MovingPicture, sound: Sequence[str], rate: EncoderRate, out: Path, progress: Progress
) -> CheckedVideo:
    """Encode a moving picture.

    Args:
        picture: what is shown.
        sound: arguments of ffmpeg for the second input and its filters.
        rate: room for the encoder.
        out: the file to write.
        progress: called about four times a second of the result.

    Raises:
        UserError: ffmpeg failed, or the result is not complete.
        WorkCancelled: asked for; ``out`` is gone.
    """
    from studio.video.slideshow import sound_output

    width, height = picture.size
    args = [*QUIET, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}"]
    args += ["-framerate", str(picture.fps), "-i", "pipe:0", *sound]
    args += ["-vf", "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"]
    args += ["-map", "0:v:0", *encoder_args(rate), "-g", str(2 * picture.fps)]
    args += ["-video_track_timescale", str(512 * picture.fps)]
    args += sound_output(picture.frames, picture.fps, rate)
    args += ["-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", str(out)]
    try:
        feed_frames(args, _fed_frames(picture, progress), out.parent)
        return verify_video(out, picture.frames, picture.fps)
    except (WorkCancelled, UserError):
        out.unlink(missing_ok=True)
        raise


def _fed_frames(picture: MovingPicture, progress: Progress) -> Iterator[memoryview]:
    clip = moving_clip(picture)
    for number in range(picture.frames):
        if number % max(1, picture.fps // 4) == 0:
            progress.report(number / picture.fps, picture.frames / picture.fps, "motion")
        yield clip.get_frame(number / picture.fps).data
