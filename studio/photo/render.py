"""One photo, all its variants: decoded once, covered first, then toned, turned, cut and written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from studio.base.errors import WorkNotice
from studio.base.pixel_data import Pixels
from studio.photo import burned_covers, tones
from studio.photo.cutting import ReadyPhoto, cut_variant, cutting_sheets
from studio.photo.focus_guess import find_focus
from studio.photo.framing import PhotoFrame, PhotoVariant, frame_variant
from studio.photo.opener import open_upright
from studio.photo.save import PictureEncoding, RenderedPicture, metadata_packets, write_picture
from studio.story import geometry
from studio.story.model import LightAdjust
from studio.story.photos import marked_focus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PIL import Image

    from studio.base.progress import Progress
    from studio.photo.metadata import PictureMetadata
    from studio.story.model import Photo, Point

    Convert = Callable[[Image.Image], Image.Image]

__all__ = [
    "ENLARGED",
    "MarkCorner",
    "PhotoOverlay",
    "PhotoVariant",
    "RenderedPicture",
    "compose_variant",
    "lay_overlay",
    "render_variants",
    "stamp_mark",
]

MarkCorner = Literal["upper-left", "upper-right", "lower-left", "lower-right"]
MARK, MARK_MARGIN = 0.11, 0.35
"""Side of the group's mark as a share of the shorter side of the picture, and its distance to the edges in sides."""
MARK_REACH = 0.45
"""Width, at most, of a mark as a share of the picture's width."""
_MARK_ROOM = 0.85
"""What is below this share of the height may be under a mark at the lower edge."""
_SEARCHED = 192
"""Pixels, at least, of the longer side of the copy in which a focus is sought."""
ENLARGED = 1.1
"""A photo stretched by more than this gets a notice: up to here nobody sees it."""
_NEAR_CURVE = 12.5
"""Levels of lightness, root mean square, by which colours may leave a profile's curve of greys."""
_KEPT_BLOCKS = 3
"""Pieces of memory, at most, that are used again while a photo is made: one a variant, as a folder of photos with one
each takes 8 MB more with three, and no less time."""


def _turn_picture(image: Image.Image, photo: Photo) -> Image.Image:
    """The picture rotated, its empty corners cut off, and mirrored."""
    from math import cos, radians, sin

    from PIL.Image import Resampling, Transform, Transpose

    quarters, tilt = geometry.split_turn(photo.rotate)
    if quarters:
        turns = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}
        image = image.transpose(turns[quarters])
    if tilt:
        width, height = geometry.turned_size(geometry.Turn(image.width, image.height, tilt))
        along, down = cos(radians(tilt)), sin(radians(tilt))
        # Pillow asks where each new pixel comes from: back by the tilt around the centre.
        from_x = image.width / 2 - along * width / 2 - down * height / 2
        from_y = image.height / 2 + down * width / 2 - along * height / 2
        matrix = (along, down, from_x, -down, along, from_y)
        image = image.transform((width, height), Transform.AFFINE, matrix, Resampling.BICUBIC)
    return image.transpose(Transpose.FLIP_LEFT_RIGHT) if photo.flip else image


def _split_planes(image: Image.Image, halved: bool, to_srgb: Convert | None) -> tuple[Image.Image, ...]:
    """Lightness and the two colour differences of sRGB; these at half the size when ``halved``."""
    if not halved:
        return (to_srgb(image) if to_srgb else image).convert("YCbCr").split()
    curve = _lightness_curve(to_srgb) if to_srgb else None
    if to_srgb and curve is None:
        image, to_srgb = to_srgb(image), None
    small = image.reduce(2)
    light, blue, red = (to_srgb(small) if to_srgb else small).convert("YCbCr").split()
    return (_full_lightness(image, small, light, curve) if curve else image.convert("L"), blue, red)


@lru_cache(maxsize=4)
def _lightness_curve(to_srgb: Convert) -> list[int] | None:
    """What a profile does to greys, as 256 levels; None where it does much more to the lightness of colours than that.

    Over a grid of all colours Display P3 is 10 levels (root mean square) away from its curve and Adobe RGB 12: half the
    size is enough for them (photos 51 to 59 dB beside the exact way, Adobe RGB 52 to 57). Those of 14 and more (wide
    ones, tables of scanners and films) came out at 41 to 51 dB. Photos of one phone share a profile: it is asked once.
    """
    from PIL import Image

    greys = Image.frombytes("L", (256, 1), bytes(range(256))).convert("RGB")
    curve = list(to_srgb(greys).convert("L").tobytes())
    steps = range(0, 256, 51)
    colours = bytes(level for red in steps for green in steps for blue in steps for level in (red, green, blue))
    grid = Image.frombytes("RGB", (36, 6), colours)
    pairs = zip(to_srgb(grid).convert("L").tobytes(), grid.convert("L").point(curve).tobytes(), strict=True)
    squares = sum((light - bent) ** 2 for light, bent in pairs)
    return curve if squares <= _NEAR_CURVE**2 * grid.width * grid.height else None


