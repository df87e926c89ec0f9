"""Pictures for the desk, made by the photo engine: what is seen is what is exported. No Qt: runs in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
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


def proof(source: Path, cache: Path, progress: Progress) -> Path:
    """The upright original at screen size as a file, made once: every later look starts from it.

    Raises:
        UserError: the photo cannot be opened.
    """
    from PIL import Image

    from studio.photo.preview import preview

    progress.report(0, 1, source.name)
    if not cache.exists():
        width, height, rgb = preview(source, LONGEST)
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_name(f".{cache.name}.part")
        Image.frombytes("RGB", (width, height), rgb).save(part, "JPEG", quality=92)
        part.replace(cache)
    return cache


def turned(path: Path, photo: Photo, progress: Progress) -> Pixels:
    """The whole photo, toned, turned and straightened, without crop and covers: the canvas draws those itself."""
    from studio.photo.render import Variant, compose

    progress.report(0, 1, photo.name)
    bare = replace(photo, crop=None, crops={}, fits={}, covers=())
    return compose(path, bare, Variant((LONGEST, LONGEST), "inside"))


def original(path: Path, progress: Progress) -> Pixels:
    """The photo as it came, for comparing."""
    from studio.photo.preview import preview

    progress.report(0, 1, path.name)
    return preview(path, LONGEST)


def shapes(path: Path, photo: Photo, uses: tuple[Use, ...], progress: Progress) -> dict[str, Pixels]:
    """The photo in every shape, exactly as the export cuts it: covers, light, crops and blurred grounds included."""
    from studio.photo.render import Variant, compose

    made = {}
    for number, use in enumerate(uses):
        progress.report(number, len(uses), photo.name)
        made[use.key] = compose(path, photo, Variant(use.size))
    return made
