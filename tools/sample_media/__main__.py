"""Render the media of the sample into ``assets/sample``, or into a folder that is named.

    python -m tools.sample_media [FOLDER]

They are made once and kept in the repository, small: the demo uses the files. ``tests/tools/test_sample_assets.py``
draws some of them again and compares.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from studio.base.paths import assets_dir
from studio.base.progress import SilentProgress
from studio.demo.sample import GROUP, LOGO
from studio.demo.sample_group import SCAN
from studio.paint.qt_application import ensure_gui
from tools.sample_media import clips, pictures
from tools.sample_media.decree import decree_jpeg
from tools.sample_media.logo import logo_png

PHOTO_SCALE = 0.64
"""Of 4000 x 3000 pixels: upright posts (1080 x 1920) are cut out of lying photos without a word about blur."""
PHOTO_QUALITY = 50
"""Of JPEG; lower, skies fall into bands."""
CLIP_SCALES = {clips.CANAL: 0.5, clips.RICE: 0.75, clips.FRUIT: 0.75}
"""Of their stored size: 960 x 544 for each."""


def render_sample(folder: Path) -> None:
    """Draw everything into ``folder``.

    Raises:
        OSError: the disk refuses.
        RuntimeError: ffmpeg fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures.draw_all(folder, SilentProgress(), scale=PHOTO_SCALE, quality=PHOTO_QUALITY)
    for clip, scale in CLIP_SCALES.items():
        clips.make_all(folder, SilentProgress(), (clip,), scale, clips.SMALL)
    ensure_gui()
    (folder / SCAN).write_bytes(decree_jpeg())
    (folder / LOGO).write_bytes(logo_png(GROUP.colors.main, GROUP.colors.accent, 512))


def render_phone_sample(folder: Path) -> None:
    """The same as a phone would have made it, 12 megapixels and 1080p, with the drafts: for benches; takes a minute.

    Raises:
        OSError: the disk refuses.
        RuntimeError: ffmpeg fails.
    """
    shutil.copytree(assets_dir() / "sample", folder)
    pictures.draw_all(folder, SilentProgress())
    clips.make_all(folder, SilentProgress())


if __name__ == "__main__":
    render_sample(Path(sys.argv[1]) if sys.argv[1:] else assets_dir() / "sample")
