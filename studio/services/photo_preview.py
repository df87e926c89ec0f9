"""Pictures for the desk, made by the photo engine: what is seen is what is exported. No Qt: runs in the worker."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.atomic_files import cache_file
from studio.base.pixel_data import Pixels, hex_color, parse_hex_color
from studio.services.photo_marks import is_shown_whole
from studio.story.cover_geometry import solid_color
from studio.story.geometry import tidy_box
from studio.story.model import LightAdjust
from studio.story.photos import marked_focus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

    from studio.base.progress import Progress
    from studio.export.planning.export_tasks import PhotoMark
    from studio.store.workspace import Workspace
    from studio.story.model import Cover, Fit, Photo, Point

LONGEST = 1600
"""Pixels of the picture that is worked on: more than any canvas of a 1366 x 768 screen shows."""

_SMALL = 640
"""Pixels of the picture from which the colours of covers are read."""


@dataclass(frozen=True, slots=True)
class CropUse:
    """A shape an outlet wants: key of its ratio, its name, all who want it, and a size of it for the screen.

    ``photos``: photos are sent in it as they are, so that nothing may be cut off them silently; else only cards have
    it, which show it whole beside their words unless a crop was drawn for them.
    """

    key: str
    name: str
    everyone: str
    size: tuple[int, int]
    photos: bool = True


def proof_file(source: Path, cache: Path, progress: Progress, *, covered: bool = False) -> Path:
    """The upright original at screen size as a file, made once: every later look starts from it.

    Where nothing can be kept (a read-only stick, a full disk), every look starts from the original.

    Of a photo with covers nothing is kept, as it would show what they hide: every look starts from the original.

    Raises:
        UserError: the photo cannot be opened.
    """
    progress.report(0, 1, source.name)
    if covered:
        with suppress(OSError):
            cache.unlink(missing_ok=True)
        return source
    if not cache.exists() and not _keep_proof(_read_pixels(source), cache):
        return source
    return cache


def _read_pixels(source: Path) -> Pixels:
    from studio.photo.small_pictures import preview_pixels

    return preview_pixels(source, LONGEST)


def _keep_proof(pixels: Pixels, cache: Path) -> bool:
    """Write the file that later looks start from; whether that could be done."""
    from PIL import Image

    width, height, rgb = pixels
    try:
        with cache_file(cache) as part:
            Image.frombytes("RGB", (width, height), rgb).save(part, "JPEG", quality=92)
    except OSError:
        return False
    return True


def turned_photo(source: Path, cache: Path, photo: Photo, progress: Progress) -> Pixels:
    """All of the photo, toned, turned and straightened, without crop and covers: the canvas draws those itself.

    A photo that is opened for the first time and not edited yet is shown as it was read, without a way over the cache.

    Raises:
        UserError: the photo cannot be opened.
    """
    from studio.photo.render import PhotoVariant, compose_variant

    progress.report(0, 1, photo.name)
    untouched = not photo.rotate and not photo.flip and photo.adjust == LightAdjust()
    if untouched and (photo.covers or not cache.exists()):
        pixels = _read_pixels(source)
        if photo.covers:
            with suppress(OSError):
                cache.unlink(missing_ok=True)
        else:
            _keep_proof(pixels, cache)
        return pixels
    bare = replace(photo, crop=None, crops={}, fits={}, covers=())
    path, wanted = (
        proof_file(source, cache, progress, covered=bool(photo.covers)),
        PhotoVariant((LONGEST, LONGEST), "inside"),
    )
    # "Auto" measures the picture. The export measures it with the covers burned in, so measuring the bare one here
    # would show another light than the export makes.
    if not (photo.adjust.auto and photo.covers):
        return compose_variant(path, bare, wanted)
    return _toned_pixels(
        compose_variant(path, replace(bare, adjust=LightAdjust()), wanted), photo.adjust, _covered_photo(path, photo)
    )


def _covered_photo(path: Path, photo: Photo) -> Image.Image:
    """The upright photo with its covers, small, in its own light."""
    from PIL import Image

    from studio.photo.small_pictures import preview_pixels

    # Of a photo with covers no proof is kept: ``path`` is the original, in whose pixels they are counted.
    width, height, rgb = preview_pixels(path, _SMALL, photo.covers)
    return Image.frombytes("RGB", (width, height), rgb)


def _toned_pixels(pixels: Pixels, adjust: LightAdjust, measured: Image.Image) -> Pixels:
    """The picture in the light that "auto" finds in another one: the export measures the photo with its covers."""
    from PIL import Image

    from studio.photo.tones import lookup_tables

    width, height, rgb = pixels
    made = Image.frombytes("RGB", (width, height), rgb).point(lookup_tables(adjust, measured.histogram()))
    return Pixels(width, height, made.tobytes())


def first_look(source: Path, cache: Path, photo: Photo, progress: Progress) -> Pixels | None:
    """The photo, soft, to be seen until the sharp picture is there; None where that comes soon anyway.

    Raises:
        UserError: the photo cannot be opened.
    """
    from studio.photo.small_pictures import draft_preview

    progress.report(0, 1, photo.name)
    if cache.exists() or photo.rotate or photo.flip:
        return None
    return draft_preview(source, _SMALL)


def cover_colors(path: Path, photo: Photo, progress: Progress) -> tuple[str, ...]:
    """The colour that the export burns in for each cover, light and all.

    Args:
        path: the photo, or its ``proof``.
        photo: what to do with it.
        progress: called once.
    """
    from studio.photo.tones import lookup_tables

    untouched = photo.adjust == LightAdjust()
    if not photo.covers or (untouched and all(cover.style != "mean" for cover in photo.covers)):
        return tuple(cover.color for cover in photo.covers)
    progress.report(0, 1, photo.name)
    made = _covered_photo(path, photo)
    colors = [_color_at(made, cover) for cover in photo.covers]
    if not untouched:
        table = lookup_tables(photo.adjust, made.histogram())
        colors = [(table[red], table[256 + green], table[512 + blue]) for red, green, blue in colors]
    return tuple(hex_color(*color) for color in colors)


def _color_at(made: Image.Image, cover: Cover) -> tuple[int, int, int]:
    if cover.style != "mean":
        return parse_hex_color(solid_color(cover))
    left, top, wide, high = (0.0, 0.0, 1.0, 1.0) if cover.whole else tidy_box(cover.box)
    # The middle of the cover is enough: a "mean" cover is one flat colour.
    at = (min(made.width - 1, int((left + wide / 2) * made.width)), int((top + high / 2) * made.height))
    red, green, blue = made.getpixel((at[0], min(made.height - 1, at[1])))  # type: ignore[misc] # RGB
    return red, green, blue


def automatic_focus(path: Path, photo: Photo) -> Point:
    """What the engine takes for the subject of a photo without a focus point of its own.

    Args:
        path: the photo, or its ``proof``.
        photo: whose covers hide what cannot be the subject, and whose faces are it.

    Raises:
        UserError: the photo cannot be opened.
    """
    from studio.photo.focus_guess import find_focus

    return marked_focus(photo) or find_focus(_covered_photo(path, photo))


def original_photo(path: Path, progress: Progress) -> Pixels:
    """The photo as it came, for comparing."""
    from studio.photo.small_pictures import preview_pixels

    progress.report(0, 1, path.name)
    return preview_pixels(path, LONGEST)


def photo_shapes(
    path: Path,
    photo: Photo,
    uses: tuple[CropUse, ...],
    progress: Progress,
    mark: PhotoMark | None = None,
    *,
    guess: Point | None = None,
) -> dict[str, Pixels]:
    """The photo in every shape, exactly as the export cuts it: covers, light, crops, blurred grounds and the mark.

    Args:
        path: the photo, or its ``proof``.
        photo: what to do with it.
        uses: the shapes.
        progress: called before each.
        mark: whose mark lies on photos that ask for one.
        guess: the automatic focus where it is known; unlike one that a person set, it is no leave to crop.
    """
    from studio.export.rendering.group_mark import paint_mark
    from studio.photo.render import PhotoVariant, compose_variant

    made = {}
    focused = replace(photo, focus=photo.focus or guess)
    with TemporaryDirectory() as folder:
        stamped = paint_mark(mark, Path(folder)) if mark is not None and photo.watermark else None
        for number, use in enumerate(uses):
            progress.report(number, len(uses), photo.name)
            fit: Fit = "pad" if is_shown_whole(photo, use.size, careful=use.photos) else "crop"
            made[use.key] = compose_variant(path, focused, PhotoVariant(use.size, fit), stamped)
    return made


def mark_of(workspace: Workspace) -> PhotoMark:
    """Whose mark lies on the photos of a workspace."""
    from studio.export.planning.export_tasks import PhotoMark
    from studio.export.planning.group_logo import ready_mark

    return PhotoMark(workspace.group, ready_mark(workspace))


def open_shapes(photo: Photo, uses: Iterable[CropUse]) -> tuple[str, ...]:
    """Keys of the shapes that show all of a photo only because a crop would take much of it, or a face."""
    asked = (use for use in uses if use.key not in photo.fits)
    return tuple(use.key for use in asked if is_shown_whole(photo, use.size, careful=use.photos))
