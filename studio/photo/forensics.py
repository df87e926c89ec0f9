"""A closer look at a photo, offline: what the file says about itself, uneven compression, areas that repeat.

None of it proves anything alone. Every view comes with one plain sentence about what it can and cannot show
(``evidence.*`` in the messages). Working size is limited, so that an old laptop answers within seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.base.pixel_data import Pixels
from studio.base.progress import SilentProgress
from studio.photo.opener import open_photo, open_upright
from studio.photo.photo_place import position_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from PIL import Image

    from studio.base.progress import Progress


ERROR_QUALITY = 90
"""JPEG quality of the second compression (Krawetz 2007 uses 90 to 95)."""
ERROR_LONGEST = 2000
CLONE_LONGEST = 720
BLOCK = 16
"""Side of a compared block, in pixels of the reduced photo."""
_STEP = 2
_LEAST_SHIFT = 40
"""Nearer blocks resemble each other because pictures are smooth."""
_LEAST_BLOCKS = 30
"""So many blocks must have moved by the same way; fewer are chance."""
_LEAST_DETAIL = 5.0
"""Standard deviation of brightness (0 to 255) in a block; flat ones (sky, wall) resemble each other everywhere."""
_COEFFICIENTS = 9
_QUANTUM = 20.0
_NEIGHBOURS = 3
_MOST_SHIFTS = 6
_TINTS = ((230, 60, 50), (40, 120, 220), (250, 180, 20), (20, 160, 90), (160, 70, 200), (20, 170, 190))


@dataclass(frozen=True, slots=True)
class FileFact:
    """One thing a file says about itself.

    ``code`` names it (``evidence.fact.<code>``); ``private`` marks what tells who someone is or where they were.
    ``value`` is as in the file, in no language: numbers with a point, times as EXIF has them.
    """

    code: str
    value: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class RepeatedBlocks:
    """Blocks that stand twice in a photo: they moved by ``shift`` (fractions of width and height)."""

    shift: tuple[float, float]
    blocks: int


@dataclass(frozen=True, slots=True)
class CloneMap:
    """Areas that repeat, painted over the photo; ``repeats`` is empty when none were found."""

    pixels: Pixels
    repeats: tuple[RepeatedBlocks, ...]


# ------------------------------------------------------------------------------------------------ what the file says

_EXIF: tuple[tuple[str, int, bool], ...] = (
    ("make", 0x010F, False),
    ("model", 0x0110, False),
    ("software", 0x0131, False),
    ("changed", 0x0132, False),
    ("artist", 0x013B, True),
    ("copyright", 0x8298, True),
    ("description", 0x010E, False),
)
_EXIF_IFD: tuple[tuple[str, int, bool], ...] = (
    ("taken", 0x9003, False),
    ("taken_zone", 0x9011, False),
    ("lens", 0xA434, False),
    ("exposure", 0x829A, False),
    ("aperture", 0x829D, False),
    ("iso", 0x8827, False),
    ("focal", 0x920A, False),
    ("owner", 0xA430, True),
    ("serial", 0xA431, True),
)


def photo_facts(path: Path) -> tuple[FileFact, ...]:
    """What a photo file says about itself: size, camera, times, program, place.

    Raises:
        UserError: the photo cannot be opened; names the file and the remedy.
    """
    with open_photo(path) as (image, kind):
        found = [FileFact("format", kind.upper()), FileFact("pixels", f"{image.width} × {image.height}")]
        found += _exif_facts(image)
        found += _other_facts(image)
    return tuple(found)


def _exif_facts(image: Image.Image) -> Iterator[FileFact]:
    from PIL import ExifTags

    try:
        exif = image.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # garbage in EXIF: the file says nothing that could be read
        yield FileFact("exif_broken", "")
        return
    # Messengers strip EXIF: that there is none is a fact worth telling, not an empty page.
    if not len(exif) and not inner:
        yield FileFact("no_exif", "")
    for tags, table in ((_EXIF, exif), (_EXIF_IFD, inner)):
        for code, number, private in tags:
            if value := _readable_value(table.get(number)):
                yield FileFact(code, value, private)
    if where := _gps_position(place):
        yield FileFact("position", where, private=True)


def _readable_value(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(filter(None, map(_readable_value, value[:4])))
    if isinstance(value, str):
        return " ".join(value.replace("\0", " ").split())[:200]
    try:
        number = float(value)  # type: ignore[arg-type]  # Pillow's rational numbers
    except (TypeError, ValueError, ZeroDivisionError):
        return ""
    # Exposure times below half a second are read as fractions by everyone who takes photos.
    return f"1/{round(1 / number)}" if 0 < number < 0.5 else f"{number:g}"


def _gps_position(place: dict[int, Any]) -> str:
    """``-6.91742, 107.61905`` from the GPS directory; "" when there is none that makes sense."""
    found = position_of(place)
    return f"{found[0]:.5f}, {found[1]:.5f}" if found else ""


def _other_facts(image: Image.Image) -> Iterator[FileFact]:
    tables = getattr(image, "quantization", None)
    if tables:
        yield FileFact("quality", f"± {estimated_quality(tables)}")
    if image.info.get("progressive"):
        yield FileFact("progressive", "")
    names = ("xmp", "photoshop", "icc_profile", "comment")
    carried = [name for name in names if image.info.get(name)]
    if carried:
        yield FileFact("carries", ", ".join(carried))


def estimated_quality(tables: dict[int, Any]) -> int:
    """The quality a libjpeg-like encoder was set to, 1 to 100, from the brightness table.

    The Independent JPEG Group scales its example table (ITU-T T.81, annex K.1) by the quality; its sum tells the scale.
    """
    standard = 3689  # the sum of the example table
    scale = float(sum(tables[min(tables)])) / standard * 100
    # The two branches of libjpeg's jpeg_quality_scaling, solved for the quality.
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return max(1, min(100, round(quality)))


# ------------------------------------------------------------------------------------------------ uneven compression


def error_level(path: Path, work: Path, progress: Progress | None = None) -> Pixels:
    """How much each part changes when the photo is compressed once more, made bright.

    Args:
        path: the photo.
        work: a folder for a temporary file.
        progress: called for each of the three steps.

    Returns:
        The differences, stretched so that the largest one percent is white.

    Raises:
        UserError: the photo cannot be opened.
        WorkCancelled: stopped by the user.
    """
    import secrets

    import numpy as np
    from PIL import Image

    told = progress or SilentProgress()
    told.report(0, 3, path.name)
    image = _limited_photo(path, ERROR_LONGEST)
    told.report(1, 3, path.name)
    temp = work / f".ela-{secrets.token_hex(4)}.jpg"
    try:
        # Colour at full resolution: halving it would show as a difference everywhere there is colour.
        image.save(temp, "JPEG", quality=ERROR_QUALITY, subsampling=0)
        with Image.open(temp, formats=["JPEG"]) as again:
            second = np.asarray(again.convert("RGB"), dtype=np.int16)
    finally:
        temp.unlink(missing_ok=True)
    told.report(2, 3, path.name)
    difference = np.abs(np.asarray(image, dtype=np.int16) - second)
    # Not the largest: a single glaring pixel would leave the rest black. At least 4, or a flat picture would be pure
    # noise.
    top = max(float(np.percentile(difference, 99)), 4.0)
    bright = np.clip(difference * (255.0 / top), 0, 255).astype(np.uint8)
    told.report(3, 3, path.name)
    return Pixels(image.width, image.height, bright.tobytes())


def _limited_photo(path: Path, longest: int) -> Image.Image:
    """The upright photo, at most ``longest`` pixels; reduced by integers only, as scaling hides compression."""
    upright = open_upright(path)
    factor = -(-max(upright.image.size) // longest)
    return upright.image.reduce(factor) if factor > 1 else upright.image


# ------------------------------------------------------------------------------------------------ areas that repeat


def find_clones(path: Path, progress: Progress | None = None) -> CloneMap:
    """Find areas that were copied to another place of the same photo (copy-move).

    Overlapping blocks are described by the lowest coefficients of their cosine transform, sorted, and compared with
    their neighbours in that order; blocks that moved by the same way count together (Fridrich, Soukal, Lukas 2003).

    Args:
        path: the photo.
        progress: called for each step.

    Raises:
        UserError: the photo cannot be opened.
        WorkCancelled: stopped by the user.
    """
    import numpy as np
    from PIL.Image import Resampling

    told = progress or SilentProgress()
    told.report(0, 4, path.name)
    image = open_upright(path, lambda width, height: max(width, height) / CLONE_LONGEST).image
    image.thumbnail((CLONE_LONGEST, CLONE_LONGEST), Resampling.LANCZOS)
    told.report(1, 4, path.name)
    gray = np.asarray(image.convert("L"), dtype=np.float32)
    if min(gray.shape) < 2 * BLOCK:
        told.report(4, 4, path.name)
        return CloneMap(Pixels(image.width, image.height, image.tobytes()), ())
    features, places = _describe_blocks(gray)
    told.report(2, 4, path.name)
    groups = _moved_groups(features, places)
    told.report(3, 4, path.name)
    painted = np.asarray(image).copy()
    for number, (_, pairs) in enumerate(groups):
        _paint_blocks(painted, pairs, _TINTS[number % len(_TINTS)])
    found = tuple(
        RepeatedBlocks((shift[1] / image.width, shift[0] / image.height), len(pairs) // 2) for shift, pairs in groups
    )
    told.report(4, 4, path.name)
    return CloneMap(Pixels(image.width, image.height, painted.tobytes()), found)


def _describe_blocks(gray: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The quantised coefficients of every block with some detail, and where it stands (row, column)."""
    import numpy as np

    basis = _cosine_table()
    # A view, not a copy: each pixel stands in up to 64 blocks.
    windows = np.lib.stride_tricks.sliding_window_view(gray, (BLOCK, BLOCK))[::_STEP, ::_STEP]
    rows, columns = windows.shape[:2]
    described, places = [], []
    for row in range(rows):  # row by row: all at once would need a gigabyte
        line = windows[row].reshape(columns, BLOCK * BLOCK)
        lively = line.std(axis=1) >= _LEAST_DETAIL
        if lively.any():
            described.append(np.rint(line[lively] @ basis / _QUANTUM).astype(np.int16))
            across = np.flatnonzero(lively) * _STEP
            places.append(np.column_stack((np.full(len(across), row * _STEP), across)))
    if not described:
        return np.zeros((0, _COEFFICIENTS), np.int16), np.zeros((0, 2), np.int64)
    return np.concatenate(described), np.concatenate(places)


