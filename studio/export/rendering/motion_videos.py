"""Makes a moving card: joins what ``paint/`` takes apart, what the timeline says, and the video engine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from studio.base.atomic_files import move_file
from studio.base.folders import make_folder
from studio.base.pixel_data import Pixels
from studio.export.planning.video_specs import MadeVideo
from studio.export.rendering.card_pictures import card_svg, overflow_notices, pictures_of
from studio.export.rendering.clip_stamp import stamp_clip
from studio.export.rendering.mixed_sound import mixed_sound
from studio.video.byte_limit import fit_size
from studio.video.encode import PARTIAL
from studio.video.job import EncoderRate
from studio.video.moving_layers import frame_rgb, moving_layer, still_frame
from studio.video.moving_picture import (
    DriftingPhoto,
    MovingPicture,
    MovingScene,
    ScenePart,
    TimedLayer,
    encode_picture,
)
from studio.video.slideshow import sound_input

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.export.planning.export_tasks import CardTask, MotionTask
    from studio.paint.moving_parts import PartedPicture
    from studio.video.moving_layers import YuvLayer


def make_motion(task: MotionTask, out: Path, progress: Progress) -> MadeVideo:
    """Make a moving card.

    Args:
        task: what it is made from.
        out: the file to write; a name that the caller renames.
        progress: called with the seconds of the result that are done.

    Raises:
        UserError: a photo, the voice or the music cannot be read; a template is wrong; ffmpeg failed.
        WorkCancelled: asked for; nothing is left.
    """
    make_folder(task.work)
    try:
        size, rate = _encoder_room(task)
        notices: list[WorkNotice] = []
        picture = moving_picture(task, size, notices, out.name)
        seconds = picture.frames / picture.fps
        draft = task.work / f"motion{PARTIAL}"
        sound = sound_input(mixed_sound(task.sound, seconds, task.work), seconds)
        checked = encode_picture(picture, sound, rate, draft, progress)
        move_file(draft, out)
        # What the picture of the first scene says about itself holds for all of it: no other scene shows a photo.
        size_now = stamp_clip(out, task.scenes[0].metadata, task.wish.max_bytes)
    finally:
        shutil.rmtree(task.work, ignore_errors=True)
    return MadeVideo(out, checked.width, checked.height, checked.seconds, size_now, tuple(notices))


def _encoder_room(task: MotionTask) -> tuple[tuple[int, int], EncoderRate]:
    wish = task.wish
    if wish.max_bytes is None:
        return wish.size, EncoderRate()
    fitted = fit_size("motion", task.timeline.seconds, wish.fps, wish.size, wish.max_bytes)
    return (fitted.width, fitted.height), fitted.rate


def moving_picture(task: MotionTask, size: tuple[int, int], notices: list[WorkNotice], file: str) -> MovingPicture:
    """The frames of a moving card.

    Args:
        task: what it is made from.
        size: width and height in pixels, even.
        notices: what is noticed is added to it.
        file: the name of the file, for these.

    Raises:
        UserError: as ``make_motion``.
    """
    scenes = []
    for scene, turns in zip(task.scenes, task.timeline.frames(task.wish.fps), strict=True):
        parted, told = part_scene(scene, size)
        scenes.append(moving_scene(parted, turns, drift=task.drift))
        notices += [notice for notice in told if notice not in notices]
        notices += overflow_notices(parted.overflow, file)
    return MovingPicture(scenes, task.wish.fps, _timed_captions(task, size, notices, file))


def _timed_captions(
    task: MotionTask, size: tuple[int, int], notices: list[WorkNotice], file: str
) -> tuple[TimedLayer, ...]:
    """The words of the narration, each for its time."""
    if task.captions is None:
        return ()
    parted, _ = part_scene(task.captions, size)
    notices += overflow_notices(parted.overflow, file)
    fps, made = task.wish.fps, []
    for part in parted.parts:
        layer = moving_layer(part.pixels, part.left, part.top, part.width, part.height, size)
        if layer is not None and 0 < part.turn <= len(task.caption_times):
            start, end = task.caption_times[part.turn - 1]
            made.append(TimedLayer(layer, round(start * fps), round(end * fps)))
    return tuple(made)


def part_scene(scene: CardTask, size: tuple[int, int]) -> tuple[PartedPicture, Sequence[WorkNotice]]:
    """The picture of a scene taken apart, and what was noticed of its photo."""
    from studio.paint.moving_parts import part_picture
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    pictures = pictures_of(scene)
    return part_picture(card_svg(scene, pictures), *size), pictures.notices


def moving_scene(parted: PartedPicture, turns: tuple[int, ...], *, drift: bool = True) -> MovingScene:
    """A scene for the video engine; parts whose turn never comes are left out. ``drift``: a photo may move slowly."""
    size = parted.width, parted.height
    parts = []
    for part in parted.parts:
        layer: YuvLayer | None = moving_layer(part.pixels, part.left, part.top, part.width, part.height, size)
        if layer is not None and part.turn <= len(turns):
            parts.append(ScenePart(layer, part.turn, part.entrance))
    photo = None
    if drift and parted.ground:
        photo = DriftingPhoto(still_frame(parted.ground, *size), moving_layer(parted.still, 0, 0, *size, size))
    return MovingScene(still_frame(parted.rgb, *size), tuple(parts), turns, photo)


def motion_still(task: MotionTask, size: tuple[int, int]) -> Pixels:
    """The first scene of a moving card when all of it is there: its cover picture.

    Args:
        task: what it is made from.
        size: in pixels.

    Raises:
        UserError: as ``make_motion``.
    """
    from studio.paint.image import paint_rgb
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    scene = task.scenes[0]
    painted = paint_rgb(card_svg(scene, pictures_of(scene)), *size)
    return Pixels(painted.width, painted.height, painted.rgb)


def motion_frame(picture: MovingPicture, seconds: float) -> Pixels:
    """One moment of a moving card as it is seen."""
    rgb = frame_rgb(picture.frame(min(picture.frames - 1, round(seconds * picture.fps))))
    return Pixels(rgb.shape[1], rgb.shape[0], rgb.tobytes())
