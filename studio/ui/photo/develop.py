"""Pictures for the desk, made by the photo engine: what is seen is what is exported. No Qt: runs in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.model import Adjust

if TYPE_CHECKING:
    from studio.base.progress import Progress
    from studio.export.tasks import Mark
    from studio.story.model import Photo

Pixels = tuple[int, int, bytes]
"""Width, height, RGB bytes."""
LONGEST = 1600
"""Pixels of the picture that is worked on: more than any canvas of a 1366 x 768 screen shows."""


@dataclass(frozen=True, slots=True)
class Use:
    """A shape an outlet wants: key of its ratio, whom it is for, and a size of it for the screen."""

    key: str
    name: str
    size: tuple[int, int]


def proof(source: Path, cache: Path, progress: Progress, *, covered: bool = False) -> Path:
    """The upright original at screen size as a file, made once: every later look starts from it.

    Of a photo with covers nothing is kept, as it would show what they hide: every look starts from the original.

    Raises:
        UserError: the photo cannot be opened.
    """
    progress.report(0, 1, source.name)
    if covered:
        cache.unlink(missing_ok=True)
        return source
    if not cache.exists():
        _keep(_read(source), cache)
    return cache


def _read(source: Path) -> Pixels:
    from studio.photo.preview import preview

    return preview(source, LONGEST)


def _keep(pixels: Pixels, cache: Path) -> None:
    from PIL import Image

    width, height, rgb = pixels
    cache.parent.mkdir(parents=True, exist_ok=True)
    part = cache.with_name(f".{cache.name}.part")
    Image.frombytes("RGB", (width, height), rgb).save(part, "JPEG", quality=92)
    part.replace(cache)


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
            cache.unlink(missing_ok=True)
        else:
            _keep(pixels, cache)
        return pixels
    bare = replace(photo, crop=None, crops={}, fits={}, covers=())
    return compose(
        proof(source, cache, progress, covered=bool(photo.covers)), bare, Variant((LONGEST, LONGEST), "inside")
    )


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
    from studio.export.group_mark import paint_mark
    from studio.photo.render import Variant, compose

    made = {}
    with TemporaryDirectory() as folder:
        stamped = paint_mark(mark, Path(folder)) if mark is not None and photo.watermark else None
        for number, use in enumerate(uses):
            progress.report(number, len(uses), photo.name)
            made[use.key] = compose(path, photo, Variant(use.size), stamped)
    return made
