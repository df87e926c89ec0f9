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
from studio.story.covers import solid_color
from studio.story.geometry import tidy_box
from studio.story.model import Adjust

if TYPE_CHECKING:
    from PIL import Image

    from studio.base.progress import Progress
    from studio.export.planning.export_tasks import Mark
    from studio.store.workspace import Workspace
    from studio.story.model import Cover, Photo, Point

LONGEST = 1600
"""Pixels of the picture that is worked on: more than any canvas of a 1366 x 768 screen shows."""

_SMALL = 640
"""Pixels of the picture from which the colours of covers are read."""


@dataclass(frozen=True, slots=True)
class Use:
    """A shape an outlet wants: key of its ratio, its name, all who want it, and a size of it for the screen."""

    key: str
    name: str
    everyone: str
    size: tuple[int, int]


def proof(source: Path, cache: Path, progress: Progress, *, covered: bool = False) -> Path:
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
    if not cache.exists() and not _keep(_read(source), cache):
        return source
    return cache


def _read(source: Path) -> Pixels:
    from studio.photo.preview import preview

    return preview(source, LONGEST)


def _keep(pixels: Pixels, cache: Path) -> bool:
    """Write the file that later looks start from; whether that could be done."""
    from PIL import Image

    width, height, rgb = pixels
    try:
        with cache_file(cache) as part:
            Image.frombytes("RGB", (width, height), rgb).save(part, "JPEG", quality=92)
    except OSError:
        return False
    return True


def turned(source: Path, cache: Path, photo: Photo, progress: Progress) -> Pixels:
    """The whole photo, toned, turned and straightened, without crop and covers: the canvas draws those itself.

    A photo that is opened for the first time and not edited yet is shown as it was read, without a way over the cache.

    Raises:
        UserError: the photo cannot be opened.
    """
    from studio.photo.render import Variant, compose

    progress.report(0, 1, photo.name)
    untouched = not photo.rotate and not photo.flip and photo.adjust == Adjust()
    if untouched and (photo.covers or not cache.exists()):
        pixels = _read(source)
        if photo.covers:
            with suppress(OSError):
                cache.unlink(missing_ok=True)
        else:
            _keep(pixels, cache)
        return pixels
    bare = replace(photo, crop=None, crops={}, fits={}, covers=())
    path, wanted = proof(source, cache, progress, covered=bool(photo.covers)), Variant((LONGEST, LONGEST), "inside")
    if not (photo.adjust.auto and photo.covers):
        return compose(path, bare, wanted)
    return _toned(compose(path, replace(bare, adjust=Adjust()), wanted), photo.adjust, _covered(path, photo))


def _covered(path: Path, photo: Photo) -> Image.Image:
    """The upright photo with its covers, small, in its own light."""
    from PIL import Image

    from studio.photo.preview import preview

    # Of a photo with covers no proof is kept: ``path`` is the original, in whose pixels they are counted.
    width, height, rgb = preview(path, _SMALL, photo.covers)
    return Image.frombytes("RGB", (width, height), rgb)


def _toned(pixels: Pixels, adjust: Adjust, measured: Image.Image) -> Pixels:
    """The picture in the light that "auto" finds in another one: the export measures the photo with its covers."""
    from PIL import Image

    from studio.photo.tones import tables

    width, height, rgb = pixels
    made = Image.frombytes("RGB", (width, height), rgb).point(tables(adjust, measured.histogram()))
    return Pixels(width, height, made.tobytes())


def first_look(source: Path, cache: Path, photo: Photo, progress: Progress) -> Pixels | None:
    """The photo, soft, to be seen until the sharp picture is there; None where that comes soon anyway.

    Raises:
        UserError: the photo cannot be opened.
    """
    from studio.photo.preview import draft_preview

    progress.report(0, 1, photo.name)
    if cache.exists() or photo.rotate or photo.flip:
        return None
    return draft_preview(source, _SMALL)


def cover_colors(path: Path, photo: Photo, progress: Progress) -> tuple[str, ...]:
    """The colour that the export burns in for each cover, light and all.

    Args:
        path: the photo, or its ``proof``.
        photo: what to do with it.
        progress: told once.
    """
    from studio.photo.tones import tables

    untouched = photo.adjust == Adjust()
    if not photo.covers or (untouched and all(cover.style != "mean" for cover in photo.covers)):
        return tuple(cover.color for cover in photo.covers)
    progress.report(0, 1, photo.name)
    made = _covered(path, photo)
    colors = [_color_at(made, cover) for cover in photo.covers]
    if not untouched:
        table = tables(photo.adjust, made.histogram())
        colors = [(table[red], table[256 + green], table[512 + blue]) for red, green, blue in colors]
    return tuple(hex_color(*color) for color in colors)


def _color_at(made: Image.Image, cover: Cover) -> tuple[int, int, int]:
    if cover.style != "mean":
        return parse_hex_color(solid_color(cover))
    left, top, wide, high = (0.0, 0.0, 1.0, 1.0) if cover.whole else tidy_box(cover.box)
    at = (min(made.width - 1, int((left + wide / 2) * made.width)), int((top + high / 2) * made.height))
    red, green, blue = made.getpixel((at[0], min(made.height - 1, at[1])))  # type: ignore[misc] # RGB
    return red, green, blue


def automatic_focus(path: Path, photo: Photo) -> Point:
    """What the engine takes for the subject of a photo without a focus point of its own.

    Args:
        path: the photo, or its ``proof``.
        photo: whose covers hide what cannot be the subject.

    Raises:
        UserError: the photo cannot be opened.
    """
    from studio.photo.focus import find_focus

    return find_focus(_covered(path, photo))


def original(path: Path, progress: Progress) -> Pixels:
    """The photo as it came, for comparing."""
    from studio.photo.preview import preview

    progress.report(0, 1, path.name)
    return preview(path, LONGEST)


def shapes(
    path: Path, photo: Photo, uses: tuple[Use, ...], progress: Progress, mark: Mark | None = None
) -> dict[str, Pixels]:
    """The photo in every shape, exactly as the export cuts it: covers, light, crops, blurred grounds and the mark.

    Args:
        path: the photo, or its ``proof``.
        photo: what to do with it.
        uses: the shapes.
        progress: told before each.
        mark: whose mark lies on photos that ask for one.
    """
    from studio.export.rendering.group_mark import paint_mark
    from studio.photo.render import Variant, compose

    made = {}
    with TemporaryDirectory() as folder:
        stamped = paint_mark(mark, Path(folder)) if mark is not None and photo.watermark else None
        for number, use in enumerate(uses):
            progress.report(number, len(uses), photo.name)
            made[use.key] = compose(path, photo, Variant(use.size), stamped)
    return made


def mark_of(workspace: Workspace) -> Mark:
    """Whose mark lies on the photos of a workspace."""
    from studio.export.planning.export_tasks import Mark
    from studio.export.planning.group_logo import ready_mark

    return Mark(workspace.group, ready_mark(workspace))
