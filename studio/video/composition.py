"""What a result shows, frame by frame: one description that every renderer draws from. Pure: boxes and times.

The graph for ffmpeg (``ffmpeg_arguments``), the Pillow still of posters and previews, and the Qt picture of the desk
differ in the drawing call only: which part of the original is shown where, what is covered, how dark it is and what
lies over it is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.cover_geometry import scaled_box
from studio.story.geometry import PixelBox, crop_box
from studio.video.job import ImageOverlay

if TYPE_CHECKING:
    from studio.story.model import Point
    from studio.video.job import CoverBox, Layer, VideoJob

PAD_SHADE = 0.10
"""How much darker the blurred background is than the picture on it."""
SAME_RATIO = 0.01
"""A clip within 1 % of the wanted ratio is cropped, not given hairline borders."""


@dataclass(frozen=True, slots=True)
class PictureArea:
    """Which part of the upright original a result shows, and where.

    Attributes:
        source: the shown part, in pixels of the original. All edges are even: odd ones turn 10-bit clips magenta.
        place: where it comes to lie on the canvas, in pixels.
        ground: the part that is blurred behind it; None where the picture fills the canvas.
    """

    source: PixelBox
    place: PixelBox
    ground: PixelBox | None = None


@dataclass(frozen=True, slots=True)
class PictureOverlay:
    """A picture over the canvas: its file, left and top in pixels, opacity 0..1."""

    file: str
    x: int
    y: int
    opacity: float


@dataclass(frozen=True, slots=True)
class FrameComposition:
    """One frame of a result, from below: the picture with its covers, how far it has faded to black, what lies over it.

    Attributes:
        width: of the canvas in pixels.
        height: of the canvas.
        clip: width and height of the upright original.
        area: what of it is shown, and where.
        covers: what is hidden in it, in pixels of the original, before anything else is made of it.
        darkness: 0..1, of the picture, not of what lies over it.
        overlays: from below.
    """

    width: int
    height: int
    clip: tuple[int, int]
    area: PictureArea
    covers: tuple[CoverBox, ...]
    darkness: float
    overlays: tuple[PictureOverlay, ...]

    def covers_on(self, width: int, height: int) -> tuple[tuple[PixelBox, str], ...]:
        """What is filled, with its colour, in a copy of the original of that size."""
        return tuple(
            (scaled_box(part, self.clip, (width, height)), cover.color) for cover in self.covers for part in cover.parts
        )

    def covers_on_canvas(self) -> tuple[PixelBox, ...]:
        """Where the covers come to lie on the canvas; what is cut off may lie beyond the picture's place."""
        source, place = self.area.source, self.area.place
        found = []
        for part in (part for cover in self.covers for part in cover.parts):
            box = scaled_box(part.moved_by(-source.left, -source.top), source.size, place.size)
            found.append(box.moved_by(place.left, place.top))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class FrameComposer:
    """How a result looks on a canvas of ``width`` by ``height`` pixels."""

    job: VideoJob
    width: int
    height: int
    layers: tuple[Layer, ...] = ()

    def frame(self, number: int, piece: int, seconds: float) -> FrameComposition:
        """One frame.

        Args:
            number: of the frame in the result, cards included.
            piece: number of the kept piece it shows.
            seconds: the time of the original it shows.
        """
        job = self.job
        return FrameComposition(
            self.width,
            self.height,
            (job.clip.width, job.clip.height),
            picture_area(job, piece, self.width, self.height),
            tuple(cover for cover in job.covers if cover.hides(seconds, job.fps)),
            self.darkness_at(number),
            self.overlays_at(number),
        )

    def overlays_at(self, number: int) -> tuple[PictureOverlay, ...]:
        """What lies over frame ``number`` of the result, from below."""
        return tuple(shown for layer in self.layers for shown in _overlays_at(layer, number))

    def darkness_at(self, number: int) -> float:
        """How far the picture has faded to black at a frame, 0..1."""
        job = self.job
        if not job.fade:
            return 0.0
        # One slope up and one down, of which the lower holds: so a result shorter than two fades is never quite bright.
        since, left = number - job.lead, job.frames - job.tail - number
        return min(1.0, max(0.0, 1 - min(since, left) / job.fade))


def even_number(number: float) -> int:
    """The largest even integer up to ``number``, at least 2: chroma is stored for pairs of pixels."""
    return max(2, int(number) // 2 * 2)


def picture_area(job: VideoJob, piece: int, width: int, height: int) -> PictureArea:
    """What of the original a piece shows on a canvas, and where.

    Args:
        job: its clip, focus points, and whether it is cropped or shown in full.
        piece: number of the kept piece.
        width: of the canvas in pixels.
        height: of the canvas.
    """
    clip, ratio = job.clip, width / height
    if job.reframe != "pad" or abs(clip.width / clip.height / ratio - 1) <= SAME_RATIO:
        focus = job.pieces[min(piece, len(job.pieces) - 1)].focus or job.focus
        return PictureArea(crop_area(clip.width, clip.height, ratio, focus), PixelBox(0, 0, width, height))
    share = min(width / clip.width, height / clip.height)
    # One pixel more before it is made even: rounding down may otherwise leave a dark line at an edge that should fill
    # the canvas.
    wide, high = min(even_number(clip.width * share + 1), width), min(even_number(clip.height * share + 1), height)
    # Half of what is left over, rounded down to an even pixel.
    left, top = (width - wide) // 4 * 2, (height - high) // 4 * 2
    ground = crop_area(clip.width, clip.height, ratio, None)
    place = PixelBox(left, top, left + wide, top + high)
    return PictureArea(PixelBox(0, 0, clip.width, clip.height), place, ground)


def crop_area(width: int, height: int, ratio: float, focus: Point | None) -> PixelBox:
    """The part of a clip that a format keeps, all edges even; arguments as for ``story.geometry.crop_box``."""
    exact = crop_box(width, height, ratio, focus)
    # The start moves to the left and up and the size shrinks, so that the part stays inside the picture on all sides.
    x, y = exact.left // 2 * 2, exact.top // 2 * 2
    return PixelBox(x, y, x + even_number(exact.width), y + even_number(exact.height))


def _overlays_at(layer: Layer, number: int) -> tuple[PictureOverlay, ...]:
    if not isinstance(layer, ImageOverlay):
        card = next((card for card in layer.cards if card.first <= number < card.last), None)
        return (PictureOverlay(card.file, layer.x, layer.y, 1.0),) if card else ()
    if not layer.frames:
        return (PictureOverlay(layer.file, layer.x, layer.y, 1.0),)
    since, left = number - layer.first, layer.first + layer.frames - number
    if since < 0 or left <= 0:
        return ()
    opacity = min(
        1.0, since / layer.fade_in if layer.fade_in else 1.0, left / layer.fade_out if layer.fade_out else 1.0
    )
    return (PictureOverlay(layer.file, layer.x, layer.y, opacity),) if opacity > 0 else ()