def _cosine_table() -> np.ndarray[Any, Any]:
    """The lowest frequencies of the two-dimensional cosine transform, one a column; the mean is left out."""
    import numpy as np

    at = (2 * np.arange(BLOCK) + 1) * np.pi / (2 * BLOCK)
    # By the sum of both frequencies, as JPEG's zigzag does: the coarse ones survive another compression.
    order = sorted(((u, v) for u in range(7) for v in range(7)), key=lambda pair: (sum(pair), pair))[1:]
    columns = [np.outer(np.cos(u * at), np.cos(v * at)).ravel() * (2 / BLOCK) for u, v in order[:_COEFFICIENTS]]
    return np.column_stack(columns).astype(np.float32)


def _moved_groups(features: np.ndarray[Any, Any], places: np.ndarray[Any, Any]) -> list[tuple[tuple[int, int], Any]]:
    """Groups of block pairs that moved by the same way, largest first: the way, and both places of every pair."""
    import numpy as np

    # lexsort takes its last key as the first: reversed, the lowest frequencies lead, and alike blocks become
    # neighbours.
    order = np.lexsort(features.T[::-1])
    features, places = features[order], places[order]
    pairs = []
    for distance in range(1, _NEIGHBOURS + 1):
        # Not only the next one: more than two equal blocks stand in a row, and the pair that moved together may be
        # apart.
        same = np.flatnonzero((features[distance:] == features[:-distance]).all(axis=1))
        pairs.append(np.concatenate((places[same], places[same + distance]), axis=1))
    every = np.concatenate(pairs)
    shift = every[:, 2:] - every[:, :2]
    # A block and its copy may come in either order: both shifts count as the same way.
    turned = (shift[:, 0] < 0) | ((shift[:, 0] == 0) & (shift[:, 1] < 0))
    shift[turned] *= -1
    far = np.hypot(shift[:, 0], shift[:, 1]) >= _LEAST_SHIFT
    every, shift = every[far], shift[far]
    if not len(shift):
        return []
    ways, group, count = np.unique(shift, axis=0, return_inverse=True, return_counts=True)
    best = [way for way in np.argsort(-count)[:_MOST_SHIFTS] if count[way] >= _LEAST_BLOCKS]
    flat = group.ravel()
    found = []
    for way in best:
        members = every[flat == way]
        # Twice every pair's places, so that both areas are painted.
        found.append(((int(ways[way][0]), int(ways[way][1])), np.concatenate((members[:, :2], members[:, 2:]))))
    return found


def _paint_blocks(painted: np.ndarray[Any, Any], places: np.ndarray[Any, Any], tint: tuple[int, int, int]) -> None:
    import numpy as np

    mask = np.zeros(painted.shape[:2], dtype=bool)
    for row, column in places:
        mask[row : row + BLOCK, column : column + BLOCK] = True
    painted[mask] = (painted[mask] * 0.45 + np.array(tint) * 0.55).astype(np.uint8)
