"""The pictures of the sample: which scene, how large, how the phone was held, when."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from tools.sample_media.phone import PHONE_QUALITY, Shot, save_shot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL import Image

    from studio.base.progress import Progress

LONG, SHORT = 4000, 3000
"""Sides of a 12-megapixel photo."""
GRAIN = 3.2
"""Noise of a pixel at full size, of 255."""
DRAWN = 1600
"""Longer side at which scenes are drawn; then they are enlarged, sharpened and grained at full size."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Attributes:
        file: its name beside the drafts.
        scene: module of ``tools.sample_media.scenery`` whose ``draw`` makes it.
        upright: taller than wide.
        shot: what the phone noted.
        seed: of its random numbers.
        exposure: brightness in development.
    """

    file: str
    scene: str
    upright: bool
    shot: Shot
    seed: int = 7
    exposure: float = 1.0


PICTURES = (
    Picture("saluran-irigasi.jpg", "canal", False, Shot("2026-11-22T09:12:44", 1, wide=True)),
    Picture("batu-kali.jpg", "stones", True, Shot("2026-11-22T07:28:03", 6)),
    Picture("sawah-berteras.jpg", "terraces", False, Shot("2026-11-22T06:17:20", 3, latitude=-5.5131)),
    Picture("balai-desa.jpg", "hall", False, Shot("2026-11-20T08:05:51", 1, longitude=111.0362)),
    Picture("sapi-merumput.jpg", "pasture", False, Shot("2026-11-19T05:58:37", 1, wide=True)),
    Picture("lapak-buah.jpg", "fruit", False, Shot("2026-11-15T06:42:09", 1)),
    Picture("lorong-pasar.jpg", "lane", True, Shot("2026-11-15T07:10:26", 8, latitude=-5.5109)),
    Picture("padi-menguning.jpg", "harvest", False, Shot("2026-11-14T17:21:15", 1, wide=True), exposure=0.86),
)


def draw(picture: Picture, scale: float = 1.0) -> Image.Image:
    """The finished upright photo.

    Args:
        picture: which one.
        scale: of its 4000 x 3000 pixels; small ones are drawn small and are quick, and have as much less grain as
            scaling down leaves.
    """
    import numpy as np

    from tools.sample_media.scenery.develop import develop, enlarge

    long, short = round(LONG * scale), round(SHORT * scale)
    width, height = (short, long) if picture.upright else (long, short)
    fine = min(1.0, DRAWN / long)
    rng = np.random.default_rng(picture.seed)
    scene = import_module(f"tools.sample_media.scenery.{picture.scene}")
    light = scene.draw(round(width * fine), round(height * fine), rng)
    small = develop(light, exposure=picture.exposure, wide=picture.shot.wide)
    return enlarge(small, width, height, rng, grain=GRAIN * scale)


def draw_all(
    folder: Path,
    progress: Progress,
    wanted: Sequence[Picture] = PICTURES,
    scale: float = 1.0,
    quality: int = PHONE_QUALITY,
) -> None:
    """Draw the wanted pictures into ``folder``.

    Raises:
        OSError: the disk refuses.
        Cancelled: from ``progress``.
    """
    for done, picture in enumerate(wanted):
        progress.report(done, len(wanted), picture.file)
        save_shot(draw(picture, scale), folder / picture.file, picture.shot, quality)
    progress.report(len(wanted), len(wanted), "")
