"""Colours described by code points (AVIF without ICC): our engine beside Chromium and libvips.

    python bench/photo_colours.py [--vips-python PATH]

Needs ``avifenc`` (apt install libavif-bin) and Chromium. Patches of sRGB colours, the white of paper at 203 cd/m2, are
coded as PQ, HLG and Display P3; the table says how far each program is from the colours that went in, in levels of 255.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

PATCHES = ((16,) * 3, (64,) * 3, (118,) * 3, (200,) * 3, (235,) * 3)
PATCHES += ((200, 40, 30), (30, 160, 60), (40, 70, 200), (230, 200, 40), (210, 160, 130))
SIDE = 32
TO_2020 = ((0.6274, 0.3293, 0.0433), (0.0691, 0.9195, 0.0114), (0.0164, 0.0880, 0.8956))
TO_P3 = ((0.8225, 0.1774, 0.0), (0.0332, 0.9669, 0.0), (0.0171, 0.0724, 0.9108))
"""From light of sRGB (ITU-R BT.2087; CSS Color 4)."""


def light() -> np.ndarray:
    """The patches as light."""
    code = np.array(PATCHES) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def coded() -> dict[str, tuple[np.ndarray, str]]:
    """The patches in each coding, 0..1, and the code points."""
    wide = light() @ np.array(TO_2020).T
    root = np.clip(wide * 203 / 10_000, 0, 1) ** 0.1593017578125
    pq = ((0.8359375 + 18.8515625 * root) / (1 + 18.6875 * root)) ** 78.84375
    shown = wide * 203 / 1000
    luma = np.maximum(shown @ np.array((0.2627, 0.6780, 0.0593)), 1e-9)[:, None]
    scene = np.clip(shown * luma ** (-0.2 / 1.2), 0, 1)
    high = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    p3 = np.clip(light() @ np.array(TO_P3).T, 0, 1)
    curved = np.where(p3 <= 0.0031308, 12.92 * p3, 1.055 * np.maximum(p3, 1e-9) ** (1 / 2.4) - 0.055)
    hlg = np.where(scene <= 1 / 12, np.sqrt(3 * scene), high)
    return {"PQ": (pq, "9/16/9"), "HLG": (hlg, "9/18/9"), "Display P3": (curved, "12/13/6")}


def write(code: np.ndarray, points: str, path: Path) -> None:
    """A row of patches as AVIF of 10 bits."""
    row = np.round(code * 255).astype(np.uint8).repeat(SIDE, axis=0)
    png = path.with_suffix(".png")
    Image.fromarray(np.broadcast_to(row, (SIDE, *row.shape)).copy()).save(png)
    command = ["avifenc", "--cicp", points, "-d", "10", "-y", "444", "--min", "0", "--max", "2", "-s", "8", png, path]
    subprocess.run(command, check=True, capture_output=True)


def read(image: Image.Image) -> np.ndarray:
    """The colour in the middle of each patch."""
    return np.array([image.convert("RGB").getpixel((SIDE * n + SIDE // 2, SIDE // 2)) for n in range(len(PATCHES))])


def in_chromium(path: Path) -> np.ndarray:
    """As the browser paints it on an sRGB screen."""
    page, shot = path.with_suffix(".html"), path.with_suffix(".shot.png")
    page.write_text(f'<body style="margin:0"><img src="{path.name}" style="display:block">', encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--hide-scrollbars"]
    size = f"--window-size={SIDE * len(PATCHES) + 200},300"
    command = ["chromium", *options, size, f"--screenshot={shot}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    return read(Image.open(shot))


def in_vips(path: Path, python: str) -> np.ndarray:
    """As ``vips`` gives it as sRGB."""
    out = path.with_suffix(".vips.png")
    script = "import pyvips, sys; photo = pyvips.Image.new_from_file(sys.argv[1]).colourspace('srgb').cast('uchar')"
    script += "; photo.pngsave(sys.argv[2])"
    subprocess.run([python, "-c", script, path, out], check=True, capture_output=True)
    return read(Image.open(out))


def main() -> int:
    """Print the table; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vips-python", default="")
    options = parser.parse_args()
    from studio.photo.opener import open_upright

    print("| coding | program | mean | largest | mid grey 118 | white 235 |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, (code, points) in coded().items():
            path = Path(folder) / f"{name.replace(' ', '')}.avif"
            write(code, points, path)
            found = {"**ours**": read(open_upright(path).image), "Chromium": in_chromium(path)}
            if options.vips_python:
                found["libvips"] = in_vips(path, options.vips_python)
            for program, colours in found.items():
                off = np.abs(colours - np.array(PATCHES))
                numbers = f"{off.mean():.1f} | {off.max()} | {colours[2][1]} | {colours[4][1]}"
                print(f"| {name} | {program} | {numbers} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