def _full_lightness(stored: Image.Image, small: Image.Image, light: Image.Image, curve: list[int]) -> Image.Image:
    """The lightness that sRGB gives a picture, its profile worked out on a quarter of the pixels.

    What the profile does to greys is one curve, which every pixel gets; what it does to colours beyond that changes no
    faster than colours do, and is taken from the small picture (half the time of the exact way).

    Args:
        stored: RGB of the profile.
        small: the same at half the size.
        light: the lightness of ``small`` in sRGB.
        curve: what the profile does to greys.
    """
    from PIL import ImageChops
    from PIL.Image import Resampling

    bent, bent_small = stored.convert("L"), small.convert("L")
    if curve != list(range(256)):  # Display P3 has the greys of sRGB
        bent, bent_small = bent.point(curve), bent_small.point(curve)
    more = ImageChops.subtract(light, bent_small, 1, 128)
    spread = more.resize(stored.size, Resampling.NEAREST, box=(0, 0, stored.width / 2, stored.height / 2))
    return ImageChops.add(bent, spread, 1, -128)


def _find_place(image: Image.Image, to_srgb: Convert | None) -> Point:
    """The focus of a photo without one; it is sought in few pixels, so few are converted."""
    if to_srgb is None:
        return find_focus(image)
    return find_focus(to_srgb(image.reduce(max(1, max(image.size) // _SEARCHED))))


def _prepare_photo(source: Path, photo: Photo, variants: Sequence[PhotoVariant], halve: bool) -> ReadyPhoto:
    """The photo decoded, covered, toned and turned, and where each variant is in it."""

    def need(width: int, height: int) -> float:
        return min(frame_variant(photo, variant, width, height).scale for variant in variants)

    # Covers and light are defined in sRGB: where there are any, all pixels are made so first.
    later = halve and not photo.covers and photo.adjust == LightAdjust()
    upright = open_upright(source, need, name=photo.name, as_stored=later)
    covered = burned_covers.burn_covers(upright.image, photo.covers, (upright.width, upright.height))
    marked = marked_focus(photo)
    searched = marked is None and any(variant.fit != "inside" for variant in variants)
    focus = _find_place(covered, upright.to_srgb) if searched else marked
    frames = tuple(frame_variant(photo, variant, upright.width, upright.height, focus) for variant in variants)
    turned = _turn_picture(tones.apply_adjust(covered, photo.adjust), photo)
    whole = geometry.turned_size(geometry.Turn(upright.width, upright.height, photo.rotate))
    halved = halve and min(wanted.scale for wanted in frames) >= 1
    return ReadyPhoto(_split_planes(turned, halved, upright.to_srgb), halved, whole, frames, upright.notices)


@dataclass(frozen=True, slots=True)
class PhotoOverlay:
    """A picture with transparency (PNG) that lies on a finished variant, with its upper left corner at ``at``."""

    file: Path
    at: tuple[int, int]


def lay_overlay(picture: Image.Image, overlay: PhotoOverlay) -> None:
    """Lay an overlay on a finished picture; it is changed in place."""
    from PIL import Image

    with Image.open(overlay.file, formats=["PNG"]) as opened:
        drawn = opened.convert("RGBA")
    picture.paste(drawn.convert("RGB").convert(picture.mode), overlay.at, drawn.getchannel("A"))


def _enlarged_notices(name: str, wanted: PhotoFrame) -> tuple[WorkNotice, ...]:
    if wanted.scale * ENLARGED >= 1:
        return ()
    have = {"width": wanted.box.width, "height": wanted.box.height}
    facts = {"file": name, **have, "need": f"{wanted.inner[0]}x{wanted.inner[1]}"}
    return (WorkNotice("photo.enlarged", facts),)


def _keep_blocks(variants: int) -> None:
    """Have Pillow use the memory of one step for the next one, instead of giving each back and asking for it again.

    Fresh pages, which the system clears, take a thirtieth of the time of a photo. What is kept is as large as the last
    steps needed, some MB ("Block Allocator" in Pillow's handbook).
    """
    from PIL import _imaging

    _imaging.set_blocks_max(min(_KEPT_BLOCKS, variants))


def render_variants(
    source: Path,
    photo: Photo,
    jobs: Sequence[tuple[PhotoVariant, Path]],
    metadata: PictureMetadata | None,
    progress: Progress,
    *,
    mark: Path | None = None,
    corner: MarkCorner = "lower-right",
    overlays: Sequence[PhotoOverlay | None] = (),
) -> tuple[RenderedPicture, ...]:
    """Make all variants of a photo from one decoding.

    Covers are burned in first, on what everything else (crops, blurred borders, automatic focus and light) is made
    of. The same input gives the same bytes.

    Args:
        source: the original; it is only read.
        photo: what to do with it; positions are fractions of the upright original.
        jobs: the wanted pictures and exactly where to write each (the caller gives temporary names and renames).
        metadata: what the pictures say about themselves; None for nothing.
        progress: called before each variant; may raise ``WorkCancelled``.
        mark: a PNG laid into a corner of each; None for none.
        corner: which corner.
        overlays: what lies on each of ``jobs``; a mark keeps clear of one that lies at the picture's lower edge.

    Returns:
        One result per job, in order, with notices about the photo and the variant.

    Raises:
        UserError: the photo cannot be opened or a variant not be written. Variants written before stay.
        WorkCancelled: the user asked to stop.
    """
    if not jobs:
        return ()
    _keep_blocks(len(jobs))
    name = photo.name or source.name
    progress.report(0, len(jobs), name)
    ready = _prepare_photo(
        source, photo, [variant for variant, _ in jobs], all(job.format == "jpeg" for job, _ in jobs)
    )
    embed = metadata_packets(metadata)
    done = []
    shared = cutting_sheets(ready)
    for number, ((variant, out), wanted) in enumerate(zip(jobs, ready.frames, strict=True)):
        progress.report(number, len(jobs), name)
        encoding = PictureEncoding(
            variant.format, variant.quality, variant.max_bytes, variant.progressive, name=variant.name
        )
        notices = (*ready.notices, *_enlarged_notices(name, wanted))
        picture = cut_variant(ready, wanted, shared[number])
        overlay = overlays[number] if overlays else None
        if mark is not None:
            stamp_mark(picture, mark, _free_corner(corner, overlay, picture.height))
        if overlay is not None:
            lay_overlay(picture, overlay)
        done.append(write_picture(picture, out, encoding, embed, notices))
    progress.report(len(jobs), len(jobs), name)
    return tuple(done)


def _free_corner(corner: MarkCorner, overlay: PhotoOverlay | None, height: int) -> MarkCorner:
    """The corner for a mark: on the other edge where an overlay ends at this one."""
    if overlay is None:
        return corner
    from PIL import Image

    with Image.open(overlay.file, formats=["PNG"]) as opened:
        ends = overlay.at[1] + opened.height
    if corner.startswith("lower") and ends > _MARK_ROOM * height:
        return "upper-left" if corner.endswith("left") else "upper-right"
    if corner.startswith("upper") and overlay.at[1] < (1 - _MARK_ROOM) * height:
        return "lower-left" if corner.endswith("left") else "lower-right"
    return corner


def stamp_mark(picture: Image.Image, mark: Path, corner: MarkCorner = "lower-right") -> None:
    """Lay a mark into a corner of a finished picture; it is changed in place.

    A mark that is wider than high covers as much as a square one, up to ``MARK_REACH`` of the picture's width.
    """
    from PIL import Image
    from PIL.Image import Resampling

    side = max(1, round(MARK * min(picture.size)))
    with Image.open(mark, formats=["PNG"]) as opened:
        ratio = opened.width / opened.height
        wide = min(side * ratio**0.5, MARK_REACH * picture.width)
        size = (max(1, round(wide)), max(1, round(wide / ratio)))
        small = opened.convert("RGBA").resize(size, Resampling.LANCZOS)
    margin = round(side * MARK_MARGIN)
    left = margin if corner.endswith("left") else picture.width - size[0] - margin
    top = margin if corner.startswith("upper") else picture.height - size[1] - margin
    picture.paste(small.convert("RGB").convert(picture.mode), (left, top), small.getchannel("A"))


def compose_variant(
    source: Path, photo: Photo, variant: PhotoVariant, mark: Path | None = None, overlay: PhotoOverlay | None = None
) -> Pixels:
    """One variant as pixels, for showing it while it is edited; ``mark`` and ``overlay`` as in ``render_variants``.

    Returns:
        Width, height and RGB bytes (rows from the top, no padding).

    Raises:
        UserError: the photo cannot be opened.
    """
    ready = _prepare_photo(source, photo, [variant], halve=False)
    made = cut_variant(ready, ready.frames[0]).convert("RGB")
    if mark is not None:
        stamp_mark(made, mark, _free_corner("lower-right", overlay, made.height))
    if overlay is not None:
        lay_overlay(made, overlay)
    return Pixels(made.width, made.height, made.tobytes())
