"""Draws one frame of a result with Pillow, from its composition: posters, stills, frames as photos, thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story.cover_geometry import scaled_box
from studio.video.composition import PAD_SHADE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from PIL.Image import Image

    from studio.story.geometry import PixelBox
    from studio.story.model import Cover
    from studio.video.clip_pictures import VideoPicture
    from studio.video.composition import FrameComposition, PictureOverlay
    from studio.video.job import CoverBox


def cover_frame(frame: VideoPicture, size: tuple[int, int], covers: Iterable[CoverBox]) -> Image:
    """A frame of the original with what is hidden in it.

    Args:
        frame: in any size.
        size: width and height of the original in pixels.
        covers: those that hide at its time.
    """
    from PIL import Image, ImageDraw

    picture = Image.frombytes("RGB", (frame.width, frame.height), frame.rgb)
    draw = ImageDraw.Draw(picture)
    for part, color in ((part, cover.color) for cover in covers for part in cover.parts):
        left, top, right, bottom = scaled_box(part, size, picture.size)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=color)  # Pillow's right and lower edge belong to it
    return picture


def covered_first_frame(path: Path, longest: int, covers: Sequence[Cover]) -> Image:
    """The first picture of a clip with all its covers, whenever they hide and wherever they go: for thumbnails.

    Args:
        path: the file; little more than its first picture is read.
        longest: longest side in pixels.
        covers: of the clip.

    Raises:
        UserError: see ``probe_clip``.
    """
    from msgspec.structs import replace

    from studio.video.clip_job import cover_boxes
    from studio.video.clip_pictures import frame_pixels
    from studio.video.probe import first_look

    clip, frame = first_look(path)
    always = [replace(cover, keyframes=(), start=None, end=None) for cover in covers]
    shown = frame_pixels(frame, clip, longest, clip.first + clip.start)
    return cover_frame(shown, (clip.width, clip.height), cover_boxes(clip, always))


def draw_frame(frame: VideoPicture, shown: FrameComposition) -> Image:
    """A frame of the result, as large as its canvas.

    Args:
        frame: what the original shows, upright, in any size.
        shown: what is drawn of it and over it.
    """
    from PIL import Image
    from PIL.Image import Resampling

    picture = cover_frame(frame, shown.clip, shown.covers)
    left, top, right, bottom = shown.area.place
    inner = picture.resize(
        (right - left, bottom - top), Resampling.LANCZOS, _on_frame(shown.area.source, shown, frame), reducing_gap=3.0
    )
    if shown.area.ground is None and inner.size == (shown.width, shown.height):
        canvas = inner
    else:
        canvas = Image.new("RGB", (shown.width, shown.height))
        if shown.area.ground is not None:
            canvas = _blurred_ground(picture, shown, _on_frame(shown.area.ground, shown, frame))
        canvas.paste(inner, (left, top))
    if shown.darkness:
        canvas = canvas.point(lambda value: round(value * (1 - shown.darkness)))
    for overlay in shown.overlays:
        lay_over(canvas, overlay)
    return canvas


def lay_over(picture: Image, overlay: PictureOverlay) -> None:
    """Put a painted picture (PNG with an alpha channel) over another one, which is changed in place."""
    from PIL import Image

    with Image.open(overlay.file, formats=["PNG"]) as art:
        shape = art.convert("RGBA").getchannel("A")
        if overlay.opacity < 1:
            shape = shape.point(lambda value: round(value * overlay.opacity))
        picture.paste(art.convert("RGB"), (overlay.x, overlay.y), shape)


def _on_frame(box: PixelBox, shown: FrameComposition, frame: VideoPicture) -> tuple[float, float, float, float]:
    """A box of the original on a smaller picture of it."""
    across, down = frame.width / shown.clip[0], frame.height / shown.clip[1]
    right, bottom = min(box.right * across, frame.width), min(box.bottom * down, frame.height)
    return box.left * across, box.top * down, right, bottom


def _blurred_ground(picture: Image, shown: FrameComposition, ground: tuple[float, float, float, float]) -> Image:
    """The ground as the engine makes it: cut to the canvas, at an eighth of its size blurred and made darker."""
    from PIL import ImageFilter
    from PIL.Image import Resampling

    small = (max(2, shown.width // 8), max(2, shown.height // 8))
    made = picture.resize(small, Resampling.BOX, ground)
    made = made.filter(ImageFilter.GaussianBlur(3)).point(lambda value: round(value * (1 - PAD_SHADE)))
    return made.resize((shown.width, shown.height), Resampling.BICUBIC)
